/** Coming into a room from the network: who this device is there, and being let in. No DOM here. */

/** @import {Joined, Me} from '../protocol.js' */
/** @import {Refusal} from './asking.js' */
import { ask } from './asking.js';

/** The digits of a number as somebody typed or pasted it. @param {string} typed */
export const digits = (typed) => typed.replace(/\D/g, '');

/** The page of what a device is. @param {Pick<Joined['device'], 'role'>} device */
export const pageOf = ({ role }) => (role === 'guide' ? '/' : `/?role=${role}`);

/**
 * Who this device is; null for a stranger. Rejects with a {@link Refusal}.
 * @param {typeof globalThis.fetch} [fetch] @returns {Promise<Me | null>}
 */
export async function me(fetch) {
  try {
    return await ask('/api/me', { fetch });
  } catch (refusal) {
    if (/** @type {Refusal} */ (refusal).code === 'not-paired') return null;
    throw refusal;
  }
}

/**
 * Answers an invitation. Rejects with a {@link Refusal}.
 * @param {{token: string} | {number: string}} knock @param {typeof globalThis.fetch} [fetch] @returns {Promise<Joined>}
 */
export const pair = (knock, fetch) => ask('/api/pair', { method: 'POST', body: knock, fetch });
