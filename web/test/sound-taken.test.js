import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { loaded } from './fakes.js';
import { room, audio, sound, at, make, pass } from './heard.js';

/** How loud it is, every 100 ms. */
async function levels(count) {
  const list = [];
  for (let i = 0; i < count; i++) {
    await pass(100);
    list.push(audio.paused ? 0 : audio.volume);
  }
  return list;
}

/** It comes within 1.5 s, never by a leap. */
function rises(list) {
  assert.ok(list[0] < 0.05, `it begins at ${list[0]}`);
  list.forEach((level, i) => i && assert.ok(level >= list[i - 1] && level - list[i - 1] < 0.12, `${list}`));
  assert.ok(list[9] < 0.95, `after a second: ${list[9]}`);
  assert.equal(list.at(-1), 1);
}

describe('a sound that is taken up', () => {
  const midst = { ...loaded(), transport: { ...loaded().transport, state: 'playing', position: 0, at: 0 } };

  test('from elsewhere, in the midst of a session, comes softly', async () => {
    make({ ...midst, sound: 'host' });
    await pass(1000);
    room.tell({ sound: 'me' });
    rises(await levels(20));
  });

  test('by a page that was opened anew comes softly', async () => {
    make(midst);
    rises(await levels(20));
  });

  test('by a device that had it before and lost it comes softly', async () => {
    make(midst);
    await pass(3000);
    room.tell({ sound: '' });
    await pass(500);
    assert.equal(audio.paused, true);
    room.tell({ sound: 'me' });
    rises(await levels(20));
  });

  test('once a browser lets it, comes softly', async () => {
    audio.refuses = 'NotAllowedError';
    make(midst);
    for (let i = 0; i < 30; i++) await pass(100);
    assert.equal(sound.blocked, true);
    audio.refuses = null;
    sound.arm();
    rises(await levels(20));
  });

  test('and is sought on the way, goes on softly', async () => {
    make(midst);
    await pass(700);
    audio.slip(900);
    let most = 0;
    let before = audio.volume;
    for (let i = 0; i < 1200; i++) {
      await pass(1);
      most = Math.max(most, audio.volume - before);
      before = audio.volume;
    }
    assert.ok(most < 0.1, `${most} louder in a millisecond`);
    assert.equal(audio.volume, 1);
  });

  test('before a session begins keeps its first stroke', async () => {
    make({ ...loaded('ready'), sound: 'host' });
    await pass(100);
    room.tell({ sound: 'me' });
    room.tell(at('playing', 0, room.now() + 2000));
    await pass(2010);
    assert.deepEqual([audio.paused, audio.volume], [false, 1]);
  });

  test('after a pause comes back as ever', async () => {
    make(midst);
    await pass(3000);
    room.tell(at('paused', 3000));
    await pass(200);
    room.tell(at('playing', 2000, room.now() + 500));
    await pass(560);
    assert.equal(audio.volume, 1);
  });
});

describe('the room knows which device may sound', () => {
  const me = (armed) => ({ people: [{ id: 'you', name: '', role: 'guest' }, { id: 'me', name: '', role: 'guest', ...(armed && { armed }) }] });
  const arms = () => room.told.filter(([verb]) => verb === 'arm').map(([, { on }]) => on);

  function listen(news) {
    room.told = [];
    room.do = async (...asked) => void room.told.push(asked);
    make({ ...loaded('ready'), status: 'live', ...me(false), ...news });
  }

  test('after a tap, once', async () => {
    listen();
    await pass(1000);
    assert.deepEqual(arms(), []);
    sound.arm();
    await pass(100);
    room.tell({});
    assert.deepEqual(arms(), [true]);
    room.tell(me(true));
    await pass(100);
    assert.deepEqual(arms(), [true]);
  });

  test('and again when it has come back to a room that knows nothing of it', async () => {
    listen();
    sound.arm();
    await pass(100);
    room.tell({ status: 'lost' });
    room.tell(me(false));
    assert.deepEqual(arms(), [true]);
    room.tell({ status: 'live' });
    assert.deepEqual(arms(), [true, true]);
  });

  test('a remote is no place for a sound', async () => {
    listen({ people: [{ id: 'me', name: '', role: 'remote' }] });
    sound.arm();
    await pass(100);
    assert.deepEqual(arms(), []);
  });

  test('a page that nobody has tapped says so, where the room thinks otherwise', async () => {
    listen(me(true));
    await pass(1);
    assert.deepEqual(arms(), [false]);
  });
});

describe('tried from afar', () => {
  const asks = async (trial) => {
    room.dispatchEvent(new CustomEvent('trial', { detail: { type: 'trial', ...trial } }));
    await pass(100);
  };

  test('it rings the quiet bell, or says a few words, until it is over', async () => {
    make(loaded('ready'));
    await pass(100);
    await asks({});
    assert.deepEqual([audio.loads.at(-1), audio.paused], ['/api/bell.wav?bells=60', false]);
    await asks({ over: true });
    assert.equal(audio.paused, true);
    await asks({ voice: 'a voice', language: 'de' });
    assert.deepEqual([audio.loads.at(-1), audio.paused], ['/api/voices/a%20voice/sample.wav?language=de', false]);
  });

  test('never over a session, which does not end with it', async () => {
    make({ ...loaded(), ...at('playing', 5000) });
    await pass(500);
    const { length } = audio.loads;
    await asks({});
    await asks({ over: true });
    assert.deepEqual([audio.loads.length, audio.paused], [length, false]);
  });

  test('nor after the page is closed', async () => {
    make(loaded('ready'));
    await pass(100);
    sound.close();
    const { length } = audio.loads;
    await asks({});
    assert.deepEqual([audio.loads.length, audio.paused], [length, true]);
  });
});
