import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { Keys, keyName, keyVerb, keyWishes, learnable } from '../lib/keys.js';

const whole = { repeat: false, altKey: false, ctrlKey: false, metaKey: false, target: null };
const button = { tagName: 'BUTTON' };
const table = [
  ...[' ', 'PageUp', 'PageDown', 'b', 'B', '.', 'ArrowLeft', 'ArrowRight', 'ArrowUp', 'ArrowDown', 'MediaPlayPause'].map((key) => ({ event: { key }, want: 'pause-or-resume' })),
  { event: { key: 'Escape' }, want: 'stop' },
  { event: { key: 'MediaStop' }, want: 'stop' },
  { event: { key: ' ', target: button }, want: 'pause-or-resume' },
  { event: { key: 'Enter', target: button }, want: null },
  { event: { key: 'Tab' }, want: null },
  { event: { key: 'x' }, want: null },
  { event: { key: 's' }, want: null },
  { event: { key: 'constructor' }, want: null },
  { event: { key: ' ', repeat: true }, want: null },
  { event: { key: 'Escape', repeat: true }, want: null },
  { event: { key: 'b', ctrlKey: true }, want: null },
  { event: { key: 'ArrowLeft', altKey: true }, want: null },
  { event: { key: '.', metaKey: true }, want: null },
  { event: { key: ' ', target: { tagName: 'INPUT', type: 'text' } }, want: null },
  { event: { key: 'ArrowLeft', target: { tagName: 'INPUT', type: 'range' } }, want: null },
  { event: { key: 'PageDown', target: { tagName: 'INPUT', type: 'range' } }, want: null },
  ...[' ', 'b', '.', 'MediaPlayPause'].map((key) => ({ event: { key, target: { tagName: 'INPUT', type: 'range' } }, want: 'pause-or-resume' })),
  { event: { key: 'PageDown', target: { tagName: 'TEXTAREA' } }, want: null },
  { event: { key: 'b', target: { tagName: 'P', isContentEditable: true } }, want: null },
  { event: { key: ' ', target: { tagName: 'INPUT', type: 'checkbox' } }, want: 'pause-or-resume' },
  { event: { key: ' ', target: { tagName: 'SELECT' } }, want: 'pause-or-resume' },
  { event: { key: 'PageDown', target: { tagName: 'SELECT' } }, want: 'pause-or-resume' },
  { event: { key: 'ArrowDown', target: { tagName: 'SELECT' } }, want: null },
  { event: { key: 'b', target: { tagName: 'SELECT' } }, want: null },
  { event: { key: 'Escape', target: { tagName: 'INPUT', type: 'text' } }, want: 'stop' },
  { event: { key: 'F9' }, wishes: { learnt: { F9: 'next' } }, want: 'next' },
  { event: { key: 'PageDown' }, wishes: { learnt: { PageDown: 'stop' } }, want: 'stop' },
  { event: { key: 'Q' }, wishes: { learnt: { q: 'pause-or-resume' }, letters: false }, want: 'pause-or-resume' },
  { event: { key: 'F8' }, wishes: { learnt: { F8: 'client' } }, want: 'client' },
  { event: { key: 'Unidentified', code: 'F20' }, wishes: { learnt: { F20: 'stop' } }, want: 'stop' },
  { event: { key: 'q', target: { tagName: 'TEXTAREA' } }, wishes: { learnt: { q: 'stop' } }, want: null },
  { event: { key: 'b' }, wishes: { letters: false }, want: null },
  { event: { key: '.' }, wishes: { letters: false }, want: null },
  { event: { key: ' ' }, wishes: { letters: false }, want: 'pause-or-resume' },
  { event: { key: 's' }, wishes: { more: true }, want: 'next' },
  { event: { key: 'G' }, wishes: { more: true }, want: 'ground' },
  { event: { key: 'h' }, wishes: { more: true, letters: false }, want: null },
];
for (const { event, wishes, want } of table) {
  const held = ['ctrlKey', 'altKey', 'metaKey', 'repeat'].filter((name) => event[name]).join(' ');
  const on = `${event.target?.tagName ?? 'the page'} ${event.target?.type ?? ''}`;
  test(`keys: ${held} ${JSON.stringify(event.key)} on ${on} is ${want} ${wishes ? JSON.stringify(wishes) : ''}`, () => {
    assert.equal(keyVerb({ ...whole, ...event }, keyWishes(wishes)), want);
  });
}

describe('keys of one\'s own', () => {
  test('Escape stays with stop, and what moves about the page cannot be taught', () => {
    for (const name of ['Escape', 'Tab', 'Enter', 'Shift', 'Unidentified', '', 'x'.repeat(33)]) assert.ok(!learnable(name), name);
    const { learnt } = keyWishes({ learnt: { Escape: 'next', Tab: 'stop', F5: 'stop' } });
    assert.deepEqual(learnt, { F5: 'stop' });
    assert.equal(keyVerb({ ...whole, key: 'Escape' }, { learnt: { Escape: 'next' }, letters: true, more: false }), 'stop');
  });
  test('what was kept is read as far as it can be, and is bounded', () => {
    const plain = { learnt: {}, letters: true, more: false };
    for (const spoilt of [null, undefined, 7, 'keys', [], { learnt: 'F5' }, { learnt: { F5: 'fly', F6: {}, F7: null } }, { more: 'yes', letters: 0 }]) {
      assert.deepEqual(keyWishes(spoilt), plain, JSON.stringify(spoilt));
    }
    const many = Object.fromEntries(Array.from({ length: 40 }, (_, i) => [`F${i}`, 'stop']));
    assert.equal(Object.keys(keyWishes({ learnt: many }).learnt).length, 12);
    assert.ok('F39' in keyWishes({ learnt: many }).learnt, 'the one that was taught last');
  });
  test('a letter is one key, large or small', () => {
    assert.equal(keyName({ key: 'B' }), 'b');
    assert.equal(keyName({ key: 'PageDown' }), 'PageDown');
    assert.equal(keyName({ key: 'Unidentified', code: 'F20' }), 'F20');
  });
});

