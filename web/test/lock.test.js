import assert from 'node:assert/strict';
import { beforeEach, describe, test } from 'node:test';
import { HELD, Lock } from '../lib/lock.js';
import { BOUNCE, LASTS, Twice } from '../lib/twice.js';

let now, waiting;
const schedule = (act, after) => {
  const one = { act, due: now + after };
  waiting.add(one);
  return () => waiting.delete(one);
};
const pass = (ms) => {
  now += ms;
  for (const one of [...waiting].filter(({ due }) => due <= now)) if (waiting.delete(one)) one.act();
};
beforeEach(() => {
  now = 0;
  waiting = new Set();
});

describe('a lock against stray touches', () => {
  const closed = () => {
    const lock = new Lock(schedule);
    lock.close();
    return lock;
  };

  test('it opens when it was held', () => {
    const lock = closed();
    lock.press();
    pass(HELD - 1);
    assert.deepEqual([lock.on, lock.pressed], [true, true]);
    pass(1);
    assert.deepEqual([lock.on, lock.pressed], [false, false]);
  });

  test('a brush leaves it closed, however often', () => {
    const lock = closed();
    for (let i = 0; i < 20; i++) {
      lock.press();
      pass(HELD / 2);
      lock.release();
      pass(HELD / 2);
    }
    assert.ok(lock.on);
    assert.equal(waiting.size, 0);
  });

  test('closing it anew is not opened by an earlier press', () => {
    const lock = closed();
    lock.press();
    lock.close();
    pass(HELD);
    assert.ok(lock.on);
  });

  for (const [verb, on] of [[null, false], ['next', false], ['stay', false], ['pause-or-resume', true], ['stop', true], ['client', true]]) {
    test(`a key that asks for ${verb} leaves it ${on ? 'closed' : 'open'}`, () => {
      const lock = closed();
      lock.key(verb);
      assert.equal(lock.on, on);
    });
  }

  test('it tells of what changes, and of nothing else', () => {
    const lock = closed();
    let told = 0;
    lock.addEventListener('change', () => told++);
    lock.close();
    lock.release();
    lock.press();
    lock.open();
    assert.equal(told, 2);
  });
});

describe('two taps', () => {
  const taps = (...steps) => {
    const twice = new Twice({ now: () => now, schedule });
    return steps.map(([after, name]) => {
      pass(after);
      return [twice.tap(name), twice.first];
    });
  };

  test('the second does it', () => assert.deepEqual(taps([0, 'next'], [BOUNCE, 'next']), [[false, 'next'], [true, '']]));
  test('a bounce is the same tap', () => assert.deepEqual(taps([0, 'next'], [BOUNCE - 1, 'next']), [[false, 'next'], [false, 'next']]));
  test('however often and fast a knuckle bounces, nothing is done', () => {
    assert.ok(taps(...Array.from({ length: 20 }, () => [BOUNCE - 50, 'next'])).every(([done]) => !done));
  });
  test('after a while it is a first tap again', () => assert.deepEqual(taps([0, 'next'], [LASTS, 'next']), [[false, 'next'], [false, 'next']]));
  test('another thing begins anew', () => assert.deepEqual(taps([0, 'next'], [500, 'previous'], [500, 'next']), [[false, 'next'], [false, 'previous'], [false, 'next']]));
});
