/**
 * Room time on this device: the local monotonic clock plus an offset estimated
 * from pings. Each ping (t0 here, t1 there, t2 here again) says what the offset
 * is, give or take half its round trip; the quickest ones say it best.
 */

/** @typedef {{rtt: number, offset: number}} Probe */

const KEPT = 20; // probes remembered
const MANY = 10; // probes from which a median of the quickest beats the single quickest
const ROUNDING = 1; // ms; room time comes in whole ones
const SLEW_BELOW = 40; // ms; larger corrections jump: what is seen may lag what is heard by no more
const SLEW_TIME = 1000; // ms over which a small correction is spread

export class Clock {
  /** @type {Probe[]} the latest, oldest first */
  #probes = [];
  /** The offset slides from `#from` to `#offset` in the second after `#since`. */
  #from = 0;
  #offset = 0;
  #since = 0;

  /** Half the best round trip: how far off `now` may be, in ms. */
  bound = Infinity;

  /** @param {() => number} local monotonic ms of this device */
  constructor(local = () => performance.now()) {
    this.local = local;
  }

  /** Room time now, in ms. It never goes back unless an estimate was wrong by 40 ms or more. */
  now() {
    const local = this.local();
    return local + this.#offsetAt(local);
  }

  /**
   * Takes a ping that left at t0 and came back at t2 (local ms), answered at t1 (room ms).
   * @param {number} t0
   * @param {number} t1
   * @param {number} t2
   */
  add(t0, t1, t2) {
    if (!(t2 >= t0) || !Number.isFinite(t1)) return;
    const probe = { rtt: t2 - t0, offset: t1 - (t0 + t2) / 2 };
    this.#probes = [...this.#probes.filter((other) => agree(other, probe)), probe].slice(-KEPT);
    const best = quickest(this.#probes);
    this.bound = best[0].rtt / 2;
    this.#aim(best[best.length >> 1].offset);
  }

  /**
   * Forgets every ping and stands at a room time: the rough guess before the
   * first ping of a server has come back.
   * @param {number} roomNow
   */
  set(roomNow) {
    this.#probes = [];
    this.bound = Infinity;
    this.#from = this.#offset = roomNow - this.local();
  }

  /** @param {number} offset */
  #aim(offset) {
    const local = this.local();
    const present = this.#offsetAt(local);
    const small = Math.abs(offset - present) < SLEW_BELOW;
    this.#from = small ? present : offset;
    this.#offset = offset;
    this.#since = local;
  }

  /** @param {number} local */
  #offsetAt(local) {
    const done = Math.min(1, Math.max(0, (local - this.#since) / SLEW_TIME));
    return this.#from + (this.#offset - this.#from) * done;
  }
}

/**
 * Whether two probes can both be right. The true offset is never further from a
 * probe's than half its round trip, so when they cannot, one of the clocks has
 * moved since: this device slept, or another server answers.
 * @param {Probe} a
 * @param {Probe} b
 */
function agree(a, b) {
  return Math.abs(a.offset - b.offset) <= (a.rtt + b.rtt) / 2 + ROUNDING;
}

/**
 * The probes to trust, of which the middle one by offset is taken: the single
 * quickest while there are few, the three quickest from ten on.
 * @param {Probe[]} probes at least one
 */
function quickest(probes) {
  const byTime = [...probes].sort((a, b) => a.rtt - b.rtt);
  if (probes.length < MANY) return byTime.slice(0, 1);
  return byTime.slice(0, 3).sort((a, b) => a.offset - b.offset);
}
