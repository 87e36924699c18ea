import assert from 'node:assert/strict';
import { beforeEach, describe, mock, test } from 'node:test';
import { loaded } from './fakes.js';
import { room, server, time, transport } from './joined.js';
import { asked, gone, guide, keepIn, open, people, playing, reload, seen, standIn, tab, window } from './stood-in.js';

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

  for (const [wish, asks, state] of [['stop', 'stop', 'stopped'], ['resume', 'pause', 'paused']]) {
    test(`and after a ${wish} here it is asked for a ${asks}`, () => {
      open(playing());
      time.pass(7000);
      server.reachable = false;
      reload();
      room.do(wish);
      server.reachable = true;
      server.welcome = playing();
      time.pass(6000);
      assert.deepEqual([asked(), room.transport.state], [[asks], state]);
      server.ack(server.commands.at(-1).id, 9);
      server.say(transport(state, 9, { position: 14_000 }));
      assert.deepEqual(seen(), [state, 14]);
    });
  }

  test('and a grounding that was asked for meanwhile is no stop', () => {
    open(playing());
    time.pass(7000);
    server.reachable = false;
    reload();
    room.ground();
    server.reachable = true;
    server.welcome = playing();
    time.pass(6000);
    assert.deepEqual(asked(), ['ground']);
  });

  for (const role of ['display', 'guest', 'guide']) {
    test(`where a ${role} did not sound, the room goes on, and is followed`, () => {
      const here = playing({ you: { ...guide('me'), role }, people: people('host') });
      open(here);
      time.pass(7000);
      server.reachable = false;
      reload();
      assert.equal(room.transport.state, 'paused');
      server.reachable = true;
      server.welcome = here;
      time.pass(3000);
      assert.deepEqual([asked(), room.transport.state, standIn.apart], [[], 'playing', false]);
    });
  }

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
    ['a place beyond the end', (kept) => kept.set('stillpoint.kept.place', `999999999 ${Date.now()}`)],
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

  for (const [hours, want] of [[3, 'paused'], [5, undefined]]) {
    test(`after ${hours} hours away ${want ? 'it is here still' : 'nothing is taken up'}`, () => {
      open(playing());
      time.pass(1000);
      server.reachable = false;
      window.dispatchEvent(new Event('pagehide'));
      standIn.close();
      room.close();
      mock.timers.setTime(Date.now() + hours * 3_600_000);
      open();
      time.pass(5);
      assert.equal(room.transport?.state, want);
    });
  }

  test('where nothing can be kept, all is as before', () => {
    for (const storage of [{ getItem: () => null, setItem: () => { throw new Error('QuotaExceededError'); }, removeItem: () => {} }, null]) {
      keepIn(storage);
      open(playing());
      time.pass(1000);
      assert.equal(room.transport.state, 'playing');
      room.pause();
      assert.equal(room.transport.state, 'paused');
      standIn.close();
    }
  });
});

describe('a pause or stop that nobody has heard, and a page opened anew', () => {
  beforeEach(() => {
    open(playing());
    time.pass(7000);
    gone();
    time.pass(1000);
  });
  const back = (more) => {
    server.reachable = true;
    server.welcome = playing(more);
  };

  for (const [verb, state] of [['pause', 'paused'], ['stop', 'stopped'], ['ground', 'stopped']]) {
    const asks = verb === 'pause' ? 'pause' : 'stop';
    for (const [when, away] of [['at once', 0], ['a while later', 4000]]) {
      test(`a ${verb} is asked for, as a ${asks}, of the room that is back ${when}`, () => {
        room.do(verb);
        if (!away) back();
        reload(away ? {} : playing());
        time.pass(away);
        back();
        time.pass(6000);
        assert.deepEqual(asked(), [asks]);
        assert.notEqual(room.transport?.state, 'playing');
        server.ack(server.commands.at(-1).id, 9);
        server.say(transport(state, 9, { position: 14_000 }));
        assert.equal(room.transport.state, state);
        reload(playing());
        time.pass(3000);
        assert.deepEqual([asked(), room.transport.state], [[asks], 'playing'], 'it was heard: what goes on later is another wish');
      });
    }
  }

  test('a stop is asked for through one page after the other', () => {
    room.stop();
    reload();
    reload();
    back();
    time.pass(6000);
    assert.deepEqual(asked(), ['stop']);
  });

  test('of another session nothing is asked', () => {
    room.stop();
    reload();
    back(loaded('playing', { session: 's2' }));
    time.pass(6000);
    assert.deepEqual([asked(), room.transport.state], [[], 'playing']);
  });

  test('a pause that was taken back here is one of a room that went another way', () => {
    room.pause();
    room.do('resume');
    reload();
    room.stop();
    back();
    time.pass(6000);
    assert.deepEqual(asked(), ['stop']);
  });
});
