import assert from 'node:assert/strict';
import { test } from 'node:test';
import { keyVerb } from '../lib/keys.js';

const button = { tagName: 'BUTTON' };
const table = [
  ...[' ', 'PageUp', 'PageDown', 'b', 'B', '.', 'ArrowLeft', 'ArrowRight', 'ArrowUp', 'ArrowDown'].map((key) => ({ event: { key }, want: 'pause-or-resume' })),
  { event: { key: 'Escape' }, want: 'stop' },
  { event: { key: ' ', target: button }, want: 'pause-or-resume' },
  { event: { key: 'Enter', target: button }, want: null },
  { event: { key: 'Tab' }, want: null },
  { event: { key: 'x' }, want: null },
  { event: { key: ' ', repeat: true }, want: null },
  { event: { key: 'Escape', repeat: true }, want: null },
  { event: { key: 'b', ctrlKey: true }, want: null },
  { event: { key: 'ArrowLeft', altKey: true }, want: null },
  { event: { key: '.', metaKey: true }, want: null },
  { event: { key: ' ', target: { tagName: 'INPUT', type: 'text' } }, want: null },
  { event: { key: 'ArrowLeft', target: { tagName: 'INPUT', type: 'range' } }, want: null },
  { event: { key: 'PageDown', target: { tagName: 'TEXTAREA' } }, want: null },
  { event: { key: 'b', target: { tagName: 'P', isContentEditable: true } }, want: null },
  { event: { key: ' ', target: { tagName: 'INPUT', type: 'checkbox' } }, want: 'pause-or-resume' },
  { event: { key: 'Escape', target: { tagName: 'INPUT', type: 'text' } }, want: 'stop' },
  { event: { key: 'b' }, choices: { singleKeys: false }, want: null },
  { event: { key: '.' }, choices: { singleKeys: false }, want: null },
  { event: { key: ' ' }, choices: { singleKeys: false }, want: 'pause-or-resume' },
  { event: { key: 'F13' }, choices: { learnt: { F13: 'next' } }, want: 'next' },
  { event: { key: 'PageUp' }, choices: { learnt: { PageUp: 'previous' } }, want: 'previous' },
  { event: { key: 'toString' }, choices: { learnt: {} }, want: null },
];
for (const { event, choices, want } of table) {
  const held = ['ctrlKey', 'altKey', 'metaKey', 'repeat'].filter((name) => event[name]).join(' ');
  test(`keys: ${held} ${JSON.stringify(event.key)} on ${event.target?.tagName ?? 'the page'} ${event.target?.type ?? ''} ${JSON.stringify(choices ?? {})} is ${want}`, () => {
    const whole = { repeat: false, altKey: false, ctrlKey: false, metaKey: false, target: null, ...event };
    assert.equal(keyVerb(whole, choices), want);
  });
}
