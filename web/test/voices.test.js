import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, test } from 'node:test';
import { speakingLine, withBeneath } from '../elements/coming.js';
import { BROWSER, Voices, WORDS, linesOf, speakingOf, whoSpeaks } from '../lib/voices.js';
import { words } from '../lib/words.js';
import { settled, stopTime } from './fakes.js';

const hazel = { id: 'hazel', name: 'Hazel', kind: 'narrated', says: 25, of: 26 };
const rowan = { id: 'rowan', name: 'Rowan', kind: 'narrated', says: 26, of: 26 };
const both = { best: 'rowan', voices: [rowan, hazel] };
const nobody = { best: '', voices: [] };

test('voices: whoever is wished for speaks, where they can', () => {
  const spoken = [[both, ''], [both, 'hazel'], [both, WORDS], [both, BROWSER], [both, 'gone'], [nobody, 'hazel'], [nobody, '']];
  assert.deepEqual(spoken.map(([offers, wish]) => whoSpeaks(offers, false, wish)), ['rowan', 'hazel', WORDS, 'rowan', 'rowan', '', '']);
  assert.deepEqual(spoken.map(([offers, wish]) => whoSpeaks(offers, true, wish)), ['rowan', 'hazel', WORDS, BROWSER, 'rowan', BROWSER, BROWSER]);
  assert.equal(whoSpeaks({ best: '', voices: [hazel] }, false, 'hazel'), '', 'a script with too much to say has no voice');
});

test('voices: what the room is asked for', () => {
  assert.deepEqual(['hazel', BROWSER, WORDS, ''].map(speakingOf), [{ voice: 'hazel' }, { voice: 'browser' }, { textOnly: true }, { textOnly: true }]);
});

const t = words(JSON.parse(readFileSync(new URL('../lang/en.json', import.meta.url), 'utf8')), { strict: true });

test('voices: beforehand everybody knows who will be heard', () => {
  const line = (more) => speakingLine(t, { offers: both, own: false, said: null, who: 'rowan', wish: '', from: 'me', ...more });
  assert.equal(line({}), 'A voice: Rowan');
  assert.equal(line({ who: 'hazel' }), 'Hazel says 25 of 26; the rest is on the screen');
  assert.equal(line({ said: { voice: 'rowan', said: 20, of: 26 } }), 'Rowan says 20 of 26; the rest is on the screen');
  assert.equal(line({ said: { voice: 'hazel', said: 20, of: 26 } }), 'A voice: Rowan');
  assert.equal(line({ who: WORDS }), 'Words on the screen, no voice');
  assert.equal(line({ who: BROWSER, wish: BROWSER, own: true }), 'This device’s own voice');
  assert.equal(line({ offers: nobody, who: BROWSER, own: true }), 'This device’s own voice, as no other can speak these words');
  assert.equal(line({ offers: nobody, who: '' }), 'Words on the screen; this browser has no voice for them');
  assert.equal(line({ offers: nobody, who: '', from: 'host' }), 'Words on the screen; nothing here can speak them');
  assert.equal(line({ from: 'none' }), 'Words on the screen, no sound');
  assert.equal(line({ offers: null, who: '' }), '');
  assert.equal(line({ offers: nobody, who: '', own: null }), '', 'some browsers say late which voices they have');
});

/** What a server answers, part by part. */
function stream() {
  const text = new TextEncoder();
  let control;
  const body = new ReadableStream({ start: (c) => (control = c) });
  return { body, say: (part) => control.enqueue(text.encode(part)), end: () => control.close(), fail: (why) => control.error(why) };
}

test('voices: lines of JSON come whole, however they are parted', async () => {
  const { body, say, end } = stream();
  for (const part of ['{"a":', '1}\n{"a":2}\n', '\n{"a":"', 'ä"}\n{"cut":']) say(part);
  end();
  const found = [];
  for await (const line of linesOf(body)) found.push(line);
  assert.deepEqual(found, [{ a: 1 }, { a: 2 }, { a: 'ä' }]);
});

