import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { agreementOf, groundIn, guideCue } from '../elements/session-state.js';
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

describe('the grounding', () => {
  for (const [name, needs, asked] of [
    ['silences first where nobody has to agree', undefined, ['ground']],
    ['silences first where it was one\'s own halt', 'me', ['ground']],
    ['says that they agree where they have to', 'client', ['ground', { agreed: true, language: 'de' }]],
  ]) {
    test(name, () => {
      const room = { you: { id: 'me', role: 'guide' }, transport: { needs }, people: [], language: 'de', ground: () => ['ground'], do: (...all) => all };
      assert.deepEqual(groundIn(room), asked);
    });
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
