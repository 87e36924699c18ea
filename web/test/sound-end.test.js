import assert from 'node:assert/strict';
import { beforeEach, describe, test } from 'node:test';
import { loaded, settled, timelineOf } from './fakes.js';
import { room, audio, sound, at, make, pass } from './heard.js';

describe('the end', () => {
  const LENGTH = 600_000;

  beforeEach(async () => {
    make({ ...loaded(), timeline: { ...timelineOf('s1', 4), spans: [] }, ...at('playing', LENGTH - 3000) });
    await pass(500);
    assert.equal(audio.paused, false);
  });

  const ended = () => room.tell({ transport: { ...room.transport, state: 'finished', position: LENGTH, at: room.now(), why: 'end' } });

  test('the last bell rings out, told of the end or not yet, and however often the room speaks', async () => {
    await pass(3000);
    assert.deepEqual([audio.paused, audio.volume], [false, 1], 'the end is known here before anybody says so');
    ended();
    for (let second = 0; second < 15; second++) {
      await pass(1000);
      room.tell({ people: [] });
    }
    assert.deepEqual([audio.paused, audio.volume, audio.playbackRate], [false, 1, 1]);
    audio.finish();
    await pass(100);
    assert.deepEqual([audio.paused, audio.loads.length, room.asked], [true, 1, []]);
  });

  test('a correction under way does not bend the last bell', async () => {
    audio.slip(-100);
    await pass(1500);
    assert.equal(audio.playbackRate, 1.02);
    await pass(1500);
    ended();
    await pass(100);
    assert.equal(audio.playbackRate, 1);
  });

  const cuts = {
    'a stop': () => room.tell(at('stopped', LENGTH)),
    'a pause': () => room.tell(at('paused', LENGTH)),
    'the next session': () => room.tell(loaded('ready', { session: 's2', rev: 5 })),
    'another device that takes over': () => room.tell({ sound: 'host' }),
    'Esc': () => sound.silence(),
  };
  for (const [name, cut] of Object.entries(cuts)) {
    test(`${name} silences it at once`, async () => {
      await pass(2600);
      ended();
      await pass(2000);
      const asked = Date.now();
      cut();
      assert.ok(audio.volume < 1);
      await pass(100);
      assert.ok(audio.paused && audio.silentSince - asked <= 50);
    });
  }

  test('an end that was asked for is silent', async () => {
    await pass(2600);
    room.tell({ transport: { ...room.transport, state: 'finished', position: LENGTH, why: 'stop' } });
    await pass(50);
    assert.equal(audio.paused, true);
  });

  test('who was far from the end does not sound after it', async () => {
    audio.currentTime = 100;
    ended();
    await pass(50);
    assert.equal(audio.paused, true);
  });
});

describe('where the room sounds', () => {
  for (const [name, news, from] of [
    ['nobody knows yet', { you: null, sound: '' }, ''],
    ['the host', { sound: 'host', host: true }, 'host'],
    ['here', { sound: 'me' }, 'me'],
    ['the host, soon', { sound: '', coming: 'host', host: true }, 'host'],
    ['here, soon', { sound: '', coming: 'me', host: true }, 'me'],
    ['elsewhere', { sound: 'p-2' }, 'other'],
    ['nowhere, to a guide: here, once something begins', { sound: '' }, 'me'],
    ['nowhere, by choice, beside a host that could', { sound: '', host: true }, 'none'],
    ['nowhere, to a guest', { sound: '', you: { id: 'me', role: 'guest', resume: '' } }, 'none'],
  ]) {
    test(name, () => {
      make(news);
      assert.equal(sound.from, from);
    });
  }

  test('a tap that begins gives the room its sound, once', async () => {
    make({ sound: '' });
    sound.begin();
    assert.deepEqual([audio.loads, room.asked], [['/silence.wav'], ['sound me']]);
    await settled();
    room.tell({ sound: 'me' });
    sound.begin();
    assert.deepEqual([audio.loads.length, room.asked.length, sound.armed], [1, 1, true]);
  });

  test('a tap that begins leaves a choice that is on its way alone', () => {
    make({ sound: '', coming: 'me' });
    sound.begin();
    assert.deepEqual(room.asked, []);
  });

  test('it never takes the sound from another, or from a person who wants none', async () => {
    make({ sound: 'host', host: true });
    sound.begin();
    room.tell({ sound: 'p-2' });
    sound.begin();
    sound.choose('none');
    room.tell({ sound: '', host: false });
    assert.equal(sound.from, 'none');
    sound.begin();
    assert.deepEqual([audio.loads, room.asked], [[], ['sound none']]);
    sound.close();
    make();
    assert.equal(sound.from, 'none', 'after a reload');
    sound.choose('me');
    assert.deepEqual([sound.from, audio.loads], ['me', ['/silence.wav']]);
  });
});