describe('voices: made ready', () => {
  let time, voices, asked, answers, offers, refused;

  beforeEach(() => {
    time = stopTime();
    asked = [];
    answers = [];
    offers = both;
    refused = false;
    const fetch = async (address, { body, signal } = {}) => {
      if (!body) return { ok: offers !== null, json: async () => offers };
      const answer = stream();
      asked.push({ ...JSON.parse(body), signal });
      answers.push(answer);
      signal.addEventListener('abort', () => answer.fail(new Error('aborted')));
      if (refused) answer.say('{"code":"full","text":"Two are made ready already."}\n');
      return { ok: !refused, body: answer.body };
    };
    voices = new Voices({ fetch, has: async () => false });
    voices.look({ id: 'one', language: 'en' });
  });
  afterEach(() => {
    voices.close();
    time.restart();
  });

  const later = async () => {
    for (let i = 0; i < 10; i++) await settled();
  };
  /** Whether somebody who waits for the voice still does. */
  const waiting = (who) => {
    const state = { over: false };
    voices.ready(who).then(() => (state.over = true));
    return state;
  };

  test('what is ready soon was never waited for', async () => {
    const wait = waiting(() => 'rowan');
    await later();
    assert.equal(wait.over, false);
    answers[0].say('{"done":1,"of":2}\n{"done":2,"of":2}\n{"voice":"rowan","said":2,"of":2}\n');
    answers[0].end();
    await later();
    time.pass(1000);
    assert.deepEqual([wait.over, voices.progress, voices.said], [true, null, { voice: 'rowan', said: 2, of: 2 }]);
    assert.deepEqual([asked[0].script, asked[0].voice], ['one', 'rowan']);
  });

  test('what takes longer says how far it is', async () => {
    await later();
    voices.prepare('rowan');
    await later();
    answers[0].say('{"done":1,"of":9}\n');
    await later();
    time.pass(399);
    assert.equal(voices.progress, null);
    time.pass(1);
    assert.deepEqual(voices.progress, { done: 1, of: 9 });
    answers[0].say('{"done":2,"of":9}\n');
    await later();
    assert.deepEqual(voices.progress, { done: 2, of: 9 });
    answers[0].end();
    await later();
    assert.equal(voices.progress, null);
  });

  test('another voice takes the place of the one before, also for who waits', async () => {
    const wait = waiting(() => 'rowan');
    await later();
    voices.prepare('hazel');
    await later();
    assert.equal(asked[0].signal.aborted, true);
    assert.equal(wait.over, false);
    answers[1].end();
    await later();
    assert.equal(wait.over, true);
  });

  test('the same voice is asked for once, and again for another script', async () => {
    voices.prepare('rowan');
    voices.prepare('rowan');
    voices.look({ id: 'two', language: 'en' });
    voices.prepare('rowan');
    await later();
    assert.deepEqual(asked.map(({ script }) => script), ['one', 'two']);
    assert.deepEqual(asked.map(({ signal }) => signal.aborted), [true, false]);
  });

  test('nothing is made ready where nobody speaks from the server', async () => {
    for (const who of [BROWSER, WORDS, '']) {
      const wait = waiting(() => who);
      await later();
      assert.equal(wait.over, true);
    }
    assert.equal(asked.length, 0);
  });

  test('nothing is made ready for a face that has gone', async () => {
    const wait = waiting(() => 'rowan');
    voices.close();
    await later();
    voices.prepare('hazel');
    assert.deepEqual([wait.over, asked.length], [true, 0]);
  });

  test('a server with too much to do leaves the rest to the room', async () => {
    refused = true;
    const wait = waiting(() => 'rowan');
    await later();
    time.pass(1000);
    assert.deepEqual([wait.over, voices.said, voices.progress], [true, null, null]);
  });

  test('a server that does not answer leaves the rest to the room', async () => {
    offers = null;
    voices.look({ id: 'two', language: 'en' });
    const wait = waiting(() => 'rowan');
    await later();
    answers[0].fail(new Error('the line broke'));
    await later();
    assert.deepEqual([wait.over, voices.offers, voices.progress], [true, null, null]);
  });
});

test('beforehand: what lies beneath is told as it was chosen', () => {
  const script = { ambience: ['pink'], bells: 1 };
  assert.equal(withBeneath(script, ''), script);
  assert.deepEqual([withBeneath(script, 'none').ambience, withBeneath(script, 'rain').ambience], [[], ['rain']]);
});
