import { speakingOf } from '../lib/voices.js';
import { freshPlaces } from './places.js';

/**
 * What is chosen for one session, until it begins. No DOM here.
 * @typedef {object} Choice
 * @property {number} minutes 0: as the script says
 * @property {import('../protocol.js').Anchor} anchor
 * @property {number} ownPace breaths a minute, 8–20
 * @property {import('./places.js').Places} places
 * @property {string} beneath an ambience instead of the script's own; '' for that
 */

const MINUTE = 60_000;

/** The steady place to begin with is the feet: the breath is not neutral for everybody. @returns {Choice} */
export const freshChoice = () => ({ minutes: 0, anchor: 'feet', ownPace: 12, places: freshPlaces(), beneath: '' });

/**
 * A choice as the room takes it.
 * @param {Choice} choice
 * @param {import('../protocol.js').ScriptSummary} script
 * @param {string[]} always region keys left out always
 * @param {string | undefined} who speaks; undefined while nobody knows
 */
export function settingsOf({ minutes, anchor, ownPace, places, beneath }, script, always, who) {
  /** @type {import('../protocol.js').Settings} */
  const settings = { anchor };
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
