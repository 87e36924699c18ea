import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { describe, test } from 'node:test';
import { follow } from '../lang/follow.js';
import { languageFor, LANGUAGES, speak } from '../lang/languages.js';
import { words } from '../lib/words.js';

const at = (path) => new URL(`../${path}`, import.meta.url);
const read = (language) => JSON.parse(readFileSync(at(`lang/${language}.json`), 'utf8'));
const catalogues = Object.fromEntries(Object.keys(LANGUAGES).map((language) => [language, read(language)]));
const { en } = catalogues;

/** Every form of a text. */
const forms = (entry) => (typeof entry === 'string' ? [entry] : Object.values(entry));
const blanks = (text) => [...new Set(text.match(/\{[\w-]+\}/g))].sort();

/** What is never said to anybody, by language: what judges, orders, counts against or presses. */
const NEVER = {
  en: ['failed', 'failure', 'incomplete', 'missed', 'only', 'streak', 'score', 'badge', 'well done', 'are you sure', 'relax', 'calm down', 'must', 'should'],
  de: [
    'nur', 'gescheitert', 'fehlgeschlagen', 'fehler', 'unvollständig', 'verpasst', 'versäumt', 'punktzahl', 'abzeichen', 'geschafft', 'gut gemacht', 'bist du sicher',
    'entspann', 'entspann dich', 'entspanne dich', 'beruhige dich', 'beruhig dich', 'lass los', 'loslassen', 'musst', 'muss', 'sollst', 'solltest', 'Ihnen', 'Ihre', 'Ihr',
  ],
  es: [
    'solo', 'sólo', 'solamente', 'falló', 'fallo', 'fallido', 'error', 'incompleto', 'incompleta', 'perdiste', 'racha', 'puntuación', 'insignia', 'medalla', 'bien hecho',
    'muy bien', 'estás seguro', 'estás segura', 'relájate', 'cálmate', 'tranquilízate', 'debes', 'deberías', 'tienes que', 'usted',
  ],
};
/** A name, not a verdict. */
const NAMES = ['theme.sound'];

/** The same in two languages, and meant to be. */
const SAME = {
  de: ['name', 'direction', 'places.side', 'window.title', 'window.running', 'pause', 'tone.warm', 'sound.both', 'take.mp3', 'take.flac', 'take.wav', 'keys.does', 'key.Escape', 'sensation.warm', 'sensation.still'],
  es: ['name', 'direction', 'places.side', 'window.title', 'window.running', 'sound.both', 'take.mp3', 'take.flac', 'take.wav', 'tool.longer', 'tool.shorter', 'region.pelvis', 'keys.does', 'key.Escape'],
};

/** Longer than English by more than a button bears: a line of a list, which wraps. */
const LONGER = { es: ['coming.free'] };

/** Whether some words are in a text, whole. Capitals count where the words have them: German's Ihr is not its ihr. */
function says(text, phrase) {
  const flags = phrase === phrase.toLowerCase() ? 'iu' : 'u';
  return new RegExp(`(?<![\\p{L}\\p{N}])${phrase}(?![\\p{L}\\p{N}])`, flags).test(text);
}

test('languages: whatever is among the files is among the choices, and brings its scripts', () => {
  const files = readdirSync(at('lang')).filter((name) => name.endsWith('.json'));
  assert.deepEqual(files.sort(), Object.keys(LANGUAGES).map((language) => `${language}.json`).sort());
  const spoken = /spoken = .*/.exec(readFileSync(at('../internal/library/phrases.go'), 'utf8'))?.[0] ?? '';
  for (const language of Object.keys(LANGUAGES).slice(1)) {
    assert.ok(spoken.includes(`"${language}": &`), `a breath of one's own speaks ${language}`);
    assert.deepEqual(readdirSync(at(`../internal/library/scripts/${language}`)).sort(), ['easy-starter.txt', 'feet-first.txt', 'grounding.txt']);
  }
});

