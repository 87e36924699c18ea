import assert from 'node:assert/strict';
import { beforeEach, describe, test } from 'node:test';
import { pauseOrResume } from '../lib/keys.js';
import { reentry } from '../lib/timeline.js';
import { loaded, settled, timelineOf } from './fakes.js';
import { room, server, time, transport } from './joined.js';
import { asked, gone, guide, mix, open, people, playing, restart, seen, standIn } from './stood-in.js';

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

  test('a device that was moved meanwhile leaves what ran where it was', () => {
    restart({ room: 'attic', you: guide('me'), people: people('') });
    assert.deepEqual([room.status, room.name, room.session, standIn.apart], ['live', 'attic', null, false]);
  });

  test('what a device is called is handed on', () => {
    const names = [];
    room.addEventListener('identify', ({ detail }) => names.push(detail.name));
    standIn.hears({ type: 'identify', name: 'Tablet' });
    assert.deepEqual(names, ['Tablet']);
  });

  test('a client’s screen does not go on by itself from its own pause', async () => {
    room.you.role = 'display';
    room.pause();
    room.transport.needs = 'me';
    await assert.rejects(room.do('resume'), { code: 'not-connected' });
    assert.equal(room.transport.state, 'paused');
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

  test('a grounding is asked of it, and is what is here then', async () => {
    restart({ you: guide('new'), people: people('') });
    time.pass(1000);
    room.ground();
    assert.equal(room.transport.state, 'stopped', 'silence comes first');
    assert.deepEqual(asked(), ['ground']);
    const grounding = loaded('playing', { session: 'g1', rev: 1 });
    server.ack(server.commands[0].id, 1);
    server.say({ type: 'session', ...grounding.session });
    server.say({ type: 'timeline', ...grounding.timeline });
    server.say({ type: 'transport', ...grounding.transport });
    assert.deepEqual([room.session.session, room.transport.state, standIn.apart], ['g1', 'playing', false]);
  });

  test('a grounding asked for while it is away is asked of it when it is back', () => {
    restart({ you: guide('new'), people: people('') });
    gone();
    time.pass(100);
    room.ground();
    server.reachable = true;
    time.pass(6000);
    assert.deepEqual([asked(), room.transport.state], [['ground'], 'stopped']);
  });

  test('a double tap is one pause, though it comes back in between', () => {
    server.reachable = true;
    server.ahead = 0;
    server.welcome = { you: guide('new'), people: people('') };
    pauseOrResume(room);
    time.pass(200);
    assert.equal(standIn.apart, true);
    pauseOrResume(room);
    assert.equal(room.transport.state, 'paused');
    time.pass(1000);
    pauseOrResume(room);
    assert.equal(room.transport.state, 'playing', 'a later tap is another wish');
  });

  test('what was done here leaves the line alone', async () => {
    restart({ you: guide('new'), people: people('') });
    const lines = server.sockets.length;
    for (const wish of ['resume', 'pause', 'resume', 'stop']) {
      await room.do(wish);
      time.pass(1900);
      assert.equal(room.status, 'live');
    }
    assert.equal(server.sockets.length, lines);
  });

  for (const [state, wish] of [['playing', 'resume'], ['stopped', 'stop']]) {
    test(`a line that is cut leaves it ${state}`, async () => {
      server.reachable = true;
      server.ahead = 500_000;
      server.welcome = { you: guide('new'), people: people('') };
      time.pass(2100);
      await room.do(wish);
      time.pass(4000);
      const before = room.position();
      for (const ahead of [500_000, 100_000]) { // the same server, and another
        server.ahead = ahead;
        server.cut();
        time.pass(1500);
        assert.deepEqual([room.status, standIn.apart, room.transport.state], ['live', true, state]);
      }
      const on = state === 'playing' ? 3000 : 0;
      assert.ok(Math.abs(room.position() - before - on) <= 5, `${before} ${room.position()}`);
    });
  }

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
