/** How long a session may be, in whole minutes. No DOM here. */

const MINUTE = 60_000;
const WORDS = [3, 5, 10, 20]; // lengths that can be had by a word
export const LONG = 20; // beyond it is a choice of its own

/**
 * @typedef {object} Lengths
 * @property {number} min
 * @property {number} max where the slider ends
 * @property {number[]} words those that can be had by a word
 * @property {boolean} longer whether there is more than the slider shows
 */

/** @param {{min: number, max: number}} length a script's, in ms */
function bounds({ min, max }) {
  return { min: Math.ceil(min / MINUTE), max: Math.floor(max / MINUTE) };
}

/** What a script wants, as minutes. @param {{want: number}} length */
export function wanted({ want }) {
  return Math.max(1, Math.round(want / MINUTE));
}

/**
 * More than twenty minutes is there when it is asked for, or when the script itself is longer.
 * @param {{want: number, min: number, max: number}} length @param {boolean} asked
 * @returns {Lengths | null} null where there is nothing to choose
 */
export function lengths(length, asked) {
  const { min, max } = bounds(length);
  if (!(max > min)) return null;
  const all = asked || wanted(length) > LONG || min >= LONG;
  const end = all ? max : Math.min(max, LONG);
  return { min, max: end, words: WORDS.filter((minutes) => minutes >= min && minutes <= end), longer: end < max };
}
