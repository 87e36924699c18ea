import { html } from '../vendor/lit.js';
import { Face } from './face.js';

/**
 * What this is, and is not; how to come back; whom to turn to.
 * @param {import('../lib/words.js').Words} t
 */
export function safety(t) {
  return html`
    <p>${t('safety.what')}</p>
    <h3 class="label">${t('safety.back.title')}</h3>
    <p>${t('safety.back')}</p>
    <h3 class="label">${t('safety.more.title')}</h3>
    <p>${t('safety.more')}</p>
    <p>
      <a href="https://findahelpline.com" rel="noreferrer" target="_blank">findahelpline.com</a> ·
      <a href="https://www.befrienders.org" rel="noreferrer" target="_blank">befrienders.org</a>
    </p>
  `;
}

/** The same, read when wanted, never in the way. */
class SafetyNote extends Face {
  open = () => this.querySelector('dialog')?.showModal();
  close = () => this.querySelector('dialog')?.close();

  render() {
    return html`
      <button class="plain" @click=${this.open}>${this.t('safety.title')}</button>
      <dialog aria-labelledby="safety-title">
        <h2 class="prompt" id="safety-title">${this.t('safety.title')}</h2>
        ${safety(this.here.t)}
        <button @click=${this.close}>${this.t('close')}</button>
      </dialog>
    `;
  }
}

customElements.define('safety-note', SafetyNote);
