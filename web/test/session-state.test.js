import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { Telling, agreementOf, guideCue } from '../elements/session-state.js';
import { mayResume } from '../lib/keys.js';

describe('the guide\'s private cues', () => {
  const note = (at, text) => ({ kind: 'guide', at, text });
  const timeline = { cues: [note(0, 'Ask'), note(0, 'Agree'), { kind: 'bell', at: 5 }, note(9000, 'Turn over'), note(20_000, 'Later')] };
  for (const [name, position, since, texts, next] of [
    ['those of one moment come together', 100, 0, ['Ask', 'Agree'], 9000],
    ['a later one takes their place', 9000, 0, ['Turn over'], 20_000],
    ['those of an earlier section are over', 12_000, 10_000, [], 20_000],
    ['after the last there is none to wait for', 30_000, 0, ['Later'], Infinity],
  ]) {
    test(name, () => assert.deepEqual(guideCue(timeline, position, since), { texts, next }));
  }
});

describe('who may go on', () => {
  const room = (role, needs) => ({ you: { id: 'me', role }, transport: { needs }, people: [{ id: 'ana', name: 'Ana' }] });
  for (const [name, who, may, agreement] of [
    ['a guide, when nobody\'s agreement is needed', room('guide'), true, null],
    ['a guest does not, when nobody\'s is needed', room('guest'), false, null],
    ['the guest who paused', room('guest', 'me'), true, null],
    ['a guide with the guest\'s agreement', room('guide', 'ana'), false, { name: 'Ana' }],
    ['a guide with the agreement of one without a name', room('guide', 'bo'), false, { name: '' }],
    ['another guest does not', room('guest', 'ana'), false, null],
  ]) {
    test(name, () => {
      assert.equal(mayResume(who), may);
      assert.deepEqual(agreementOf(who), agreement);
    });
  }
});

describe('what a screen reader is told', () => {
  const tell = (...told) => {
    const telling = new Telling();
    return told.map(([how, words, at]) => telling[how](words, at));
  };
  for (const [name, got, want] of [
    ['a section, and the next when it is not too soon', tell(['mention', 'Arriving', 0], ['mention', 'Feet', 19_999], ['mention', 'Feet', 20_000]), ['Arriving', 'Arriving', 'Feet']],
    ['what was passed by meanwhile is not told', tell(['mention', 'A', 0], ['mention', 'B', 9000], ['mention', 'C', 21_000]), ['A', 'A', 'C']],
    ['a pause at once', tell(['mention', 'A', 0], ['say', 'Paused', 100]), ['A', 'Paused']],
    ['nothing comes right behind what was said', tell(['say', 'Beginning', 0], ['mention', 'A', 2000], ['mention', 'A', 21_000]), ['Beginning', '', 'A']],
    ['a section that was told is not told again after a pause', tell(['mention', 'A', 0], ['say', 'Paused', 1000], ['mention', 'A', 90_000]), ['A', 'Paused', '']],
    ['a second pause is told like the first', tell(['say', 'Paused', 0], ['mention', 'A', 10], ['say', 'Paused', 20]), ['Paused', '', 'Paused']],
  ]) {
    test(name, () => assert.deepEqual(got, want));
  }
});
