/** Keys of a keyboard, a pedal or a clicker. */

/** @import {Room} from './room.js' */
import { running } from './transport.js';

/** @typedef {'pause-or-resume' | 'stop'} KeyVerb */

/** Any of these pauses: nobody can know which one the foot finds. */
const PEDAL = [' ', 'b', 'B', '.', 'PageUp', 'PageDown', 'ArrowUp', 'ArrowDown', 'ArrowLeft', 'ArrowRight'];

/**
 * What a key asks for, or null. A held key asks once. Enter presses the button that has the focus.
 * @param {Pick<KeyboardEvent, 'key' | 'repeat' | 'altKey' | 'ctrlKey' | 'metaKey' | 'target'>} event
 * @returns {KeyVerb | null}
 */
export function keyVerb(event) {
  if (event.repeat || event.altKey || event.ctrlKey || event.metaKey) return null;
  if (event.key === 'Escape') return 'stop';
  if (typing(event.target, event.key)) return null;
  return PEDAL.includes(event.key) ? 'pause-or-resume' : null;
}

/** Inputs in which a key types or moves nothing. */
const UNTYPED = ['checkbox'];

/** @param {EventTarget | null} target @param {string} key */
function typing(target, key) {
  const { tagName, type, isContentEditable } = /** @type {Partial<HTMLInputElement>} */ (target ?? {});
  if (isContentEditable || tagName === 'TEXTAREA') return true;
  if (tagName === 'SELECT') return key !== ' ' && !key.startsWith('Page');
  return tagName === 'INPUT' && !UNTYPED.includes(type ?? 'text');
}

const STARTLED = 600; // ms after one's own pause: a second press is no wish to go on

/** Whether this device may resume without asking anybody. @param {Pick<Room, 'transport' | 'you'>} room */
export function mayResume(room) {
  const needs = room.transport?.needs;
  return needs ? needs === room.you?.id : room.you?.role === 'guide';
}

/** @param {Room} room */
export function pauseOrResume(room) {
  if (room.transport?.state === 'playing') room.pause();
  else if (mayResume(room) && room.now() - room.haltedAt > STARTLED) room.do('resume');
}

/**
 * Keys belong to the whole window, whichever button has the focus: all while a session
 * runs, stopping always. The key-up is swallowed too, or Space would press the button.
 * @param {Room} room
 * @param {{silence(): void}} sound
 * @param {Window} window
 */
export function listenForKeys(room, sound, window) {
  /** @param {KeyboardEvent} event */
  const heard = (event) => {
    const verb = keyVerb(event);
    const runs = running(room.transport);
    if (!verb || (!runs && verb !== 'stop')) return;
    if (runs) {
      event.preventDefault();
      event.stopPropagation();
    }
    if (event.type !== 'keydown') return;
    if (verb === 'stop') {
      if (!runs) sound.silence(); // a last bell, or one that was only tried
      room.stop();
    } else pauseOrResume(room);
  };
  for (const name of /** @type {const} */ (['keydown', 'keyup'])) window.addEventListener(name, heard, { capture: true });
}
