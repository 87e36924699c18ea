import { html, nothing } from '../vendor/lit.js';
import { withWord, withoutPlace } from '../lib/check-in.js';
import { Face } from './face.js';
import { isPaired, regionIds } from './figure-map.js';
import { placeName, placeNames } from '../lib/place-names.js';

/** @typedef {import('../protocol.js').CheckIn} CheckIn */

const KEYS = regionIds.filter((id) => id !== 'support' && id !== 'outline').flatMap((id) => (isPaired(id) ? [`${id}.left`, `${id}.right`] : [id]));

/**
 * What is there, in a place of the body: touched or chosen by name, and then a few
 * words from a list. Dispatches 'noted' with the new check-in.
 */
class BodyWords extends Face {
  static properties = { ...Face.properties, checkIn: { attribute: false }, words: { attribute: false }, at: { state: true } };

  constructor() {
    super();
    /** @type {CheckIn} */
    this.checkIn = {};
    /** @type {string[]} */
    this.words = [];
    /** The place whose words are shown, or ''. */
    this.at = '';
  }

  /** @param {CheckIn} checkIn */
  tell(checkIn) {
    this.dispatchEvent(new CustomEvent('noted', { detail: checkIn }));
  }

  render() {
    const noted = Object.keys(this.checkIn.regions ?? {});
    const lit = this.at && !noted.includes(this.at) ? [...noted, this.at] : noted;
    const pick = (/** @type {CustomEvent<string>} */ event) => (this.at = event.detail);
    return html`
      <p class="quiet">${this.t('check.body.hint')}</p>
      <div class="figures" aria-hidden="true">
        <body-figure view="front" .lit=${lit} .pickable=${KEYS} @pick=${pick}></body-figure>
        <body-figure view="back" .lit=${lit} .pickable=${KEYS} @pick=${pick}></body-figure>
      </div>
      ${this.byName()} ${this.at ? this.choice() : nothing} ${noted.length ? this.list(noted) : nothing}
    `;
  }

  byName() {
    const choose = (/** @type {Event} */ event) => (this.at = /** @type {HTMLSelectElement} */ (event.target).value);
    return html`<label class="field">
      <span class="unseen">${this.t('check.place')}</span>
      <select .value=${this.at} @change=${choose}>
        <option value="" .selected=${!this.at}>${this.t('check.place.none')}</option>
        ${placeNames(this.here.t, KEYS).map(({ key, name }) => html`<option value=${key} .selected=${key === this.at}>${name}</option>`)}
      </select>
    </label>`;
  }

  choice() {
    const { at } = this;
    const chosen = this.checkIn.regions?.[at] ?? [];
    return html`<fieldset>
      <legend>${this.t('check.place.words', { place: placeName(this.here.t, at) })}</legend>
      <div class="chips small">
        ${this.words.map((word) => html`<label>
          <input type="checkbox" .checked=${chosen.includes(word)}
            @change=${(/** @type {Event} */ event) => this.tell(withWord(this.checkIn, at, word, ticked(event)))} />
          ${this.t(`sensation.${word}`)}
        </label>`)}
      </div>
    </fieldset>`;
  }

  /** @param {string[]} noted */
  list(noted) {
    return html`<ul class="noted">
      ${noted.map((key) => html`<li>
        <button class="plain" @click=${() => (this.at = key)}>${placeName(this.here.t, key)}:
          ${this.checkIn.regions?.[key].map((word) => this.t(`sensation.${word}`)).join(', ')}</button>
        <button class="plain" aria-label="${this.t('check.place.away')}: ${placeName(this.here.t, key)}" @click=${() => this.away(key)}>×</button>
      </li>`)}
    </ul>`;
  }

  /** @param {string} key */
  away(key) {
    if (this.at === key) this.at = '';
    this.tell(withoutPlace(this.checkIn, key));
    /** @type {HTMLElement | null} */ (this.querySelector('select'))?.focus();
  }
}

/** @param {Event} event */
function ticked(event) {
  return /** @type {HTMLInputElement} */ (event.target).checked;
}

customElements.define('body-words', BodyWords);
