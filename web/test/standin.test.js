import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, test } from 'node:test';
import { StandIn } from '../lib/standin.js';
import { reentry } from '../lib/timeline.js';
import { loaded, settled, timelineOf } from './fakes.js';
import { join, room, server, storage, time, transport } from './joined.js';

const guide = (id) => ({ id, role: 'guide', resume: 't' });
const mix = { voice: 40, bells: 30, breath: 20, ambience: 10, tone: 'soft', count: false, night: false };
const people = (sound, more = {}) => ({ people: [], sound, host: true, mix, ...more });

let standIn, tab, window;

/** A page of a tab, over the fake server. */
function open(welcome, options) {
  join(welcome, options);
  standIn = new StandIn(room, { storage: tab, window });
}

/** The same tab, its page opened anew. */
function reload(welcome) {
  window.dispatchEvent(new Event('pagehide'));
  standIn.close();
  room.close();
  open(welcome);
  time.pass(5);
}

/** The server dies, and with `restart` another has taken its place. */
function gone() {
  server.reachable = false;
  server.cut();
}
function restart(welcome = {}) {
  server.reachable = true;
  server.ahead = 500_000;
  server.welcome = welcome;
  time.pass(6000);
}

beforeEach(() => {
  const kept = new Map();
  tab = { getItem: (key) => kept.get(key) ?? null, setItem: (key, value) => kept.set(key, value), removeItem: (key) => kept.delete(key), kept };
  window = new EventTarget();
});
afterEach(() => standIn?.close());

const playing = (more) => ({ ...loaded(), people: people('me'), you: guide('me'), ...more });
/** What the room was asked for: a command that comes twice is done once. */
const asked = () => [...new Map(server.commands.map((command) => [command.id, command.do])).values()];
const seen = () => [room.transport?.state, Math.round(room.position() / 1000)];

describe('while the server is gone', () => {
  beforeEach(() => {
    open(playing());
    time.pass(2000);
    gone();
    time.pass(3000);
  });

  test('a session goes on, is paused, and resumes at the start of its prompt', () => {
    assert.deepEqual(seen(), ['playing', 5]);
    room.pause();
    assert.deepEqual(seen(), ['paused', 5]);
    room.do('resume');
    assert.deepEqual([room.transport.state, room.transport.position], ['playing', 0]);
    assert.equal(room.transport.at - room.now(), 2000);
    time.pass(4000);
    assert.deepEqual(seen(), ['playing', 2]);
  });

  test('it is stopped, and gone back to, paused', () => {
    room.stop();
    room.do('return');
    assert.deepEqual(seen(), ['paused', 5]);
  });

  test('it goes on from a wait', () => {
    time.pass(300_000);
    assert.equal(room.position(), 300_000);
    room.do('go-on');
    time.pass(1300);
    assert.equal(room.position(), 301_000);
  });

  test('what only a room can do is refused as before', async () => {
    await assert.rejects(room.do('skip'), { code: 'not-connected' });
    await assert.rejects(room.do('resume'), { code: 'not-connected' }, 'it plays already');
  });

  test('a pause is asked of the room that comes back', () => {
    room.pause();
    server.reachable = true;
    time.pass(6000);
    assert.deepEqual(asked(), ['pause']);
    assert.equal(room.transport.state, 'paused');
  });

  test('a room that went another way is paused, and followed', () => {
    room.pause();
    room.do('resume');
    time.pass(2500);
    server.reachable = true;
    time.pass(6000);
    assert.deepEqual(asked(), ['pause']);
    assert.equal(room.transport.state, 'paused', 'it does not play on from another place');
    server.ack(server.commands[0].id, 9);
    server.say(transport('paused', 9, { position: 14_000 }));
    assert.deepEqual(seen(), ['paused', 14]);
  });

  test('a room where nothing was done meanwhile is followed as before', () => {
    server.reachable = true;
    time.pass(6000);
    assert.deepEqual(server.commands, []);
    assert.equal(room.transport.state, 'playing');
  });
});

