import { spokenTime } from '../lib/time.js';
import { BROWSER, called, WORDS } from '../lib/voices.js';

/**
 * What is told of a session before it begins. No DOM here.
 * @typedef {object} Speaking
 * @property {import('../protocol.js').VoiceOffers | null} offers null while nobody knows
 * @property {boolean | null} own whether this device's own voice could
 * @property {{voice: string, said: number, of: number} | null} said
 * @property {string} who speaks
 * @property {string} wish
 * @property {string} from where it sounds
 */

/**
 * Who will be heard, or that nobody will; '' while nobody knows.
 * @param {import('../lib/words.js').Words} t
 * @param {Speaking} speaking
 */
export function speakingLine(t, { offers, own, said, who, wish, from }) {
  if (from === 'none') return t('coming.silent');
  if (!offers || (own === null && !offers.best)) return '';
  if (who === WORDS) return t('coming.words');
  if (who === BROWSER) return t(wish === BROWSER ? 'coming.own' : 'coming.own.only');
  const voice = offers.voices.find(({ id }) => id === who);
  if (!voice) return t(from === 'me' && !own ? 'coming.nobody.asked' : 'coming.nobody');
  const says = said?.voice === who ? said.said : voice.says;
  if (says < voice.of) return t('coming.voice.part', { name: called(t, voice), says, of: voice.of });
  return t('coming.voice', { name: called(t, voice) });
}

/** Which sounds are in a script. @param {import('../protocol.js').ScriptSummary} script */
export function soundsIn({ bells, ambience }) {
  return { bells: bells > 0, ambience: ambience.length > 0 };
}

/** A script with another ambience, if one is chosen. @param {import('../protocol.js').ScriptSummary} script @param {string} beneath */
export function withBeneath(script, beneath) {
  return beneath ? { ...script, ambience: beneath === 'none' ? [] : [beneath] } : script;
}

/**
 * What will be there, a short line each.
 * @param {import('../lib/words.js').Words} t
 * @param {import('../protocol.js').ScriptSummary} script
 * @param {object} chosen
 * @param {number} chosen.length ms
 * @param {number} chosen.places that are not left out
 * @param {string} chosen.speaking see speakingLine
 * @param {boolean} chosen.breath whether the breath is noticed where it is not paced
 * @param {boolean} chosen.drawn whether a ribbon tells of bells and silences
 */
export function coming(t, script, { length, places, speaking, breath, drawn }) {
  const { bells, ambience } = soundsIn(script);
  return [
    spokenTime(t, length),
    ...(places > 0 ? [t('coming.places', { n: places })] : []),
    t(script.paced ? 'coming.paced' : breath ? 'coming.noticed' : 'coming.alone'),
    t(script.holds ? 'coming.holds' : 'coming.no-holds'),
    ...(speaking ? [speaking] : []),
    ...(bells && !drawn ? [t('coming.bells')] : []),
    ...(ambience ? [t('coming.ambience')] : []),
    ...(drawn ? [] : [t('coming.silences')]),
    t('coming.free'),
    t('coming.optional'),
  ];
}
