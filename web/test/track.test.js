import assert from 'node:assert/strict';
import { test } from 'node:test';
import { crossingTime, plan, samePlan, trackURL } from '../lib/track.js';
import { timelineOf } from './fakes.js';

const timeline = timelineOf('s1', 4);
const playing = { session: 's1', rev: 4, state: 'playing', position: 0, at: 10_000 };
const paused = { ...playing, state: 'paused', position: 7000 };
const ended = { ...paused, state: 'finished', position: 600_000, why: 'end' };
const on = { src: 't4', ready: true, paused: false, held: false, ringing: false, blocked: false, woken: false, position: 5000, rate: 1, sinceSeek: Infinity, lag: 0 };
const off = { ...on, paused: true };
const empty = { ...off, src: '', ready: false, position: 0 };
const nothing = { do: 'nothing', after: Infinity };

/** now is 15 s, at which the session is at 5 s, unless a row says otherwise. */
const table = [
  { name: 'another device sounds, this one is silent', src: '', element: empty, want: nothing },
  { name: 'another device took the sound over', src: '', element: on, want: { do: 'silence', after: Infinity } },
  { name: 'nothing is loaded', transport: null, element: on, want: { do: 'silence', after: Infinity } },
  { name: 'a transport of another session', transport: { ...playing, session: 'x' }, element: on, want: { do: 'silence', after: Infinity } },

  { name: 'the track is fetched before the start', transport: { ...playing, state: 'ready' }, element: empty, want: { do: 'load', src: 't4', after: Infinity } },
  { name: 'but not over the quiet bell', transport: { ...playing, state: 'ready' }, element: { ...empty, ringing: true, paused: false }, want: nothing },
  { name: 'the start ends the quiet bell', element: { ...empty, ringing: true, paused: false }, want: { do: 'load', src: 't4', after: Infinity } },
  { name: 'the track is not fetched after a stop', transport: { ...paused, state: 'stopped' }, element: empty, want: nothing },
  { name: 'a new revision takes over from the old one', element: { ...on, src: 't3' }, want: { do: 'cross', src: 't4', after: 1000 } },
  { name: 'also when that drifts', element: { ...on, src: 't3', position: 4760 }, want: { do: 'cross', src: 't4', after: 1000 } },
  { name: 'in time for a wait', now: 309_600, element: { ...on, src: 't3', position: 299_600 }, want: { do: 'cross', src: 't4', after: 400 } },
  { name: 'where the old one is in another place, behind a fade', element: { ...on, src: 't3', position: 4749 }, want: { do: 'load', src: 't4', after: Infinity } },
  { name: 'in a lead-in, in silence', transport: { ...playing, position: 5000, at: 16_500 }, element: { ...on, src: 't3' }, want: { do: 'load', src: 't4', after: Infinity } },
  { name: 'not from a side that is short of sound', element: { ...on, src: 't3', held: true }, want: { do: 'load', src: 't4', after: Infinity } },
  { name: 'nor from one that is still', element: { ...off, src: 't3' }, want: { do: 'load', src: 't4', after: Infinity } },
  { name: 'paused, the new revision is fetched', transport: paused, element: { ...on, src: 't3' }, want: { do: 'load', src: 't4', after: Infinity } },

  { name: 'in the lead-in it waits until the loudspeaker is to be woken', transport: { ...playing, at: 16_500 }, element: { ...off, position: 0 }, want: { do: 'nothing', after: 300 } },
  { name: 'in the lead-in it is put in its place', transport: { ...playing, position: 9000, at: 16_500 }, element: off, want: { do: 'seek', position: 9000, after: 300 } },
  { name: 'wakes the loudspeaker', transport: { ...playing, at: 16_200 }, element: { ...off, position: 0 }, want: { do: 'wake', after: 900 } },
  { name: 'late, but soon enough', transport: { ...playing, at: 15_500 }, element: { ...off, position: 0 }, want: { do: 'wake', after: 200 } },
  { name: 'once', transport: { ...playing, at: 16_100 }, element: { ...off, position: 0, woken: true }, want: { do: 'nothing', after: 1100 } },
  { name: 'not where the session only goes on', transport: { ...playing, at: 15_300 }, element: { ...off, position: 0 }, want: { do: 'nothing', after: 300 } },
  { name: 'and never while it stands', transport: { ...paused, position: 0 }, element: { ...off, position: 0 }, want: nothing },
  { name: 'sounding in a lead-in, it falls silent first', transport: { ...playing, position: 9000, at: 16_500 }, element: on, want: { do: 'silence', after: 1500 } },
  { name: 'the start', transport: { ...playing, at: 15_000 }, element: { ...off, position: 0 }, want: { do: 'play', position: 0, after: 1000 } },
  { name: 'where sound comes late, it starts as much earlier', transport: { ...playing, at: 15_060 }, element: { ...off, position: 0, lag: 60 }, want: { do: 'play', position: 0, after: 1000 } },
  { name: 'and waits that much less', transport: { ...playing, at: 15_100 }, element: { ...off, position: 0, lag: 60 }, want: { do: 'nothing', after: 40 } },
  { name: 'begun early, it is left alone', transport: { ...playing, at: 15_030 }, element: { ...on, position: 0, lag: 60 }, want: { do: 'nothing', after: 1000 } },
  { name: 'and joins as much further on', element: { ...off, position: 0, lag: 60 }, want: { do: 'play', position: 5060, after: 1000 } },
  { name: 'and seeks as much further on', element: { ...on, position: 0, lag: 60 }, want: { do: 'seek', position: 5060, after: 1000 } },
  { name: 'joining late begins in the middle', element: { ...off, position: 0 }, want: { do: 'play', position: 5000, after: 1000 } },
  { name: 'not before it can', element: { ...off, ready: false }, want: nothing },
  { name: 'not while a tap is needed', element: { ...off, blocked: true }, want: nothing },

  { name: 'together', element: on, want: { do: 'nothing', after: 1000 } },
  { name: '19 ms behind is together', element: { ...on, position: 4981 }, want: { do: 'nothing', after: 1000 } },
  { name: '20 ms behind plays faster', element: { ...on, position: 4980 }, want: { do: 'rate', rate: 1.02, after: 1000 } },
  { name: '250 ms ahead plays slower', element: { ...on, position: 5250 }, want: { do: 'rate', rate: 0.98, after: 1000 } },
  { name: 'a correction goes on below 20 ms', element: { ...on, position: 4985, rate: 1.02 }, want: { do: 'nothing', after: 1000 } },
  { name: 'and turns round when it has gone too far', element: { ...on, position: 5020, rate: 1.02 }, want: { do: 'rate', rate: 0.98, after: 1000 } },
  { name: 'and ends within 10 ms', element: { ...on, position: 4992, rate: 1.02 }, want: { do: 'rate', rate: 1, after: 1000 } },
  { name: '251 ms behind seeks', element: { ...on, position: 4749 }, want: { do: 'seek', position: 5000, after: 1000 } },
  { name: 'but not again within a second', element: { ...on, position: 4749, sinceSeek: 900 }, want: { do: 'nothing', after: 1000 } },
  { name: 'while it seeks or is short of sound nothing is known', element: { ...on, held: true, position: 0 }, want: { do: 'nothing', after: 1000 } },

  { name: 'pause', transport: paused, element: on, want: { do: 'silence', after: Infinity } },
  { name: 'paused, the place is kept ready', transport: paused, element: off, want: { do: 'seek', position: 7000, after: Infinity } },
  { name: 'paused and in place', transport: paused, element: { ...off, position: 7010 }, want: nothing },
  { name: 'stop', transport: { ...paused, state: 'stopped' }, element: on, want: { do: 'silence', after: Infinity } },
  { name: 'stopped, nothing is touched', transport: { ...paused, state: 'stopped' }, element: off, want: nothing },
  { name: 'finished', transport: { ...paused, state: 'finished', position: 600_000 }, element: on, want: { do: 'silence', after: Infinity } },

  { name: 'it looks again when the wait comes', now: 309_600, element: { ...on, position: 299_600 }, want: { do: 'nothing', after: 400 } },
  { name: 'a wait holds it', now: 320_000, element: { ...on, position: 300_010 }, want: { do: 'silence', after: Infinity } },
  { name: 'held at a wait', now: 320_000, element: { ...off, position: 300_000 }, want: nothing },
  { name: 'gone on', transport: { ...playing, position: 300_000, at: 320_000 }, now: 320_000, element: { ...off, position: 300_000 }, want: { do: 'play', position: 300_000, after: 1000 } },
  { name: 'the end: the last bell rings out', transport: { ...playing, position: 300_000 }, now: 999_999, element: { ...on, position: 599_990 }, want: nothing },
  { name: 'and goes on when the room has said so', transport: ended, element: { ...on, position: 612_000 }, want: nothing },
  { name: 'at its own speed', transport: ended, element: { ...on, position: 600_010, rate: 0.98 }, want: { do: 'rate', rate: 1, after: Infinity } },
  { name: 'it begins nothing', transport: ended, element: { ...off, position: 600_000 }, want: nothing },
  { name: 'an element that is not there yet is silenced', transport: ended, element: { ...on, position: 598_900 }, want: { do: 'silence', after: Infinity } },
];
for (const { name, src = 't4', transport = playing, element, now = 15_000, want } of table) {
  test(`plan: ${name}`, () => assert.deepEqual(plan({ src, transport, timeline }, element, now), want));
}

