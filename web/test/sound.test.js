import assert from 'node:assert/strict';
import { beforeEach, describe, test } from 'node:test';
import { FakeAudio, loaded, settled, timelineOf } from './fakes.js';
import { time, room, audio, sound, storage, TRACK, at, bare, equip, make, pass } from './heard.js';

describe('following', () => {
  test('it begins when the transport says, at its place', async () => {
    make(loaded('ready'));
    await pass(100);
    assert.deepEqual(audio.loads, [TRACK]);
    room.tell(at('playing', 0, room.now() + 2000));
    await pass(1999);
    assert.equal(audio.paused, true);
    await pass(1);
    assert.equal(audio.paused, false);
    assert.equal(audio.volume, 1, 'the first bell is not faded');
    await pass(5000);
    assert.ok(Math.abs(audio.currentTime - 5) < 0.01);
    assert.equal(sound.armed, true);
  });

  test('it joins in the middle', async () => {
    make({ ...loaded(), ...at('playing', 60_000) });
    await pass(500);
    assert.equal(audio.paused, false);
    assert.ok(Math.abs(audio.currentTime - 60.5) < 0.04, `${audio.currentTime}`);
    assert.equal(audio.volume, 1);
  });

  test('every other device is silent and fetches nothing', async () => {
    make({ ...loaded(), ...at('playing', 0), sound: 'host' });
    await pass(3000);
    assert.deepEqual([audio.loads, audio.paused], [[], true]);
  });

  test('taking over and giving up', async () => {
    make({ ...loaded(), ...at('playing', 0), sound: 'host' });
    await pass(3000);
    room.tell({ sound: 'me' });
    await pass(100);
    assert.equal(audio.paused, false);
    room.tell({ sound: '' });
    await pass(40);
    assert.equal(audio.paused, true);
  });

  test('small drift is played away, larger is sought behind a fade', async () => {
    make({ ...loaded(), ...at('playing', 10_000) });
    await pass(2000);
    audio.slip(-100);
    await pass(1000);
    assert.equal(audio.playbackRate, 1.02);
    await pass(7000);
    assert.equal(audio.playbackRate, 1);
    const { length } = audio.seeks;
    audio.slip(900);
    let quietest = 1;
    for (let i = 0; i < 1200; i++) await pass(1), (quietest = Math.min(quietest, audio.volume));
    assert.equal(audio.seeks.length, length + 1);
    assert.ok(quietest < 0.01);
    assert.equal(audio.volume, 1);
    assert.ok(Math.abs(audio.currentTime * 1000 - (room.now() - room.transport.at + 10_000)) < 40);
  });

  test('a device that sounds late begins earlier the next time', async () => {
    audio.late = 70;
    make({ ...loaded(), ...at('ready', 0) });
    await pass(100);
    const off = () => audio.currentTime * 1000 - room.position();
    room.tell(at('playing', 0, room.now() + 500));
    await pass(800);
    assert.ok(Math.abs(off() + 70) < 3, `the first time ${off()}`);
    await pass(1000);
    room.tell(at('paused', 1300));
    await pass(100);
    room.tell(at('playing', 4000, room.now() + 500));
    let pauses = 0;
    audio.addEventListener('pause', () => pauses++);
    await pass(800);
    assert.equal(pauses, 0);
    assert.ok(Math.abs(off()) < 5, `the second time ${off()}`);
  });

  test('it is held at a wait and goes on from there', async () => {
    make({ ...loaded(), ...at('playing', 299_000) });
    await pass(1040);
    assert.equal(audio.paused, true);
    room.tell(at('playing', 300_000, room.now() + 500));
    await pass(600);
    assert.equal(audio.paused, false);
    assert.ok(Math.abs(audio.currentTime - 300.1) < 0.04);
  });

  test('a track that cannot be fetched is tried again, without haste', async () => {
    make({ ...loaded(), ...at('playing', 0) });
    await pass(100);
    audio.dispatchEvent(new Event('error'));
    await pass(1900);
    assert.equal(audio.loads.length, 1);
    await pass(200);
    assert.equal(audio.loads.length, 2);
    assert.equal(audio.paused, false);
  });
});

