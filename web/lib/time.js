/** Times as people read and say them. */

/** @import {Words} from './words.js' */

/**
 * A duration as a clock shows it: `9:40`, `1:05:00`. Whole seconds, never negative.
 * @param {number} ms
 */
export function clockTime(ms) {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  const parts = [Math.floor(seconds / 60) % 60, seconds % 60];
  const hours = Math.floor(seconds / 3600);
  if (hours > 0) parts.unshift(hours);
  return parts.map((part, i) => (i === 0 ? `${part}` : `${part}`.padStart(2, '0'))).join(':');
}

/**
 * What is left as a clock counts it down: it shows 0:00 only when nothing is.
 * @param {number} ms
 */
export function timeLeft(ms) {
  return clockTime(Math.ceil(Math.max(0, ms) / 1000) * 1000);
}

/** Up to here a number has a word of its own in the catalogue, `number.1` … */
const IN_WORDS = 20;

/**
 * A duration as a person says it, "about ten minutes", by the catalogue's keys
 * `time.about-minutes` and `time.about-hours` (with {count}, and {n} for the
 * plural), `time.under-minute` and `number.1` to `number.20`.
 * @param {Words} t
 * @param {number} ms
 */
export function spokenTime(t, ms) {
  const minutes = Math.round(ms / 60_000);
  if (minutes < 1) return t('time.under-minute');
  const hours = minutes / 60;
  const whole = minutes >= 60 && Number.isInteger(hours);
  const n = whole ? hours : minutes;
  const count = n <= IN_WORDS ? t(`number.${n}`) : String(n);
  return t(whole ? 'time.about-hours' : 'time.about-minutes', { n, count });
}

/**
 * The same for a machine to read: the `datetime` of a <time>, `PT9M40S`.
 * @param {number} ms
 */
export function machineTime(ms) {
  const seconds = Math.max(0, Math.round(ms / 1000));
  return `PT${Math.floor(seconds / 60)}M${seconds % 60}S`;
}
