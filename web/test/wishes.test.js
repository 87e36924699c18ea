import assert from 'node:assert/strict';
import { afterEach, beforeEach, test } from 'node:test';

/** A browser's storage, or one that forbids everything. */
class Storage {
  kept = new Map();
  full = false;
  getItem = (key) => this.kept.get(key) ?? null;
  removeItem = (key) => void this.kept.delete(key);
  setItem = (key, text) => {
    if (this.full) throw new Error('full');
    this.kept.set(key, text);
  };
}

const KEY = 'stillpoint.wishes';
const before = {};
let heard, Wishes, storage, tab;

beforeEach(async () => {
  heard = new EventTarget();
  storage = new Storage();
  tab = new Storage();
  const fakes = {
    matchMedia: () => Object.assign(new EventTarget(), { matches: false }),
    document: { documentElement: { dataset: {}, toggleAttribute() {} } },
    addEventListener: heard.addEventListener.bind(heard),
  };
  for (const [name, fake] of Object.entries(fakes)) {
    before[name] = globalThis[name];
    globalThis[name] = fake;
  }
  ({ Wishes } = await import('../elements/wishes.js'));
});

afterEach(() => Object.assign(globalThis, before));

test('wishes: the first time lasts until anything is done, in this window or another', () => {
  const wishes = new Wishes(storage, tab);
  assert.equal(wishes.first, true);
  wishes.meet();
  assert.equal(wishes.first, false);
  assert.equal(new Wishes(storage, tab).first, false, 'for good');
  const other = new Wishes(new Storage(), tab);
  heard.dispatchEvent(Object.assign(new Event('storage'), { key: KEY, newValue: '{}' }));
  assert.equal(other.first, false);
});

test('wishes: where nothing may be kept, the first time lasts as long as the window', () => {
  for (const kept of [null, Object.assign(new Storage(), { full: true })]) {
    const wishes = new Wishes(kept, null);
    assert.equal(wishes.first, true);
    wishes.keep({ theme: 'low' });
    assert.deepEqual([wishes.first, wishes.kept.theme, wishes.last], [false, 'low', null]);
    wishes.last = { script: 'a', title: 'A' };
    wishes.forget();
  }
});

test('wishes: forgotten, nothing is left of them', () => {
  const wishes = new Wishes(storage, tab);
  wishes.keep({ theme: 'day', leaveOut: ['knee'] });
  wishes.last = { script: 'feet-first', title: 'Feet first', settings: { leaveOut: ['knee'] } };
  assert.deepEqual(wishes.last, { script: 'feet-first', title: 'Feet first' });
  wishes.forget();
  assert.deepEqual([wishes.kept.theme, wishes.kept.leaveOut, wishes.last], ['dusk', [], null]);
  assert.deepEqual([storage.kept.size, tab.kept.size], [0, 0]);
  assert.equal(new Wishes(storage, tab).first, true);
});

test('wishes: what was spoilt is passed over', () => {
  tab.setItem('stillpoint.last', 'Feet first');
  storage.setItem(KEY, '{"theme":"neon","leaveOut":["knee",7],"mix":{"voice":200}');
  const wishes = new Wishes(storage, tab);
  assert.deepEqual([wishes.kept.theme, wishes.last, wishes.first], ['dusk', null, false]);
});

test('wishes: choosing a language leaves what is said the first time; anything else puts it away', () => {
  const first = () => new Wishes(storage, tab).first;
  const wishes = new Wishes(storage, tab);
  const other = new Wishes(new Storage(), tab);
  wishes.keep({ language: 'de' });
  heard.dispatchEvent(Object.assign(new Event('storage'), { key: KEY, newValue: storage.getItem(KEY) }));
  assert.ok(wishes.first && other.first && first(), 'here, in another window, and when the page is opened again');
  assert.equal(new Wishes(storage, tab).kept.language, 'de');
  wishes.keep({ theme: 'day' });
  assert.ok(!wishes.first && !first());
  wishes.keep({ language: 'es' });
  assert.ok(!wishes.first && !first());
});

test('wishes: what was kept before there was a language is kept by somebody who has been here', () => {
  storage.setItem(KEY, '{"theme": "day"}');
  const wishes = new Wishes(storage, tab);
  assert.deepEqual([wishes.first, wishes.kept.theme, wishes.kept.language], [false, 'day', '']);
});

test('wishes: a language that is no text is none', () => {
  storage.setItem(KEY, '{"language": 7}');
  assert.equal(new Wishes(storage, tab).kept.language, '');
});
