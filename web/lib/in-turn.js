/**
 * One key is enough: choices light up one after another, and a press takes the
 * lit one. Nothing moves unless a key began it, and it ends by itself. No DOM here.
 */
import { later } from './later.js';
import { STARTLED } from './keys.js';

const EACH = 2500; // ms a choice is lit
const ROUNDS = 2;

/** Fires `change` when another choice is lit, or none. */
export class InTurn extends EventTarget {
  /** Which choice is lit; -1 while none is. */
  lit = -1;

  #count = 0;
  #left = 0; // choices still to be lit
  #pressed = -Infinity;
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

  /**
   * Whether a press means anything. One that comes right behind another is a bounce or a
   * startle: however often and fast a key is struck, nothing is taken.
   */
  press() {
    const since = this.#now() - this.#pressed;
    this.#pressed = this.#now();
    return since > STARTLED;
  }

  /** Lights the first of so many choices. @param {number} count */
  begin(count) {
    this.#count = count;
    this.#left = count * ROUNDS;
    this.#light(count > 0 ? 0 : -1);
  }

  /** The lit choice, and no more is lit. */
  take() {
    const { lit } = this;
    this.end();
    return lit;
  }

  end() {
    this.#light(-1);
  }

  /** @param {number} which */
  #light(which) {
    this.#endWait?.();
    this.#endWait = which < 0 ? undefined : this.#schedule(this.#go, EACH);
    if (which === this.lit) return;
    this.lit = which;
    this.dispatchEvent(new Event('change'));
  }

  #go = () => {
    this.#left--;
    this.#light(this.#left > 0 ? (this.lit + 1) % this.#count : -1);
  };
}