const { target: _, ...unheld } = whole;

/** A window whose keys go to a room in a state; says what was asked, and whether the page kept the key. */
function pressed(state, keys, { since = 10_000, needs, also, learner, wishes } = {}) {
  const asked = [];
  const room = {
    transport: state && { state, needs }, you: { id: 'me', role: 'guide' }, haltedAt: 0, now: () => since,
    pause: (client) => asked.push(client ? 'pause, the client' : 'pause'), stop: () => asked.push('stop'), do: (verb) => asked.push(verb),
  };
  const window = new EventTarget();
  const all = new Keys(room, { silence: () => asked.push('silence') }, { kept: { keys: keyWishes(wishes) } });
  all.also = also && ((...told) => also(asked, ...told));
  all.learner = learner && ((event) => learner(asked, event));
  all.listen(window);
  let kept = 0;
  for (const key of keys) {
    for (const [type, repeat] of [['keydown', false], ['keydown', true], ['keyup', false]]) {
      const event = Object.assign(new Event(type, { cancelable: true }), { ...unheld, key, repeat });
      window.dispatchEvent(event);
      kept += Number(!event.defaultPrevented);
    }
  }
  return { asked, kept };
}

const takes = (asked, ...told) => asked.push(told.join()) > 0;
const leaves = (asked, ...told) => asked.push(told.join()) < 0;
for (const [name, got, want] of [
  ['a pedal pauses what plays', pressed('playing', ['PageDown']), { asked: ['pause'], kept: 0 }],
  ['space goes on with what is paused', pressed('paused', [' ']), { asked: ['resume'], kept: 0 }],
  ['not right behind one\'s own pause: a key that bounced, a startled second press', pressed('paused', [' '], { since: 300 }), { asked: [], kept: 0 }],
  ['not when someone else has to agree', pressed('paused', [' '], { needs: 'ana' }), { asked: [], kept: 0 }],
  ['Esc stops what plays', pressed('playing', ['Escape']), { asked: ['stop'], kept: 0 }],
  ['after the end Esc reaches the last bell, here and in the room', pressed('finished', ['Escape']), { asked: ['silence', 'stop'], kept: 3 }],
  ['before anything is loaded too', pressed(null, ['Escape']), { asked: ['silence', 'stop'], kept: 3 }],
  ['while nothing runs other keys are the page\'s', pressed('ready', [' ', 'PageDown']), { asked: [], kept: 6 }],
  ['a taught key stops', pressed('playing', ['F9'], { wishes: { learnt: { F9: 'stop' } } }), { asked: ['stop'], kept: 0 }],
  ['the client\'s key pauses as the client, before anything else', pressed('playing', ['F8'], { also: takes, wishes: { learnt: { F8: 'client' } } }), { asked: ['pause, the client'], kept: 0 }],
  ['and never goes on', pressed('paused', ['F8', 'F8'], { wishes: { learnt: { F8: 'client' } } }), { asked: ['pause, the client', 'pause, the client'], kept: 0 }],
  ['what else keys do comes first', pressed('playing', ['PageDown'], { also: takes }), { asked: ['pause-or-resume,PageDown,true'], kept: 0 }],
  ['and may leave them to the page', pressed('ready', ['PageDown'], { also: leaves }), { asked: ['pause-or-resume,PageDown,false'], kept: 3 }],
  ['or to the session', pressed('playing', ['PageDown'], { also: leaves }), { asked: ['pause-or-resume,PageDown,true', 'pause'], kept: 0 }],
  ['never Esc', pressed('playing', ['Escape'], { also: takes, learner: takes }), { asked: ['stop'], kept: 0 }],
  ['who learns a key gets it, and nobody else', pressed('ready', ['PageDown'], { also: takes, learner: (asked) => asked.push('learnt') > 0 }), { asked: ['learnt', 'learnt'], kept: 0 }],
]) {
  test(`keys of the window: ${name}`, () => assert.deepEqual(got, want));
}

test('keys: a headset\'s button is a press like any other', () => {
  for (const [state, want] of [['playing', ['pause']], ['paused', ['resume']], ['ready', []]]) {
    const asked = [];
    const room = { transport: { state }, you: { id: 'me', role: 'guide' }, haltedAt: 0, now: () => 10_000, pause: () => asked.push('pause'), do: (verb) => asked.push(verb) };
    new Keys(room, {}, { kept: {} }).press();
    assert.deepEqual(asked, want, state);
  }
});
