import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import { Scan } from '../lib/scan.js';

let time, due, scan, seen;

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
  scan = new Scan({ now: () => time, schedule });
  scan.addEventListener('change', () => seen.push([time, scan.lit]));
});

test('scan: choices light one after another, twice, and then none', () => {
  scan.begin(3);
  pass(60_000);
  assert.deepEqual(seen, [[0, 0], [2500, 1], [5000, 2], [7500, 0], [10_000, 1], [12_500, 2], [15_000, -1]]);
  assert.equal(due, null, 'nothing waits any more');
});

test('scan: taking one ends it', () => {
  scan.begin(4);
  pass(5100);
  assert.equal(scan.take(), 2);
  pass(60_000);
  assert.equal(scan.lit, -1);
  assert.equal(scan.take(), -1, 'and there is nothing to take');
  assert.deepEqual(seen.at(-1), [5100, -1]);
});

test('scan: one choice is lit for both rounds, and none is no scan', () => {
  scan.begin(1);
  pass(60_000);
  assert.deepEqual(seen, [[0, 0], [5000, -1]]);
  scan.begin(0);
  assert.equal(scan.lit, -1);
  assert.equal(due, null);
});

test('scan: begun anew, the first time is forgotten', () => {
  scan.begin(2);
  pass(2000);
  scan.end();
  scan.begin(2);
  pass(2400);
  assert.equal(scan.lit, 0);
  pass(100);
  assert.equal(scan.lit, 1);
});

test('scan: however often a key is struck in a fright, no press counts but the first', () => {
  assert.ok(scan.press());
  for (let i = 0; i < 50; i++) {
    pass(i % 2 ? 40 : 590);
    assert.ok(!scan.press(), `strike ${i}`);
  }
  pass(601);
  assert.ok(scan.press(), 'after a breath it counts again');
});
