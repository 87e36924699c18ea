/**
 * Keys of a keyboard, a pedal or a clicker during a session. They belong to the
 * whole window: whichever button has the focus, except where somebody types.
 */

/** @typedef {'pause-or-resume' | 'stop' | 'next' | 'previous'} KeyVerb */

/** Any key of a pedal or a clicker pauses: nobody can know which one the foot finds. */
const PEDAL = ['PageUp', 'PageDown', 'ArrowUp', 'ArrowDown', 'ArrowLeft', 'ArrowRight'];

/** Single characters, which a person may turn off. The space bar stays. */
const SINGLE = ['b', 'B', '.'];

/** Keys that a person has chosen themselves, by `event.key`: a learnt pedal. */
/** @typedef {Record<string, KeyVerb>} Learnt */

/**
 * What a key asks for, or null. A held key asks once: its repeats are null.
 * Enter is never taken; it presses the button that has the focus.
 * @param {Pick<KeyboardEvent, 'key' | 'repeat' | 'altKey' | 'ctrlKey' | 'metaKey' | 'target'>} event
 * @param {{singleKeys?: boolean, learnt?: Learnt}} [choices]
 * @returns {KeyVerb | null}
 */
export function keyVerb(event, { singleKeys = true, learnt = {} } = {}) {
  if (event.repeat || event.altKey || event.ctrlKey || event.metaKey) return null;
  if (event.key === 'Escape') return 'stop';
  if (typing(event.target)) return null;
  if (Object.hasOwn(learnt, event.key)) return learnt[event.key];
  if (event.key === ' ' || PEDAL.includes(event.key)) return 'pause-or-resume';
  return singleKeys && SINGLE.includes(event.key) ? 'pause-or-resume' : null;
}

/** Inputs in which a key types or moves nothing. */
const UNTYPED = ['button', 'submit', 'reset', 'checkbox', 'image', 'file'];

/** @param {EventTarget | null} target */
function typing(target) {
  const { tagName, type, isContentEditable } = /** @type {Partial<HTMLInputElement>} */ (target ?? {});
  if (isContentEditable || tagName === 'TEXTAREA' || tagName === 'SELECT') return true;
  return tagName === 'INPUT' && !UNTYPED.includes(type ?? 'text');
}
