import { speakingOf } from '../lib/voices.js';
import { freshPlaces, idOf } from './places.js';

/**
 * What is chosen for one session, until it begins. No DOM here.
 * @typedef {object} Choice
 * @property {number} minutes 0: as the script says
 * @property {import('../protocol.js').Anchor | ''} anchor '' while none was chosen
 * @property {number} ownPace breaths a minute, 8–20
 * @property {import('./places.js').Places} places
 * @property {string} beneath an ambience instead of the script's own; '' for that
 */

const MINUTE = 60_000;

/** @returns {Choice} */
export const freshChoice = () => ({ minutes: 0, anchor: '', ownPace: 12, places: freshPlaces(), beneath: '' });

/** The places of the body that a steady place means. @type {[import('../protocol.js').Anchor, string[]][]} */
const STEADY = [
  ['feet', ['sole', 'toes', 'heel', 'foot_top']],
  ['hands', ['palm', 'hand_back', 'fingers']],
  ['support', ['support']],
];

/**
 * The steady place that was chosen, or the first of which nothing is left out; never the
 * breath, which is not neutral for everybody.
 * @param {Choice} choice @param {string[]} always region keys left out always
 * @returns {import('../protocol.js').Anchor}
 */
export function steadyPlace({ anchor, places }, always) {
  const away = new Set([...always, ...places.away].map(idOf));
  return anchor || (STEADY.find(([, ids]) => !ids.some((id) => away.has(id)))?.[0] ?? 'sounds');
}

/**
 * A choice as the room takes it.
 * @param {Choice} choice
 * @param {import('../protocol.js').ScriptSummary} script
 * @param {string[]} always region keys left out always
 * @param {string | undefined} who speaks; undefined while nobody knows
 */
export function settingsOf(choice, script, always, who) {
  const { minutes, ownPace, places, beneath } = choice;
  /** @type {import('../protocol.js').Settings} */
  const settings = { anchor: steadyPlace(choice, always) };
  if (minutes) settings.length = Math.min(Math.max(minutes * MINUTE, script.length.min), script.length.max);
  if (script.ownPace) settings.ownPace = ownPace;
  const leaveOut = [...new Set([...always, ...places.away])];
  if (leaveOut.length) settings.leaveOut = leaveOut;
  if (places.welcome.size) settings.welcome = [...places.welcome];
  if (beneath) settings.ambience = beneath;
  return who === undefined ? settings : { ...settings, ...speakingOf(who) };
}

/**
 * An address behind `#before/`: a script, and perhaps its minutes.
 * @param {string} about `feet-first` or `feet-first/5`
 */
export function choiceIn(about) {
  const [, script, minutes] = /^(.*?)(?:\/(\d{1,3}))?$/s.exec(about) ?? ['', about, ''];
  return { script, minutes: Number(minutes ?? 0) };
}

/**
 * What an address behind `#before/` is about, in the reader's language.
 * @param {Pick<import('./library.js').Library, 'find' | 'language'>} library @param {string} about
 */
export function forReader(library, about) {
  const [id, ...more] = about.split('/');
  return [library.find(id)?.id ?? spoken(id, library.language), ...more].join('/');
}

/**
 * A breath that is composed for its address, with words of a language; English is its own.
 * @param {string} id @param {string} language
 */
function spoken(id, language) {
  return language === 'en' ? id : id.replace(/^breathe:/, `breathe.${language}:`);
}
