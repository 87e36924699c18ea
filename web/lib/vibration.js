/**
 * The breath in the hand: a pulse as each phase begins, where the device can and
 * the person wants it. It asks the transport where the session is and counts nothing.
 */

/** @import {PhaseKind, Timeline, Transport} from '../protocol.js' */
/** @import {Room} from './room.js' */
import { later } from './later.js';
import { at } from './timeline.js';
import { positionAt } from './transport.js';

/** In ms, on and off by turns: told apart by their shape. @type {Record<PhaseKind, number[]>} */
export const PULSES = {
  inhale: [40, 90, 80], // a rising pair
  exhale: [220],
  hold: [25],
  rest: [],
};

const LATE = 150; // ms after which a pulse would say something untrue
const LONGEST = 2 ** 31 - 1; // ms a timer can wait

/**
 * What the hand is to feel now, and in how many ms to ask again.
 * @param {Timeline | null} timeline
 * @param {Transport | null} transport
 * @param {number} now room time
 * @returns {{phase: import('./timeline.js').Phase | null, pulse: number[], after: number}} phase: the one that is just beginning
 */
export function pulseAt(timeline, transport, now) {
  const none = { phase: null, pulse: [], after: Infinity };
  if (!timeline || transport?.state !== 'playing' || transport.session !== timeline.session) return none;
  if (now < transport.at) return { ...none, after: transport.at - now };
  const position = positionAt(transport, timeline, now);
  const { breath, next } = at(timeline, position);
  const after = next - position;
  if (!breath || position - breath.from > LATE) return { ...none, after };
  return { phase: breath, pulse: PULSES[breath.kind], after };
}

/** Pulses while a session runs and `wanted` says yes; nothing where the device cannot. */
export class Vibration {
  #room;
  #wanted;
  #vibrate;
  #schedule;
  /** The phase felt last, and in which run of it. @type {[unknown, Transport | null]} */
  #felt = [null, null];
  #feeling = false; // something may still be under way
  /** @type {(() => void) | undefined} */
  #endWait;

  /**
   * @param {EventTarget & Pick<Room, 'timeline' | 'transport' | 'now'>} room
   * @param {() => boolean} wanted asked anew each time
   * @param {object} [options]
   * @param {((pattern: number[]) => unknown) | undefined} [options.vibrate]
   * @param {import('./later.js').Schedule} [options.schedule]
   */
  constructor(room, wanted, { vibrate = ofThisDevice(), schedule = later } = {}) {
    this.#room = room;
    this.#wanted = wanted;
    this.#vibrate = vibrate;
    this.#schedule = schedule;
    if (!vibrate) return;
    room.addEventListener('change', this.#look);
    this.#look();
  }

  /** Still, from now on. */
  close() {
    this.#room.removeEventListener('change', this.#look);
    this.#endWait?.();
    this.#rest();
  }

  #look = () => {
    const { timeline, transport } = this.#room;
    this.#endWait?.();
    const { phase, pulse, after } = pulseAt(timeline, transport, this.#room.now());
    if (Number.isFinite(after)) this.#endWait = this.#schedule(this.#look, Math.min(LONGEST, Math.ceil(after)));
    if (transport?.state !== 'playing' || !this.#wanted()) return this.#rest();
    if (!phase || (this.#felt[0] === phase.from && this.#felt[1] === transport)) return;
    this.#felt = [phase.from, transport];
    this.#feel(pulse);
  };

  /** @param {number[]} pulse */
  #feel(pulse) {
    if (pulse.length === 0) return;
    this.#feeling = true;
    this.#vibrate?.(pulse);
  }

  #rest() {
    if (this.#feeling) this.#vibrate?.([]);
    this.#feeling = false;
    this.#felt = [null, null];
  }
}

/** Whether this browser knows vibration at all; whether a hand feels it, nobody can tell. */
export function canVibrate() {
  return typeof globalThis.navigator?.vibrate === 'function';
}

/** @returns {((pattern: number[]) => unknown) | undefined} */
function ofThisDevice() {
  return canVibrate() ? (pattern) => navigator.vibrate(pattern) : undefined;
}
