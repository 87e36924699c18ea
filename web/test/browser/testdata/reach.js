// What can be reached and read, for faces as they stand.
watch.reach = (() => {
  const named = (element) => element.outerHTML.replace(/<!--.*?-->/g, '').slice(0, 120);
  const shownFocus = (element) => {
    const chip = element.matches('input') ? (element.closest('label') ?? element) : element;
    const surface = element.querySelector('.surface') ?? chip;
    return [element, chip, surface].some((each) => {
      const { outlineStyle, outlineWidth } = getComputedStyle(each);
      return outlineStyle !== 'none' && parseFloat(outlineWidth) >= 2;
    });
  };
  // What is wrong with where the focus is: nothing over it, in the window, and to be seen.
  const focus = () => {
    const element = document.activeElement;
    if (!element || element === document.body) return '';
    const whole = element.matches('input') ? (element.closest('label') ?? element) : element;
    const { left, top, width, height } = watch.box(whole);
    if (top + height <= 0 || top >= innerHeight || left + width <= 0 || left >= innerWidth) return `out of the window: ${named(whole)}`;
    if (!watch.point(whole)) return `something lies over ${named(whole)}`;
    if (!shownFocus(element)) return `nothing shows the focus on ${named(whole)} ${element.matches(':focus-visible')} ${getComputedStyle(element).outline}`;
    return '';
  };
  // Words that cannot be read whole: cut off by what holds them, with no way to scroll there.
  const cut = () => {
    const found = [];
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const element = node.parentElement;
      if (!node.data.trim() || !watch.inSight(element) || element.closest('.unseen, select, option, svg, noscript, [inert]')) continue;
      const range = document.createRange();
      range.selectNodeContents(node);
      const words = range.getBoundingClientRect();
      for (let holder = element; holder && holder !== document.documentElement; holder = holder.parentElement) {
        const { overflowX, overflowY, textOverflow, position } = getComputedStyle(holder);
        if (textOverflow === 'ellipsis') break; // says so itself
        if (/auto|scroll/.test(overflowX + overflowY)) break; // leads there
        const box = holder.getBoundingClientRect();
        const across = /hidden|clip/.test(overflowX) && (words.left < box.left - 2 || words.right > box.right + 2);
        const down = /hidden|clip/.test(overflowY) && (words.top < box.top - 2 || words.bottom > box.bottom + 2);
        if (across || down) {
          found.push(`“${node.data.trim().slice(0, 60)}” is cut off by ${named(holder).slice(0, 60)}`);
          break;
        }
        if (position !== 'fixed') continue; // else nothing but the window holds it
        if (words.bottom > innerHeight + 2 || words.right > innerWidth + 2) found.push(`“${node.data.trim().slice(0, 60)}” is not all in the window`);
        break;
      }
    }
    return found;
  };
  // As in a language with long words: every other letter twice.
  const stretch = () => {
    const { here } = document.querySelector('still-point, join-face');
    const { t } = here;
    here.t = Object.assign((...asked) => t(...asked).replace(/[aeounst]/g, '$&$&'), t);
    document.documentElement.lang = 'de';
    here.wishes.show();
  };
  // What WCAG 1.4.12 asks a page to bear.
  const spread = () => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync('* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important } p { margin-block-end: 2em !important }');
    document.adoptedStyleSheets = [sheet];
  };
  const close = () => (document.adoptedStyleSheets = []);
  return { focus, cut, stretch, spread, close };
})();