describe('silence', () => {
  beforeEach(async () => {
    make({ ...loaded(), ...at('playing', 10_000) });
    await pass(1000);
    assert.equal(audio.paused, false);
  });

  for (const state of ['paused', 'stopped']) {
    test(`${state}: quieter at once, still within 50 ms, without waiting for anyone`, async () => {
      room.tell(at(state, 11_000));
      assert.ok(audio.volume < 1, 'the fade has begun');
      await pass(50);
      assert.equal(audio.paused, true);
      assert.equal(audio.volume, 0);
    });
  }

  test('silence() itself, before the room knows', async () => {
    const asked = Date.now();
    sound.silence();
    assert.ok(audio.volume < 1);
    await pass(5000);
    assert.equal(audio.paused, true);
    assert.ok(audio.silentSince - asked <= 50);
  });

  test('silence() ends a voice, too, and so does the end of the page', async () => {
    const spoken = [];
    const synthesis = Object.assign(new EventTarget(), {
      getVoices: () => [{ name: 'English', lang: 'en', localService: true, default: true }],
      speak: ({ text }) => spoken.push(text),
      cancel: () => spoken.push('cut off'),
    });
    sound.close();
    const timeline = { ...timelineOf('s1', 4), cues: [10_000, 20_000].map((at) => ({ kind: 'say', at, length: 5000, text: `at ${at}` })) };
    make({ timeline, mix: { voice: 80 }, session: { ...loaded().session, settings: { voice: 'browser' } }, ...at('playing', 9000) }, { voice: { synthesis, Utterance: function (text) { this.text = text; } } });
    await pass(1500);
    sound.silence();
    assert.deepEqual(spoken, ['at 10000', 'cut off']);
    room.tell(at('playing', 19_500));
    await pass(1000);
    sound.close();
    assert.deepEqual(spoken.slice(2), ['at 20000', 'cut off']);
  });

  test('resuming within the fade plays on', async () => {
    room.tell(at('paused', 11_000));
    await pass(10);
    room.tell(at('playing', 11_000));
    await pass(100);
    assert.equal(audio.paused, false);
    assert.equal(audio.volume, 1);
  });

  test('stop in the middle of a seek\'s fade wins', async () => {
    room.tell(at('playing', 200_000));
    await pass(20);
    room.tell(at('stopped', 200_000));
    await pass(50);
    assert.equal(audio.paused, true);
    await pass(3000);
    assert.equal(audio.paused, true);
  });

  test('stop in the middle of fading in wins', async () => {
    room.tell(at('paused', 11_000));
    await pass(100);
    room.tell(at('playing', 11_000));
    await pass(12);
    room.tell(at('stopped', 11_000));
    for (let ms = 0, before = audio.volume; ms < 50; ms++, before = audio.volume) {
      await pass(1);
      assert.ok(audio.volume <= before, 'it only gets quieter');
    }
    assert.deepEqual([audio.paused, audio.volume], [true, 0]);
  });

  test('two jumps in one second are both followed', async () => {
    for (const position of [100_000, 200_000]) {
      room.tell(at('playing', position));
      await pass(120);
      assert.ok(Math.abs(audio.currentTime * 1000 - position - 120) < 60, `${audio.currentTime} s after the jump to ${position} ms`);
    }
  });

  test('in a hidden page there is no fade to wait for', async () => {
    sound.close();
    make({}, { audio: new FakeAudio(), hidden: () => true });
    await pass(100);
    room.tell(at('paused', 11_000));
    assert.equal(audio.paused, true);
  });

  test('headphones pulled out pause the room', async () => {
    audio.pause();
    await pass(1);
    assert.deepEqual(room.asked, ['pause']);
    await pass(3000);
    assert.equal(audio.paused, true, 'it does not begin again by itself');
  });

  test('after close it stays silent', async () => {
    sound.close();
    room.tell(at('playing', 20_000));
    await pass(3000);
    assert.equal(audio.paused, true);
  });
});

