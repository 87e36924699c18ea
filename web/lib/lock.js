/**
 * A lock against stray touches. It stands before what a sleeve or an oily hand might
 * press by mistake, and never before silence. No DOM here.
 */
import { later } from './later.js';

export const HELD = 1000; // ms a press is held down to unlock: longer than any brush of a sleeve

/** Keys that pause or stop are a foot's or a clicker's, and leave the lock as it is; the rest are somebody at a keyboard. */
const STAYS = ['pause-or-resume', 'stop', 'client'];

/** Fires `change` when `on` or `pressed` has changed. */
export class Lock extends EventTarget {
  on = false;
  /** Whether it is being held down to unlock. */
  pressed = false;

  #schedule;
  /** @type {(() => void) | undefined} */
  #endWait;

  /** @param {import('./later.js').Schedule} [schedule] */
  constructor(schedule = later) {
    super();
    this.#schedule = schedule;
  }

  close() {
    this.#become({ on: true });
  }

  open() {
    this.#become({ on: false });
  }

  /** A finger comes down on it. */
  press() {
    if (!this.on) return;
    this.#become({ pressed: true });
    this.#endWait = this.#schedule(() => this.open(), HELD);
  }

  /** It goes up again, or slips off. */
  release() {
    this.#become({});
  }

  /** A key opens it, unless it is one that is pressed without looking. @param {import('../kept.js').KeyVerb | null} verb what the key asks for */
  key(verb) {
    if (!verb || !STAYS.includes(verb)) this.open();
  }

  /** @param {{on?: boolean, pressed?: boolean}} news */
  #become({ on = this.on, pressed = false }) {
    this.#endWait?.();
    this.#endWait = undefined;
    if (on === this.on && pressed === this.pressed) return;
    Object.assign(this, { on, pressed });
    this.dispatchEvent(new Event('change'));
  }
}
