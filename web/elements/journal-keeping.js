import { html, nothing } from '../vendor/lit.js';
import { Bringing } from '../lib/bringing.js';
import { journal } from '../lib/journal.js';
import { Face } from './face.js';

/** @type {readonly import('../protocol.js').CheckInWish[]} */
const WISHES = ['never', 'before', 'after', 'both'];

const NAME = 40; // characters of a code name

/** How the journal is kept, and how it ends. Dispatches 'news' with a sentence when everything is erased. */
class JournalKeeping extends Face {
  static properties = { ...Face.properties, sorry: { state: true } };

  constructor() {
    super();
    this.sorry = '';
    this.bringing = new Bringing();
  }

  connectedCallback() {
    super.connectedCallback();
    const signal = this.leaving?.signal;
    journal.addEventListener('change', () => this.requestUpdate(), { signal });
    this.bringing.addEventListener('change', () => this.requestUpdate(), { signal });
    this.bringing.addEventListener('change', () => this.bringing.state === 'done' && void journal.look().catch(() => {}), { signal });
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.bringing.cancel();
  }

  /** @param {import('../protocol.js').JournalWish} wish */
  async wish(wish) {
    this.sorry = '';
    await journal.wish(wish).catch((refusal) => (this.sorry = this.why(refusal)));
    this.requestUpdate(); // what was ticked and refused is not ticked
  }

  eraseAll = async () => {
    try {
      await journal.eraseAll();
      this.dispatchEvent(new CustomEvent('news', { detail: this.t('keeping.erased') }));
    } catch (refusal) {
      this.sorry = this.why(/** @type {{text?: string}} */ (refusal));
    }
  };

  render() {
    const { kept } = journal;
    if (!kept) return nothing;
    return html`
      <div class="chips"><label>
        <input type="checkbox" .checked=${kept.on} @change=${(/** @type {Event} */ event) => this.wish({ on: ticked(event) })} />${this.t('keeping.on')}
      </label></div>
      ${kept.on ? html`${this.checkIns(kept)} ${this.codeName(kept)}` : nothing}
      <section><h2>${this.t('keeping.place')}</h2><p class="place quiet">${kept.place}</p></section>
      ${kept.on ? this.import() : nothing} ${this.erasing()}
      <p class="quiet" role="status">${this.sorry}</p>
    `;
  }

  /** @param {import('../protocol.js').JournalKept} kept */
  checkIns(kept) {
    return html`<fieldset>
      <legend>${this.t('keeping.check')}</legend>
      <div class="chips">
        ${WISHES.map((checkIn) => html`<label>
          <input type="radio" name="check-in-wish" .checked=${kept.checkIn === checkIn} @change=${() => this.wish({ checkIn })} />${this.t(`keeping.check.${checkIn}`)}
        </label>`)}
      </div>
    </fieldset>`;
  }

  /** @param {import('../protocol.js').JournalKept} kept */
  codeName(kept) {
    return html`<label class="field">
      <span class="label">${this.t('keeping.code')}</span> <span class="quiet">${this.t('keeping.code.what')}</span>
      <input type="text" maxlength=${NAME} .value=${kept.codeName} autocomplete="off" @change=${(/** @type {Event} */ event) => this.wish({ codeName: valueOf(event) })} />
    </label>`;
  }

  import() {
    const { state, share } = this.bringing;
    return html`<section>
      <h2>${this.t('keeping.import')}</h2>
      <p class="quiet">${this.t('keeping.import.what')}</p>
      <div class="chips">
        ${state === 'bringing'
          ? html`<button @click=${() => this.bringing.cancel()}>${this.t('cancel')}</button>`
          : html`<label class="file"><input type="file" accept=".json,.csv,application/json,text/csv" @change=${this.bring} />${this.t('keeping.import.choose')}</label>`}
      </div>
      <p class="quiet"><span role="status">${this.brought()}</span>
        ${state === 'bringing' ? html`<span aria-hidden="true">${this.t('keeping.import.share', { n: Math.floor(share * 100) })}</span>` : nothing}</p>
    </section>`;
  }

  /** The same file can be chosen again. @param {Event} event */
  bring = (event) => {
    const input = /** @type {HTMLInputElement} */ (event.target);
    const [file] = input.files ?? [];
    if (file) this.bringing.bring(file);
    input.value = '';
  };

  brought() {
    const { state, brought, why } = this.bringing;
    if (state === 'bringing') return this.t('keeping.importing');
    if (state === 'done') return this.t('keeping.imported', { n: brought?.new ?? 0 });
    return state === 'gone' ? why || this.t('sorry') : '';
  }

  /** It says what it does, and does it. */
  erasing() {
    return html`<details class="erasing">
      <summary>${this.t('keeping.erase')}</summary>
      <p>${this.t('keeping.erase.what')}</p>
      <button @click=${this.eraseAll}>${this.t('keeping.erase.now')}</button>
    </details>`;
  }
}

/** @param {Event} event */
const ticked = (event) => /** @type {HTMLInputElement} */ (event.target).checked;

/** @param {Event} event */
const valueOf = (event) => /** @type {HTMLInputElement} */ (event.target).value;

customElements.define('journal-keeping', JournalKeeping);
