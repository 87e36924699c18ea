/** Coming into a room from the network: who this device is there, and being let in. No DOM here. */

/** @import {Joined, Me} from '../protocol.js' */

/** @typedef {{code: string, text: string}} Refusal text is a sentence for people, in English, or '' where nobody answered */

/** @type {Refusal} */
const NOBODY = { code: 'lost', text: '' };

/** The digits of a number as somebody typed or pasted it. @param {string} typed */
export const digits = (typed) => typed.replace(/\D/g, '');

/** The page of what a device is. @param {Pick<Joined['device'], 'role'>} device */
export const pageOf = ({ role }) => (role === 'guide' ? '/' : `/?role=${role}`);

/**
 * Who this device is; null for a stranger. Rejects with a {@link Refusal}.
 * @param {typeof globalThis.fetch} [fetch] @returns {Promise<Me | null>}
 */
export async function me(fetch = globalThis.fetch) {
  const answer = await asked(() => fetch('/api/me', { cache: 'no-store' }));
  return answer.status === 401 ? null : said(answer);
}

/**
 * Answers an invitation. Rejects with a {@link Refusal}.
 * @param {{token: string} | {number: string}} knock @param {typeof globalThis.fetch} [fetch] @returns {Promise<Joined>}
 */
export async function pair(knock, fetch = globalThis.fetch) {
  const headers = { 'Content-Type': 'application/json' };
  return said(await asked(() => fetch('/api/pair', { method: 'POST', headers, body: JSON.stringify(knock) })));
}

/** @param {() => Promise<Response>} ask */
async function asked(ask) {
  try {
    return await ask();
  } catch {
    throw NOBODY;
  }
}

/** @param {Response} answer */
async function said(answer) {
  const body = await answer.json().catch(() => null);
  if (answer.ok && body) return body;
  throw body?.code ? body : { ...NOBODY, code: 'internal' };
}
