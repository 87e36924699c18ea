/** One's own pace, found by tapping along with the breath. No DOM here. */

export const LEAST = 4; // taps until a pace is told
const MOST = 6; // taps that count: the latest ones
const LONGEST = 15_000; // ms between two breaths; after more than that it begins anew
const QUICKEST = 600; // ms; what comes sooner is the same tap
const RATES = [8, 20]; // breaths a minute that a session can begin at

/** Taps, each the beginning of a breath. It is a value: a further tap makes another. */
export class Tapping {
  /** @param {readonly number[]} taps ms */
  constructor(taps = []) {
    this.taps = taps;
  }

  /** @param {number} at ms */
  tap(at) {
    const last = this.taps.at(-1);
    if (last !== undefined && at - last < QUICKEST) return this;
    const before = last !== undefined && at - last > LONGEST ? [] : this.taps;
    return new Tapping([...before, at].slice(-MOST));
  }

  /** How many more taps it takes. */
  get left() {
    return Math.max(0, LEAST - this.taps.length);
  }

  /** Breaths a minute, from the median of the times between; nothing before there are enough. */
  get rate() {
    if (this.left > 0) return undefined;
    const gaps = this.taps.slice(1).map((at, i) => at - this.taps[i]).sort((a, b) => a - b);
    const half = gaps.length >> 1;
    const median = gaps.length % 2 ? gaps[half] : (gaps[half - 1] + gaps[half]) / 2;
    return clamped(Math.round(60_000 / median));
  }
}

/** @param {number} rate */
export const clamped = (rate) => Math.min(RATES[1], Math.max(RATES[0], rate));
