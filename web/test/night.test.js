import assert from 'node:assert/strict';
import { afterEach, beforeEach, test } from 'node:test';
import { Night, atThisHour, isNight, untilEdge } from '../lib/night.js';
import { stopTime } from './fakes.js';

const hours = { on: true, from: '21:00', to: '07:00' };
const clock = (text) => new Date(`2026-11-24T${text}`); // this device's own clock

test('night: within the hours, over midnight or by day', () => {
  const at = ['20:59:59', '21:00', '23:59', '00:00', '06:59:59', '07:00', '12:00'].map(clock);
  assert.deepEqual(at.map((now) => isNight(hours, now)), [false, true, true, true, true, false, false]);
  assert.deepEqual(at.map((now) => isNight({ on: true, from: '07:00', to: '21:00' }, now)), [true, false, false, false, false, true, true]);
  assert.equal(isNight({ ...hours, on: false }, clock('23:00')), false);
  assert.equal(isNight({ on: true, from: '21:00', to: '21:00' }, clock('21:00')), false, 'no hours at all');
});

test('night: when it may come or go', () => {
  const minutes = ['20:59:30', '21:00', '07:00', '06:00:00.250'].map((text) => untilEdge(hours, clock(text)) / 60_000);
  assert.deepEqual(minutes, [0.5, 600, 840, 60 - 0.25 / 60]);
});

test('night: a mix that is brought along is this hour\'s', () => {
  const mix = { voice: 50, night: false };
  assert.equal(atThisHour(mix, hours, { night: false }, clock('22:00')).night, true);
  assert.equal(atThisHour({ ...mix, night: true }, hours, { night: true }, clock('12:00')).night, false);
  assert.equal(atThisHour(mix, { ...hours, on: false }, { night: true }, clock('12:00')).night, true, 'another\'s night stays');
});

let time, room, wishes, from;
const sent = () => room.sent.splice(0).map(({ night, voice }) => [night, voice]);
const now = () => new Date(from.getTime() + Date.now());

beforeEach(() => {
  time = stopTime();
  from = clock('20:30');
  room = Object.assign(new EventTarget(), {
    status: 'live',
    you: { role: 'guide' },
    mix: { voice: 70, night: false },
    sent: [],
    do: (_, { mix }) => (room.sent.push(mix), room.change({ mix })),
    change: (news) => (Object.assign(room, news), room.dispatchEvent(new Event('change'))),
  });
  wishes = Object.assign(new EventTarget(), {
    kept: { night: { ...hours, on: false } },
    keep: (night) => ((wishes.kept.night = { ...wishes.kept.night, ...night }), wishes.dispatchEvent(new Event('change'))),
  });
  new Night(room, wishes, { now });
});
afterEach(() => time.restart());

/** Time passes by leaps, so that hours do not take long. */
const leap = (ms) => {
  from = new Date(from.getTime() + ms);
  wishes.dispatchEvent(new Event('change'));
};

test('night: nothing is said until it is wished for', () => {
  leap(60 * 60_000);
  room.change({ mix: { voice: 70, night: true } }); // another guide's
  leap(60_000);
  assert.deepEqual(sent(), []);
});

test('night: it comes with its hour, all by itself, and goes', () => {
  from = clock('20:59:59');
  wishes.keep({ on: true });
  time.pass(999);
  assert.deepEqual(sent(), []);
  time.pass(2);
  assert.deepEqual(sent(), [[true, 70]]);
  leap(10 * 60 * 60_000);
  assert.deepEqual(sent(), [[false, 70]]);
});

test('night: the switch acts at once, both ways', () => {
  from = clock('22:00');
  wishes.keep({ on: true });
  wishes.keep({ on: false });
  assert.deepEqual(sent(), [[true, 70], [false, 70]]);
});

test('night: a room that was lost is told again', () => {
  from = clock('22:00');
  wishes.keep({ on: true });
  room.change({ status: 'lost' });
  room.change({ status: 'live', mix: { voice: 80, night: false } });
  assert.deepEqual(sent(), [[true, 70], [true, 80]]);
});

test('night: levels are the guide\'s', () => {
  from = clock('22:00');
  room.you = { role: 'guest' };
  wishes.keep({ on: true });
  assert.deepEqual(sent(), []);
});
