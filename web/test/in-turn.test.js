import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import { InTurn } from '../lib/in-turn.js';

let time, due, turns, seen;

/** Time goes on by so many ms, and what falls due happens. */
function pass(ms) {
  const until = time + ms;
  while (due && due.at <= until) {
    const { act, at } = due;
    time = at;
    due = null;
    act();
  }
  time = until;
}

beforeEach(() => {
  time = 0;
  due = null;
  seen = [];
  const schedule = (act, ms) => {
    const mine = (due = { act, at: time + ms });
    return () => (due = due === mine ? null : due);
  };
  turns = new InTurn({ now: () => time, schedule });
  turns.addEventListener('change', () => seen.push([time, turns.lit]));
});

test('in turn: choices light one after another, twice, and then none', () => {
  turns.begin(3);
  pass(60_000);
  assert.deepEqual(seen, [[0, 0], [2500, 1], [5000, 2], [7500, 0], [10_000, 1], [12_500, 2], [15_000, -1]]);
  assert.equal(due, null, 'nothing waits any more');
});

test('in turn: taking one ends it', () => {
  turns.begin(4);
  pass(5100);
  assert.equal(turns.take(), 2);
  pass(60_000);
  assert.equal(turns.lit, -1);
  assert.equal(turns.take(), -1, 'and there is nothing to take');
  assert.deepEqual(seen.at(-1), [5100, -1]);
});

test('in turn: one choice is lit for both rounds, and none is none', () => {
  turns.begin(1);
  pass(60_000);
  assert.deepEqual(seen, [[0, 0], [5000, -1]]);
  turns.begin(0);
  assert.equal(turns.lit, -1);
  assert.equal(due, null);
});

test('in turn: begun anew, the first time is forgotten', () => {
  turns.begin(2);
  pass(2000);
  turns.end();
  turns.begin(2);
  pass(2400);
  assert.equal(turns.lit, 0);
  pass(100);
  assert.equal(turns.lit, 1);
});

test('in turn: however often a key is struck in a fright, no press counts but the first', () => {
  assert.ok(turns.press());
  for (let i = 0; i < 50; i++) {
    pass(i % 2 ? 40 : 590);
    assert.ok(!turns.press(), `strike ${i}`);
  }
  pass(601);
  assert.ok(turns.press(), 'after a breath it counts again');
});