describe('taps', () => {
  test('arming makes no sound and lets the page play', async () => {
    make();
    sound.arm();
    await settled();
    assert.deepEqual(audio.loads, ['/silence.wav']);
    assert.equal(sound.armed, true);
    sound.arm();
    assert.equal(audio.loads.length, 1);
  });

  test('what a tap is remembered by is heard out before the track comes', async () => {
    make(loaded('ready'));
    await pass(100);
    sound.arm();
    await pass(30);
    assert.deepEqual([audio.src, sound.armed], ['/silence.wav', true]);
    audio.finish();
    await pass(30);
    assert.equal(audio.src, TRACK);
  });

  test('a tap that takes over a session is no part of it: its track comes, and the room is not paused', async () => {
    make({ ...loaded(), ...at('playing', 10_000), sound: 'p-2' });
    sound.arm();
    await pass(20);
    room.tell({ sound: 'me' });
    await pass(10);
    audio.finish(); // what the tap is remembered by ends while it dies away
    audio.dispatchEvent(new Event('ended'));
    await pass(3000);
    assert.deepEqual([audio.src, audio.paused, room.asked], [TRACK, false, []]);
    assert.ok(Math.abs(audio.currentTime - 13.03) < 0.04, `${audio.currentTime}`);
  });

  test('the bell rings at its level, and the track waits for it', async () => {
    make(loaded('ready'));
    sound.bell();
    await pass(100);
    assert.equal(audio.src, '/api/bell.wav?bells=60');
    audio.finish();
    await pass(30);
    assert.equal(audio.src, TRACK);
  });

  for (const [what, meanwhile, heard] of [
    ['it comes with what plays', () => pass(1000), true],
    ['silence was asked for', () => sound.silence(), false],
    ['somebody stopped', () => room.tell({ transport: { ...room.transport, rev: room.transport.rev + 1 } }), false],
    ['it would come as a surprise', () => pass(3000), false],
  ]) {
    test(`a bell asked for before what plays has come: ${what}`, async () => {
      bare(loaded('ready'));
      sound.bell();
      await meanwhile();
      equip();
      await pass(100);
      assert.equal(audio.src === '/api/bell.wav?bells=60', heard);
    });
  }

  test('no bell and no voice over a session', async () => {
    make({ ...loaded(), ...at('playing', 10_000) });
    await pass(100);
    sound.bell();
    sound.hear('/api/voices/hazel/sample.wav');
    assert.equal(audio.src, TRACK);
  });

  test('a voice is heard as the bell is, and the latest of them alone', async () => {
    make(loaded('ready'));
    sound.bell();
    sound.hear('/api/voices/hazel/sample.wav');
    await pass(100);
    assert.equal(audio.src, '/api/voices/hazel/sample.wav');
    sound.silence();
    await pass(100);
    assert.equal(audio.paused, true);
  });

  test('a browser that wants a tap is heard, and the tap plays at once', async () => {
    let changes = 0;
    audio.refuses = 'NotAllowedError';
    make({ ...loaded(), ...at('playing', 10_000) });
    sound.addEventListener('change', () => changes++);
    await pass(3000);
    assert.deepEqual([sound.blocked, sound.armed, changes], [true, false, 1]);
    audio.refuses = null;
    sound.arm();
    assert.equal(audio.paused, false, 'within the tap itself');
    await settled();
    assert.deepEqual([sound.blocked, sound.armed], [false, true]);
    assert.ok(Math.abs(audio.currentTime - 13) < 0.04);
  });

  test('being overtaken by something newer is no refusal', async () => {
    audio.refuses = 'AbortError';
    make();
    sound.arm();
    await settled();
    assert.equal(sound.blocked, false);
  });
});
