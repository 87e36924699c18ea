import { html, nothing } from '../vendor/lit.js';
import { isBlank } from '../lib/check-in.js';
import { journal } from '../lib/journal.js';
import { notedIn } from '../lib/noted.js';
import { Face } from './face.js';
import './check-in-form.js';

/**
 * A check-in before a session, where it is wanted, and otherwise nothing at all.
 * What is noted stays in the page until the session has begun.
 */
class CheckIn extends Face {
  static properties = { ...Face.properties, when: {}, script: {}, open: { state: true } };

  constructor() {
    super();
    /** @type {'before' | 'after'} */
    this.when = 'before';
    /** The script that what is noted belongs to. */
    this.script = '';
    this.open = false;
  }

  connectedCallback() {
    super.connectedCallback();
    journal.addEventListener('change', () => this.requestUpdate(), { signal: this.leaving?.signal });
    journal.look().catch(() => {}); // then nothing is asked
  }

  get noted() {
    return notedIn(this.here.room, journal);
  }

  /** @param {CustomEvent<import('../protocol.js').CheckIn>} event */
  keep = ({ detail }) => {
    if (isBlank(detail)) this.noted.release();
    else this.noted.hold(this.script, detail);
    this.close();
  };

  takeBack = () => {
    this.noted.release();
    this.close();
  };

  /** The keyboard stays where it was. */
  close = () => {
    this.open = false;
    void this.updateComplete.then(() => /** @type {HTMLElement | null} */ (this.querySelector('button'))?.focus());
  };

  render() {
    if (!journal.wants(this.when)) return nothing;
    const held = this.noted.of(this.script);
    if (this.open) {
      return html`<section class="checking">
        <h2>${this.t('check.title')}</h2>
        <p class="quiet">${this.t('check.hint')}</p>
        <check-in-form .here=${this.here} .value=${held ?? {}} @keep=${this.keep} @leave=${this.close}></check-in-form>
      </section>`;
    }
    if (!held) return html`<button class="plain" @click=${() => (this.open = true)}>${this.t('check.before')}</button>`;
    return html`<p class="quiet">${this.t('check.held')}</p>
      <button class="plain" @click=${() => (this.open = true)}>${this.t('check.change')}</button>
      <button class="plain" @click=${this.takeBack}>${this.t('check.back')}</button>`;
  }
}

customElements.define('check-in', CheckIn);
