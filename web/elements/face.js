import { LitElement } from '../vendor/lit.js';

/** @typedef {import('../here.js').Here} Here */

/**
 * An element drawn in the page itself (light DOM), so that one style sheet and one
 * focus order serve all. It looks again whenever anything it was given changes.
 */
export class Face extends LitElement {
  static properties = { here: { attribute: false } };

  constructor() {
    super();
    /** @type {Here} */
    this.here;
    /** @type {AbortController | undefined} */
    this.leaving = undefined;
  }

  connectedCallback() {
    super.connectedCallback();
    this.listen();
  }

  /**
   * What stood on the page before its element was known has `here` from its first look on.
   * @param {Map<PropertyKey, unknown>} changed
   */
  update(changed) {
    this.listen();
    super.update(changed);
  }

  listen() {
    if (!this.here || this.leaving || !this.isConnected) return; // a picture is told everything it shows
    const { room, sound, library, wishes } = this.here;
    this.leaving = new AbortController();
    for (const source of [room, sound, library, wishes]) {
      source.addEventListener('change', () => this.look(), { signal: this.leaving.signal });
    }
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.leaving?.abort();
    this.leaving = undefined;
  }

  /** Something has changed. */
  look() {
    this.requestUpdate();
  }

  createRenderRoot() {
    return this;
  }

  /** @param {string} key @param {Record<string, string | number>} [vars] */
  t(key, vars) {
    return this.here.t(key, vars);
  }

  /**
   * Why something was not done, in the reader's language: the room's own sentences are in English.
   * @param {{code?: string, text?: string}} refusal
   */
  why({ code, text }) {
    if (text && this.here.t.language === 'en') return text;
    const key = `refused.${code}`;
    return this.t(this.here.t.has(key) ? key : 'sorry');
  }

  /** A sentence while the library cannot be had, or ''. */
  missing() {
    return this.here.library.missing ? this.t('sorry.library') : '';
  }
}
