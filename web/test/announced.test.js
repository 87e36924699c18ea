import { test } from 'node:test';
import assert from 'node:assert/strict';
import { Announced } from '../elements/session-state.js';

const name = (/** @type {number} */ now) => ({ matters: false, now });
const matters = (/** @type {number} */ now) => ({ matters: true, now });

test('names of sections come 20 seconds apart', () => {
  const announced = new Announced();
  assert.equal(announced.next('Arriving', name(0)), 'Arriving');
  assert.equal(announced.next('Feet', name(7_000)), 'Arriving');
  assert.equal(announced.next('Hands', name(19_999)), 'Arriving');
  assert.equal(announced.next('Hands', name(20_000)), 'Hands');
});

test('what matters is told at once, and that it goes on', () => {
  const announced = new Announced();
  announced.next('Feet', name(0));
  assert.equal(announced.next('Paused.', matters(1_000)), 'Paused.');
  assert.equal(announced.next('Not connected.', matters(2_000)), 'Not connected.');
  assert.equal(announced.next('Feet', name(3_000)), 'Feet');
  assert.equal(announced.next('Hands', name(4_000)), 'Feet');
});
