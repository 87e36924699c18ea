/**
 * Days, weeks and hours of a journal, for its pictures. No DOM here.
 *
 * When something began is kept with the zone of the place it began in. Its day and
 * its hour are what a clock said there: no change to summer time and no journey moves
 * them. A day is a number, counted from 1 January 1970, a Thursday.
 *
 * @typedef {import('../protocol.js').Marks} Marks
 * @typedef {{day: number, count: number, minutes: number, row: number}} Day
 * @typedef {{from: number, days: Day[]}} Week days on which nothing began are not in it
 */

const MINUTE = 60_000;
const HOUR = 3_600_000;
const DAY = 86_400_000; // ms
const THURSDAY = 4;
const MONDAY = 1;

/** What the clock said, in ms, as if it stood in Greenwich. @param {Marks} marks @param {number} i */
const clock = (marks, i) => marks.began[i] + marks.zone[i] * MINUTE;

/** @param {Marks} marks @param {number} i */
const dayOf = (marks, i) => Math.floor(clock(marks, i) / DAY);

/** The day as it is written: 2026-11-24. @param {number} day */
export const dayText = (day) => new Date(day * DAY).toISOString().slice(0, 10);

/** The present day by this device's own clock. @param {Date} now */
export function today(now) {
  return Math.round(Date.UTC(now.getFullYear(), now.getMonth(), now.getDate()) / DAY);
}

/** How many days after the first of its week a day is. @param {number} day @param {number} firstDay 1 Monday … 7 Sunday */
const rowOf = (day, firstDay) => (((day + THURSDAY - firstDay) % 7) + 7) % 7;

/**
 * Some weeks, the oldest first, the last of them the one that `until` is in.
 * @param {Marks} marks @param {{until: number, count: number, firstDay?: number}} asked
 * @returns {Week[]}
 */
export function weeksOf(marks, { until, count, firstDay = MONDAY }) {
  const first = until - rowOf(until, firstDay) - 7 * (count - 1);
  const weeks = Array.from({ length: count }, (_, i) => ({ from: first + 7 * i, days: /** @type {Day[]} */ ([]) }));
  marks.began.forEach((_, i) => {
    const day = dayOf(marks, i);
    const week = weeks[Math.floor((day - first) / 7)];
    if (week) add(week.days, { day, count: 1, minutes: marks.minutes[i], row: rowOf(day, firstDay) });
  });
  return weeks;
}

/** Another session of the same day makes that day larger. @param {Day[]} days @param {Day} one */
function add(days, one) {
  const same = days.find(({ day }) => day === one.day);
  if (!same) return days.push(one);
  same.count++;
  same.minutes += one.minutes;
}

/** The first day of all, or Infinity. @param {Marks} marks */
export function earliest(marks) {
  return marks.began.reduce((first, _, i) => Math.min(first, dayOf(marks, i)), Infinity);
}

/** How many began in each hour of the day. @param {Marks} marks @returns {number[]} */
export function hoursOf(marks) {
  const hours = new Array(24).fill(0);
  marks.began.forEach((_, i) => hours[Math.floor((clock(marks, i) - dayOf(marks, i) * DAY) / HOUR)]++);
  return hours;
}

/**
 * What stood before and after, where both were said, the oldest first.
 * @param {Marks} marks @param {import('../protocol.js').Measure} measure
 * @returns {{day: number, before: number, after: number}[]}
 */
export function pairsOf(marks, measure) {
  return marks.began.flatMap((_, i) => {
    const [before, after] = [marks.before[measure][i], marks.after[measure][i]];
    return before === null || after === null ? [] : [{ day: dayOf(marks, i), before, after }];
  });
}

/**
 * How often each place was noted, before and after, the oftenest first.
 * @param {Marks} marks @returns {{key: string, before: number, after: number}[]}
 */
export function notedOf({ regions: { before, after } }) {
  const keys = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  const all = keys.map((key) => ({ key, before: before[key] ?? 0, after: after[key] ?? 0 }));
  return all.sort((a, b) => b.before + b.after - a.before - a.after || a.key.localeCompare(b.key));
}
