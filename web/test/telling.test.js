import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { deeds, deedWords } from '../lib/account.js';
import { AWAY_AT_FIRST, COLUMNS, cell, columnsLeft, inTheFile, pageWords } from '../lib/sharing.js';
import { line, minutes, numbers, when } from '../lib/telling.js';
import { words } from '../lib/words.js';

const catalogue = JSON.parse(readFileSync(new URL('../lang/en.json', import.meta.url), 'utf8'));
const t = words(catalogue, { strict: true });

const entry = {
  id: 'a', began: '2026-11-24T21:04:00+01:00', title: 'Feet first', codeName: 'wren', planned: 600_000, practised: 380_000, pauses: 1,
  ended: 'by choice', anchor: 'feet', pattern: 'longer_exhale', pace: 5.5, leftOut: ['belly'],
  before: { comfort: 0, distress: 6, regions: { belly: ['tight'], 'sole.left': ['warm', 'not_sure'] }, feelings: ['tired', 'rather_not_say'], note: 'late' },
  after: { comfort: 5 },
};

test('telling: when it was is what the clock said there', () => {
  assert.equal(when(entry.began, 'en', { dateStyle: 'medium', timeStyle: 'short' }), '24 Nov 2026, 21:04');
  assert.equal(when('2026-07-01T00:30:00-08:00', 'de', { dateStyle: 'short', timeStyle: 'short' }), '01.07.26, 00:30');
});

test('telling: what stood before and after, without a verdict', () => {
  assert.deepEqual(numbers(t, entry), [{ measure: 'comfort', text: '0, then 5' }, { measure: 'distress', text: '6 before' }]);
  assert.deepEqual(numbers(t, { after: { tension: 0 } }), [{ measure: 'tension', text: '0 after' }]);
  assert.deepEqual(numbers(t, {}), []);
});

test('telling: minutes, and the line a person wrote', () => {
  assert.deepEqual([380_000, 60_000, 20_000, undefined].map((ms) => minutes(t, ms)), ['6 minutes', '1 minute', 'Less than a minute', 'Less than a minute']);
  assert.deepEqual([line(entry), line({ note: 'own' }), line({})], ['late', 'own', '']);
});

test('telling: an entry as a row, with every column in words', () => {
  const row = Object.fromEntries(COLUMNS.map((column) => [column, cell(t, 'en', entry, column)]));
  assert.deepEqual(row, {
    date: '24 Nov 2026, 21:04', codeName: 'wren', script: 'Feet first', planned: '10 minutes', practised: '6 minutes', pauses: '1',
    ended: 'Ended by choice', anchor: 'Feet', pattern: 'longer exhale', pace: '5.5 a minute', leftOut: 'Belly', before: 'Comfort 0, Distress 6', after: 'Comfort 5',
    body: 'Belly: tight; Sole of foot, left: warm, not sure', feelings: 'tired, rather not say', note: 'late', account: '',
  });
});

test('telling: an entry that says next to nothing is a row too', () => {
  for (const column of COLUMNS) assert.equal(typeof cell(t, 'en', { id: 'b', began: '2026-11-24T21:04:00Z' }, column), 'string');
});

test('telling: what happened in a session that somebody led, and who did it', () => {
  const account = [
    { after: 0, position: 0, what: 'start', name: 'Tablet', role: 'guide' }, { after: 724_999, position: 724_000, what: 'pause', name: 'Phone', role: 'remote', client: true },
    { after: 790_000, position: 724_000, what: 'resume', role: 'guide', agreed: true }, { after: 5_400_000, position: 5_300_000, what: 'end' },
  ];
  assert.deepEqual(deeds(t, account), [
    { at: '0:00', text: 'Tablet began' }, { at: '12:04', text: 'The client’s key paused' },
    { at: '13:10', text: 'The guide went on; the client agreed' }, { at: '90:00', text: 'It came to its end' },
  ]);
  assert.deepEqual(deeds(t), []);
  assert.equal(cell(t, 'en', { ...entry, account: account.slice(0, 2) }, 'account'), '0:00 Tablet began; 12:04 The client’s key paused');
  const page = Object.fromEntries(deedWords(t));
  assert.deepEqual([page['deed.pause'], page['deed.by.guest'], page['deed.agreed']], ['{who} paused', 'The client', '{what}; the client agreed']);
});

test('telling: columns that are taken out are not in the file, and places left out are in none at first', () => {
  assert.deepEqual(columnsLeft(['note', 'date']), COLUMNS.filter((column) => column !== 'note' && column !== 'date'));
  for (const column of ['leftOut', 'account']) assert.ok(!columnsLeft(AWAY_AT_FIRST).includes(column));
  assert.deepEqual(inTheFile(['date', 'after']), ['id', 'began', 'after_comfort', 'after_tension', 'after_distress']);
  for (const column of COLUMNS) t(`column.${column}`);
});

test('telling: a page to print is called by our words', () => {
  const called = pageWords(t, { sensations: ['not_sure'], feelings: ['rather_not_say'] }, ['sole', 'sole.left']);
  assert.deepEqual(
    ['Journal', 'before_comfort', 'after_body', 'before_note', 'note', 'practised_minutes', 'by choice', 'not_sure', 'rather_not_say', 'sole.left'].map((id) => called[id]),
    ['Journal', 'Comfort, before', 'Body, after', 'Note, before', 'Note', 'Practised, in minutes', 'Ended by choice', 'not sure', 'rather not say', 'Sole of foot, left'],
  );
});
