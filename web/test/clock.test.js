import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Clock } from '../lib/clock.js';

/** A seeded source of numbers in [0, 1), so that a failure repeats. */
function seeded(seed) {
  return () => {
    seed = (seed + 0x6d2b79f5) | 0;
    let x = Math.imul(seed ^ (seed >>> 15), 1 | seed);
    x = (x + Math.imul(x ^ (x >>> 7), 61 | x)) ^ x;
    return ((x ^ (x >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** One way through a network: a base delay and a heavy tail of queueing. */
const NETWORKS = {
  'loopback': (random) => 0.1 + 0.05 * random(),
  'Wi-Fi': (random) => 1.5 + exponential(random, 1.2) + (random() < 0.08 ? 40 * random() : 0),
  'broadband': (random) => 11 + exponential(random, 1.6) + (random() < 0.05 ? 30 * random() : 0),
};

function exponential(random, mean) {
  return -mean * Math.log(1 - random());
}

/** Runs pings a gap apart over a network and returns how far off the clock is after each. */
function errorsAfterPings(random, way, pings, gap = 100) {
  let local = 1000 * random();
  const truth = (at) => at + 50_000;
  const clock = new Clock(() => local);
  clock.set(truth(local) - way(random));
  const errors = [];
  for (let i = 0; i < pings; i++) {
    const t0 = local;
    const up = way(random);
    const t2 = t0 + up + way(random);
    local = t2;
    clock.add(t0, Math.floor(truth(t0 + up)), t2);
    local += gap;
    errors.push(Math.abs(settled(clock, () => local, (at) => (local = at)) - truth(local)));
  }
  return errors;
}

/** What the clock will say once its slide is over, seen from now. */
function settled(clock, get, set) {
  const now = get();
  set(now + 5000);
  const later = clock.now() - 5000;
  set(now);
  return later;
}

function percentile(values, share) {
  return values.sort((a, b) => a - b)[Math.ceil(values.length * share) - 1];
}

for (const [name, way] of Object.entries(NETWORKS)) {
  test(`after ten pings over ${name} the clock is right within 2 ms, p99 of 2000`, () => {
    const random = seeded(7);
    const errors = Array.from({ length: 2000 }, () => errorsAfterPings(random, way, 10)[9]);
    assert.ok(percentile(errors, 0.99) <= 2, `p99 is ${percentile(errors, 0.99).toFixed(2)} ms`);
  });

  test(`after five pings over ${name} it is right within 3 ms, p99 of 2000`, () => {
    const random = seeded(11);
    const errors = Array.from({ length: 2000 }, () => errorsAfterPings(random, way, 5)[4]);
    assert.ok(percentile(errors, 0.99) <= 3, `p99 is ${percentile(errors, 0.99).toFixed(2)} ms`);
  });
}

/** A clock with a local time that the test sets. */
function still(at = 0) {
  const hands = { local: at };
  return Object.assign(hands, { clock: new Clock(() => hands.local) });
}

test('a small correction slides over a second and never runs backwards', () => {
  const hands = still();
  hands.clock.set(0);
  hands.clock.add(0, 30, 0);
  let before = hands.clock.now();
  assert.equal(before, 0);
  hands.clock.add(0, -30, 0); // the other way, before the first is over
  for (hands.local = 1; hands.local <= 1000; hands.local++) {
    const now = hands.clock.now();
    assert.ok(now > before, `back from ${before} to ${now}`);
    before = now;
  }
  assert.equal(before, 970);
});

test('a large correction jumps', () => {
  const hands = still(500);
  hands.clock.set(500);
  hands.clock.add(500, 9000, 500);
  assert.equal(hands.clock.now(), 9000);
});

test('a slow ping does not undo what a quick one said', () => {
  const hands = still();
  hands.clock.add(0, 1001, 2);
  hands.clock.add(100, 1300, 500); // 400 ms there and back, nearly all of it on the way out
  hands.local = 2000;
  assert.equal(hands.clock.now(), 3000);
  assert.equal(hands.clock.bound, 1);
});

test('of many, the middle of the three quickest counts', () => {
  const hands = still();
  for (let i = 0; i < 7; i++) hands.clock.add(0, 1030, 40);
  hands.clock.add(0, 1007, 10);
  hands.clock.add(0, 1006, 10);
  hands.clock.add(0, 1001, 10);
  hands.local = 1000;
  assert.equal(hands.clock.now(), 2001);
});

test('after the device slept, old pings no longer count', () => {
  const hands = still();
  for (let i = 0; i < 12; i++) hands.clock.add(i, 1000 + i, i);
  hands.clock.add(20, 61_030, 40); // the local clock stood still for a minute
  hands.local = 40;
  assert.equal(hands.clock.now(), 61_040);
  assert.equal(hands.clock.bound, 10);
});

test('drift is followed: 100 ppm over an hour stays within 10 ms', () => {
  const random = seeded(3);
  const hands = still();
  const truth = (at) => at * 1.0001 + 700;
  hands.clock.set(700);
  let worst = 0;
  for (let at = 0; at < 3_600_000; at += 2000) {
    const up = NETWORKS['Wi-Fi'](random);
    const t2 = at + up + NETWORKS['Wi-Fi'](random);
    hands.local = t2;
    hands.clock.add(at, Math.round(truth(at + up)), t2);
    hands.local = at + 1900;
    if (at > 60_000) worst = Math.max(worst, Math.abs(hands.clock.now() - truth(at + 1900)));
  }
  assert.ok(worst <= 10, `worst ${worst.toFixed(1)} ms`);
});

test('a pong that makes no sense is left out', () => {
  const hands = still();
  hands.clock.set(100);
  hands.clock.add(50, 9000, 10); // back before it left
  hands.clock.add(0, NaN, 1);
  assert.equal(hands.clock.now(), 100);
  assert.equal(hands.clock.bound, Infinity);
});
