/**
 * The treatment rooms of a practice, asked over HTTP and looked at again for as long as
 * somebody looks. No DOM here.
 */

/** @import {TreatmentRoom} from '../protocol.js' */
import { later } from './later.js';

const ROOT = '/api/rooms';
const OFTEN = 2000; // ms between two looks

/** @typedef {{code: string, text: string}} Refusal text is a sentence for people, or '' where nobody answered */

/** Fires `change` when the rooms have come, or cannot be had for now. What is asked of it rejects with a {@link Refusal}. */
export class Rooms extends EventTarget {
  /** @type {TreatmentRoom[] | null} null until they have come */
  all = null;
  /** Whether they could not be had when they were last asked for. */
  missing = false;

  #fetch;
  #schedule;
  /** Whose looking it is now. @type {object | null} */
  #watch = null;
  /** @type {(() => void) | undefined} */
  #endWait;

  /** @param {{fetch?: typeof globalThis.fetch, schedule?: import('./later.js').Schedule}} [options] */
  constructor({ fetch = (...asked) => globalThis.fetch(...asked), schedule = later } = {}) {
    super();
    this.#fetch = fetch;
    this.#schedule = schedule;
  }

  /** A room by its id. @param {string} id */
  find(id) {
    return this.all?.find((room) => room.id === id);
  }

  /** From now on they are looked at again and again. */
  watch() {
    if (this.#watch) return;
    this.#watch = {};
    void this.#round(this.#watch);
  }

  /** Nobody looks any more. */
  rest() {
    this.#watch = null;
    this.#endWait?.();
  }

  async look() {
    try {
      this.all = await this.#ask('');
      this.missing = false;
    } catch {
      this.missing = true;
    }
    this.dispatchEvent(new Event('change'));
  }

  /** @param {object} watch */
  async #round(watch) {
    await this.look();
    if (this.#watch === watch) this.#endWait = this.#schedule(() => void this.#round(watch), OFTEN);
  }

  /** @param {string} name @returns {Promise<TreatmentRoom>} */
  make(name) {
    return this.#change('', 'POST', { name });
  }

  /** @param {string} id @param {{name?: string, plan?: string, host?: true}} wish */
  alter(id, wish) {
    return this.#change(pathOf(id), 'PATCH', wish);
  }

  /** @param {string} id */
  takeAway(id) {
    return this.#change(pathOf(id), 'DELETE');
  }

  /** One entry of the room's last session, in the journal. @param {string} id @param {{codeName: string, note?: string}} how */
  save(id, how) {
    return this.#ask(`${pathOf(id)}/save`, 'POST', how);
  }

  /** What has changed is seen at once. @param {string} path @param {string} method @param {unknown} [body] */
  async #change(path, method, body) {
    const answer = await this.#ask(path, method, body);
    await this.look();
    return answer;
  }

  /** @param {string} path @param {string} [method] @param {unknown} [body] */
  async #ask(path, method = 'GET', body) {
    const json = body === undefined ? {} : { headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) };
    const answer = await this.#fetch(ROOT + path, { method, ...json }).catch(() => null);
    if (!answer) throw { code: 'not-connected', text: '' };
    const told = answer.status === 204 ? null : await answer.json().catch(() => null);
    if (!answer.ok) throw { code: 'internal', text: '', ...told };
    return told;
  }
}

/** @param {string} id */
const pathOf = (id) => `/${encodeURIComponent(id)}`;

/** The rooms of this page. */
export const rooms = new Rooms();
