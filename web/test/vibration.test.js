import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, test } from 'node:test';
import { PULSES, Vibration, pulseAt } from '../lib/vibration.js';
import { stopTime } from './fakes.js';

/** Five seconds of quiet, then breaths of 4-1-6-1 until 65 s, then quiet again. */
const spans = [{ kind: 'quiet', from: 0, to: 5000 }];
for (let n = 0; n < 5; n++) {
  const from = 5000 + n * 12_000;
  const edges = [0, 4000, 5000, 11_000, 12_000].map((ms) => from + ms);
  ['inhale', 'hold', 'exhale', 'rest'].forEach((kind, i) => spans.push({ kind, from: edges[i], to: edges[i + 1], n: n + 1, of: 5 }));
}
const timeline = { session: 's1', rev: 1, length: 70_000, sections: [], cues: [], spans };
const playing = { session: 's1', rev: 2, state: 'playing', position: 0, at: 1000 };
const none = { phase: null, pulse: [] };

describe('what the hand feels', () => {
  for (const [name, transport, now, want, after] of [
    ['nothing loaded', null, 0, none, Infinity],
    ['paused', { ...playing, state: 'paused', position: 5000 }, 6000, none, Infinity],
    ['another session', { ...playing, session: 's2' }, 6000, none, Infinity],
    ['before the start', playing, 400, none, 600],
    ['in a quiet', playing, 1000, none, 5000],
    ['as an inhale begins', playing, 6000, { phase: 5000, pulse: PULSES.inhale }, 4000],
    ['a little late', playing, 6150, { phase: 5000, pulse: PULSES.inhale }, 3850],
    ['too late', playing, 6151, none, 3849],
    ['a hold', playing, 10_000, { phase: 9000, pulse: PULSES.hold }, 1000],
    ['an exhale', playing, 11_000, { phase: 10_000, pulse: PULSES.exhale }, 6000],
    ['a rest', playing, 17_000, { phase: 16_000, pulse: [] }, 1000],
    ['after the end', playing, 99_000, none, Infinity],
  ]) {
    test(name, () => {
      const { phase, pulse, after: again } = pulseAt(timeline, transport, now);
      assert.deepEqual([phase?.from ?? null, pulse, again], [want.phase, want.pulse, after]);
    });
  }

  test('every phase has its own shape, and all are short', () => {
    const shapes = Object.values(PULSES).map((pulse) => pulse.join());
    assert.equal(new Set(shapes).size, shapes.length);
    for (const pulse of Object.values(PULSES)) assert.ok(pulse.reduce((sum, ms) => sum + ms, 0) <= 250);
  });
});

describe('a session in the hand', () => {
  let time, room, felt, wanted, vibration;
  const tell = (news) => {
    Object.assign(room, news);
    room.dispatchEvent(new Event('change'));
  };
  const pass = (ms) => time.pass(ms);
  const patterns = () => felt.map(([, pattern]) => pattern);

  beforeEach(() => {
    time = stopTime();
    felt = [];
    wanted = true;
    room = Object.assign(new EventTarget(), { timeline, transport: playing, now: () => Date.now() });
    vibration = new Vibration(room, () => wanted, { vibrate: (pattern) => felt.push([Date.now(), pattern]) });
  });
  afterEach(() => {
    vibration.close();
    time.restart();
  });

  test('one pulse for each phase, as it begins', () => {
    pass(18_000);
    assert.deepEqual(felt, [[6000, PULSES.inhale], [10_000, PULSES.hold], [11_000, PULSES.exhale], [18_000, PULSES.inhale]]);
  });

  test('news of the room repeats nothing', () => {
    pass(6000);
    tell({ people: [] });
    assert.equal(felt.length, 1);
  });

  test('a pause stills it at once', () => {
    pass(6010);
    tell({ transport: { ...playing, state: 'paused', position: 5010 } });
    assert.deepEqual(patterns(), [PULSES.inhale, []]);
    pass(60_000);
    assert.equal(felt.length, 2);
  });

  test('the same phase begun again is felt again', () => {
    pass(6010);
    tell({ transport: { ...playing, state: 'paused', position: 5010 } });
    tell({ transport: { ...playing, rev: 4, position: 5000, at: Date.now() + 2000 } });
    pass(2000);
    assert.deepEqual(patterns(), [PULSES.inhale, [], PULSES.inhale]);
  });

  test('who does not want it feels nothing, and may want it later', () => {
    wanted = false;
    pass(10_500);
    assert.deepEqual(felt, []);
    wanted = true;
    pass(1000);
    assert.deepEqual(patterns(), [PULSES.exhale]);
  });

  test('after close it is still', () => {
    pass(6010);
    vibration.close();
    pass(30_000);
    assert.deepEqual(patterns(), [PULSES.inhale, []]);
  });

  test('a device that cannot is left alone', () => {
    new Vibration(room, () => true, { vibrate: undefined }).close();
    assert.deepEqual(felt, []);
  });
});
