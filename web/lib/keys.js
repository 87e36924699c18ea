/** Keys of a keyboard, a pedal or a clicker. */

/** @import {KeyVerb, KeyWishes} from '../kept.js' */
/** @import {Room} from './room.js' */
import { running } from './transport.js';

/** Any of these pauses: nobody can know which one the foot finds. */
const PEDAL = [' ', 'b', '.', 'PageUp', 'PageDown', 'ArrowUp', 'ArrowDown', 'ArrowLeft', 'ArrowRight', 'MediaPlayPause'];

/** More letters, for those who want them. @type {Record<string, KeyVerb>} */
export const MORE = { s: 'next', h: 'stay', g: 'ground', e: 'easier', l: 'slower' };

/** What a learnt key may be for. @type {readonly KeyVerb[]} */
export const LEARNABLE = ['pause-or-resume', 'stop', 'next', 'client'];

/** Escape is the way to silence; the others move the focus, press a button or only change what another key is. */
const NEVER = ['', 'Escape', 'Tab', 'Enter', 'Shift', 'Control', 'Alt', 'AltGraph', 'Meta', 'CapsLock', 'Dead', 'Process', 'Unidentified'];

const MOST = 12; // keys a person may have taught
const LONGEST = 32; // letters of a key's name

/** The name of a key: a letter is one key, large or small. @param {Pick<KeyboardEvent, 'key'> & Partial<Pick<KeyboardEvent, 'code'>>} event */
export function keyName({ key, code = '' }) {
  if (key === 'Unidentified') return code;
  return key.length === 1 ? key.toLowerCase() : key;
}

/** Whether a key may be taught. @param {string} name */
export const learnable = (name) => !NEVER.includes(name) && name.length <= LONGEST;

/** What was kept, as far as it can be read. @param {any} kept @returns {KeyWishes} */
export function keyWishes(kept) {
  const learnt = Object.entries(kept?.learnt ?? {}).filter(([name, verb]) => learnable(name) && LEARNABLE.includes(verb));
  return { learnt: Object.fromEntries(learnt.slice(-MOST)), letters: kept?.letters !== false, more: kept?.more === true };
}

/**
 * What a key asks for, or null. A held key asks once. Enter presses the button that has the focus.
 * @param {Pick<KeyboardEvent, 'key' | 'repeat' | 'altKey' | 'ctrlKey' | 'metaKey' | 'target'>} event
 * @param {KeyWishes} [wishes]
 * @returns {KeyVerb | null}
 */
export function keyVerb(event, { learnt, letters, more } = keyWishes(null)) {
  if (event.repeat || event.altKey || event.ctrlKey || event.metaKey) return null;
  if (event.key === 'Escape') return 'stop';
  if (typing(event.target, event.key)) return null;
  const name = keyName(event);
  if (Object.hasOwn(learnt, name)) return learnt[name];
  if (!letters && name.length === 1 && name !== ' ') return null;
  if (PEDAL.includes(name)) return 'pause-or-resume';
  if (name === 'MediaStop') return 'stop';
  return more && Object.hasOwn(MORE, name) ? MORE[name] : null;
}

/** Inputs in which a key types or moves nothing. */
const UNTYPED = ['checkbox'];

/** @param {EventTarget | null} target @param {string} key */
function typing(target, key) {
  const { tagName, type, isContentEditable } = /** @type {Partial<HTMLInputElement>} */ (target ?? {});
  if (isContentEditable || tagName === 'TEXTAREA') return true;
  if (tagName === 'SELECT') return key !== ' ' && !key.startsWith('Page');
  if (type === 'range') return /^(Arrow|Page|Home|End)/.test(key);
  return tagName === 'INPUT' && !UNTYPED.includes(type ?? 'text');
}

export const STARTLED = 600; // ms after one's own pause: a second press is no wish to go on

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
 */
export class Keys {
  /**
   * What else keys do, once that has come: whether it took what a key asks for.
   * @type {((verb: KeyVerb, name: string, runs: boolean) => boolean) | null}
   */
  also = null;
  /** Who hears of the next key instead of anybody else, other than Escape; whether it took it. @type {((event: KeyboardEvent) => boolean) | null} */
  learner = null;

  #room;
  #sound;
  #wishes;
  /** Keys that were taken on their way down, and are on their way up. @type {Set<string>} */
  #taken = new Set();

  /** @param {Room} room @param {{silence(): void}} sound @param {{kept: {keys?: KeyWishes}}} wishes */
  constructor(room, sound, wishes) {
    this.#room = room;
    this.#sound = sound;
    this.#wishes = wishes;
  }

  /** @param {EventTarget} window */
  listen(window) {
    for (const name of ['keydown', 'keyup']) window.addEventListener(name, this.#heard, { capture: true });
  }

  /** The press of a headset's button, which is no key. */
  press() {
    const runs = running(this.#room.transport);
    if (!this.also?.('pause-or-resume', '', runs) && runs) pauseOrResume(this.#room);
  }

  /** @param {Event} heard */
  #heard = (heard) => {
    const event = /** @type {KeyboardEvent} */ (heard);
    const name = keyName(event);
    const taken = event.type === 'keydown' ? this.#down(event, name) : this.#taken.has(name);
    if (taken && event.type === 'keydown') this.#taken.add(name);
    else this.#taken.delete(name);
    if (!taken) return;
    event.preventDefault();
    event.stopPropagation();
  };

  /** @param {KeyboardEvent} event @param {string} name */
  #down(event, name) {
    if (this.learner && event.key !== 'Escape' && this.learner(event)) return true;
    if (event.repeat) return this.#taken.has(name);
    const verb = keyVerb(event, this.#wishes.kept.keys);
    if (!verb) return false;
    const runs = running(this.#room.transport);
    if (verb === 'stop') this.#stop(runs);
    else if (verb === 'client') return runs && !!this.#room.pause(true);
    else if (this.also?.(verb, name, runs)) return true;
    else if (runs && verb === 'pause-or-resume') pauseOrResume(this.#room);
    return runs;
  }

  /** @param {boolean} runs */
  #stop(runs) {
    if (!runs) this.#sound.silence(); // a last bell, or one that was only tried
    this.#room.stop();
  }
}
