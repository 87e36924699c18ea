/** What happened in a session, line by line, as its guide reads it afterwards. No DOM here. */

/** @import {Deed} from '../protocol.js' */
/** @import {Words} from './words.js' */

/** What is left out: the wishes in between that changed nothing a record is asked for. @type {readonly string[]} */
const KNOWN = [
  'start', 'pause', 'stop', 'ground', 'resume', 'return', 'next', 'previous', 'extend', 'stay', 'go-on', 'reflow', 'skip',
  'end', 'alone', 'slept', 'restarted',
];

/** @typedef {{clock: string, what: string}} Line */

/**
 * Each deed with the time of day it had.
 * @param {Words} t
 * @param {readonly Deed[]} deeds
 * @param {object} how
 * @param {string} [how.me] the reader, as a participant
 * @param {(at: number) => Date} how.when the time of day of a room time
 * @param {string} how.language
 * @returns {Line[]}
 */
export function lines(t, deeds, { me, when, language }) {
  const clock = new Intl.DateTimeFormat(language, { hour: '2-digit', minute: '2-digit', hour12: false });
  return deeds.filter(({ what }) => KNOWN.includes(what)).map((deed) => {
    const who = whoDid(t, deed, me);
    const parts = [t(`room.did.${deed.what}`), ...(who ? [who] : []), ...(deed.agreed ? [t('room.did.agreed')] : [])];
    return { clock: clock.format(when(deed.at)), what: parts.join(' · ') };
  });
}

/** @param {Words} t @param {Deed} deed @param {string} [me] */
function whoDid(t, { by, name, role, client }, me) {
  if (client) return t('room.client');
  if (!by) return '';
  if (by === me) return t('room.you');
  return name || t(role === 'guest' || role === 'display' ? 'room.client' : 'someone');
}
