import assert from 'node:assert/strict';
import { beforeEach, describe, test } from 'node:test';
import { FakeAudio, loaded, settled, timelineOf } from './fakes.js';
import { room, audio, other, sound, TRACK, at, make, pass } from './heard.js';

const NEWER = TRACK.replace('rev=4', 'rev=5');
const LEAD = '/lead.wav';
const loudness = () => [audio, other].reduce((sum, side) => sum + (side.paused ? 0 : side.volume), 0);
const sounding = () => [audio, other].filter((side) => !side.paused && side.volume > 0.01);
const off = (side) => side.currentTime * 1000 - room.position();

/** Lets time pass and says, ms by ms, how loud it was and how many sides were heard. */
async function listen(ms) {
  const heard = { least: Infinity, most: 0, sides: 0, apart: 0 };
  for (let i = 0; i < ms; i++) {
    await pass(1);
    heard.least = Math.min(heard.least, loudness());
    heard.most = Math.max(heard.most, loudness());
    heard.sides = Math.max(heard.sides, sounding().length);
    if (sounding().length === 2) heard.apart = Math.max(heard.apart, Math.abs(audio.currentTime - other.currentTime) * 1000);
  }
  return heard;
}

describe('one track takes over from another', () => {
  beforeEach(async () => {
    make({ ...loaded(), ...at('playing', 10_000) });
    await pass(1000);
    assert.deepEqual([audio.src, audio.paused], [TRACK, false]);
  });

  const changes = {
    'a new revision': [() => room.tell({ timeline: timelineOf('s1', 5) }), NEWER, 1200],
    'other levels': [() => room.tell({ mix: { bells: 30 } }), TRACK.replace('bells=60', 'bells=30'), 3000],
    'a kind that goes away': [() => room.tell({ mix: { bells: 0 } }), TRACK.replace('bells=60', 'bells=0'), 6000],
  };
  for (const [name, [change, src, long]] of Object.entries(changes)) {
    test(`${name}: without a hole, never doubled, in its place`, async () => {
      other.late = 30;
      change();
      const heard = await listen(long);
      assert.equal(other.src, src);
      assert.ok(Math.abs(off(other)) < 10, `${off(other)}`);
      assert.deepEqual([audio.paused, other.paused, other.volume, other.playbackRate], [true, false, 1, 1]);
      assert.ok(heard.least > 0.99 && heard.most < 1.01, `${heard.least} to ${heard.most}`);
      assert.equal(heard.sides, 2);
      assert.ok(heard.apart < 10, `${heard.apart} ms apart`);
    });
  }

  test('while it waits nobody hears it, yet it is never without any volume', async () => {
    other.late = 120;
    room.tell({ timeline: timelineOf('s1', 5) });
    const waiting = [];
    while (audio.volume === 1) {
      await pass(1);
      if (!other.paused && audio.volume === 1) waiting.push(other.volume);
    }
    assert.ok(waiting.length > 50 && waiting.every((volume) => volume > 0 && volume <= 0.001), `${waiting}`);
  });

  test('it is heard no sooner than it is in its place', async () => {
    other.late = 120;
    room.tell({ timeline: timelineOf('s1', 5) });
    const heard = await listen(1500);
    assert.ok(heard.sides === 2 && heard.apart < 10, `${heard.apart} ms apart`);
  });

  test('a newer one takes the place of one that waits', async () => {
    room.tell({ timeline: timelineOf('s1', 5) });
    await pass(10);
    room.tell({ timeline: timelineOf('s1', 6) });
    const heard = await listen(1200);
    assert.deepEqual([other.loads.length, other.src.includes('rev=6'), audio.loads.length], [2, true, 1]);
    assert.ok(heard.least > 0.99 && heard.most < 1.01);
  });

  test('one that comes within a crossing follows it', async () => {
    room.tell({ timeline: timelineOf('s1', 5) });
    while (sounding().length < 2) await pass(1);
    room.tell({ timeline: timelineOf('s1', 6) });
    const heard = await listen(1500);
    assert.ok(audio.src.includes('rev=6') && other.paused && heard.least > 0.99);
    assert.ok(Math.abs(off(audio)) < 20);
  });

  test('another plan does not wait for a slow change of levels', async () => {
    room.tell({ mix: { bells: 0 } });
    while (sounding().length < 2) await pass(1);
    room.tell({ timeline: timelineOf('s1', 5) });
    await pass(600);
    assert.ok(sounding().every((side) => side.src.includes('rev=5')) && sounding().length === 1);
  });

  for (const [name, silence] of Object.entries({
    'a pause': () => room.tell(at('paused', 11_000)),
    'a stop': () => room.tell(at('stopped', 11_000)),
    'silence asked for here': () => sound.silence(),
    'another device': () => room.tell({ sound: 'p-2' }),
  })) {
    for (const when of [5, 60, 200]) {
      test(`${name} ${when} ms after the change silences both sides`, async () => {
        room.tell({ timeline: timelineOf('s1', 5) });
        await pass(when);
        const before = loudness();
        silence();
        assert.ok(loudness() < before, 'the fade has begun');
        await pass(50);
        assert.deepEqual([audio.paused, other.paused], [true, true]);
        await pass(3000);
        assert.deepEqual([audio.paused, other.paused], [true, true]);
      });
    }
  }

  test('a jump within a crossing is followed', async () => {
    room.tell({ timeline: timelineOf('s1', 5) });
    await pass(200);
    room.tell(at('playing', 200_000));
    await pass(1500);
    const [side] = sounding();
    assert.ok(side.src.includes('rev=5') && sounding().length === 1 && Math.abs(off(side)) < 40);
  });

  test('headphones pulled out in a crossing pause the room', async () => {
    room.tell({ timeline: timelineOf('s1', 5) });
    while (sounding().length < 2) await pass(1);
    for (const side of [other, audio]) side.pause();
    await pass(600);
    assert.deepEqual(room.asked, ['pause']);
    assert.equal(sounding().length, 0);
  });

  test('a track that does not come: what is no longer true is not played on', async () => {
    other.refusesToLoad = true;
    room.tell({ timeline: timelineOf('s1', 5) });
    await pass(1450);
    assert.equal(sounding().length, 1);
    await pass(200);
    assert.deepEqual([audio.src, sounding().length], [NEWER, 1]);
    assert.ok(Math.abs(off(audio)) < 40);
  });

  test('a track that cannot be had takes the way behind a fade, and is tried again without haste', async () => {
    room.tell({ timeline: timelineOf('s1', 5) });
    other.dispatchEvent(new Event('error'));
    await pass(100);
    audio.dispatchEvent(new Event('error'));
    await pass(1900);
    const loads = audio.loads.length;
    await pass(200);
    assert.deepEqual([audio.loads.length, audio.src, audio.paused], [loads + 1, NEWER, false]);
  });

  test('in a hidden page it changes at once', async () => {
    sound.close();
    make({}, { audio: new FakeAudio(), hidden: () => true });
    await pass(200);
    room.tell({ timeline: timelineOf('s1', 5) });
    const heard = await listen(300);
    assert.deepEqual([audio.paused, other.paused, heard.sides], [true, false, 1]);
  });
});

