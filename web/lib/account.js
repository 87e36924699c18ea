/** What happened in a session that somebody led, in words: who halted it, and that going on was agreed to. No DOM here. */

/** @import {KeptDeed} from '../protocol.js' */
/** @import {Words} from './words.js' */

/** What a deed can be. */
const DEEDS = ['start', 'pause', 'stop', 'ground', 'resume', 'return', 'next', 'previous', 'extend', 'stay', 'go-on', 'reflow', 'skip', 'end', 'alone', 'out', 'slept', 'restarted'];
const WHO = ['guide', 'guest', 'display', 'remote', 'client'];

/** @typedef {Pick<KeptDeed, 'what' | 'client' | 'name' | 'role' | 'agreed'>} Done */

/** By whom: the client's key is the client's, whatever it is a key of. @param {Words} t @param {Done} deed */
function who(t, { client, name, role }) {
  if (client) return t('deed.by.client');
  return name || (role ? t(`deed.by.${role}`) : '');
}

/** How long after the beginning: `12:04`. @param {number} ms */
function clock(ms) {
  const seconds = Math.floor(ms / 1000);
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}

/**
 * Each deed with its time since the beginning.
 * @param {Words} t @param {KeptDeed[]} [account] @returns {{at: string, text: string}[]}
 */
export function deeds(t, account = []) {
  return account.map((deed) => ({ at: clock(deed.after), text: deedText(t, deed) }));
}

/** A deed in words. @param {Words} t @param {Done} deed */
export function deedText(t, deed) {
  const text = t(`deed.${deed.what}`, { who: who(t, deed) });
  return deed.agreed ? t('deed.agreed', { what: text }) : text;
}

/** The same in one line. @param {Words} t @param {KeptDeed[]} [account] */
export const told = (t, account) => deeds(t, account).map(({ at, text }) => `${at} ${text}`).join('; ');

/** What a page to print calls them, its blanks left open. @param {Words} t @returns {[string, string][]} */
export function deedWords(t) {
  return [
    ...DEEDS.map((what) => /** @type {[string, string]} */ ([`deed.${what}`, t(`deed.${what}`, { who: '{who}' })])),
    ...WHO.map((by) => /** @type {[string, string]} */ ([`deed.by.${by}`, t(`deed.by.${by}`)])),
    ['deed.agreed', t('deed.agreed', { what: '{what}' })],
  ];
}
