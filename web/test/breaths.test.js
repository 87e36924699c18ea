import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import * as breaths from '../lib/breaths.js';

const read = (name) => JSON.parse(readFileSync(new URL(`../../internal/script/testdata/${name}.json`, import.meta.url), 'utf8'));
const fixture = read('breaths');

test('the patterns are those of the server, each with what it is used for', () => {
  assert.deepEqual(breaths.PATTERNS, read('patterns').map(({ most, ...pattern }) => pattern));
});

test('a pattern that may be breathed a few times is offered no more often', () => {
  for (const { id, most, use, unit } of read('patterns')) if (most) assert.ok(unit === 'breaths' && use[1] <= most, id);
});

test('the bounds are those of the server', () => {
  const { phase, hold, breath, rate, usual } = fixture;
  assert.deepEqual(breaths.BOUNDS, { phase, hold, breath, rate, usual });
});

for (const { phases, why, level } of fixture.breaths) {
  test(`${phases.join(' ')} is ${why || 'a breath'}`, () => {
    assert.equal(breaths.refused(phases), why);
    if (!why) assert.equal(breaths.levelOf(phases), level);
  });
}

for (const { from, to, shortest } of fixture.ramps) {
  test(`from ${from} to ${to} takes ${shortest} ms at least`, () => assert.ok(Math.abs(breaths.shortest(from, to) - shortest) <= 1));
}

test('scripts are named as directions', () => {
  const box = breaths.PATTERNS.find(({ id }) => id === 'box_4');
  assert.equal(breaths.scriptOf(box, { n: 3, unit: 'min' }), 'breathe:box_4 for 3 min');
  assert.equal(breaths.scriptOf(box, { n: 1, unit: 'breaths' }), 'breathe:box_4, 1 time');
  assert.equal(breaths.scriptOfOwn([4500, 0, 6000, 0], { n: 6, unit: 'breaths' }), 'breathe:4.5-0-6-0, 6 times');
  assert.equal(breaths.scriptOfRamp({ from: 0, to: 6, minutes: 5, outLonger: true }), 'breathe:from own to 6 a minute over 5 min, out longer');
  assert.equal(breaths.scriptOfRamp({ from: 10, to: 6.5, minutes: 3, outLonger: false }), 'breathe:from 10 to 6.5 a minute over 3 min');
});

test('every pattern with holds has a version without', () => {
  for (const pattern of breaths.PATTERNS.filter(({ level }) => level === 2)) {
    const script = breaths.withoutHolds(breaths.scriptOf(pattern, { n: 3, unit: pattern.unit }));
    assert.match(script, /^breathe:[\d.]+-0-[\d.]+-0(, 3 times| for 3 min)$/, pattern.id);
  }
  assert.equal(breaths.withoutHolds('breathe:4-2-6-1, 6 times'), 'breathe:4-0-6-0, 6 times');
  assert.equal(breaths.withoutHolds('breathe.de:4-2-6-1, 6 times'), 'breathe:4-0-6-0, 6 times', 'in the reader\'s language');
  assert.equal(breaths.withoutHolds('feet-first'), undefined);
  assert.equal(breaths.withoutHolds('breathe:nothing for 3 min'), undefined);
});

test('a shape is as wide as its breath, and ends where it began', () => {
  const { path, width } = breaths.shape([['inhale', 4000], ['hold', 2000], ['exhale', 6000]], 20, 0, 5);
  assert.equal(width, 60);
  assert.equal(path, 'M0 20C10 20 10 0 20 0H30C45 0 45 20 60 20');
  const sigh = breaths.shape(breaths.PATTERNS.find(({ id }) => id === 'cyclic_sigh').phases, 20, 0, 5).path;
  assert.equal(sigh.match(/C/g).length, 3);
});
