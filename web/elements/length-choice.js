import { html, live, nothing, styleMap } from '../vendor/lit.js';
import { lengths, LONG } from '../lib/lengths.js';
import { spokenTime } from '../lib/time.js';
import { Face } from './face.js';

const MINUTE = 60_000;

/** How long, by a word or by a slider. Beyond twenty minutes is asked for first. Says `minutes` with the choice. */
class LengthChoice extends Face {
  static properties = { ...Face.properties, length: { attribute: false }, minutes: { attribute: false }, asked: { state: true } };

  constructor() {
    super();
    /** The script's, in ms. @type {{want: number, min: number, max: number}} */
    this.length;
    this.minutes = 0;
    /** Whether more than twenty minutes was asked for. */
    this.asked = false;
  }

  /** @param {Map<string, unknown>} changed */
  willUpdate(changed) {
    if (changed.has('length')) this.asked = false;
  }

  /** @param {number} detail */
  choose(detail) {
    this.dispatchEvent(new CustomEvent('minutes', { detail }));
  }

  render() {
    const choice = lengths(this.length, this.asked || this.minutes > LONG);
    if (!choice) return nothing;
    return html`
      ${choice.words.length > 1 || choice.longer ? this.words(choice) : nothing}
      ${this.slider(choice)}
      ${this.minutes > LONG ? html`<p class="quiet">${this.t('length.long')}</p>` : nothing}
    `;
  }

  /** @param {import('../lib/lengths.js').Lengths} choice */
  words({ words, longer }) {
    return html`<fieldset>
      <legend class="unseen">${this.t('length.words')}</legend>
      <div class="chips">
        ${words.map((n) => html`<label>
          <input type="radio" name="minutes" value=${n} .checked=${live(this.minutes === n)} @change=${() => this.choose(n)} />
          ${this.t(`length.${n}`)}
        </label>`)}
        ${longer ? html`<button class="plain" @click=${() => (this.asked = true)}>${this.t('length.longer')}</button>` : nothing}
      </div>
    </fieldset>`;
  }

  /** @param {import('../lib/lengths.js').Lengths} choice */
  slider({ min, max }) {
    const words = spokenTime(this.here.t, this.minutes * MINUTE);
    return html`<input type="range" min=${min} max=${max} step="1" .value=${live(String(this.minutes))}
      aria-label=${this.t('before.length')} aria-valuetext=${words}
      style=${styleMap({ '--share': String((this.minutes - min) / (max - min)) })}
      @input=${(/** @type {Event} */ event) => this.choose(Number(/** @type {HTMLInputElement} */ (event.target).value))} />`;
  }
}

customElements.define('length-choice', LengthChoice);
