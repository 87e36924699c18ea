import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, test } from 'node:test';
import { Voice, hasVoice } from '../lib/voice.js';
import { settled, stopTime } from './fakes.js';

const line = (at, text = `These are the words at ${at} ms.`) => ({ kind: 'say', at, length: 3000, text });
const timeline = { session: 's1', rev: 1, length: 600_000, sections: [], spans: [], cues: [line(1000), line(10_000), line(20_000), line(30_000), line(40_000)] };
const session = { session: 's1', language: 'en', settings: { voice: 'browser' } };
const english = { name: 'English', lang: 'en-GB', localService: true, default: false };

/** A synthesiser that speaks by the mock clock. */
class FakeSynthesis extends EventTarget {
  voices = [english];
  begins = 60; // ms from being asked to the first sound; Infinity: never
  letter = 50; // ms at the usual speed
  faulty = null; // the error it ends in
  said = [];
  cancels = 0;
  speaking = null;
  waiting = 0;
  most = 0; // how many it was given at one time

  getVoices = () => this.voices;

  speak(utterance) {
    this.said.push({ at: Date.now(), text: utterance.text, rate: utterance.rate, volume: utterance.volume, lang: utterance.lang });
    this.most = Math.max(this.most, ++this.waiting);
    this.speaking = utterance;
    const mine = () => this.speaking === utterance;
    const end = (name, event) => mine() && ((this.speaking = null), this.waiting--, utterance[name]?.(event));
    if (this.faulty) return void setTimeout(() => end('onerror', { error: this.faulty }), 5);
    if (this.begins === Infinity) return;
    setTimeout(() => {
      if (!mine()) return;
      utterance.onstart?.({});
      setTimeout(() => end('onend', {}), (utterance.text.length * this.letter) / utterance.rate);
    }, this.begins);
  }

  cancel() {
    this.cancels++;
    const { speaking } = this;
    this.speaking = null;
    this.waiting = 0;
    if (speaking) setTimeout(() => speaking.onerror?.({ error: 'interrupted' }), 1);
  }
}

class FakeUtterance {
  rate = 1;
  volume = 1;
  constructor(text) {
    this.text = text;
  }
}

let time, room, synthesis, voice;
const pass = (ms) => time.pass(ms);
const tell = (news) => {
  Object.assign(room, news);
  room.dispatchEvent(new Event('change'));
};
const at = (state, position, start = Date.now()) => ({ transport: { session: 's1', rev: 2, state, position, at: start } });
const said = () => synthesis.said.map(({ text }) => Number(text.match(/\d+/)?.[0]));

beforeEach(() => {
  time = stopTime();
  synthesis = new FakeSynthesis();
  room = Object.assign(new EventTarget(), {
    you: { id: 'me' }, sound: 'me', mix: { voice: 80, night: false }, session, timeline, ...at('playing', 0), now: () => Date.now(),
  });
  voice = new Voice(room, { synthesis, Utterance: FakeUtterance });
});
afterEach(() => {
  voice.close();
  time.restart();
});

test('each line is said as it is due, once, whatever the room tells', () => {
  for (let i = 0; i < 250; i++) pass(100), tell({ people: [] });
  assert.deepEqual(said(), [1000, 10_000, 20_000]);
  assert.deepEqual(synthesis.said.map(({ at }) => at), [1000, 9940, 19_940], 'later ones so that they are heard in time');
  assert.equal(synthesis.most, 1);
  assert.deepEqual([synthesis.said[0].lang, synthesis.said[0].volume.toFixed(2), synthesis.said[0].rate], ['en-GB', '0.64', 0.8]);
});

describe('a trial', () => {
  beforeEach(() => {
    tell(at('stopped', 0));
    voice.say('You might look around. And then there is more.', 'en');
    pass(200);
  });

  test('is a sentence or two, as loud as it will be, in a voice of that language', () => {
    assert.deepEqual(synthesis.said.map(({ text, lang }) => [text, lang]), [['You might look around. And then there is more.', 'en-GB']]);
    voice.say('Und nun?', 'de');
    assert.deepEqual([synthesis.said.length, synthesis.speaking], [1, null], 'no other language\'s, and the one before has ended');
  });
  for (const [name, act] of Object.entries({
    'a session that begins': () => tell({ ...at('playing', 5000, Date.now() + 2000), sound: 'host' }),
    'silence asked for here': () => voice.silence(),
    'something else to be heard': () => voice.hush(),
  })) {
    test(`ends with ${name}`, () => {
      act();
      assert.equal(synthesis.speaking, null);
    });
  }
});

