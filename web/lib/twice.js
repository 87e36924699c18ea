/**
 * What is done at the second of two taps: the first says what would be done. However often
 * and fast a knuckle bounces, it is one tap. No DOM here.
 */
import { later } from './later.js';

export const BOUNCE = 350; // ms; what comes sooner after another is the same tap
export const LASTS = 4000; // ms for which the first tap counts

/** Fires `change` when `first` has changed. */
export class Twice extends EventTarget {
  /** What was tapped once; '' while nothing was. */
  first = '';

  #at = -Infinity;
  #now;
  #schedule;
  /** @type {(() => void) | undefined} */
  #endWait;

  /** @param {{now?: () => number, schedule?: import('./later.js').Schedule}} [options] */
  constructor({ now = () => performance.now(), schedule = later } = {}) {
    super();
    this.#now = now;
    this.#schedule = schedule;
  }

  /** Whether this was the second tap. @param {string} name */
  tap(name) {
    const since = this.#now() - this.#at;
    this.#at = this.#now();
    const second = name === this.first;
    if (second && since < BOUNCE) return false;
    if (second) {
      this.end();
      return true;
    }
    this.#become(name);
    this.#endWait = this.#schedule(() => this.end(), LASTS);
    return false;
  }

  /** Nothing was tapped. */
  end() {
    this.#become('');
  }

  /** @param {string} name */
  #become(name) {
    this.#endWait?.();
    this.#endWait = undefined;
    if (name === this.first) return;
    this.first = name;
    this.dispatchEvent(new Event('change'));
  }
}
