import assert from 'node:assert/strict';
import { test } from 'node:test';
import { keyVerb, listenForKeys } from '../lib/keys.js';

const button = { tagName: 'BUTTON' };
const table = [
  ...[' ', 'PageUp', 'PageDown', 'b', 'B', '.', 'ArrowLeft', 'ArrowRight', 'ArrowUp', 'ArrowDown'].map((key) => ({ event: { key }, want: 'pause-or-resume' })),
  { event: { key: 'Escape' }, want: 'stop' },
  { event: { key: ' ', target: button }, want: 'pause-or-resume' },
  { event: { key: 'Enter', target: button }, want: null },
  { event: { key: 'Tab' }, want: null },
  { event: { key: 'x' }, want: null },
  { event: { key: ' ', repeat: true }, want: null },
  { event: { key: 'Escape', repeat: true }, want: null },
  { event: { key: 'b', ctrlKey: true }, want: null },
  { event: { key: 'ArrowLeft', altKey: true }, want: null },
  { event: { key: '.', metaKey: true }, want: null },
  { event: { key: ' ', target: { tagName: 'INPUT', type: 'text' } }, want: null },
  { event: { key: 'ArrowLeft', target: { tagName: 'INPUT', type: 'range' } }, want: null },
  { event: { key: 'PageDown', target: { tagName: 'TEXTAREA' } }, want: null },
  { event: { key: 'b', target: { tagName: 'P', isContentEditable: true } }, want: null },
  { event: { key: ' ', target: { tagName: 'INPUT', type: 'checkbox' } }, want: 'pause-or-resume' },
  { event: { key: ' ', target: { tagName: 'SELECT' } }, want: 'pause-or-resume' },
  { event: { key: 'PageDown', target: { tagName: 'SELECT' } }, want: 'pause-or-resume' },
  { event: { key: 'ArrowDown', target: { tagName: 'SELECT' } }, want: null },
  { event: { key: 'b', target: { tagName: 'SELECT' } }, want: null },
  { event: { key: 'Escape', target: { tagName: 'INPUT', type: 'text' } }, want: 'stop' },
];
for (const { event, want } of table) {
  const held = ['ctrlKey', 'altKey', 'metaKey', 'repeat'].filter((name) => event[name]).join(' ');
  test(`keys: ${held} ${JSON.stringify(event.key)} on ${event.target?.tagName ?? 'the page'} ${event.target?.type ?? ''} is ${want}`, () => {
    const whole = { repeat: false, altKey: false, ctrlKey: false, metaKey: false, target: null, ...event };
    assert.equal(keyVerb(whole), want);
  });
}

/** A window whose keys go to a room in a state; says what was asked, and whether the page kept the key. */
function pressed(state, keys, { since = 10_000, needs } = {}) {
  const asked = [];
  const room = {
    transport: state && { state, needs }, you: { id: 'me', role: 'guide' }, haltedAt: 0, now: () => since,
    pause: () => asked.push('pause'), stop: () => asked.push('stop'), do: (verb) => asked.push(verb),
  };
  const window = new EventTarget();
  listenForKeys(room, { silence: () => asked.push('silence') }, window);
  let kept = 0;
  for (const key of keys) {
    for (const type of ['keydown', 'keyup']) {
      const event = Object.assign(new Event(type, { cancelable: true }), { key, repeat: false, altKey: false, ctrlKey: false, metaKey: false });
      window.dispatchEvent(event);
      kept += Number(!event.defaultPrevented);
    }
  }
  return { asked, kept };
}

for (const [name, got, want] of [
  ['a pedal pauses what plays', pressed('playing', ['PageDown']), { asked: ['pause'], kept: 0 }],
  ['space goes on with what is paused', pressed('paused', [' ']), { asked: ['resume'], kept: 0 }],
  ['not right behind one\'s own pause: a key that bounced, a startled second press', pressed('paused', [' '], { since: 300 }), { asked: [], kept: 0 }],
  ['not when someone else has to agree', pressed('paused', [' '], { needs: 'ana' }), { asked: [], kept: 0 }],
  ['Esc stops what plays', pressed('playing', ['Escape']), { asked: ['stop'], kept: 0 }],
  ['after the end Esc reaches the last bell, here and in the room', pressed('finished', ['Escape']), { asked: ['silence', 'stop'], kept: 2 }],
  ['before anything is loaded too', pressed(null, ['Escape']), { asked: ['silence', 'stop'], kept: 2 }],
  ['while nothing runs other keys are the page\'s', pressed('ready', [' ', 'PageDown']), { asked: [], kept: 4 }],
]) {
  test(`keys of the window: ${name}`, () => assert.deepEqual(got, want));
}
