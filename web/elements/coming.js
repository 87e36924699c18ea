import { BROWSER, WORDS } from '../lib/voices.js';

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
  if (says < voice.of) return t('coming.voice.part', { name: voice.name, says, of: voice.of });
  return t('coming.voice', { name: voice.name });
}
