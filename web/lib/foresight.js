/** The timeline of a session that has not been made. */

/** @import {Settings, Timeline} from '../protocol.js' */

/** @typedef {{script: string, settings: Settings}} Order */

/** Asks for one timeline at a time, and then for the latest that was wished for. Fires `change` when it has come. */
export class Foresight extends EventTarget {
  /** @type {Timeline | null} */
  timeline = null;

  #fetch;
  /** What was wished for last, as it is sent. */
  #wish = '';
  #script = '';
  #asking = false;

  /** @param {(address: string, ask: RequestInit) => Promise<Pick<Response, 'ok' | 'json'>>} [fetch] */
  constructor(fetch = (address, ask) => globalThis.fetch(address, ask)) {
    super();
    this.#fetch = fetch;
  }

  /** Another script's timeline is never shown as this one's. @param {Order} order */
  look(order) {
    const wish = JSON.stringify(order);
    if (wish === this.#wish) return;
    if (order.script !== this.#script) this.timeline = null;
    this.#wish = wish;
    this.#script = order.script;
    if (!this.#asking) void this.#ask();
  }

  /** Until what came is what is wished for. */
  async #ask() {
    this.#asking = true;
    let seen;
    let asked;
    do {
      asked = this.#wish;
      seen = await this.#answer(asked);
    } while (asked !== this.#wish);
    this.#asking = false;
    this.timeline = seen;
    this.dispatchEvent(new Event('change'));
  }

  /** @param {string} body @returns {Promise<Timeline | null>} null where it cannot be had */
  async #answer(body) {
    try {
      const answer = await this.#fetch('/api/timeline', { method: 'POST', headers: { 'Content-Type': 'application/json' }, body });
      return answer.ok ? await answer.json() : null;
    } catch {
      return null; // the page tells what it knows without it
    }
  }
}
