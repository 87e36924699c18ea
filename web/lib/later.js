/** @typedef {(act: () => void, ms: number) => () => void} Schedule calls back once; the result calls it off */

/** @type {Schedule} */
export function later(act, ms) {
  const timer = setTimeout(act, ms);
  return () => clearTimeout(timer);
}