test('a plan that is followed settles: from anywhere, it is together within 15 s', () => {
  for (const start of [0, 4700, 4760, 4950, 5000, 5050, 5240, 5300, 500_000]) {
    const element = { ...on, position: start };
    let now = 15_000;
    let seeks = 0;
    for (let look = 0; look < 15; look++) {
      const action = plan({ src: 't4', transport: playing, timeline }, element, now);
      if (action.do === 'seek') (element.position = action.position), (element.sinceSeek = 0), seeks++;
      if (action.do === 'rate') element.rate = action.rate;
      now += action.after;
      element.position += action.after * element.rate;
      element.sinceSeek += action.after;
    }
    assert.ok(Math.abs(now - 10_000 - element.position) < 40 && seeks <= 1, `from ${start}: ${now - 10_000 - element.position} ms, ${seeks} seeks`);
  }
});

test('the address of a track', () => {
  assert.equal(trackURL({ ...timeline, session: 'a/b' }, { voice: 80, bells: 0 }), '/api/sessions/a%2Fb/track.wav?rev=4&voice=80&bells=0');
});

test('the more two tracks differ in level, the longer one takes to become the other', () => {
  const at = (mix) => trackURL(timeline, { voice: 80, bells: 80, breath: 80, ambience: 80, tone: 'soft', count: false, night: false, ...mix });
  assert.equal(crossingTime(at({}), at({})), 400);
  assert.equal(crossingTime(at({}), at({ tone: 'air' })), 400);
  assert.ok(Math.abs(crossingTime(at({}), at({ voice: 40 })) - 12.04 * 170) < 2);
  assert.equal(Math.round(crossingTime(at({}), at({ night: true }))), 1700);
  assert.equal(crossingTime(at({ bells: 100 }), at({ bells: 0 })), 28 * 170);
  assert.ok(samePlan(at({}), at({ night: true })) && !samePlan(at({}), trackURL(timelineOf('s1', 5), {})));
});
