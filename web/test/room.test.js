import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, test } from 'node:test';
import { Room } from '../lib/room.js';
import { FakeServer, loaded, settled, stopTime, timelineOf } from './fakes.js';

let time, server, storage, window, room, changes, refusals;

/** A room joined over the fake server, with this in its welcome. */
function join(welcome = {}, options = {}) {
  server.welcome = welcome;
  room = new Room({
    url: 'ws://here/ws', role: 'guide', WebSocket: server.WebSocket, local: time.local, storage, window, random: () => 1, ...options,
  });
  changes = refusals = 0;
  room.addEventListener('change', () => changes++);
  room.addEventListener('refused', () => refusals++);
  room.connect();
  time.pass(1);
  return room;
}

const transport = (state, rev, more = {}) =>
  ({ type: 'transport', session: 's1', rev, state, position: 0, at: 10_000, ...more });

beforeEach(() => {
  time = stopTime();
  server = new FakeServer();
  const kept = new Map();
  storage = { getItem: (key) => kept.get(key) ?? null, setItem: (key, value) => kept.set(key, value) };
  window = new EventTarget();
});
afterEach(() => {
  room?.close();
  time.restart();
});

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

describe('local first', () => {
  for (const [verb, state] of [['pause', 'paused'], ['stop', 'stopped'], ['ground', 'stopped']]) {
    test(`${verb} is silence here before anything is sent`, () => {
      join(loaded('playing'));
      time.pass(2500);
      const order = [];
      room.addEventListener('change', () => order.push(room.transport.state));
      const { send } = server.socket;
      server.socket.send = function (frame) {
        order.push(JSON.parse(frame).do);
        send.call(this, frame);
      };
      room[verb]();
      assert.deepEqual(order, [state, verb]);
      assert.equal(room.position(), 2501);
      assert.equal(room.transport.by, 'me');
      assert.equal(room.transport.why, verb);
      time.pass(5000);
      assert.equal(room.position(), 2501);
    });

    test(`${verb} works without a connection and is sent after the next welcome`, () => {
      join(loaded('playing'));
      server.reachable = false;
      server.cut();
      time.pass(1000);
      room[verb]();
      assert.equal(room.transport.state, state);
      time.pass(60_000);
      assert.equal(server.commands.length, 0);
      server.welcome = loaded('playing');
      server.reachable = true;
      time.pass(6000);
      assert.equal(server.commands.length, 1);
      assert.equal(server.commands[0].do, verb);
      assert.equal(room.transport.state, state, 'the welcome says playing; our wish stands');
    });
  }

  test('pausing before the lead-in is over keeps the place', () => {
    join(loaded('playing', { at: 14_000, position: 250 }));
    time.pass(1000);
    room.pause();
    assert.equal(room.position(), 250);
  });

  test('pause does not undo a stop, stop ends a pause', () => {
    join(loaded('playing'));
    room.pause();
    room.stop();
    assert.equal(room.transport.state, 'stopped');
    room.pause();
    assert.equal(room.transport.state, 'stopped');
  });

  test('pausing what another has paused leaves it theirs', () => {
    join(loaded('paused', { by: 'ana', needs: 'ana' }));
    room.pause();
    assert.deepEqual([room.transport.by, room.transport.needs], ['ana', 'ana']);
  });

  test('a pause confirmed at the revision that still plays stays a pause', () => {
    join(loaded('playing'));
    room.pause();
    server.say(transport('playing', 6, { why: 'next' }));
    server.ack(server.commands[0].id, 6);
    assert.equal(room.transport.state, 'paused');
  });

  const wishes = [
    { asked: ['pause', 'stop'], sent: 'stop' },
    { asked: ['stop', 'pause'], sent: 'stop' },
    { asked: ['pause', 'pause'], sent: 'pause' },
    { asked: ['pause', 'ground'], sent: 'ground' },
    { asked: ['stop', 'ground'], sent: 'ground' },
    { asked: ['ground', 'stop'], sent: 'stop' },
    { asked: ['ground', 'pause'], sent: 'stop' },
  ];
  for (const { asked, sent } of wishes) {
    test(`offline, ${asked.join(' then ')} sends one ${sent}, and answers everyone`, async () => {
      join(loaded('playing'));
      server.cut();
      const answers = asked.map((verb) => room[verb]());
      time.pass(300);
      assert.deepEqual(server.commands.map((command) => command.do), [sent]);
      server.ack(server.commands[0].id, 6);
      assert.deepEqual(await Promise.all(answers), asked.map(() => ({ rev: 6 })));
    });
  }

  test('resuming at once after a pause waits until the pause is confirmed', async () => {
    join(loaded('playing'));
    room.pause();
    const resumed = room.do('resume');
    assert.deepEqual(server.commands.map((c) => c.do), ['pause']);
    server.ack(server.commands[0].id, 6);
    await settled();
    assert.equal(server.commands[1].do, 'resume');
    assert.equal(server.commands[1].rev, 6);
    server.ack(server.commands[1].id, 7);
    assert.deepEqual(await resumed, { rev: 7 });
  });

  for (const [name, third] of Object.entries({
    'another pause': () => room.pause(),
    'a stop': () => room.stop(),
    'a lost line': () => {
      server.cut();
      time.pass(1000);
    },
  })) {
    test(`a resume that waits for a pause does not outlive ${name}`, async () => {
      join(loaded('playing'));
      room.pause();
      const resumed = room.do('resume');
      third();
      server.ack(server.commands.at(-1).id, 6);
      await assert.rejects(resumed, { code: 'stale' });
      assert.ok(server.commands.every((command) => command.do !== 'resume'));
      assert.notEqual(room.transport.state, 'playing');
    });
  }

  test('a playing transport that crossed our pause does not undo it', () => {
    join(loaded('playing'));
    room.pause();
    server.say(transport('playing', 5, { why: 'next' }));
    assert.equal(room.transport.state, 'paused', 'before the ack');
    server.ack(server.commands[0].id, 6);
    assert.equal(room.transport.state, 'paused', 'after the ack');
    server.say(transport('paused', 6, { position: 77 }));
    assert.equal(room.position(), 77);
    server.say(transport('playing', 7));
    assert.equal(room.transport.state, 'playing', 'someone resumed it since');
  });

  test('resumed after our pause, though the ack comes late', () => {
    join(loaded('playing'));
    room.pause();
    server.say(transport('paused', 5));
    server.say(transport('playing', 6));
    assert.equal(room.transport.state, 'paused');
    server.ack(server.commands[0].id, 5);
    assert.equal(room.transport.state, 'playing');
  });

  test('a lesser stillness does not replace our stop, before or after the ack', () => {
    join(loaded('playing'));
    const seen = [];
    room.addEventListener('change', () => seen.push(room.transport.state));
    room.stop();
    server.say(transport('paused', 5));
    server.ack(server.commands[0].id, 6);
    server.say(transport('stopped', 6));
    assert.deepEqual(new Set(seen), new Set(['stopped']));
  });

  test('the end coming first is taken', () => {
    join(loaded('playing'));
    room.pause();
    server.say(transport('finished', 5, { position: 600_000 }));
    assert.equal(room.transport.state, 'finished');
    server.refuse(server.commands[0].id, 'not-now');
    assert.equal(room.transport.state, 'finished');
    assert.equal(refusals, 0, 'nothing went wrong');
  });

  test('the grounding we asked for begins, whether its transport or the ack comes first', () => {
    for (const ackFirst of [true, false]) {
      join(loaded('playing'));
      server.commands.length = 0;
      room.ground();
      const steps = [
        () => server.ack(server.commands[0].id, 6),
        () => server.say({ type: 'session', ...loaded().session, session: 'g', title: 'Grounding', aside: true }),
        () => server.say({ type: 'timeline', ...timelineOf('g', 6) }),
        () => server.say({ ...transport('playing', 6), session: 'g', why: 'ground' }),
      ];
      if (!ackFirst) steps.push(steps.shift());
      for (const step of steps) step();
      assert.deepEqual([room.session.title, room.transport.state, room.aside], ['Grounding', 'playing', true]);
      room.close();
    }
  });

  test('stop during a grounding that is on its way stays a stop', () => {
    join(loaded('playing'));
    room.ground();
    room.stop();
    server.say({ type: 'session', ...loaded().session, session: 'g', aside: true });
    server.say({ type: 'timeline', ...timelineOf('g', 6) });
    server.ack(server.commands[0].id, 6);
    server.say({ ...transport('playing', 6), session: 'g', why: 'ground' });
    assert.equal(room.transport.state, 'stopped');
    server.ack(server.commands[1].id, 7);
    server.say({ ...transport('stopped', 7), session: 'g' });
    assert.deepEqual([room.transport.session, room.transport.state], ['g', 'stopped']);
  });

  test('an unanswered pause goes out again under the same id', () => {
    join(loaded('playing'));
    room.pause();
    server.welcome = loaded('playing');
    server.cut();
    time.pass(300);
    assert.equal(server.commands.length, 2);
    assert.equal(server.commands[0].id, server.commands[1].id);
    assert.equal(room.transport.state, 'paused');
    server.ack(server.commands[1].id, 5);
    time.pass(60_000);
    assert.equal(server.commands.length, 2);
  });

  test('a pause meant for a session that is no more is not sent into another', async () => {
    join(loaded('playing'));
    server.reachable = false;
    server.cut();
    const answer = room.stop();
    server.welcome = loaded('playing', { session: 's2', rev: 9 });
    server.reachable = true;
    time.pass(6000);
    assert.equal(server.commands.length, 0);
    assert.deepEqual([room.transport.session, room.transport.state], ['s2', 'playing']);
    await assert.rejects(answer, { code: 'not-now' });
  });

  test('but it is sent into the grounding that set it aside', () => {
    join(loaded('playing'));
    server.cut();
    room.stop();
    const grounding = loaded('playing', { session: 'g', rev: 9 });
    server.welcome = { ...grounding, session: { ...grounding.session, aside: true } };
    time.pass(300);
    assert.deepEqual(server.commands.map((command) => command.do), ['stop']);
    assert.equal(room.transport.state, 'stopped');
  });

  test('a stop that meets an error is asked again, and the silence here stays', async () => {
    join(loaded('playing'));
    room.stop();
    for (let i = 0; i < 5; i++) {
      server.refuse(server.commands[i].id, 'internal', 'Something went wrong here.');
      time.pass(200);
    }
    assert.equal(server.commands.length, 5);
    assert.equal(new Set(server.commands.map((command) => command.id)).size, 5);
    assert.equal(refusals, 1);
    server.say(transport('playing', 8));
    assert.equal(room.transport.state, 'stopped');
    room.stop();
    assert.equal(server.commands.length, 6);
  });

  test('before the first welcome it is kept too', () => {
    join(loaded('playing'), { WebSocket: class extends server.WebSocket {} });
    room.close();
    server.commands.length = 0;
    room = new Room({ url: 'ws://here/ws', WebSocket: server.WebSocket, local: time.local, storage: null, random: () => 1 });
    room.connect();
    room.stop();
    assert.equal(room.status, 'connecting');
    time.pass(1);
    assert.deepEqual(server.commands.map((command) => command.do), ['stop']);
    assert.notEqual(room.transport?.state, 'playing');
  });
});

describe('while lost', () => {
  test('a session that runs goes on, waits where it waits, and ends', () => {
    join(loaded('playing'));
    server.reachable = false;
    server.cut();
    assert.equal(room.status, 'lost');
    time.pass(60_000);
    assert.equal(room.position(), 60_001);
    time.pass(600_000);
    assert.equal(room.position(), 300_000, 'it waits');
    assert.equal(room.transport.state, 'playing');
  });

  test('the end is known without being told', () => {
    join(loaded('playing', { position: 590_000 }));
    server.reachable = false;
    server.cut();
    time.pass(9990);
    assert.equal(room.transport.state, 'playing');
    time.pass(20);
    assert.deepEqual([room.transport.state, room.transport.why, room.position()], ['finished', 'end', 600_000]);
  });

  test('with a connection the end is the room\'s to say', () => {
    join(loaded('playing', { position: 599_000 }));
    time.pass(5000);
    assert.deepEqual([room.transport.state, room.position()], ['playing', 600_000]);
  });
});
