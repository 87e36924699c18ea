/**
 * The journal as the server keeps it, asked over HTTP. Nothing of it stays here
 * longer than it is shown, and nothing at all in the browser's own storage.
 */

/** @import {CheckIn, Entry, EntryPage, JournalKept, JournalWish, Marks, NotedWords} from '../protocol.js' */
import { tidy } from './check-in.js';

const ROOT = '/api/journal';

/** @typedef {{code: string, text: string}} Refusal text is a sentence for people, or '' where nobody answered */
/** @typedef {Partial<Record<'q' | 'kind' | 'ended' | 'from' | 'to', string>>} Filter */
/**
 * What a file is to hold. The words are for a page: what it calls things.
 * @typedef {object} ExportOrder
 * @property {'csv' | 'json' | 'page'} format
 * @property {string[]} columns as the file calls them
 * @property {string[]} without ids
 * @property {boolean} leftOut
 * @property {Filter} filter
 * @property {Record<string, string>} [words]
 * @property {string} [language]
 */

/** @type {Refusal} */
export const NOBODY = { code: 'not-connected', text: '' };

/**
 * Fires `change` when what is known of its keeping changes. Every question rejects
 * with a {@link Refusal}.
 */
export class Journal extends EventTarget {
  /** Whether it is on, where, and how many entries; null until that has come. @type {JournalKept | null} */
  kept = null;
  /** @type {NotedWords | null} */
  words = null;

  #fetch;

  /** @param {{fetch?: typeof globalThis.fetch}} [options] */
  constructor({ fetch = (...asked) => globalThis.fetch(...asked) } = {}) {
    super();
    this.#fetch = fetch;
  }

  /** Whether a check-in is wanted there. @param {'before' | 'after'} when */
  wants(when) {
    const { on = false, checkIn = 'never' } = this.kept ?? {};
    return on && (checkIn === when || checkIn === 'both');
  }

  async look() {
    return this.#known(await this.#ask(''));
  }

  /** @param {JournalWish} wish */
  async wish(wish) {
    return this.#known(await this.#ask('', 'PUT', wish));
  }

  /** The words a person can choose from. They are the same for as long as the program is. */
  async vocabulary() {
    return (this.words ??= /** @type {NotedWords} */ (await this.#ask('/words')));
  }

  /** @param {Filter} filter @param {{before?: string, limit?: number}} [part] @returns {Promise<EntryPage>} */
  entries(filter, { before = '', limit = 50 } = {}) {
    return this.#ask(`/entries?${queryOf({ ...filter, before, limit: String(limit) })}`);
  }

  /** @param {string} id @returns {Promise<Entry>} */
  entry(id) {
    return this.#ask(entryPath(id));
  }

  /** A blank one takes away what was kept. @param {string} id @param {'before' | 'after'} when @param {CheckIn} checkIn */
  note(id, when, checkIn) {
    return this.#ask(`${entryPath(id)}/checkin/${when}`, 'PUT', tidy(checkIn));
  }

  /** @param {string} id @param {{note?: string, codeName?: string}} change */
  change(id, change) {
    return this.#ask(entryPath(id), 'PUT', change);
  }

  /** @param {string} id */
  async erase(id) {
    await this.#ask(entryPath(id), 'DELETE');
    await this.look().catch(() => {}); // the count is said again when it is next asked for
  }

  async eraseAll() {
    await this.#ask('', 'DELETE');
    await this.look();
  }

  /** @returns {Promise<Marks>} */
  marks() {
    return this.#ask('/marks');
  }

  /** The file a person wants of it. @param {ExportOrder} order @param {AbortSignal} [signal] @returns {Promise<Blob>} */
  async export({ filter, ...order }, signal) {
    const answer = await this.#answer('/export', { method: 'POST', ...json({ ...filter, ...order }), signal });
    return answer.blob().catch((fault) => {
      throw signal?.aborted ? fault : NOBODY;
    });
  }

  /** @param {JournalKept} kept */
  #known(kept) {
    this.kept = kept;
    this.dispatchEvent(new Event('change'));
    return kept;
  }

  /** @param {string} path @param {string} [method] @param {object} [body] */
  async #ask(path, method = 'GET', body = undefined) {
    const answer = await this.#answer(path, { method, ...(body ? json(body) : {}) });
    return answer.status === 204 ? null : answer.json();
  }

  /** @param {string} path @param {RequestInit} request */
  async #answer(path, request) {
    const answer = await this.#fetch(ROOT + path, request).catch((fault) => {
      throw request.signal?.aborted ? fault : NOBODY;
    });
    if (answer.ok) return answer;
    throw await answer.json().catch(() => NOBODY);
  }
}

/** @param {string} id */
const entryPath = (id) => `/entries/${encodeURIComponent(id)}`;

/** @param {object} body @returns {RequestInit} */
const json = (body) => ({ headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) });

/** What is asked for and not blank, as an address says it. @param {Record<string, string | undefined>} asked */
export function queryOf(asked) {
  const said = Object.entries(asked).filter(([, value]) => value);
  return new URLSearchParams(/** @type {[string, string][]} */ (said)).toString();
}

/** The one journal of this computer. */
export const journal = new Journal();
