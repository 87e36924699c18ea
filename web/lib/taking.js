/**
 * A session's sound made a file to take home: asked for, watched, and given up
 * when nobody wants it any more.
 */

/** @import {FileOrder, FileSeen} from '../protocol.js' */
import { later } from './later.js';

const LOOK_EACH = 400; // ms

/** Fires `change` when anything below has changed. */
export class Taking extends EventTarget {
  /** @type {'idle' | 'making' | 'ready' | 'gone'} */
  state = 'idle';
  /** How much is made, 0–1; null while that is not known. @type {number | null} */
  share = null;
  name = '';
  /** ready: where the file is */
  address = '';
  /** gone: why, a sentence; '' where nobody could be asked */
  why = '';

  #fetch;
  #schedule;
  /** What is being made; whatever is heard of anything older counts no more. @type {{id: string} | null} */
  #file = null;
  /** @type {(() => void) | undefined} */
  #endWait;

  /**
   * @param {object} [options]
   * @param {typeof globalThis.fetch} [options.fetch]
   * @param {import('./later.js').Schedule} [options.schedule]
   */
  constructor({ fetch = (...asked) => globalThis.fetch(...asked), schedule = later } = {}) {
    super();
    this.#fetch = fetch;
    this.#schedule = schedule;
  }

  /** Begins to make a file; one that is being made is given up for it. @param {FileOrder} order */
  async make(order) {
    this.cancel();
    const file = (this.#file = { id: '' });
    this.#tell({ state: 'making', share: null, why: '' });
    try {
      const body = JSON.stringify(order);
      const answer = await this.#fetch('/api/files', { method: 'POST', headers: { 'Content-Type': 'application/json' }, body });
      const said = await answer.json();
      if (answer.ok) file.id = said.id;
      if (this.#file !== file) this.#forget(file);
      else if (answer.ok) await this.#look(file);
      else this.#gone(said.text);
    } catch {
      if (this.#file === file) this.#gone('');
    }
  }

  /** Gives up what is being made. A file that is ready stays for as long as the server keeps it. */
  cancel() {
    const { state } = this;
    const file = this.#file;
    this.#endWait?.();
    this.#file = null;
    if (file && state === 'making') this.#forget(file);
    if (state !== 'idle') this.#tell({ state: 'idle' });
  }

  /** @param {{id: string}} file */
  async #look(file) {
    const seen = await this.#seen(file);
    if (this.#file !== file) return;
    if (seen?.state === 'gone') return this.#gone(seen.why ?? '');
    if (seen?.state === 'ready') return this.#tell({ state: 'ready', name: seen.name, address: `/api/files/${file.id}/${encodeURIComponent(seen.name)}` });
    if (seen) this.#tell({ name: seen.name, share: seen.of ? seen.done / seen.of : null });
    this.#endWait = this.#schedule(() => void this.#look(file), LOOK_EACH);
  }

  /** Null where nobody answers; it may be answered yet. @param {{id: string}} file @returns {Promise<FileSeen | null>} */
  async #seen({ id }) {
    try {
      const answer = await this.#fetch(`/api/files/${id}`);
      return await answer.json();
    } catch {
      return null;
    }
  }

  /** @param {string} why */
  #gone(why) {
    this.#file = null;
    this.#tell({ state: 'gone', why });
  }

  /** @param {{id: string}} file */
  #forget({ id }) {
    if (id) this.#fetch(`/api/files/${id}`, { method: 'DELETE', keepalive: true }).catch(() => {}); // it is forgotten by itself later
  }

  /** @param {Partial<Taking>} news */
  #tell(news) {
    Object.assign(this, news);
    this.dispatchEvent(new Event('change'));
  }
}
