import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { loudness, portions, rateFor, turn, voiceFor } from '../lib/speech.js';

const line = (at, text = `line at ${at}`) => ({ kind: 'say', at, length: 4000, text });
const timeline = {
  session: 's1', rev: 1, length: 60_000, sections: [],
  spans: [{ kind: 'wait', from: 30_000, to: 30_001 }],
  cues: [{ kind: 'bell', at: 0 }, line(2000), { kind: 'say', at: 5000, length: 100, text: '' }, line(10_000), line(30_001), line(50_000)],
};
const playing = { session: 's1', rev: 1, state: 'playing', position: 0, at: 1000 };
const paused = { ...playing, state: 'paused', position: 4000 };
const [, first, , second, third] = timeline.cues;
const busy = { cue: first, began: 3000, over: false };
const done = { ...busy, over: true };
const nothing = (after) => ({ do: 'nothing', after });
const hush = (after) => ({ do: 'hush', after });
const speak = (cue, began, after) => ({ do: 'speak', cue, began, after });

describe('what a voice does next', () => {
  for (const [name, want, now, { transport = playing, spoken = null, lag = 0, tl = timeline } = {}] of [
    ['nothing loaded', nothing(Infinity), 3000, { tl: null }],
    ['no transport, or not for this device', nothing(Infinity), 3000, { transport: null }],
    ['that, while it speaks', hush(Infinity), 3500, { transport: null, spoken: busy }],
    ['before the start', nothing(600), 400],
    ['a jump announced while it speaks', hush(500), 3500, { transport: { ...playing, position: 8000, at: 4000 }, spoken: busy }],
    ['before the first line', nothing(1500), 1500],
    ['a line is due', speak(first, 3000, 8000), 3000],
    ['a line is a little late', speak(first, 3000, 7600), 3400],
    ['a line is too late: its words would run into what follows', nothing(7599), 3401],
    ['a voice that begins late is asked earlier', speak(first, 3000, 8000), 2900, { lag: 100 }],
    ['it speaks', nothing(6000), 5000, { spoken: busy }],
    ['it has spoken', nothing(6000), 5000, { spoken: done }],
    ['the next line, behind which is a wait', speak(second, 11_000, Infinity), 11_000, { spoken: done }],
    ['the next line while it still speaks', speak(second, 11_000, Infinity), 11_000, { spoken: busy }],
    ['a pause', hush(Infinity), 5000, { transport: paused, spoken: busy }],
    ['a stop', hush(Infinity), 5000, { transport: { ...paused, state: 'stopped' }, spoken: busy }],
    ['paused and silent', nothing(Infinity), 5000, { transport: paused }],
    ['another session', hush(Infinity), 5000, { transport: { ...playing, session: 's2' }, spoken: busy }],
    ['the line begun anew', speak(first, 9000, 8000), 9000, { transport: { ...playing, position: 2000, at: 9000 } }],
    ['the line begun anew without a silence between', speak(first, 9000, 8000), 9000, { transport: { ...playing, position: 2000, at: 9000 }, spoken: busy }],
    ['skipped over', hush(Infinity), 5000, { transport: { ...playing, position: 15_000, at: 5000 }, spoken: busy }],
    ['held at a wait', nothing(Infinity), 40_000, { spoken: { cue: second, began: 11_000, over: false } }],
    ['gone on from a wait', speak(third, 50_001, 19_999), 50_001, { transport: { ...playing, position: 30_000, at: 50_000 }, spoken: done }],
    ['a timeline made anew in which the line stands where it was', nothing(6000), 5000, { spoken: { ...busy, cue: { ...first } } }],
    ['one in which it stands no more', hush(Infinity), 5000, { tl: { ...timeline, cues: timeline.cues.slice(4) }, spoken: busy }],
  ]) {
    test(name, () => {
      assert.deepEqual(turn(tl, transport, spoken, now, lag), want);
    });
  }
});

describe('portions', () => {
  test('short words stay whole, whatever is between them', () => {
    assert.deepEqual(portions('Welcome. You can pause… or stop, at any moment?'), ['Welcome. You can pause… or stop, at any moment?']);
    assert.deepEqual(portions('no end to it'), ['no end to it']);
    assert.deepEqual(portions('“Here,” she said. (Yes.) 3.5 of them'), ['“Here,” she said. (Yes.) 3.5 of them']);
    assert.deepEqual(portions(''), []);
  });

  const long = Array.from({ length: 30 }, (_, i) => `Sentence ${i} is about this long, more or less.`).join(' ');
  test('long words are parted between sentences, and nothing is lost', () => {
    const parts = portions(long);
    assert.equal(parts.join(' '), long);
    for (const part of parts) assert.ok(part.length <= 160 && part.endsWith('.'));
    assert.ok(parts.length < 12);
  });

  test('an endless sentence is parted between words', () => {
    const endless = `${'and then, slowly, '.repeat(40)}rest`;
    const parts = portions(endless);
    assert.equal(parts.join(' '), endless);
    for (const part of parts) assert.ok(part.length <= 160);
    assert.deepEqual(portions('x'.repeat(400)).map((part) => part.length), [160, 160, 80]);
  });
});

describe('a voice', () => {
  const voice = (name, lang, more = {}) => ({ name, lang, localService: true, default: false, ...more });
  const voices = [
    voice('Afrikaans', 'af'), voice('Far', 'en-GB', { localService: false, default: true }), voice('American', 'en-US'),
    voice('British+Andy', 'en-GB'), voice('British', 'en-GB'), voice('Deutsch', 'de_DE'), voice('Usual', 'fr-FR'), voice('Chosen', 'fr-CA', { default: true }),
  ];
  for (const [language, name] of [
    ['en-GB', 'British'], ['en-US', 'American'], ['en-AU', 'American'], ['de', 'Deutsch'], ['de-DE', 'Deutsch'],
    ['fr', 'Chosen'], ['fr-FR', 'Usual'], ['pt-BR', undefined], ['', 'American'],
  ]) {
    test(`for ${language || 'no language, which is English'}`, () => assert.equal(voiceFor(voices, language)?.name, name));
  }

  test('from a network only where there is no other', () => {
    assert.equal(voiceFor(voices, 'en')?.name, 'American');
    assert.equal(voiceFor([voices[0], voices[1]], 'en')?.name, 'Far');
    assert.equal(voiceFor([], 'en'), undefined);
  });

  for (const [name, text, length, perLetter, want] of [
    ['slow while nothing is known', 100, 4000, 0, 0.8],
    ['slow where there is time', 100, 10_000, 60, 0.8],
    ['so that the words fit', 100, 6000, 60, 1],
    ['never hurried', 100, 2000, 60, 1.2],
    ['without a length', 100, 0, 60, 0.8],
  ]) {
    test(`speaks ${name}`, () => assert.equal(rateFor({ text: 'x'.repeat(text), length }, perLetter), want));
  }

  test('is as loud as the mix has it, and softer at night', () => {
    assert.deepEqual([100, 50, 0].map((level) => loudness({ voice: level, night: false })), [1, 0.25, 0]);
    assert.equal(loudness({ voice: 100, night: true }), 0.5);
  });
});
