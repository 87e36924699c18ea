import { html, nothing } from '../vendor/lit.js';
import { journal } from '../lib/journal.js';
import { Face } from './face.js';

const LOOKS = [0, 250, 750, 2000]; // ms: an entry is written a moment after the silence

/**
 * Beneath the choices after a session: whether anything is kept of it, and two quiet
 * things to do about that. It says nothing it does not know. Dispatches 'note' with
 * the entry when a person would like to note how it is.
 */
class AfterNote extends Face {
  static properties = { ...Face.properties, session: {}, known: { state: true }, sorry: { state: true } };

  constructor() {
    super();
    /** The session's id. */
    this.session = '';
    /** @type {'nothing' | 'off' | 'kept' | 'none'} */
    this.known = 'nothing';
    /** @type {import('../protocol.js').Entry | null} */
    this.entry = null;
    this.sorry = '';
  }

  /** @param {Map<string, unknown>} changed */
  willUpdate(changed) {
    if (changed.has('session')) void this.ask(this.session);
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    clearTimeout(this.again);
  }

  /** @param {string} session @param {number} [look] */
  async ask(session, look = 0) {
    try {
      const { on } = await journal.look();
      const entry = on && session ? await journal.entry(session) : null;
      if (session !== this.session) return;
      this.entry = entry;
      this.known = entry ? 'kept' : on ? 'nothing' : 'off';
    } catch (refusal) {
      if (session === this.session) this.lookAgain(session, look, refusal);
    }
  }

  /** @param {string} session @param {number} look @param {unknown} refusal */
  lookAgain(session, look, refusal) {
    const next = LOOKS[look + 1];
    const absent = /** @type {{code?: string}} */ (refusal).code === 'not-found';
    if (next !== undefined && this.isConnected) this.again = setTimeout(() => void this.ask(session, look + 1), next);
    else this.known = absent ? 'none' : 'nothing';
  }

  erase = async () => {
    try {
      await journal.erase(this.session);
      this.entry = null;
      this.known = 'none';
      this.sorry = '';
      await this.updateComplete;
      /** @type {HTMLElement | null} */ (this.querySelector('p'))?.focus();
    } catch (refusal) {
      this.sorry = this.why(/** @type {{text?: string}} */ (refusal));
    }
  };

  render() {
    if (this.known === 'nothing') return nothing;
    const kept = this.known === 'kept';
    return html`
      ${kept && journal.wants('after')
        ? html`<button class="plain" @click=${() => this.dispatchEvent(new CustomEvent('note', { detail: this.entry }))}>${this.t('kept.note')}</button>`
        : nothing}
      <p class="quiet" tabindex="-1"><span role="status">${this.sorry || this.t(kept ? 'kept.yes' : 'kept.no')}</span></p>
      ${kept ? html`<button class="plain" @click=${this.erase}>${this.t('kept.erase')}</button>` : nothing}
      ${this.known === 'off' ? html`<a class="way" href="#journal" @click=${() => this.dispatchEvent(new CustomEvent('away'))}>${this.t('kept.journal')}</a>` : nothing}
    `;
  }
}

customElements.define('after-note', AfterNote);
