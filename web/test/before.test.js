import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { choiceIn, freshChoice, settingsOf, steadyPlace } from '../elements/choice.js';
import { coming } from '../elements/coming.js';
import { freshPlaces, included, partsOf, placesAway, withKey } from '../elements/places.js';
import { Foresight } from '../lib/foresight.js';
import { lengths, wanted } from '../lib/lengths.js';
import { shares, stretches, usesBreath, wave } from '../lib/ribbon.js';
import { words } from '../lib/words.js';
import { settled } from './fakes.js';

const catalogue = JSON.parse(readFileSync(new URL('../lang/en.json', import.meta.url), 'utf8'));
const t = words(catalogue, { strict: true });
const minutes = (min, want, max) => ({ min: min * 60_000, want: want * 60_000, max: max * 60_000 });

test('R5 R12: what is coming is told in a few lines, and that posture is free', () => {
  const plain = { regions: [], holds: false, paced: false, bells: 1, ambience: [] };
  const alone = { length: 600_000, places: 0, speaking: '', breath: false, drawn: false };
  assert.deepEqual(coming(t, plain, alone), [
    'about ten minutes', 'The breath is left alone', 'No breath holds', 'Soft bells', 'Silences in between', 'Sit, stand, lie or walk; eyes as you like', 'Every part is optional',
  ]);
  const full = { regions: ['sole'], holds: true, paced: true, bells: 2, ambience: ['rain'] };
  assert.deepEqual(coming(t, full, { length: 60_000, places: 1, speaking: 'A voice: Hazel', breath: true, drawn: true }), [
    'about one minute', '1 place', 'A paced breath', 'The breath is held at times', 'A voice: Hazel', 'Soft sound beneath', 'Sit, stand, lie or walk; eyes as you like', 'Every part is optional',
  ]);
  assert.ok(coming(t, plain, { ...alone, breath: true }).includes('The breath is noticed, as it is'));
});

test('R7 R8: the steady place is the feet, or what is not left out, and the breath when it is chosen', () => {
  const fresh = freshChoice();
  assert.equal(steadyPlace(fresh, []), 'feet');
  assert.equal(steadyPlace({ ...fresh, places: { ...fresh.places, away: new Set(['sole.left']) } }, []), 'hands');
  assert.equal(steadyPlace(fresh, ['toes', 'palm']), 'support');
  assert.equal(steadyPlace(fresh, ['toes', 'palm', 'support']), 'sounds');
  assert.equal(steadyPlace({ ...fresh, anchor: 'breath' }, []), 'breath');
  assert.equal(steadyPlace({ ...fresh, anchor: 'feet' }, ['toes']), 'feet', 'what was chosen holds');
});

test('R8: leaving out is silent, of one side or both, for today or always; what is opt-in rests until it is welcome', () => {
  const script = { regions: ['sole', 'knee', 'belly'], optIn: ['belly'] };
  const places = freshPlaces();
  assert.deepEqual(['sole', 'knee.left', 'belly'].map((key) => included(script, places, [], key)), [true, true, false]);
  assert.equal(placesAway(script, places, []), 1);
  const today = { ...places, away: withKey(places.away, 'knee.left', true) };
  assert.deepEqual(['knee.left', 'knee.right', 'knee'].map((key) => included(script, today, [], key)), [false, true, true]);
  assert.equal(included(script, places, ['sole'], 'sole.left'), false, 'always');
  assert.equal(included(script, { ...places, welcome: new Set(['belly']) }, [], 'belly'), true);
  assert.deepEqual(partsOf(script), ['sole', 'knee', 'belly']);
  const asked = settingsOf({ ...freshChoice(), places: today }, { length: minutes(5, 10, 20), ownPace: false }, ['sole'], 'hazel');
  assert.deepEqual(asked, { anchor: 'hands', leaveOut: ['sole', 'knee.left'], voice: 'hazel' });
});

test('R11: ten minutes unless the script wants another length, and beyond twenty only when it is asked for', () => {
  assert.equal(wanted(minutes(5, 10, 20)), 10);
  assert.deepEqual(lengths(minutes(5, 10, 60), false), { min: 5, max: 20, words: [5, 10, 20], longer: true });
  assert.deepEqual(lengths(minutes(5, 10, 60), true), { min: 5, max: 60, words: [5, 10, 20], longer: false });
  assert.deepEqual(lengths(minutes(2, 3, 6), false), { min: 2, max: 6, words: [3, 5], longer: false });
  assert.deepEqual(lengths(minutes(30, 45, 60), false), { min: 30, max: 60, words: [], longer: false }, 'a long script was chosen as such');
  assert.equal(lengths(minutes(1, 1, 1), false), null);
});

