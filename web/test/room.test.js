import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { loaded, settled, timelineOf } from './fakes.js';
import { time, server, window, room, changes, refusals, join, transport } from './joined.js';

describe('joining', () => {
  test('a welcome brings everything there is', () => {
    join(loaded('playing'));
    assert.equal(server.socket.protocol, 'stillpoint.v1');
    assert.equal(room.status, 'live');
    assert.equal(room.you.id, 'me');
    assert.equal(room.session.title, 'Feet first');
    assert.equal(room.host, true);
    assert.equal(room.aside, false);
    time.pass(3000);
    assert.equal(room.now(), 13_001);
    assert.equal(room.position(), 3001);
    assert.ok(changes > 0);
  });

  test('before the first pong, room time is the welcome\'s', () => {
    server.ahead = 700;
    join(loaded('playing', { at: 0 }));
    assert.ok(Math.abs(room.position() - 701) <= 1);
  });

  test('a guide is told what happened, also by what comes later', () => {
    join({ ...loaded('playing'), account: { session: 's1', lines: [] } });
    assert.deepEqual(room.account.lines, []);
    const before = changes;
    server.say({ type: 'account', session: 's1', lines: [{ at: 1, position: 0, what: 'start', by: 'me' }] });
    assert.deepEqual([room.account.lines.length, changes], [1, before + 1]);
  });

  test('which room it is, the server says', () => {
    join({ ...loaded('playing'), room: 'table' });
    assert.equal(room.name, 'table');
  });

  test('an empty room is at 0', () => {
    join();
    assert.deepEqual([room.session, room.timeline, room.transport, room.position()], [null, null, null, 0]);
  });

  test('it comes back as the same participant', () => {
    join({}, { room: 'table', name: 'Tablet' });
    server.cut();
    time.pass(300);
    assert.deepEqual(server.hellos, [
      { type: 'hello', room: 'table', role: 'guide', name: 'Tablet' },
      { type: 'hello', room: 'table', role: 'guide', name: 'Tablet', resume: 'token-1' },
    ]);
  });

  test('frames that cannot be read, or are of a later time, do no harm', () => {
    join(loaded('paused'));
    server.socket.onmessage({ data: '{' });
    server.socket.onmessage({ data: '[]' });
    server.socket.onmessage({ data: 'null' });
    server.say({ type: 'moonrise', at: 3 });
    assert.equal(room.transport.state, 'paused');
  });
});

describe('the line', () => {
  test('five pings at once, then one each heartbeat', () => {
    join();
    time.pass(450);
    assert.equal(server.pings, 5);
    time.pass(1900);
    assert.equal(server.pings, 5);
    time.pass(100);
    assert.equal(server.pings, 6);
    time.pass(20_000);
    assert.equal(server.pings, 16);
    assert.equal(room.status, 'live');
  });

  test('a half-open line is noticed within three seconds of the last answer', () => {
    join(loaded());
    time.pass(500);
    server.answers = false;
    time.pass(3100);
    assert.equal(room.status, 'lost');
    server.answers = true;
    time.pass(300);
    assert.equal(room.status, 'live');
    assert.equal(server.sockets.length, 2);
  });

  test('a slow network is not taken for a lost one', () => {
    join();
    const answer = server.say.bind(server);
    server.say = (message) => (message.type === 'pong' ? setTimeout(() => answer(message), 1800) : answer(message));
    time.pass(30_000);
    assert.equal(room.status, 'live');
    assert.equal(server.sockets.length, 1);
  });

  test('a server that opens but never welcomes is given up', () => {
    const { WebSocket } = server;
    class Mute extends WebSocket {
      send() {}
    }
    join({}, { WebSocket: Mute });
    time.pass(5300);
    assert.equal(server.sockets.length, 2);
    assert.equal(room.status, 'lost');
  });

  test('retries come at 250 ms, double, and stay at 5 s', () => {
    server.reachable = false;
    join();
    const gaps = [];
    let before = 0;
    for (let ms = 0, seen = 1; gaps.length < 7; ms++) {
      time.pass(1);
      if (server.sockets.length > seen) {
        seen = server.sockets.length;
        gaps.push(ms - before);
        before = ms;
      }
    }
    assert.deepEqual(gaps.slice(1).map((gap) => Math.round(gap / 10) * 10), [500, 1000, 2000, 4000, 5000, 5000]);
    assert.equal(room.status, 'lost');
  });

  test('retries of many devices are spread', () => {
    server.reachable = false;
    join({}, { random: () => 0 });
    time.pass(127);
    assert.equal(server.sockets.length, 2, 'half the wait at the least');
  });

  for (const name of ['online', 'pageshow', 'resume', 'visibilitychange']) {
    test(`${name} reconnects at once`, () => {
      server.reachable = false;
      join();
      time.pass(10_000);
      server.reachable = true;
      const tried = server.sockets.length;
      window.dispatchEvent(new Event(name));
      window.dispatchEvent(new Event(name));
      assert.equal(server.sockets.length, tried + 1, 'once, though two events came');
      time.pass(1);
      assert.equal(room.status, 'live');
    });
  }

  test('waking does not wait even for a connection refused a moment ago', () => {
    server.reachable = false;
    join();
    window.dispatchEvent(new Event('online'));
    assert.equal(server.sockets.length, 2);
  });

  test('waking with a dead line notices it within a second and a half', () => {
    join();
    time.pass(1000);
    server.answers = false;
    window.dispatchEvent(new Event('resume'));
    time.pass(1100);
    assert.equal(room.status, 'lost');
  });

  test('closing ends it', () => {
    join();
    room.close();
    const { pings } = server;
    window.dispatchEvent(new Event('online'));
    time.pass(20_000);
    assert.equal(server.pings, pings);
    assert.equal(server.sockets.length, 1);
  });
});

