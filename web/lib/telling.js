/** An entry of the journal in words: when, how long, what was noted. No DOM here. */

/** @import {CheckIn, Entry, Measure} from '../protocol.js' */
/** @import {Words} from './words.js' */
import { MEASURES } from './check-in.js';

const MINUTE = 60_000;

/** British dates for English. @param {string} language */
const dates = (language) => (language === 'en' ? 'en-GB' : language);

/** A time as the clock said it where it began, whatever the zone here. @param {string} began @param {string} language @param {Intl.DateTimeFormatOptions} how */
export function when(began, language, how) {
  return formatter(dates(language), how).format(new Date(`${began.slice(0, 16)}Z`));
}

/** @type {Map<string, Intl.DateTimeFormat>} one for each way; making one takes longer than using it a hundred times */
const formatters = new Map();

/** @param {string} language @param {Intl.DateTimeFormatOptions} how */
function formatter(language, how) {
  const key = language + JSON.stringify(how);
  const made = formatters.get(key) ?? new Intl.DateTimeFormat(language, { ...how, timeZone: 'UTC' });
  formatters.set(key, made);
  return made;
}

/** @param {Words} t @param {number} [ms] */
export function minutes(t, ms = 0) {
  const n = Math.round(ms / MINUTE);
  return n < 1 ? t('journal.under-minute') : t('journal.minutes', { n });
}

/**
 * What stood before and after, side by side, for each measure that was said; nobody says which is better.
 * @param {Words} t @param {Entry} entry @returns {{measure: Measure, text: string}[]}
 */
export function numbers(t, { before, after }) {
  return MEASURES.flatMap((measure) => {
    const [was, is] = [before?.[measure], after?.[measure]];
    if (was === undefined && is === undefined) return [];
    return [{ measure, text: pair(t, was, is) }];
  });
}

/** @param {Words} t @param {number | undefined} was @param {number | undefined} is */
function pair(t, was, is) {
  if (was === undefined) return t('journal.after', { after: /** @type {number} */ (is) });
  return is === undefined ? t('journal.before', { before: was }) : t('journal.both', { before: was, after: is });
}

/** The line a person wrote, wherever they wrote it. @param {Entry} entry */
export function line({ note, after, before }) {
  return note || after?.note || before?.note || '';
}

/**
 * A pattern as people know it: `4-0-6-0` as it is, `longer_exhale` with spaces.
 * @param {string} pattern
 */
export const patternName = (pattern) => pattern.replaceAll('_', ' ');

/** @param {CheckIn | undefined} checkIn @returns {[string, string[]][]} */
export function placesOf(checkIn) {
  return Object.entries(checkIn?.regions ?? {});
}
