import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isBlank, tidy, withFeeling, withMeasure, withWord, withoutPlace } from '../lib/check-in.js';

test('a check-in says nothing until something is said', () => {
  assert.ok(isBlank({}));
  assert.ok(isBlank(null));
  assert.ok(isBlank({ regions: {}, feelings: [], note: '  ' }));
  assert.ok(!isBlank({ distress: 0 }), 'nought is a number like the others');
  assert.ok(!isBlank({ regions: { sole: ['nothing'] } }));
});

test('a check-in: a number can be said and taken back', () => {
  const said = withMeasure({ tension: 3 }, 'comfort', 0);
  assert.deepEqual(said, { tension: 3, comfort: 0 });
  assert.deepEqual(withMeasure(said, 'comfort', null), { tension: 3 });
});

test('a check-in: words about places', () => {
  let checkIn = withWord({}, 'sole.left', 'warm', true);
  checkIn = withWord(checkIn, 'sole.left', 'heavy', true);
  checkIn = withWord(checkIn, 'belly', 'not_sure', true);
  assert.deepEqual(checkIn.regions, { 'sole.left': ['warm', 'heavy'], belly: ['not_sure'] });
  assert.deepEqual(withWord(checkIn, 'sole.left', 'warm', true).regions['sole.left'], ['heavy', 'warm'], 'said once');
  assert.deepEqual(withWord(checkIn, 'belly', 'not_sure', false).regions, { 'sole.left': ['warm', 'heavy'] }, 'no words, no place');
  assert.deepEqual(withoutPlace(checkIn, 'sole.left').regions, { belly: ['not_sure'] });
});

test('a check-in: a place holds five words, the newest', () => {
  const words = ['warm', 'cool', 'heavy', 'light', 'tight', 'soft'];
  const checkIn = words.reduce((so, word) => withWord(so, 'belly', word, true), {});
  assert.deepEqual(checkIn.regions.belly, words.slice(1));
});

test('a check-in: feelings, and what is kept of it all', () => {
  const checkIn = withFeeling(withFeeling({ comfort: 4, note: ' a line ', regions: {} }, 'calm', true), 'tired', true);
  assert.deepEqual(withFeeling(checkIn, 'calm', false).feelings, ['tired']);
  assert.deepEqual(tidy(checkIn), { comfort: 4, feelings: ['calm', 'tired'], note: 'a line' });
});
