import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { felt, glows, leadsTo, nextCue, nextLook, overrunSign, timed, times } from '../lib/treatment.js';

const MINUTE = 60_000;
const section = (title, from, to) => ({ title, from: from * MINUTE, to: to * MINUTE });
const note = (at, text) => ({ kind: 'guide', at, text });
const timeline = {
  session: 's', rev: 1, length: 60 * MINUTE,
  sections: [section('Arriving', 0, 10), section('Back', 10, 40), section('Closing', 40, 60)],
  spans: [{ kind: 'wait', from: 20 * MINUTE, to: 20 * MINUTE }],
  cues: [note(0, 'Ask'), { kind: 'bell', at: 5000 }, note(12 * MINUTE, 'Left side'), note(12 * MINUTE, 'Warm oil'), note(30 * MINUTE, 'Turn over')],
};
const transport = (fields = {}) => ({ session: 's', rev: 3, state: 'playing', position: 0, at: 1000, why: 'start', ...fields });
const planned = { began: 1000, planned: 60 * MINUTE };

describe('the clock of a treatment', () => {
  for (const [name, run, elapsed, remaining, overrun, held] of [
    ['before it has begun', { transport: transport({ state: 'ready', at: 0 }), now: 9 }, 0, 60, 0, 0],
    ['in time', { transport: transport(), now: 1000 + 5 * MINUTE, ...planned }, 5, 55, 0, 0],
    ['a pause is time that goes by', { transport: transport({ state: 'paused', position: 5 * MINUTE }), now: 1000 + 8 * MINUTE, ...planned }, 8, 55, 3, 0],
    ['holding here is too', { transport: transport(), now: 1000 + 24 * MINUTE, ...planned }, 24, 40, 4, 4],
    ['going on earlier than planned is no overrun', { transport: transport({ position: 40 * MINUTE }), now: 1000, ...planned }, 0, 20, 0, 0],
    ['stopped, it stands still', { transport: transport({ state: 'stopped', position: 5 * MINUTE, at: 1000 + 5 * MINUTE }), now: 1000 + 50 * MINUTE, ...planned }, 5, 55, 0, 0],
  ]) {
    test(name, () => {
      const minutes = { elapsed: elapsed * MINUTE, remaining: remaining * MINUTE, overrun: overrun * MINUTE, held: held * MINUTE };
      assert.deepEqual(times({ timeline, ...run }), minutes);
    });
  }

  for (const [ms, sign] of [[0, ''], [59_999, ''], [MINUTE, '+1'], [3.9 * MINUTE, '+3'], [-MINUTE, '']]) {
    test(`an overrun of ${ms} ms is shown as '${sign}'`, () => assert.equal(overrunSign(ms), sign));
  }
});

describe('the ribbon', () => {
  test('the present section has its own time', () => {
    const [arriving, back, closing] = timed(timeline, 15 * MINUTE);
    assert.deepEqual([arriving.remaining, back.elapsed, back.remaining, closing.elapsed], [0, 5 * MINUTE, 25 * MINUTE, 0]);
    assert.deepEqual([arriving, back, closing].map(({ present }) => present), [false, true, false]);
  });

  test('at the edge of two it is the later one', () => assert.ok(timed(timeline, 10 * MINUTE)[1].present));

  test('a section that was made longer says what was planned', () => {
    const longer = { sections: [section('Arriving', 0, 10), section('Back', 10, 45), section('Closing', 45, 65)] };
    assert.deepEqual(timed(longer, 0, timeline).map((part) => part.planned / MINUTE), [10, 30, 20]);
  });

  for (const [verb, position, title] of [
    ['next', 0, 'Back'], ['next', 10 * MINUTE, 'Closing'], ['next', 40 * MINUTE, undefined],
    ['previous', 0, 'Arriving'], ['previous', 10 * MINUTE + 2999, 'Arriving'], ['previous', 10 * MINUTE + 3000, 'Back'], ['previous', 50 * MINUTE, 'Closing'],
  ]) {
    test(`${verb} at ${position} leads to ${title}`, () => assert.equal(leadsTo(timeline, position, verb)?.title, title));
  }

  test('a section of another name is as planned', () => {
    assert.equal(timed({ sections: [section('Grounding', 0, 1)] }, 0, timeline)[0].planned, MINUTE);
  });
});

