/**
 * Whether other devices can find this computer, and until when. It is looked at
 * again now and then, for it goes off by itself. No DOM here.
 */

/** @import {NetworkSeen} from '../protocol.js' */
import { ask } from './asking.js';
import { later } from './later.js';
import { me } from './joining.js';

const ROOT = '/api/network';
const SOMETIMES = 60_000; // ms between two looks

/** Fires `change` when what is known has changed. */
export class Network extends EventTarget {
  /** @type {NetworkSeen | null} null until it is known */
  seen = null;
  /** Whether this page is this computer's own, and may switch it. */
  own = false;

  #fetch;
  #schedule;
  #watching = false;

  /** @param {{fetch?: typeof globalThis.fetch, schedule?: import('./later.js').Schedule}} [options] */
  constructor({ fetch = (...asked) => globalThis.fetch(...asked), schedule = later } = {}) {
    super();
    this.#fetch = fetch;
    this.#schedule = schedule;
  }

  /** From now on it is looked at now and then. */
  watch() {
    if (this.#watching) return;
    this.#watching = true;
    void me(this.#fetch).then((who) => (this.own = who?.local === true)).catch(() => {});
    void this.#round();
  }

  async #round() {
    await this.look();
    this.#schedule(() => void this.#round(), SOMETIMES);
  }

  /** What cannot be had stays as it was. */
  async look() {
    await ask(ROOT, { fetch: this.#fetch }).then((seen) => this.#known(seen), () => {});
  }

  /** Switches it. Rejects with a {@link import('./asking.js').Refusal}. @param {boolean} on */
  async turn(on) {
    this.#known(await ask(ROOT, { method: 'PUT', body: { on }, fetch: this.#fetch }));
  }

  /** @param {NetworkSeen} seen */
  #known(seen) {
    this.seen = seen;
    this.dispatchEvent(new Event('change'));
  }
}

/** The hour of an end as a clock shows it; '' for midnight, which has a name. @param {number} until ms since 1970 @param {string} language */
export function hourOf(until, language) {
  const end = new Date(until);
  if (end.getHours() === 0 && end.getMinutes() === 0) return '';
  return new Intl.DateTimeFormat(language === 'en' ? 'en-GB' : language, { hour: '2-digit', minute: '2-digit' }).format(end);
}

/** The network of this page's computer. */
export const network = new Network();
