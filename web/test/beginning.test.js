import assert from 'node:assert/strict';
import { afterEach, beforeEach, test } from 'node:test';
import { Beginning } from '../lib/beginning.js';
import { settled, stopTime } from './fakes.js';

let time, room, beginning, ready, refuse;

beforeEach(() => {
  time = stopTime();
  time.pass(1000);
  refuse = null;
  room = Object.assign(new EventTarget(), {
    haltedAt: -Infinity,
    transport: null,
    done: [],
    now: () => Date.now(),
    async do(verb, fields) {
      if (refuse) throw refuse;
      room.done.push(fields ? `${verb} ${fields.script}` : verb);
    },
    change: (news) => (Object.assign(room, news), room.dispatchEvent(new Event('change'))),
  });
  beginning = new Beginning(room);
});
afterEach(() => {
  beginning.close();
  time.restart();
});

const begin = () => {
  const voice = new Promise((resolve) => (ready = resolve));
  return beginning.begin(() => voice, () => ({ script: 'one' }));
};
const later = async () => {
  for (let i = 0; i < 5; i++) await settled();
};

test('beginning: the voice first, then the session, then its start', async () => {
  const begun = begin();
  const again = () => beginning.begin(async () => {}, () => ({ script: 'another' }));
  again(); // pressed twice
  time.pass(399);
  await later();
  assert.deepEqual([room.done, beginning.waiting], [[], false]);
  time.pass(1);
  assert.equal(beginning.waiting, true);
  again();
  ready();
  await begun;
  assert.deepEqual([room.done, beginning.waiting], [['load one', 'start'], false]);
});

test('beginning: it begins with their agreement where that was said', async () => {
  const { do: does } = room;
  const asked = [];
  room.do = (verb, fields) => (asked.push([verb, fields?.agreed]), does(verb, fields));
  await beginning.begin(async () => {}, () => ({ script: 'one' }), true);
  assert.deepEqual(asked, [['load', undefined], ['start', true]]);
});

test('beginning: given up, nothing begins, and it may begin anew', async () => {
  const given = begin();
  const old = ready;
  beginning.cancel();
  await given;
  const begun = begin();
  old();
  await later();
  assert.deepEqual(room.done, []);
  ready();
  await begun;
  assert.deepEqual(room.done, ['load one', 'start']);
});

for (const [who, news] of [
  ['here', () => ({ haltedAt: Date.now() })],
  ['elsewhere', () => ({ transport: { at: Date.now() + 1, why: 'stop' } })],
]) {
  test(`beginning: a stop ${who} meanwhile holds`, async () => {
    const begun = begin();
    time.pass(500);
    room.change(news());
    assert.equal(beginning.waiting, false);
    ready();
    await begun;
    assert.deepEqual(room.done, []);
  });
}

test('beginning: a stop while the session is made holds, though nobody is told of it', async () => {
  const { do: does } = room;
  room.do = async (verb, fields) => {
    room.haltedAt = Date.now();
    return does(verb, fields);
  };
  const begun = begin();
  ready();
  await begun;
  assert.deepEqual(room.done, ['load one']);
});

test('beginning: an old stop is no reason', async () => {
  room.haltedAt = 10;
  room.transport = { at: 20, why: 'stop' };
  const begun = begin();
  room.change({});
  ready();
  await begun;
  assert.deepEqual(room.done, ['load one', 'start']);
});

test('beginning: the room says why it would rather not', async () => {
  refuse = { code: 'cannot-fit', text: 'That is too short.' };
  const begun = begin();
  ready();
  await assert.rejects(begun, (refusal) => refusal === refuse);
  assert.equal(beginning.waiting, false);
});
