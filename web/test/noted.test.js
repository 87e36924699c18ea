import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import { Noted, notedIn } from '../lib/noted.js';
import { settled } from './fakes.js';

let room, noted, sent, refuses, code, waiting, now;
const said = { comfort: 4 };

beforeEach(() => {
  room = Object.assign(new EventTarget(), { transport: null, session: null });
  sent = [];
  waiting = [];
  refuses = 0;
  code = 'not-found';
  now = 0;
  const journal = {
    note: async (...what) => {
      sent.push(what);
      if (refuses-- > 0) throw { code, text: '' };
    },
  };
  noted = new Noted(room, journal, { schedule: (then) => waiting.push(then), now: () => now });
});

const begins = async (script, { session = 's1', aside = false, state = 'playing' } = {}) => {
  Object.assign(room, { transport: { state }, session: { session, script, aside } });
  room.dispatchEvent(new Event('change'));
  await settled();
};

test('noted: held until the session begins, and sent once', async () => {
  noted.hold('feet', said);
  assert.deepEqual(noted.of('feet'), said);
  await begins('feet', { state: 'ready' });
  assert.deepEqual(sent, []);
  await begins('feet');
  await begins('feet', { state: 'paused' });
  assert.deepEqual(sent, [['s1', 'before', said]]);
  assert.equal(noted.of('feet'), null);
});

test('noted: sent again while the entry is not there yet, and not for ever', async () => {
  noted.hold('feet', said);
  refuses = 2;
  await begins('feet');
  for (let i = 0; i < 2; i++) {
    waiting.shift()();
    await settled();
  }
  assert.equal(sent.length, 3);
  assert.equal(waiting.length, 0);

  noted.hold('feet', said);
  refuses = Infinity;
  await begins('feet', { session: 's2' });
  while (waiting.length) {
    waiting.shift()();
    await settled();
  }
  assert.equal(sent.length, 3 + 20);
});

test('noted: sent again while nobody answers, and never where the journal is off', async () => {
  for (const [said, again] of [['not-connected', 1], ['not-now', 0]]) {
    noted.hold('feet', { comfort: 4 });
    code = said;
    refuses = 1;
    await begins('feet', { session: said });
    assert.equal(waiting.length, again, said);
    waiting.length = 0;
  }
});

test('noted: a grounding in between takes nothing along; another script leaves it behind', async () => {
  noted.hold('feet', said);
  await begins('grounding', { aside: true });
  assert.deepEqual(noted.of('feet'), said);
  await begins('breath', { session: 's2' });
  await begins('feet', { session: 's3' });
  assert.deepEqual(sent, []);
});

test('noted: after an hour it is not of the time before', async () => {
  noted.hold('feet', said);
  now = 3_600_000;
  assert.equal(noted.of('feet'), null);
  await begins('feet');
  assert.deepEqual(sent, []);
});

test('noted: it can be taken back', async () => {
  noted.hold('feet', said);
  noted.release();
  await begins('feet');
  assert.deepEqual(sent, []);
});

test('noted: a room has one', () => {
  const other = new EventTarget();
  assert.equal(notedIn(other, {}), notedIn(other, {}));
  assert.notEqual(notedIn(other, {}), notedIn(new EventTarget(), {}));
});