/** An element whose volume is the buttons' alone. */
class OnAPhone extends FakeAudio {
  constructor() {
    super();
    Object.defineProperty(this, 'volume', { get: () => 1, set() {} });
  }
}

test('where volume cannot be set, one ends as the other begins', async () => {
  make({ ...loaded(), ...at('playing', 10_000) }, { audio: new OnAPhone(), other: new OnAPhone() });
  await pass(1000);
  room.tell({ timeline: timelineOf('s1', 5) });
  const heard = await listen(1000);
  assert.deepEqual([heard.sides, audio.paused, other.paused, other.src], [1, true, false, NEWER]);
  room.tell(at('stopped', 12_000));
  await pass(50);
  assert.equal(other.paused, true);
});

describe('a loudspeaker that sleeps', () => {
  beforeEach(async () => {
    make(loaded('ready'));
    await pass(100);
  });

  test('is woken in the second before a beginning, and no sooner', async () => {
    room.tell(at('playing', 0, room.now() + 2000));
    await pass(790);
    assert.equal(other.paused, true);
    await pass(40);
    assert.deepEqual([other.src, other.paused, audio.paused], [LEAD, false, true]);
    await pass(1200);
    assert.equal(audio.paused, false);
  });

  test('and tells how late sound comes here, so that even the first beginning is in its place', async () => {
    audio.late = other.late = 90;
    room.tell(at('playing', 0, room.now() + 2000));
    await pass(2500);
    assert.ok(Math.abs(off(audio)) < 5, `${off(audio)}`);
  });

  for (const state of ['paused', 'stopped', 'ready']) {
    test(`${state} before it begins: nothing is left of it`, async () => {
      room.tell(at('playing', 0, room.now() + 2000));
      await pass(1000);
      room.tell(at(state, 0));
      assert.equal(other.paused, true);
      await pass(3000);
      assert.equal(other.paused, true);
    });
  }

  test('another device that begins wakes its own', async () => {
    room.tell({ sound: 'host' });
    room.tell(at('playing', 0, room.now() + 2000));
    await pass(3000);
    assert.deepEqual(other.loads, []);
  });

  test('going on 0.3 s ahead needs none', async () => {
    room.tell(at('playing', 0, room.now() + 300));
    await pass(1000);
    assert.deepEqual(other.loads, []);
  });
});

test('one tap lets both sides sound', async () => {
  make();
  sound.arm();
  await settled();
  assert.deepEqual([audio.loads, other.loads], [['/silence.wav'], ['/silence.wav']]);
});

test('the system is told when this device is the sound, where it listens', async () => {
  const system = { type: 'auto' };
  make({ ...loaded(), ...at('playing', 0), sound: 'host' }, { system });
  assert.equal(system.type, 'auto');
  room.tell({ sound: 'me' });
  assert.equal(system.type, 'playback');
  room.tell({ sound: '' });
  assert.equal(system.type, 'auto');
});
