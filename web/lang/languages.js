/** The languages of the page, and which of them it speaks. A new one needs its line here; docs/languages.md has the rest. */

/** @import {Here} from '../elements/face.js' */

/** Each by its own name. The first is for everybody else. @type {Readonly<Record<string, string>>} */
export const LANGUAGES = { en: 'English', de: 'Deutsch', es: 'Español' };

/** The language itself of a tag, without its region: "de" of "de-AT". @param {string} tag */
export const primary = (tag) => tag.toLowerCase().split('-')[0];

/**
 * The person's wish, or else the first of the browser's languages that there is.
 * @param {string} wish '' for none
 * @param {readonly string[]} [browser]
 */
export function languageFor(wish, browser = navigator.languages) {
  const known = [wish, ...browser].map(primary).find((language) => Object.hasOwn(LANGUAGES, language));
  return known ?? Object.keys(LANGUAGES)[0];
}

/** Tells everything on the page which language it is in. @param {Here} here */
export function speak({ t, room, library }) {
  room.language = library.language = t.language;
  document.documentElement.lang = t.language;
  document.documentElement.dir = t('direction');
}