for (const [language, catalogue] of Object.entries(catalogues)) {
  describe(`languages: ${language}`, () => {
    test('has every text, in the order of English', () => {
      assert.deepEqual(Object.keys(catalogue), Object.keys(en));
    });

    test('leaves the same blanks open', () => {
      for (const [key, entry] of Object.entries(catalogue)) {
        const wanted = blanks(forms(en[key]).join());
        assert.deepEqual(blanks(forms(entry).join()), wanted, key);
        assert.deepEqual(blanks(forms(entry).at(-1)), blanks(forms(en[key]).at(-1)), key);
      }
    });

    test('has each of its plural forms, and no other', () => {
      const { pluralCategories } = new Intl.PluralRules(language).resolvedOptions();
      for (const [key, entry] of Object.entries(catalogue)) {
        assert.equal(typeof entry, typeof en[key], key);
        if (typeof entry === 'object') assert.deepEqual(Object.keys(entry).sort(), [...pluralCategories].sort(), key);
      }
    });

    test('judges, orders and exclaims nothing', () => {
      for (const [key, entry] of Object.entries(catalogue)) {
        const text = forms(entry).join(' ');
        const said = NAMES.includes(key) && language === 'en' ? [] : NEVER[language].filter((phrase) => says(text, phrase));
        assert.deepEqual(said, [], `${key}: ${text}`);
        assert.doesNotMatch(text, /[!¡]/, key);
        assert.equal(text, text.trim(), key);
      }
    });

    test('is not left in English by accident', () => {
      if (language === 'en') return;
      const same = Object.keys(en).filter((key) => JSON.stringify(catalogue[key]) === JSON.stringify(en[key]));
      assert.deepEqual(same.filter((key) => !SAME[language].includes(key)), []);
    });

    test('fits where English does', () => {
      const long = Object.keys(en).filter((key) => {
        const [least, most] = [en[key], catalogue[key]].map((entry) => Math.max(...forms(entry).map((text) => text.length)));
        return most > Math.max(1.6 * least, least + 12);
      });
      assert.deepEqual(long, LONGER[language] ?? []);
    });
  });
}

test('languages: the forbidden words are found where they are', () => {
  assert.ok(says('Es sind nur zwei.', 'nur') && says('¿Solo hoy?', 'solo') && says('Wie Ihre Karte', 'Ihre'));
  assert.ok(!says('Die Spur nurmehr', 'nur') && !says('consolo', 'solo') && !says('für ihre Füße', 'Ihre'));
});

test('languages: every refusal that the room can give has its words', () => {
  const codes = new Set(['not-connected']);
  for (const folder of ['server', 'session']) {
    for (const name of readdirSync(at(`../internal/${folder}`)).filter((file) => /(?<!_test)\.go$/.test(file))) {
      const source = readFileSync(at(`../internal/${folder}/${name}`), 'utf8');
      const named = name === 'refusal.go' ? /^\t[A-Z]\w+ += "([a-z-]+)"$/gm : /(?:Code: |Status\w+, )"([a-z-]+)"/g;
      for (const [, code] of source.matchAll(named)) codes.add(code);
    }
  }
  assert.ok(codes.size >= 10, [...codes].join());
  const written = Object.keys(en).filter((key) => key.startsWith('refused.')).map((key) => key.slice('refused.'.length));
  assert.deepEqual(written.sort(), [...codes].sort());
});

test('languages: the wish decides, then the browser, then English', () => {
  assert.equal(languageFor('es', ['de-AT', 'en']), 'es');
  assert.equal(languageFor('', ['fr', 'de-AT', 'en']), 'de');
  assert.equal(languageFor('', ['ES-mx']), 'es');
  assert.equal(languageFor('xx', ['fr']), 'en');
  assert.equal(languageFor('constructor', []), 'en');
});

/** A page without a DOM. */
function page() {
  globalThis.document = { documentElement: {} };
  Object.defineProperty(globalThis, 'navigator', { value: { languages: ['en'] }, configurable: true });
  const wishes = Object.assign(new EventTarget(), { kept: { language: 'en' } });
  const here = { t: words(en, { language: 'en' }), room: {}, library: {}, wishes };
  const choose = (language) => ((wishes.kept.language = language), wishes.dispatchEvent(new Event('change')));
  return { here, choose };
}

const settled = () => new Promise((done) => setImmediate(done));

test('languages: the page, the room and the library follow the wish', async () => {
  const { here, choose } = page();
  speak(here);
  follow(here, async (language) => words(catalogues[language], { language }));
  let told = 0;
  here.wishes.addEventListener('change', () => told++);
  choose('de');
  await settled();
  assert.deepEqual([here.t('begin'), here.room.language, here.library.language], ['Beginnen', 'de', 'de']);
  assert.deepEqual(document.documentElement, { lang: 'de', dir: 'ltr' });
  assert.equal(told, 2, 'once for the wish, once for its words');
});

test('languages: the last wish holds, whichever words come first', async () => {
  const { here, choose } = page();
  const coming = {};
  follow(here, (language) => new Promise((come) => (coming[language] = () => come(words(catalogues[language], { language })))));
  choose('de');
  choose('es');
  coming.es();
  await settled();
  coming.de();
  await settled();
  assert.equal(here.t.language, 'es');
});

test('languages: without its words the page stays as it is', async () => {
  const { here, choose } = page();
  follow(here, () => Promise.reject(new Error('no network')));
  choose('de');
  await settled();
  assert.equal(here.t('begin'), 'Begin');
});
