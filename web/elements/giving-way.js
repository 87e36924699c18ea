const WAY = /** @type {const} */ ({ duration: 1400, easing: 'ease-in-out' });

/**
 * Draws anew, and lets words that nobody asked for give way slowly: the ones before fade
 * where they stood while the others come. Both lie in one cell of their holder's grid.
 * @param {() => Element | null} words in a holder that has nothing else of ours
 * @param {() => void} draw
 */
export function givingWay(words, draw) {
  const before = words();
  const gone = /** @type {Element | undefined} */ (before?.cloneNode(true));
  draw();
  const now = words();
  if (!now || now !== before || !gone || document.hidden || gone.textContent === now.textContent) return;
  for (const name of ['id', 'tabindex', 'role']) gone.removeAttribute(name);
  Object.assign(gone, { inert: true, ariaHidden: 'true' });
  const ghost = document.createElement('div');
  ghost.className = 'goes';
  ghost.append(...gone.childNodes);
  ghost.inert = true;
  ghost.ariaHidden = 'true';
  now.after(ghost);
  const over = () => ghost.remove();
  ghost.animate({ opacity: [1, 0] }, { ...WAY, fill: 'forwards' }).finished.then(over, over);
  now.animate({ opacity: [0, 1] }, WAY);
}
