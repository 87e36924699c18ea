import assert from 'node:assert/strict';
import { test } from 'node:test';

globalThis.document = { documentElement: { dataset: {}, toggleAttribute() {} } };
globalThis.matchMedia = () => Object.assign(new EventTarget(), { matches: false });
globalThis.addEventListener = () => {};
const { Wishes } = await import('../elements/wishes.js');

/** A browser's storage, in memory. */
function storage(kept = {}) {
  return { kept, getItem: (key) => kept[key] ?? null, setItem: (key, value) => (kept[key] = value), removeItem: (key) => delete kept[key] };
}

test('wishes: choosing a language leaves what is said the first time; anything else puts it away', () => {
  const local = storage();
  const first = () => new Wishes(local, storage()).first;
  const wishes = new Wishes(local, storage());
  assert.ok(wishes.first);
  wishes.keep({ language: 'de' });
  assert.ok(wishes.first && first(), 'here, and when the page is opened again');
  assert.equal(new Wishes(local, storage()).kept.language, 'de');
  wishes.keep({ theme: 'day' });
  assert.ok(!wishes.first && !first());
  wishes.keep({ language: 'es' });
  assert.ok(!wishes.first && !first());
});

test('wishes: what was kept before there was a language is kept by somebody who has been here', () => {
  const wishes = new Wishes(storage({ 'stillpoint.wishes': '{"theme": "day"}' }), storage());
  assert.deepEqual([wishes.first, wishes.kept.theme, wishes.kept.language], [false, 'day', '']);
});

test('wishes: a language that is no text is none', () => {
  assert.equal(new Wishes(storage({ 'stillpoint.wishes': '{"language": 7}' }), storage()).kept.language, '');
});
