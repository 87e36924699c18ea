/**
 * No change of brightness takes less than a second: what leaves the stage of a session
 * fades where it stood, while what comes fades in. Neither is in anybody's way.
 */

// Two that cross are nearly as bright together as one; words are there to be read early.
const GOES = /** @type {const} */ ({ duration: 2000, easing: 'ease-in-out' });
const WORDS = /** @type {const} */ ({ duration: 2000, easing: 'ease-out' });

/**
 * What stands on a stage: a picture, and the words beside it as they were.
 * @typedef {{picture: Element | null, place: DOMRect, words: string, copy: Element | null, written: DOMRect,
 *   state: string, breath: boolean, ending: boolean}} Standing
 */

/**
 * Draws a face anew, and lets what differs on its stage fade. What somebody asked for, as
 * a pause, is there at once; so is the next phase of a breath, which is to be followed.
 * @param {ParentNode} face
 * @param {() => void} draw
 * @param {boolean} [slowly] pictures fade also where somebody asked: whoever looks may be another
 */
export function fading(face, draw, slowly = false) {
  const before = standing(face);
  draw();
  const after = standing(face);
  if (!before || !after || document.hidden) return;
  if (before.ending !== after.ending) ends(after.picture, after.ending);
  const asked = before.state !== after.state;
  if (asked && !slowly) return;
  const stage = /** @type {Element} */ (face.querySelector('.stage'));
  if (before.picture !== after.picture) {
    linger(stage, before.picture, before.place);
    comes(after.picture);
  }
  const asks = !before.copy && !after.copy;
  if (asked) return;
  if (before.words !== after.words && !asks && !(before.breath && after.breath)) {
    linger(stage, before.copy, before.written);
    stage.querySelector('.said')?.animate({ opacity: [0, 1] }, WORDS);
  }
}

/** What comes without having been asked for comes slowly. @param {Element | null} element */
export function comes(element) {
  element?.animate({ opacity: [0, 1] }, GOES);
}

/** The picture goes before the session does, and comes back where somebody went back. @param {Element | null} picture @param {boolean} ending */
function ends(picture, ending) {
  if (!picture) return;
  const from = getComputedStyle(picture).opacity;
  picture.getAnimations().forEach((animation) => animation.cancel());
  picture.animate({ opacity: [from, ending ? '0' : '1'] }, { ...GOES, fill: 'forwards' });
}

/** @param {ParentNode} face @returns {Standing | null} */
function standing(face) {
  const session = /** @type {HTMLElement | null} */ (face.querySelector('.session'));
  const stage = session?.querySelector('.stage');
  const said = stage?.querySelector('.said');
  if (!session || !stage || !said) return null;
  const picture = stage.firstElementChild;
  return {
    picture,
    place: (picture ?? stage).getBoundingClientRect(),
    words: said.textContent ?? '',
    copy: said.querySelector('button, input, select') ? null : copy(said), // what asks a person goes when it was answered
    written: said.getBoundingClientRect(),
    state: session.dataset.state ?? '',
    breath: session.dataset.stage === 'breath',
    ending: session.dataset.ending === 'true',
  };
}

/** Words as they look now, wherever they will stand; an element of ours would draw itself anew in a copy. @param {Element} said */
function copy(said) {
  const words = /** @type {HTMLElement} */ (said.cloneNode(true));
  const [now, then] = [said, words].map((each) => [each, ...each.querySelectorAll('*')]);
  now.forEach((each, i) => {
    const { fontSize, lineHeight, textAlign, justifyItems, alignContent } = getComputedStyle(each);
    Object.assign(/** @type {HTMLElement} */ (then[i]).style, { fontSize, lineHeight, textAlign, justifyItems, alignContent });
  });
  for (const part of words.querySelectorAll('*')) if (customElements.get(part.localName)) part.replaceWith(...part.childNodes);
  return words;
}

/** Shows what has left for as long as it fades. @param {Element} stage @param {Element | null} left @param {DOMRect} place */
function linger(stage, left, place) {
  if (!left) return;
  const about = stage.getBoundingClientRect();
  const ghost = Object.assign(document.createElement('div'), { className: 'leaving', inert: true, ariaHidden: 'true' });
  Object.assign(ghost.style, {
    left: `${place.left - about.left + stage.scrollLeft}px`,
    top: `${place.top - about.top + stage.scrollTop}px`,
    width: `${place.width}px`,
    height: `${place.height}px`,
  });
  ghost.append(left);
  stage.append(ghost);
  const gone = () => ghost.remove();
  ghost.animate({ opacity: [1, 0] }, { ...GOES, fill: 'forwards' }).finished.then(gone, gone);
}
