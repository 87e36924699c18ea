/** What a file of the journal would hold: its columns, and each entry as a row of words. No DOM here. */

/** @import {CheckIn, Entry} from '../protocol.js' */
/** @import {Words} from './words.js' */
import { MEASURES } from './check-in.js';
import { minutes, patternName, placesOf, when } from './telling.js';
import { placeName } from './place-names.js';

/** Every column, in the order of the file. */
export const COLUMNS = ['date', 'codeName', 'script', 'planned', 'practised', 'pauses', 'ended', 'anchor', 'pattern', 'pace', 'before', 'after', 'body', 'feelings', 'note'];

/** The columns that stay when some are taken out. @param {Iterable<string>} away */
export function columnsLeft(away) {
  const out = new Set(away);
  return COLUMNS.filter((column) => !out.has(column));
}

/**
 * What stands in a column, for people to read.
 * @param {Words} t @param {string} language @param {Entry} entry @param {string} column @param {boolean} leftOut whether places that were left out may be named
 * @returns {string}
 */
export function cell(t, language, entry, column, leftOut) {
  switch (column) {
    case 'date': return when(entry.began, language, { dateStyle: 'medium', timeStyle: 'short' });
    case 'codeName': return entry.codeName ?? '';
    case 'script': return entry.title ?? '';
    case 'planned': return entry.planned ? minutes(t, entry.planned) : '';
    case 'practised': return minutes(t, entry.practised);
    case 'pauses': return String(entry.pauses ?? 0);
    case 'ended': return entry.ended ? t(`journal.ended.${entry.ended}`) : '';
    case 'anchor': return entry.anchor ? t(`anchor.${entry.anchor}`) : '';
    case 'pattern': return patternName(entry.pattern ?? '');
    case 'pace': return entry.pace ? t('entry.pace.n', { n: entry.pace }) : '';
    case 'before': return measures(t, entry.before);
    case 'after': return measures(t, entry.after);
    case 'body': return [entry.before, entry.after].flatMap((checkIn) => bodyOf(t, entry, checkIn, leftOut)).join('; ');
    case 'feelings': return [entry.before, entry.after].map((checkIn) => feelingsOf(t, checkIn)).filter(Boolean).join('; ');
    case 'note': return [entry.before?.note, entry.after?.note, entry.note].filter(Boolean).join('; ');
  }
  return '';
}

/** @param {Words} t @param {CheckIn | undefined} checkIn */
function measures(t, checkIn) {
  return MEASURES.filter((measure) => checkIn?.[measure] !== undefined).map((measure) => `${t(`measure.${measure}`)} ${checkIn?.[measure]}`).join(', ');
}

/** @param {Words} t @param {Entry} entry @param {CheckIn | undefined} checkIn @param {boolean} leftOut */
function bodyOf(t, { leftOut: away = [] }, checkIn, leftOut) {
  const shown = placesOf(checkIn).filter(([key]) => leftOut || !away.some((other) => other === key || other === key.split('.')[0]));
  return shown.map(([key, words]) => `${placeName(t, key)}: ${words.map((word) => t(`sensation.${word}`)).join(', ')}`);
}

/** @param {Words} t @param {CheckIn | undefined} checkIn */
const feelingsOf = (t, checkIn) => (checkIn?.feelings ?? []).map((word) => t(`feeling.${word}`)).join(', ');
