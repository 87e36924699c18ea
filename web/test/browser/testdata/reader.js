// What a person reads and what a screen reader is told, written down as it comes.
watch.reader = (() => {
  const told = []; // by live regions
  const read = []; // in the words of a session
  const before = new WeakMap();
  const live = '[role=status], [role=alert], [role=log], [aria-live]:not([aria-live=off])';
  const plain = (element) => element.textContent.replace(/\s+/g, ' ').trim();

  const hear = (region) => {
    const words = plain(region);
    if (words === (before.get(region) ?? '')) return;
    before.set(region, words);
    if (words && watch.inSight(region)) told.push({ at: watch.at(), words, how: region.ariaLive ?? 'polite', state: watch.state() });
  };
  const look = () => {
    const said = document.querySelector('.said');
    const words = said ? plain(said) : '';
    if (words !== read.at(-1)?.words) read.push({ position: watch.room().position(), words });
  };
  document.querySelectorAll(live).forEach((region) => before.set(region, plain(region)));
  new MutationObserver(() => {
    document.querySelectorAll(live).forEach(hear);
    look();
  }).observe(document.body, { subtree: true, childList: true, characterData: true, attributes: true, attributeFilter: ['hidden', 'role', 'aria-live'] });
  look();

  // By how much later than its cue each sound that means something was on the page, in ms, and what it says.
  const late = (from, to, phases) => {
    const { cues, spans } = watch.room().timeline;
    return cues.filter(({ kind, at }) => (kind === 'say' || kind in phases) && at >= from && at <= to).map(({ kind, at }) => {
      const words = phases[kind] ?? spans.find((span) => span.kind === 'say' && span.from === at).text.replace(/\s+/g, ' ').trim();
      const shown = read.filter((each) => each.words.includes(words)).map(({ position }) => position - at);
      return { words, at, late: shown.sort((a, b) => Math.abs(a) - Math.abs(b))[0] ?? 1e9 };
    });
  };
  return { told, read, late };
})();
