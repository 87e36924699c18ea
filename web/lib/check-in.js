/**
 * How it is, before a session or after it: every part of it optional. No DOM here.
 *
 * @typedef {import('../protocol.js').CheckIn} CheckIn
 * @typedef {import('../protocol.js').Measure} Measure
 */

/** @type {readonly Measure[]} */
export const MEASURES = ['comfort', 'tension', 'distress'];

export const MOST = 10; // of each measure
export const WORDS_EACH = 5; // words a place can have
export const NOTE = 500; // characters a note can have

/** Whether nothing is said. @param {CheckIn | null | undefined} checkIn */
export function isBlank(checkIn) {
  return Object.keys(tidy(checkIn ?? {})).length === 0;
}

/** The same with a number, or without it where `value` is null. @param {CheckIn} checkIn @param {Measure} measure @param {number | null} value @returns {CheckIn} */
export function withMeasure(checkIn, measure, value) {
  const { [measure]: _, ...rest } = checkIn;
  return value === null ? rest : { ...rest, [measure]: value };
}

/**
 * The same with a word about a place, or without it. A place holds a few words: one
 * more than that takes the place of the first.
 * @param {CheckIn} checkIn @param {string} key @param {string} word @param {boolean} on @returns {CheckIn}
 */
export function withWord(checkIn, key, word, on) {
  const { [key]: words = [], ...regions } = checkIn.regions ?? {};
  const others = words.filter((each) => each !== word);
  const kept = on ? [...others, word].slice(-WORDS_EACH) : others;
  return { ...checkIn, regions: kept.length ? { ...regions, [key]: kept } : regions };
}

/** The same without a place. @param {CheckIn} checkIn @param {string} key @returns {CheckIn} */
export function withoutPlace(checkIn, key) {
  const { [key]: _, ...regions } = checkIn.regions ?? {};
  return { ...checkIn, regions };
}

/** @param {CheckIn} checkIn @param {string} feeling @param {boolean} on @returns {CheckIn} */
export function withFeeling(checkIn, feeling, on) {
  const others = (checkIn.feelings ?? []).filter((each) => each !== feeling);
  return { ...checkIn, feelings: on ? [...others, feeling] : others };
}

/** What there is to keep: no empty lists, no blank note. @param {CheckIn} checkIn @returns {CheckIn} */
export function tidy({ comfort, tension, distress, regions, feelings, note }) {
  const said = { comfort, tension, distress, regions: filled(regions), feelings: filled(feelings), note: note?.trim() || undefined };
  return Object.fromEntries(Object.entries(said).filter(([, value]) => value !== undefined && value !== null));
}

/** @template {object} T @param {T | null | undefined} list */
function filled(list) {
  return list && Object.keys(list).length ? list : undefined;
}