describe('a server that does not know the session', () => {
  beforeEach(() => {
    open(playing());
    time.pass(2000);
    gone();
    time.pass(3000);
  });

  test('leaves it here, paused, where it was', () => {
    restart({ you: guide('new'), people: people('') });
    assert.deepEqual([room.status, standIn.apart, room.transport.state], ['live', true, 'paused']);
    assert.ok(room.position() >= 5000 && room.position() < 11_000, `${room.position()}`);
    assert.equal(room.sound, 'new', 'the sound stays in this window');
  });

  test('resumes, pauses and stops here, and asks nobody', async () => {
    restart({ you: guide('new'), people: people('') });
    time.pass(1000);
    await room.do('resume');
    time.pass(2500);
    assert.equal(room.transport.state, 'playing');
    await room.pause();
    assert.equal(room.transport.state, 'paused');
    await room.do('resume');
    await room.stop();
    assert.equal(room.transport.state, 'stopped');
    await room.do('return');
    assert.equal(room.transport.state, 'paused');
    assert.deepEqual(server.commands, []);
  });

  test('its end comes here', async () => {
    restart({ you: guide('new'), people: people('') });
    await room.do('resume');
    time.pass(305_000);
    await room.do('go-on');
    time.pass(301_000);
    assert.deepEqual([room.transport.state, room.transport.why], ['finished', 'end']);
  });

  test('keeps neither the sound nor the levels that the new room has', () => {
    restart({ you: guide('new'), people: people('', { mix: { ...mix, voice: 99 } }) });
    assert.equal(room.mix.voice, 40);
    server.say({ type: 'people', ...people('host', { mix: { ...mix, voice: 98 } }) });
    assert.deepEqual([room.sound, room.mix.voice], ['new', 40]);
  });

  test('a session of the room takes its place, with the room\'s own sound', async () => {
    restart({ you: guide('new'), people: people('') });
    server.say({ type: 'people', ...people('host', { mix: { ...mix, voice: 98 } }) });
    const other = loaded('ready', { session: 's2', rev: 1 });
    server.say({ type: 'session', ...other.session });
    server.say({ type: 'timeline', ...other.timeline });
    server.say({ type: 'transport', ...other.transport });
    await settled();
    assert.deepEqual([room.session.session, standIn.apart, room.sound, room.mix.voice], ['s2', false, 'host', 98]);
  });

  test('a session that was stopped here is over', () => {
    room.stop();
    restart({ you: guide('new'), people: people('') });
    assert.equal(room.transport, null);
  });

  test('a guest follows the room as before', () => {
    restart({ you: { ...guide('new'), role: 'guest' }, people: people('') });
    assert.equal(room.transport, null);
  });
});

describe('a page opened anew', () => {
  test('without its server finds the session paused where it was', () => {
    open(playing());
    time.pass(7000);
    server.reachable = false;
    reload();
    assert.deepEqual([room.status, ...seen(), room.session.title], ['lost', 'paused', 7, 'Feet first']);
    assert.deepEqual([room.sound, room.mix.voice], [room.you.id, 40]);
    room.do('resume');
    time.pass(3000);
    assert.equal(room.transport.state, 'playing');
    room.stop();
    assert.equal(room.transport.state, 'stopped');
    assert.deepEqual(tab.kept.size, 0, 'and then nothing is kept');
  });

  test('and the room that has it still is paused, not played', () => {
    open(playing());
    time.pass(7000);
    server.reachable = false;
    reload();
    server.reachable = true;
    server.welcome = playing();
    time.pass(3000);
    assert.equal(room.transport.state, 'paused');
    assert.deepEqual(asked(), ['pause']);
    assert.equal(standIn.apart, false);
  });

  test('with a server that does not know it, too', () => {
    open(playing());
    time.pass(7000);
    reload({ you: guide('new'), people: people('') });
    assert.deepEqual([room.status, standIn.apart, ...seen()], ['live', true, 'paused', 7]);
  });

  test('with its server there, the room\'s word is all', () => {
    open(playing());
    time.pass(7000);
    reload(playing());
    assert.deepEqual([standIn.apart, room.transport.state], [false, 'playing']);
  });

  test('after the end nothing is left', () => {
    open(playing());
    time.pass(1000);
    assert.ok(tab.kept.size > 0);
    server.say(transport('stopped', 9, { position: 1000 }));
    server.reachable = false;
    reload();
    assert.equal(room.transport, null);
  });

  test('a crash costs ten seconds at most', () => {
    open(playing());
    time.pass(25_000);
    server.reachable = false;
    room.close();
    standIn.close();
    open();
    time.pass(5);
    assert.ok(room.position() >= 15_000 && room.position() <= 25_000, `${room.position()}`);
  });

  for (const [what, spoil] of [
    ['what cannot be read', (kept) => kept.set('stillpoint.kept', '{"you"')],
    ['a place beyond the end', (kept) => kept.set('stillpoint.kept.place', '999999999')],
    ['something else altogether', (kept) => kept.set('stillpoint.kept', '{"you": {}, "mix": {}, "session": {"session": "a"}, "timeline": {"session": "b"}}')],
  ]) {
    test(`${what} is no session`, () => {
      open(playing());
      time.pass(1000);
      server.reachable = false;
      room.close();
      standIn.close();
      spoil(tab.kept);
      open();
      time.pass(5);
      assert.equal(room.transport, null);
    });
  }

  test('where nothing can be kept, all is as before', () => {
    tab = { getItem: () => null, setItem: () => { throw new Error('QuotaExceededError'); }, removeItem: () => {} };
    open(playing());
    time.pass(1000);
    assert.equal(room.transport.state, 'playing');
    tab = null;
    standIn.close();
    standIn = new StandIn(room, { storage: null, window });
    room.pause();
    assert.equal(room.transport.state, 'paused');
  });
});

test('a session takes up again where the room would', () => {
  const timeline = {
    ...timelineOf('s1', 1),
    spans: [
      { kind: 'say', from: 0, to: 5000 }, { kind: 'scan', from: 4000, to: 9000 }, { kind: 'quiet', from: 5000, to: 9000 },
      { kind: 'inhale', from: 9000, to: 13_000 }, { kind: 'exhale', from: 13_000, to: 19_000 }, { kind: 'wait', from: 15_000, to: 15_001 },
    ],
  };
  for (const [position, want] of [[0, 0], [4500, 0], [6000, 6000], [10_000, 9000], [14_000, 13_000], [15_000, 15_000], [600_000, 600_000]]) {
    assert.equal(reentry(timeline, position), want, `from ${position}`);
  }
});