test('before: an address may bring a length, which stays within the script', () => {
  assert.deepEqual(choiceIn('feet-first'), { script: 'feet-first', minutes: 0 });
  assert.deepEqual(choiceIn('feet-first/5'), { script: 'feet-first', minutes: 5 });
  assert.deepEqual(choiceIn('breathe:4-0-6-0, 6 times/12'), { script: 'breathe:4-0-6-0, 6 times', minutes: 12 });
  assert.deepEqual(choiceIn(''), { script: '', minutes: 0 });
  const long = settingsOf({ ...freshChoice(), minutes: 90 }, { length: minutes(5, 10, 20), ownPace: true }, [], undefined);
  assert.deepEqual(long, { anchor: 'feet', length: 20 * 60_000, ownPace: 12 });
});

const breaths = [
  { kind: 'inhale', from: 10_000, to: 14_000 },
  { kind: 'hold', from: 14_000, to: 15_000 },
  { kind: 'exhale', from: 15_000, to: 21_000 },
];
const timeline = { length: 30_000, spans: [{ kind: 'scan', from: 0, to: 9000 }, { kind: 'say', from: 1000, to: 4000 }, ...breaths, { kind: 'say', from: 21_000, to: 22_000 }] };

test('ribbon: words and breaths, each in one piece, and silence for the rest', () => {
  assert.deepEqual(stretches(timeline), [
    { kind: 'words', from: 1000, to: 4000 }, { kind: 'breath', from: 10_000, to: 21_000 }, { kind: 'words', from: 21_000, to: 22_000 },
  ]);
  assert.deepEqual(shares(timeline), { words: 4000, breath: 11_000, silence: 15_000, longest: 8000 });
  assert.deepEqual(shares({ length: 5000, spans: [] }), { words: 0, breath: 0, silence: 5000, longest: 5000 });
  assert.deepEqual(shares({ length: 0, spans: [] }), { words: 0, breath: 0, silence: 0, longest: 0 });
});

test('ribbon: the line rises with the breath, rests in a hold and falls again', () => {
  assert.equal(wave(timeline, stretches(timeline)[1], 30, 10), 'M10000 30C12000 30 12000 10 14000 10H15000C18000 10 18000 30 21000 30');
  assert.equal(usesBreath(timeline), true);
  assert.equal(usesBreath({ spans: [{ kind: 'natural', from: 0, to: 1 }] }), true);
  assert.equal(usesBreath({ spans: [{ kind: 'say', from: 0, to: 1 }] }), false);
});

test('foresight: one question at a time, and the latest wish is what is shown', async () => {
  const asked = [];
  const fetch = (address, { body }) => new Promise((answer) => asked.push({ order: JSON.parse(body), answer: (json) => answer({ ok: json !== null, json: async () => json }) }));
  const foresight = new Foresight(fetch);
  let told = 0;
  foresight.addEventListener('change', () => told++);
  foresight.look({ script: 'a', settings: {} });
  foresight.look({ script: 'a', settings: { length: 1 } });
  foresight.look({ script: 'a', settings: { length: 2 } });
  assert.equal(asked.length, 1);
  asked[0].answer({ length: 0 });
  await settled();
  assert.deepEqual([asked.length, told, asked[1].order.settings], [2, 0, { length: 2 }]);
  asked[1].answer({ length: 2 });
  await settled();
  assert.deepEqual([foresight.timeline, told], [{ length: 2 }, 1]);
  foresight.look({ script: 'a', settings: { length: 2 } });
  assert.equal(asked.length, 2, 'the same wish is not asked twice');
  foresight.look({ script: 'b', settings: {} });
  assert.equal(foresight.timeline, null, 'nothing is shown of another script');
  asked[2].answer(null);
  await settled();
  assert.deepEqual([foresight.timeline, told], [null, 2]);
});

const UNKIND = /\b(failed|incomplete|missed|only|streak|score|badge|well done|are you sure|relax|calm down)\b|!/i;

/** Names of what is there by itself; they measure nobody. */
const ALONE = ['theme.sound', 'voice.words'];

test('R4: no word of the page judges, hurries or orders', () => {
  const texts = Object.entries(catalogue).flatMap(([key, text]) => (typeof text === 'string' ? [text] : Object.values(text)).map((each) => [key, each]));
  assert.deepEqual(texts.filter(([key, text]) => UNKIND.test(text) && !ALONE.includes(key)), []);
});
