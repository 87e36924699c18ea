const WAY = /** @type {const} */ ({ duration: 1400, easing: 'ease-in-out' });

/**
 * Draws anew, and lets words that nobody asked for give way slowly: the ones before fade
 * where they stood while the others come. Both lie in one cell of their holder's grid.
 * @param {() => Element | null} words in a holder that has nothing else of ours
 * @param {() => void} draw
 * @param {boolean} [asked] whether somebody wanted what is new: it is there at once
 */
export function givingWay(words, draw, asked = false) {
  if (asked) return draw();
  const before = words();
  const gone = /** @type {Element | undefined} */ (before?.cloneNode(true));
  draw();
  const now = words();
  if (!now || now !== before || !gone || document.hidden || gone.textContent === now.textContent) return;
  const ghost = Object.assign(document.createElement('div'), { className: 'goes', inert: true, ariaHidden: 'true' });
  ghost.append(...gone.childNodes);
  now.after(ghost);
  const over = () => ghost.remove();
  ghost.animate({ opacity: [1, 0] }, { ...WAY, fill: 'forwards' }).finished.then(over, over);
  now.animate({ opacity: [0, 1] }, WAY);
}

/** Tells whether the room has moved on since it was last asked: then somebody wanted what is new. */
export class Moves {
  #rev = -1;

  /** @param {import('../lib/room.js').Room} room */
  since({ transport }) {
    const moved = transport?.rev !== this.#rev;
    this.#rev = transport?.rev ?? -1;
    return moved;
  }
}
