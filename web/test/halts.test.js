import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { Room } from '../lib/room.js';
import { loaded, settled, timelineOf } from './fakes.js';
import { time, server, storage, room, refusals, join, transport } from './joined.js';

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
      assert.equal(server.commands[0].do, verb === 'ground' ? 'stop' : verb, 'a grounding does not begin out of nowhere');
      assert.equal(room.transport.state, state, 'the welcome says playing; our wish stands');
    });
  }

  test('a stop on a dead line finds out at once whether anybody is there', () => {
    join(loaded('playing'));
    server.reachable = false;
    server.cut();
    time.pass(20_000);
    server.reachable = true;
    room.stop();
    time.pass(20);
    assert.deepEqual(server.commands.map((c) => c.do), ['stop']);
  });

  test('a grounding that gets through soon is still one', () => {
    join(loaded('playing'));
    server.reachable = false;
    server.cut();
    room.ground();
    time.pass(5000);
    server.welcome = loaded('playing');
    server.reachable = true;
    time.pass(5000);
    assert.equal(server.commands[0].do, 'ground');
  });

  test('a grounding is asked for in the reader\'s language, and nothing else is', () => {
    join(loaded('playing'));
    room.language = 'de';
    room.stop();
    time.pass(20);
    room.ground();
    time.pass(20);
    assert.deepEqual(server.commands.map((c) => [c.do, c.language]), [['stop', undefined], ['ground', 'de']]);
  });

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

  test('a pause by the client\'s key needs their agreement at once', () => {
    join(loaded('playing'));
    room.pause(true);
    assert.deepEqual([room.transport.state, room.transport.needs], ['paused', 'client']);
    assert.deepEqual(server.commands.map((c) => [c.do, c.client]), [['pause', true]]);
  });

  test('the client\'s key counts though the guide paused a moment before, and what follows stays theirs', () => {
    join(loaded('playing'));
    room.pause();
    room.pause(true);
    room.stop();
    assert.deepEqual(server.commands.map((c) => [c.do, c.client]), [['pause', undefined], ['pause', true], ['stop', true]]);
    assert.equal(new Set(server.commands.map((c) => c.id)).size, 3, 'the room does the same id once');
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
    const other = new Room({ url: 'ws://here/ws', WebSocket: server.WebSocket, local: time.local, storage: null, random: () => 1 });
    other.connect();
    other.stop();
    assert.equal(other.status, 'connecting');
    time.pass(1);
    assert.deepEqual(server.commands.map((command) => command.do), ['stop']);
    assert.notEqual(other.transport?.state, 'playing');
    other.close();
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