describe('news', () => {
  test('a new session is shown when its transport comes, not before', () => {
    join(loaded('playing'));
    server.say({ type: 'session', ...loaded().session, session: 's2', title: 'Hands' });
    server.say({ type: 'timeline', ...timelineOf('s2', 7) });
    assert.equal(room.session.title, 'Feet first');
    assert.equal(room.timeline.session, 's1');
    server.say({ ...transport('ready', 8), session: 's2' });
    assert.deepEqual([room.session.title, room.timeline.session, room.transport.state, room.position()], ['Hands', 's2', 'ready', 0]);
  });

  test('a new revision of the same session is shown at once', () => {
    join(loaded('playing'));
    server.say({ type: 'timeline', ...timelineOf('s1', 5), length: 500_000 });
    assert.equal(room.timeline.length, 500_000);
    server.say({ type: 'timeline', ...timelineOf('s1', 3), length: 1 });
    assert.equal(room.timeline.length, 500_000, 'an older one is left');
  });

  test('an older transport is left', () => {
    join(loaded('playing'));
    server.say(transport('stopped', 9));
    server.say(transport('playing', 8));
    assert.equal(room.transport.state, 'stopped');
  });

  test('people and the room\'s sound', () => {
    join();
    server.say({ type: 'people', people: [{ id: 'me', name: 'Tablet', role: 'guide' }, { id: 'x', name: '', role: 'guest' }], sound: 'x' });
    assert.deepEqual([room.people.length, room.sound, room.host], [2, 'x', false]);
  });

  test('a welcome after a restart counts from its own revision', () => {
    join(loaded('paused', { rev: 90 }));
    server.welcome = loaded('playing', { rev: 1, session: 's9' });
    server.cut();
    time.pass(300);
    assert.deepEqual([room.transport.session, room.transport.state], ['s9', 'playing']);
    server.say({ ...transport('paused', 2), session: 's9' });
    assert.equal(room.transport.state, 'paused');
  });

  test('a welcome without a session clears the old one', () => {
    join(loaded('playing'));
    server.welcome = {};
    server.cut();
    time.pass(300);
    assert.deepEqual([room.session, room.timeline, room.transport], [null, null, null]);
  });
});

describe('asking', () => {
  test('a command carries the revision seen and resolves with its own', async () => {
    join(loaded('ready'));
    const answer = room.do('start');
    const [command] = server.commands;
    assert.deepEqual({ ...command, id: '' }, { type: 'command', id: '', do: 'start', rev: 4 });
    assert.ok(command.id.length > 0 && command.id.length <= 64);
    server.ack(command.id, 5);
    assert.deepEqual(await answer, { rev: 5 });
    room.do('extend', { by: 60_000 });
    assert.deepEqual([server.commands[1].rev, server.commands[1].by], [5, 60_000]);
    assert.notEqual(server.commands[1].id, command.id);
  });

  test('no two page loads share an id, though the same participant comes back', () => {
    const ids = new Set();
    for (let load = 0; load < 50; load++) {
      join({}, { random: () => 0.5 });
      room.do('next');
      room.pause();
      room.close();
    }
    for (const { id } of server.commands) ids.add(id);
    assert.equal(ids.size, 100);
    for (const id of ids) assert.match(id, /^[\w-]{10,64}$/);
    assert.equal(server.hellos.at(-1).resume, 'token-1');
  });

  test('a refusal rejects, and says so once', async () => {
    join(loaded('ready'));
    const answer = room.do('start');
    server.refuse(server.commands[0].id, 'stale', 'The room has moved on.');
    await assert.rejects(answer, { code: 'stale', text: 'The room has moved on.' });
    assert.equal(refusals, 1);
  });

  test('without a connection only pause, stop and ground work', async () => {
    join(loaded('playing'));
    server.reachable = false;
    server.cut();
    await assert.rejects(room.do('next'), { code: 'not-connected', text: 'Not connected. You can still pause and stop.' });
    assert.equal(server.commands.length, 0);
  });

  test('what was under way when the line broke is refused', async () => {
    join(loaded('ready'));
    const answer = room.do('start');
    server.cut();
    await assert.rejects(answer, { code: 'not-connected' });
  });

  test('unanswered commands are bounded', async () => {
    join(loaded('playing'));
    const answers = Array.from({ length: 33 }, () => room.do('stay'));
    await assert.rejects(answers[32], { code: 'slow-down' });
    assert.equal(server.commands.length, 32);
  });

  test('a refusal nobody waits for is no unhandled rejection', async () => {
    join(loaded('ready'));
    room.do('start');
    server.refuse(server.commands[0].id, 'not-allowed');
    await settled();
    assert.equal(refusals, 1);
  });
});
