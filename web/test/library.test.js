import assert from 'node:assert/strict';
import { test } from 'node:test';
import { forReader } from '../elements/choice.js';
import { firstOf, inLanguage, Library, wayTo } from '../elements/library.js';

const script = (id, kind, language = 'en', more = {}) => ({ id, kind, language, level: 0, title: id, ...more });
const all = [
  script('feet-first', 'body scan'),
  script('hands-only', 'body scan'),
  script('longer-exhale', 'breathing'),
  script('easy-starter', 'breathing'),
  script('feet-first.de', 'body scan', 'de', { original: 'feet-first' }),
  script('easy-starter.de', 'breathing', 'de', { original: 'easy-starter' }),
  script('easy-starter.es', 'breathing', 'es', { original: 'easy-starter' }),
  script('meine', 'body scan', 'de-AT', { source: 'own' }),
];
const ids = (scripts) => scripts.map(({ id }) => id);

test('library: each script once, the reader\'s language first', () => {
  assert.deepEqual(ids(inLanguage(all, 'en')), ['feet-first', 'hands-only', 'longer-exhale', 'easy-starter', 'meine']);
  assert.deepEqual(ids(inLanguage(all, 'de')), ['feet-first.de', 'easy-starter.de', 'meine', 'hands-only', 'longer-exhale']);
  assert.deepEqual(ids(inLanguage(all, 'es')), ['easy-starter.es', 'feet-first', 'hands-only', 'longer-exhale', 'meine']);
});

test('library: a way in leads to the gentlest in the reader\'s language', () => {
  const ways = (language) => ['body scan', 'breathing'].map((kind) => firstOf(inLanguage(all, language), kind).id);
  assert.deepEqual(ways('en'), ['feet-first', 'longer-exhale']);
  assert.deepEqual(ways('de'), ['feet-first.de', 'easy-starter.de']);
  assert.deepEqual(ways('es'), ['feet-first', 'easy-starter.es']);
  assert.equal(firstOf(inLanguage(all.slice(0, 2), 'de'), 'breathing'), undefined);
});

test('library: a way in is there before the library has come', () => {
  const ways = (language) => ['body scan', 'breathing'].map((kind) => wayTo({ scripts: [], language }, kind));
  assert.deepEqual(ways('en'), ['#before/feet-first', '#before/longer-exhale']);
  assert.deepEqual(ways('de'), ['#before/feet-first.de', '#before/easy-starter.de']);
  assert.equal(wayTo({ scripts: inLanguage(all, 'es'), language: 'es' }, 'breathing'), '#before/easy-starter.es');
  assert.equal(wayTo({ scripts: [all[0]], language: 'en' }, 'breathing'), '#scripts');
});

test('library: an id means the script in the reader\'s language; a translation\'s own id means just that', () => {
  const library = Object.assign(new Library(), { all, language: 'de' });
  assert.deepEqual(['feet-first', 'feet-first.de', 'easy-starter.es', 'hands-only', 'none'].map((id) => library.find(id)?.id),
    ['feet-first.de', 'feet-first.de', 'easy-starter.es', 'hands-only', undefined]);
  assert.deepEqual(['feet-first/5', 'feet-first', 'none/5', ''].map((about) => forReader(library, about)), ['feet-first.de/5', 'feet-first.de', 'none/5', '']);
  library.language = 'en';
  assert.equal(forReader(library, 'feet-first/5'), 'feet-first/5');
});

test('library: a breath of one\'s own speaks the reader\'s language, or the one that its address names', () => {
  const library = Object.assign(new Library(), { all, language: 'de' });
  assert.deepEqual(['breathe:4-0-6-0, 6 times/12', 'breathe:natural for 5 min', 'breathe.es:natural for 5 min'].map((about) => forReader(library, about)),
    ['breathe.de:4-0-6-0, 6 times/12', 'breathe.de:natural for 5 min', 'breathe.es:natural for 5 min']);
  library.language = 'en';
  assert.equal(forReader(library, 'breathe:natural for 5 min'), 'breathe:natural for 5 min');
});
