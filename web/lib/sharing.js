/** What a file of the journal would hold: its columns, and each entry as a row of words. No DOM here. */

/** @import {CheckIn, Entry} from '../protocol.js' */
/** @import {Words} from './words.js' */
import { deedWords, told } from './account.js';
import { MEASURES } from './check-in.js';
import { minutes, patternName, placesOf, when } from './telling.js';
import { placeName } from './place-names.js';

/**
 * Every column a person can take out, with those it stands for in the file.
 * @type {Record<string, string[]>}
 */
const COLUMN = {
  date: ['began'],
  codeName: ['code_name'],
  script: ['script', 'title', 'language', 'kind'],
  planned: ['planned_minutes'],
  practised: ['practised_minutes'],
  pauses: ['pauses'],
  ended: ['ended'],
  anchor: ['anchor'],
  pattern: ['pattern'],
  pace: ['pace'],
  leftOut: ['left_out'],
  before: MEASURES.map((measure) => `before_${measure}`),
  after: MEASURES.map((measure) => `after_${measure}`),
  body: ['before_body', 'after_body'],
  feelings: ['before_feelings', 'after_feelings'],
  note: ['before_note', 'after_note', 'note'],
  account: ['account'],
};

export const COLUMNS = Object.keys(COLUMN);

/** What may be asked for by kind, and by how it ended. */
export const KINDS = ['body scan', 'breathing', 'grounding'];
export const ENDS = ['finished', 'by choice'];
const ANCHORS = ['feet', 'hands', 'support', 'sounds', 'sight', 'breath'];

/** Places that were left out, and who halted what, say more than many want to say: they are in no file unless they are asked for. */
export const AWAY_AT_FIRST = ['leftOut', 'account'];

/** The columns that stay when some are taken out. @param {Iterable<string>} away */
export function columnsLeft(away) {
  const out = new Set(away);
  return COLUMNS.filter((column) => !out.has(column));
}

/** The same as the file calls them, with the id by which an entry is known again. @param {string[]} columns */
export const inTheFile = (columns) => ['id', ...columns.flatMap((column) => COLUMN[column])];

/**
 * What stands in a column, for people to read.
 * @param {Words} t @param {string} language @param {Entry} entry @param {string} column
 * @returns {string}
 */
export function cell(t, language, entry, column) {
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
    case 'leftOut': return (entry.leftOut ?? []).map((key) => placeName(t, key)).join('; ');
    case 'body': return [entry.before, entry.after].flatMap((checkIn) => bodyOf(t, checkIn)).join('; ');
    case 'feelings': return [entry.before, entry.after].map((checkIn) => feelingsOf(t, checkIn)).filter(Boolean).join('; ');
    case 'account': return told(t, entry.account);
    case 'note': return [entry.before?.note, entry.after?.note, entry.note].filter(Boolean).join('; ');
  }
  return '';
}

/** @param {Words} t @param {CheckIn | undefined} checkIn */
function measures(t, checkIn) {
  return MEASURES.filter((measure) => checkIn?.[measure] !== undefined).map((measure) => `${t(`measure.${measure}`)} ${checkIn?.[measure]}`).join(', ');
}

/** @param {Words} t @param {CheckIn | undefined} checkIn */
function bodyOf(t, checkIn) {
  return placesOf(checkIn).map(([key, words]) => [placeName(t, key), words.map((word) => t(`sensation.${word}`)).join(', ')].filter(Boolean).join(': '));
}

/** @param {Words} t @param {CheckIn | undefined} checkIn */
const feelingsOf = (t, checkIn) => (checkIn?.feelings ?? []).map((word) => t(`feeling.${word}`)).join(', ');

/**
 * What a page to print calls everything, in the language of whoever reads it.
 * @param {Words} t @param {import('../protocol.js').NotedWords} words @param {string[]} regions keys
 */
export function pageWords(t, { sensations, feelings }, regions) {
  const each = (/** @type {string[]} */ ids, /** @type {(id: string) => string} */ name) => ids.map((id) => [id, name(id)]);
  return Object.fromEntries([
    ['Journal', t('journal.title')],
    ...COLUMNS.flatMap((column) => each(COLUMN[column], (name) => columnName(t, column, name))),
    ...each(KINDS, (kind) => t(`kind.${kind}`)),
    ['treatment', t('kind.treatment')],
    ...deedWords(t),
    ...each(ENDS, (end) => t(`journal.ended.${end}`)),
    ...each(ANCHORS, (anchor) => t(`anchor.${anchor}`)),
    ...each(regions, (key) => placeName(t, key)),
    ...each(sensations, (word) => t(`sensation.${word}`)),
    ...each(feelings, (word) => t(`feeling.${word}`)),
  ]);
}

/** A column of the file, with before or after where it is one of two. @param {Words} t @param {string} column @param {string} name */
function columnName(t, column, name) {
  if (name.endsWith('_minutes')) return t('share.of.minutes', { what: t(`column.${column}`) });
  const [, moment, part] = /^(before|after)_(\w+)$/.exec(name) ?? [];
  if (!moment) return t(`column.${column}`);
  const what = MEASURES.some((measure) => measure === part) ? t(`measure.${part}`) : t(`column.${part}`);
  return t(`share.of.${moment}`, { what });
}
