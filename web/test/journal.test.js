import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import { Journal, queryOf } from '../lib/journal.js';

let journal, asked, answer;
const kept = { on: true, place: '/p/journal.db', count: 2, codeName: '', checkIn: 'after' };

beforeEach(() => {
  asked = [];
  answer = () => ({ ok: true, status: 200, json: async () => kept });
  journal = new Journal({
    fetch: async (address, { method = 'GET', body } = {}) => {
      asked.push([method, address, body]);
      return answer();
    },
  });
});

const refusing = (code, text) => () => ({ ok: false, status: 404, json: async () => ({ code, text }) });

test('journal: nothing is wanted until it is known to be', async () => {
  assert.equal(journal.wants('after'), false);
  await journal.look();
  assert.deepEqual([journal.wants('before'), journal.wants('after')], [false, true]);
  answer = () => ({ ok: true, json: async () => ({ ...kept, on: false, checkIn: 'both' }) });
  await journal.wish({ on: false });
  assert.equal(journal.wants('after'), false);
  assert.deepEqual(asked.at(-1), ['PUT', '/api/journal', '{"on":false}']);
});

test('journal: it says when what is known of it changes', async () => {
  let told = 0;
  journal.addEventListener('change', () => told++);
  await journal.look();
  assert.deepEqual([told, journal.kept.place], [1, '/p/journal.db']);
});

test('journal: a page is asked for with what is looked for, and no blanks', async () => {
  await journal.entries({ q: 'a & b', kind: '', from: '2026-01-01' }, { before: '7.x' });
  assert.equal(asked[0][1], '/api/journal/entries?q=a+%26+b&from=2026-01-01&before=7.x&limit=50');
});

test('journal: a check-in goes tidy, and an id as it is', async () => {
  answer = () => ({ ok: true, status: 204 });
  await journal.note('a/b', 'after', { comfort: 0, regions: {}, note: ' ' });
  assert.deepEqual(asked[0], ['PUT', '/api/journal/entries/a%2Fb/checkin/after', '{"comfort":0}']);
});

test('journal: erasing one asks for the count again; that this is refused changes nothing', async () => {
  answer = () => (asked.length === 1 ? { ok: true, status: 204 } : refusing('internal', 'One moment.')());
  await journal.erase('x');
  assert.deepEqual(asked.map(([method, address]) => `${method} ${address}`), ['DELETE /api/journal/entries/x', 'GET /api/journal']);
});

test('journal: a refusal is a sentence; nobody there is none', async () => {
  answer = refusing('not-found', 'That entry is not here.');
  await assert.rejects(journal.entry('x'), { code: 'not-found', text: 'That entry is not here.' });
  answer = () => { throw new TypeError('no network'); };
  await assert.rejects(journal.entry('x'), { code: 'not-connected', text: '' });
  answer = () => ({ ok: false, status: 502, json: async () => JSON.parse('<html>') });
  await assert.rejects(journal.marks(), { code: 'not-connected', text: '' });
});

test('journal: the words are asked for once', async () => {
  answer = () => ({ ok: true, status: 200, json: async () => ({ sensations: ['warm'], feelings: ['calm'] }) });
  await journal.vocabulary();
  assert.deepEqual((await journal.vocabulary()).feelings, ['calm']);
  assert.equal(asked.length, 1);
});

test('journal: what a file is to hold', async () => {
  answer = () => ({ ok: true, status: 200, blob: async () => 'the file' });
  const order = { format: 'csv', columns: ['id', 'note'], without: ['x'], leftOut: false, filter: { q: 'feet' } };
  assert.equal(await journal.export(order), 'the file');
  const [method, address, body] = asked[0];
  assert.deepEqual([method, address, JSON.parse(body)], ['POST', '/api/journal/export', { q: 'feet', format: 'csv', columns: ['id', 'note'], without: ['x'], leftOut: false }]);
  assert.equal(queryOf({}), '');
});

test('journal: a file that is given up is not a refusal', async () => {
  const given = new AbortController();
  given.abort();
  answer = () => { throw given.signal.reason; };
  await assert.rejects(journal.export({ format: 'csv', columns: [], without: [], leftOut: false, filter: {} }, given.signal), { name: 'AbortError' });
});
