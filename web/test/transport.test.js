import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { positionAt, untilOf, waitingAt } from '../lib/transport.js';

const fixtures = new URL('../../internal/transport/testdata/position.json', import.meta.url);
const wait = (from) => ({ kind: 'wait', from, to: from });

for (const { name, transport, length, waits, now, want } of JSON.parse(readFileSync(fixtures, 'utf8'))) {
  test(`position: ${name}`, () => {
    assert.equal(positionAt(transport, { length, spans: waits.map(wait) }, now), want);
  });
}

test('a session runs to the first wait after its position, then to the end', () => {
  const timeline = { length: 900, spans: [wait(600), wait(300)] };
  assert.deepEqual([0, 299, 300, 599, 600, 900].map((at) => untilOf(timeline, at)), [300, 300, 600, 600, 900, 900]);
});

test('it waits at a wait, not before it, not at the end, not when paused', () => {
  const timeline = { length: 900, spans: [wait(300)] };
  const at = (state, position, now) => waitingAt({ state, position, at: 0 }, timeline, now);
  assert.equal(at('playing', 0, 299), false);
  assert.equal(at('playing', 0, 300), true);
  assert.equal(at('playing', 0, 5000), true);
  assert.equal(at('playing', 300, 5000), false, 'gone on, and over');
  assert.equal(at('paused', 300, 5000), false);
});
