import { html } from '../vendor/lit.js';
import { Face } from './face.js';

/** What this is, and is not; how to come back; whom to turn to. Read when wanted, never in the way. */
class SafetyNote extends Face {
  open = () => this.querySelector('dialog')?.showModal();
  close = () => this.querySelector('dialog')?.close();

  render() {
    return html`
      <button class="plain" @click=${this.open}>${this.t('safety.title')}</button>
      <dialog aria-labelledby="safety-title">
        <h2 class="prompt" id="safety-title">${this.t('safety.title')}</h2>
        <p>${this.t('safety.what')}</p>
        <h3 class="label">${this.t('safety.back.title')}</h3>
        <p>${this.t('safety.back')}</p>
        <h3 class="label">${this.t('safety.more.title')}</h3>
        <p>${this.t('safety.more')}</p>
        <p>
          <a href="https://findahelpline.com" rel="noreferrer" target="_blank">findahelpline.com</a> ·
          <a href="https://www.befrienders.org" rel="noreferrer" target="_blank">befrienders.org</a>
        </p>
        <button @click=${this.close}>${this.t('close')}</button>
      </dialog>
    `;
  }
}

customElements.define('safety-note', SafetyNote);
