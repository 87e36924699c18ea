import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { lines } from '../lib/account.js';
import { words } from '../lib/words.js';

const t = words(JSON.parse(readFileSync(new URL('../lang/en.json', import.meta.url), 'utf8')));
const noon = new Date(2026, 10, 25, 12, 0).getTime();
const how = { me: 'me', when: (at) => new Date(noon + at), language: 'en' };
const MINUTE = 60_000;

test('an account is read line by line, with the time of day', () => {
  const deeds = [
    { at: 0, position: 0, what: 'start', by: 'me', name: 'Tablet', role: 'guide' },
    { at: 3 * MINUTE, position: 0, what: 'pause', by: 'c', role: 'guest' },
    { at: 10 * MINUTE, position: 0, what: 'resume', by: 'me', role: 'guide', agreed: true },
    { at: 12 * MINUTE, position: 0, what: 'pause', by: 'me', role: 'guide', client: true },
    { at: 13 * MINUTE, position: 0, what: 'next', by: 'r', name: 'Phone', role: 'remote' },
    { at: 60 * MINUTE, position: 0, what: 'end', by: '' },
    { at: 61 * MINUTE, position: 0, what: 'moonrise', by: '' },
  ];
  assert.deepEqual(lines(t, deeds, how).map(({ clock, what }) => `${clock} ${what}`), [
    '12:00 Began · you',
    '12:03 Paused · The client',
    '12:10 Went on · you · the client agreed',
    '12:12 Paused · The client',
    '12:13 On to the next part · Phone',
    '13:00 Came to its end',
  ]);
});
