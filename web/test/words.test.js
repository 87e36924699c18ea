import assert from 'node:assert/strict';
import { test } from 'node:test';
import { clockTime, machineTime, spokenTime, timeLeft } from '../lib/time.js';
import { load, words } from '../lib/words.js';

const catalogue = {
  'paused': 'Paused. Take all the time you like.',
  'paused-by': '{name} paused.',
  'places': { one: '{n} place', other: '{n} places' },
  'time.under-minute': 'less than a minute',
  'time.about-minutes': { one: 'about a minute', other: 'about {count} minutes' },
  'time.about-hours': { one: 'about an hour', other: 'about {count} hours' },
  ...Object.fromEntries('one two three four five six seven eight nine ten'.split(' ').map((word, i) => [`number.${i + 1}`, word])),
};

test('words: a text, a blank, a plural', () => {
  const t = words(catalogue);
  assert.equal(t('paused'), 'Paused. Take all the time you like.');
  assert.equal(t('paused-by', { name: 'Ana' }), 'Ana paused.');
  assert.equal(t('places', { n: 1 }), '1 place');
  assert.equal(t('places', { n: 0 }), '0 places');
  assert.equal(t('places', { n: 12_000 }), '12,000 places');
});

test('words: plurals and numbers are the language\'s own', () => {
  const polish = words({ places: { one: '{n} miejsce', few: '{n} miejsca', many: '{n} miejsc', other: '{n} miejsca' } }, { language: 'pl' });
  assert.deepEqual([1, 3, 5, 22].map((n) => polish('places', { n })), ['1 miejsce', '3 miejsca', '5 miejsc', '22 miejsca']);
  assert.equal(words({ rate: '{n}' }, { language: 'de' })('rate', { n: 5.5 }), '5,5');
});

test('words: what a person wrote is not looked into', () => {
  assert.equal(words(catalogue)('paused-by', { name: '{name} $& {n}' }), '{name} $& {n} paused.');
});

test('words: an unknown key shows itself, or throws where texts are checked', () => {
  assert.equal(words(catalogue)('nowhere'), 'nowhere');
  assert.equal(words(catalogue)('toString'), 'toString');
  assert.equal(words(catalogue)('paused-by'), '{name} paused.');
  assert.throws(() => words(catalogue, { strict: true })('nowhere'), /"nowhere" is not in the en catalogue/);
  assert.throws(() => words(catalogue, { strict: true })('paused-by'), /"paused-by" needs \{name\}/);
});

test('words: a catalogue is fetched by its language', async () => {
  const asked = [];
  const fetch = async (url) => (asked.push(url), { ok: url.includes('en'), status: 404, json: async () => catalogue });
  assert.equal((await load('en', fetch))('paused-by', { name: 'Ana' }), 'Ana paused.');
  await assert.rejects(load('../xx', fetch), /no catalogue for \.\.\/xx \(status 404\)/);
  assert.deepEqual(asked, ['/lang/en.json', '/lang/..%2Fxx.json']);
});

test('time as a clock shows it', () => {
  const shown = [0, -5, 999, 1000, 59_999, 60_000, 580_000, 3_599_999, 3_600_000, 3_905_000].map(clockTime);
  assert.deepEqual(shown, ['0:00', '0:00', '0:00', '0:01', '0:59', '1:00', '9:40', '59:59', '1:00:00', '1:05:05']);
  assert.deepEqual([1, 1000, 1001, 0, -1].map(timeLeft), ['0:01', '0:01', '0:02', '0:00', '0:00']);
  assert.deepEqual([0, 580_000, 3_600_000].map(machineTime), ['PT0M0S', 'PT9M40S', 'PT60M0S']);
});

test('time as a person says it', () => {
  const t = words(catalogue, { strict: true });
  const said = [10_000, 60_000, 600_000, 1_500_000, 3_600_000, 5_400_000, 7_200_000].map((ms) => spokenTime(t, ms));
  assert.deepEqual(said, [
    'less than a minute', 'about a minute', 'about ten minutes', 'about 25 minutes', 'about an hour', 'about 90 minutes', 'about two hours',
  ]);
});
