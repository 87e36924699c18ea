import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Tapping } from '../lib/tapping.js';

/** @param {number[]} gaps ms */
function tapped(...gaps) {
  let at = 1000;
  return gaps.reduce((tapping, gap) => tapping.tap((at += gap)), new Tapping().tap(at));
}

test('four taps tell a pace, fewer do not', () => {
  assert.equal(tapped(5000, 5000).rate, undefined);
  assert.equal(tapped(5000, 5000).left, 1);
  assert.equal(tapped(5000, 5000, 5000).rate, 12);
});

test('it is the median: one breath that was long or short changes little', () => {
  assert.equal(tapped(4600, 9000, 4600).rate, 13);
  assert.equal(tapped(4600, 2000, 4600, 4700, 4500).rate, 13);
  assert.equal(tapped(4000, 5000, 4400, 5000).rate, 13);
});

test('the latest six count', () => assert.equal(tapped(9000, 9000, 9000, 4000, 4000, 4000, 4000, 4000).rate, 15));
test('no pace below 8 or above 20', () => {
  assert.equal(tapped(14_000, 14_000, 14_000).rate, 8);
  assert.equal(tapped(700, 700, 700).rate, 20);
});
test('a tap that trembles is one tap', () => assert.equal(tapped(50, 5000, 90, 5000, 60, 5000).taps.length, 4));
test('after a long while it begins anew', () => assert.equal(tapped(5000, 5000, 16_000).left, 3));
test('a tap leaves what was there as it was', () => {
  const before = tapped(5000);
  before.tap(99_000);
  assert.equal(before.taps.length, 2);
});
