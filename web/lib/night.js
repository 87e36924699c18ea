/**
 * Quiet hours: while a person wishes for them and the clock is within, the room's
 * mix is the night's. Only what changes is said, so that another guide's night stays.
 */

/** @import {Mix} from '../protocol.js' */
/** @import {Room} from './room.js' */
import { later } from './later.js';

const MINUTE = 60_000;
const DAY = 24 * 60; // minutes
const LONGEST = 10 * MINUTE; // until the clock is looked at again: devices sleep, and clocks are put forward

/** @typedef {{on: boolean, from: string, to: string}} Hours from and to as a clock shows them, `21:00` */

/** @param {string} clock */
const minutesOf = (clock) => clock.split(':').reduce((sum, part) => sum * 60 + Number(part), 0);

/** How many minutes after one it is the other. @param {number} one @param {number} other */
const after = (one, other) => (other - one + DAY) % DAY;

/** Whether it is night. @param {Hours} hours @param {Date} now */
export function isNight({ on, from, to }, now) {
  const begins = minutesOf(from);
  return on && after(begins, now.getHours() * 60 + now.getMinutes()) < after(begins, minutesOf(to));
}

/** How many ms until the night may come or go. @param {Hours} hours @param {Date} now */
export function untilEdge({ from, to }, now) {
  const at = now.getHours() * 60 + now.getMinutes();
  const minutes = Math.min(...[from, to].map((clock) => after(at, minutesOf(clock)) || DAY));
  return minutes * MINUTE - now.getSeconds() * 1000 - now.getMilliseconds();
}

/** A mix as it is to be at this hour. @param {Mix} mix @param {Hours} hours @param {Mix} present the room's @param {Date} [now] @returns {Mix} */
export function atThisHour(mix, hours, present, now = new Date()) {
  return { ...mix, night: hours.on ? isNight(hours, now) : present.night };
}

/** Lives as long as its window. */
export class Night {
  #room;
  #wishes;
  #now;
  #schedule;
  #said = false; // what the room was told last
  /** @type {(() => void) | undefined} */
  #endWait;

  /**
   * @param {EventTarget & Pick<Room, 'status' | 'you' | 'mix' | 'do'>} room
   * @param {EventTarget & {kept: {night: Hours}}} wishes
   * @param {object} [options]
   * @param {() => Date} [options.now]
   * @param {import('./later.js').Schedule} [options.schedule]
   */
  constructor(room, wishes, { now = () => new Date(), schedule = later } = {}) {
    this.#room = room;
    this.#wishes = wishes;
    this.#now = now;
    this.#schedule = schedule;
    room.addEventListener('change', this.#look);
    wishes.addEventListener('change', this.#look);
    this.#look();
  }

  #look = () => {
    this.#endWait?.();
    const { night } = this.#wishes.kept;
    this.#tell(isNight(night, this.#now()));
    this.#endWait = night.on ? this.#schedule(this.#look, Math.min(LONGEST, untilEdge(night, this.#now()))) : undefined;
  };

  /** A room that was lost may have forgotten. @param {boolean} night */
  #tell(night) {
    const { status, you, mix } = this.#room;
    if (status !== 'live') this.#said = false;
    if (status !== 'live' || you?.role !== 'guide' || night === this.#said) return;
    this.#said = night;
    if (mix.night !== night) this.#room.do('mix', { mix: { ...mix, night } });
  }
}
