import { html, nothing } from '../vendor/lit.js';
import { Taking } from '../lib/taking.js';
import { Face } from './face.js';

/** @type {readonly import('../protocol.js').FileOrder['format'][]} */
const FORMATS = ['mp3', 'flac', 'wav'];

/** The session as it is chosen here, made a file that plays anywhere. */
class TakeHome extends Face {
  static properties = { ...Face.properties, script: { attribute: false }, order: { attribute: false }, hint: { attribute: false } };

  constructor() {
    super();
    /** Another one's file is another. */
    this.script = '';
    /** What the file is made of. @type {() => Omit<import('../protocol.js').FileOrder, 'format'>} */
    this.order;
    /** What will be otherwise than in the session, or ''. */
    this.hint = '';
    this.taking = new Taking();
    this.taking.addEventListener('change', () => this.requestUpdate());
    this.brought = '';
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.taking.cancel();
  }

  /** @param {Map<string, unknown>} changed */
  willUpdate(changed) {
    if (changed.has('script')) this.taking.cancel();
  }

  /** The file comes by itself, once. */
  updated() {
    const { state, address } = this.taking;
    if (state !== 'ready' || address === this.brought) return;
    this.brought = address;
    /** @type {HTMLAnchorElement | null} */ (this.querySelector('a[download]'))?.click();
  }

  render() {
    const { state } = this.taking;
    return html`<details>
      <summary>${this.t('take.title')}</summary>
      <p class="quiet">${this.t('take.what')} ${this.hint}</p>
      <div class="chips">
        ${state === 'making'
          ? html`<button @click=${() => this.taking.cancel()}>${this.t('cancel')}</button>`
          : FORMATS.map((format) => html`<button @click=${() => this.taking.make({ ...this.order(), format })}>${this.t(`take.${format}`)}</button>`)}
        ${state === 'ready' ? this.file() : nothing}
      </div>
      <p class="quiet"><span role="status">${this.status()}</span> ${state === 'making' ? this.share() : nothing}</p>
    </details>`;
  }

  file() {
    const { address, name } = this.taking;
    return html`<a class="button" href=${address} download=${name}>${this.t('take.again')}</a>`;
  }

  /** Read aloud once, not with every step. */
  status() {
    const { state, name, why } = this.taking;
    if (state === 'idle') return '';
    return state === 'gone' ? this.why({ text: why }) : this.t(`take.${state}`, { name });
  }

  share() {
    const { share } = this.taking;
    return share === null ? nothing : html`<span aria-hidden="true">${this.t('take.share', { n: Math.floor(share * 100) })}</span>`;
  }
}

customElements.define('take-home', TakeHome);