describe('silence', () => {
  beforeEach(() => {
    pass(1500);
    assert.ok(synthesis.speaking);
  });
  for (const [name, act] of Object.entries({
    'a pause': () => tell(at('paused', 1500)),
    'a stop': () => tell(at('stopped', 1500)),
    'a jump': () => tell(at('playing', 5000, Date.now() + 300)),
    'a jump without a lead': () => tell(at('playing', 5000)),
    'silence asked for here': () => voice.silence(),
    'another device': () => tell({ sound: 'p-2' }),
    'another voice': () => tell({ session: { ...session, settings: {} } }),
    'a level of nothing': () => tell({ mix: { voice: 0 } }),
    'another session': () => tell({ session: { ...session, session: 's2' }, timeline: { ...timeline, session: 's2' }, transport: null }),
    'the end of the page': () => voice.close(),
  })) {
    test(`${name} cuts it off at once, and nothing is said again`, () => {
      act();
      assert.equal(synthesis.speaking, null);
      pass(3000);
      assert.equal(synthesis.said.length, 1);
    });
  }

  test('after a pause the line begins anew', () => {
    tell(at('paused', 1500));
    pass(500);
    tell(at('playing', 1000, Date.now() + 2000));
    pass(2000);
    assert.deepEqual(said(), [1000, 1000]);
  });

  test('silence asked for here lasts until the transport changes', () => {
    voice.silence();
    tell({ people: [] });
    pass(9000);
    assert.equal(synthesis.said.length, 1);
    tell(at('playing', 19_000));
    pass(1000);
    assert.deepEqual(said(), [1000, 20_000]);
  });
});

test('who joins in the middle of a line waits for the next', () => {
  tell(at('playing', 1500));
  pass(9000);
  assert.deepEqual(said(), [10_000]);
});

test('a line that runs over gives way to the next', () => {
  synthesis.letter = 400;
  pass(11_000);
  assert.deepEqual([said(), synthesis.most, synthesis.cancels], [[1000, 10_000], 1, 1]);
});

test('it speaks faster where words did not fit, and never hurries', () => {
  synthesis.letter = 105; // about 3.3 s at the usual speed
  pass(41_000);
  const rates = synthesis.said.map(({ rate }) => rate);
  assert.equal(rates[0], 0.8);
  for (const rate of rates.slice(1)) assert.ok(rate > 1 && rate <= 1.2, `${rates}`);
});

test('a long line is said in portions, each when the one before is over', () => {
  const long = Array.from({ length: 8 }, (_, i) => `Sentence ${i} is about this long, more or less.`).join(' ');
  tell({ timeline: { ...timeline, cues: [{ ...line(1000, long), length: 30_000 }] } });
  pass(40_000);
  assert.equal(synthesis.said.map(({ text }) => text).join(' '), long);
  assert.deepEqual([synthesis.said.length > 2, synthesis.most], [true, 1]);
});

test('voices that come late speak the next line, or this one where it is not too late', () => {
  synthesis.voices = [];
  pass(1200);
  assert.equal(synthesis.said.length, 0);
  synthesis.voices = [english];
  synthesis.dispatchEvent(new Event('voiceschanged'));
  assert.deepEqual(said(), [1000]);
});

test('a device without a voice for the language is silent, without trying', () => {
  synthesis.voices = [{ ...english, lang: 'af' }];
  pass(60_000);
  assert.deepEqual([synthesis.said.length, synthesis.cancels], [0, 0]);
});

test('a voice that fails is let be after three lines, until the next session', () => {
  synthesis.faulty = 'synthesis-failed';
  pass(60_000);
  assert.deepEqual(said(), [1000, 10_000, 20_000]);
  tell({ session: { ...session, session: 's2' }, timeline: { ...timeline, session: 's2' }, transport: { ...at('playing', 0).transport, session: 's2' } });
  pass(1500);
  assert.equal(synthesis.said.length, 4);
});

test('a voice that does not begin is called off before it could startle', () => {
  synthesis.begins = Infinity;
  pass(2600);
  assert.deepEqual([synthesis.said.length, synthesis.cancels, synthesis.speaking], [1, 1, null]);
});

test('a browser without speech does no harm', async () => {
  new Voice(room, { synthesis: undefined }).close();
  assert.equal(await hasVoice('en', { synthesis: undefined }), false);
});

describe('whether there is a voice', () => {
  const answer = async (ms, language = 'en') => {
    let got = null;
    hasVoice(language, { synthesis }).then((has) => (got = has));
    pass(ms);
    await settled();
    return got;
  };
  test('is known at once where voices are there', async () => assert.equal(await answer(0), true));
  test('is known within a second where they are not', async () => {
    synthesis.voices = [];
    assert.equal(await answer(999), null);
    assert.equal(await answer(1000), false);
  });
  test('is known as soon as they come', async () => {
    synthesis.voices = [];
    setTimeout(() => {
      synthesis.voices = [english];
      synthesis.dispatchEvent(new Event('voiceschanged'));
    }, 300);
    assert.equal(await answer(301), true);
  });
  test('for another language there is none', async () => assert.equal(await answer(1000, 'fr'), false));
});