describe('the next private cue', () => {
  test('those of one moment come together', () => {
    assert.deepEqual(nextCue(timeline, 0), { texts: ['Left side', 'Warm oil'], at: 12 * MINUTE, away: 12 * MINUTE, near: false });
  });
  test('its glow begins ten seconds before', () => {
    assert.equal(nextCue(timeline, 12 * MINUTE - 10_001)?.near, false);
    assert.equal(nextCue(timeline, 12 * MINUTE - 10_000)?.near, true);
  });
  for (const [position, glow] of [[12 * MINUTE - 10_001, false], [12 * MINUTE - 10_000, true], [12 * MINUTE, true], [12 * MINUTE + 8999, true], [12 * MINUTE + 9000, false]]) {
    test(`at ${position} the edge ${glow ? 'glows' : 'is dark'}`, () => assert.equal(glows(timeline, position), glow));
  }
  for (const [position, next] of [
    [0, 9000], [9000, 30_000], [30_000, 90_000], [11.5 * MINUTE, 12 * MINUTE - 10_000], [12 * MINUTE - 10_000, 12 * MINUTE],
    [12 * MINUTE, 12 * MINUTE + 9000], [30 * MINUTE, 30 * MINUTE + 9000], [31 * MINUTE, Infinity],
  ]) {
    test(`at ${position} it is looked at again at ${next}`, () => assert.equal(nextLook(timeline, position), next));
  }
  test('after the last there is none', () => assert.equal(nextCue(timeline, 30 * MINUTE), null));
});

describe('a cue is felt once', () => {
  /** Asks at each of the steps in turn, as a screen that is kept open or opened anew does. */
  const asked = (steps) => {
    let kept = null;
    return steps.map(([fields, now]) => {
      const answer = felt(kept, { timeline, transport: transport(fields), now });
      kept = JSON.parse(JSON.stringify(answer.kept)); // as over a reload
      return answer.texts;
    });
  };
  const at = (minutes, ms = 0) => 1000 + minutes * MINUTE + ms;

  test('at the beginning, and not in the two seconds before', () => {
    assert.deepEqual(asked([[{}, 0], [{}, 1000], [{}, 1500]]), [[], ['Ask'], []]);
  });
  test('a little late after lag, and those of one moment together', () => {
    assert.deepEqual(asked([[{}, at(11)], [{}, at(12, 2900)], [{}, at(12, 2950)]]), [[], ['Left side', 'Warm oil'], []]);
  });
  test('not at all when it was long ago', () => {
    assert.deepEqual(asked([[{}, at(11)], [{}, at(12, 3001)]]), [[], []]);
  });
  test('not again when a pause goes on from a little earlier', () => {
    const again = { rev: 5, why: 'resume', position: 12 * MINUTE - 2000, at: at(15) };
    assert.deepEqual(asked([[{}, at(12)], [{ state: 'paused', rev: 4, position: 12 * MINUTE + 500 }, at(13)], [again, at(15, 2000)]]),
      [['Left side', 'Warm oil'], [], []]);
  });
  test('again after going back on purpose, though it was paused', () => {
    const back = { rev: 4, why: 'previous', state: 'paused', position: 12 * MINUTE };
    const on = { rev: 5, why: 'resume', position: 12 * MINUTE, at: at(15) };
    assert.deepEqual(asked([[{}, at(13)], [back, at(14)], [on, at(15)], [on, at(15, 100)]]), [[], [], ['Left side', 'Warm oil'], []]);
  });
  test('going on to where a cue stands brings it, and not those that were passed', () => {
    assert.deepEqual(asked([[{}, at(1)], [{ rev: 4, why: 'next', position: 30 * MINUTE, at: at(1) }, at(1)]]), [[], ['Turn over']]);
  });
  test('another session begins anew', () => {
    assert.deepEqual(asked([[{}, at(13)], [{ session: 't', rev: 1 }, 1000]]), [[], ['Ask']]);
  });
});
