import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Finding, findingOf, PACES, scriptAt, stepAt } from '../lib/finder.js';

const spans = [100, 200, 300].map((from) => ({ kind: 'wait', from, to: from + 1 }));

test('a wait belongs to the pace before it', () => {
  assert.deepEqual([99, 100, 150, 200, 300, 999].map((position) => stepAt({ spans }, position)), [-1, 0, 0, 1, 2, 2]);
});

test('the easiest pace is proposed, the quicker of two alike', () => {
  const finding = new Finding('a');
  assert.equal(finding.easiest, undefined);
  finding.ease(0, 4);
  finding.ease(1, 8);
  finding.ease(2, 8);
  assert.equal(finding.easiest, PACES[1]);
  finding.ease(1, 3); // thought better of
  assert.equal(finding.easiest, 5.5);
  finding.ease(0, 0);
  assert.equal(finding.easiest, 5.5);
});

test('a pace at which the head felt light is not proposed, however easy it was', () => {
  const finding = new Finding('a');
  finding.ease(0, 5);
  finding.ease(1, 10);
  finding.lightAt(1);
  assert.equal(finding.easiest, 6.5);
  assert.ok(finding.light);
});

test('another session begins with nothing', () => {
  findingOf('one').ease(0, 9);
  assert.equal(findingOf('one').easiest, 6.5);
  assert.equal(findingOf('two').easiest, undefined);
  assert.equal(findingOf('one').easiest, undefined);
});

test('a pace is a script', () => assert.equal(scriptAt(5.5), 'breathe:resonance_5.5 for 5 min'));
