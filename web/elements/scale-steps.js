import { html } from '../vendor/lit.js';
import { MOST } from '../lib/check-in.js';
import { Face } from './face.js';

const STEPS = Array.from({ length: MOST + 1 }, (_, i) => i);

/**
 * One measure from 0 to 10, with its ends in words and nothing said to begin with.
 * Not to say is a step like the others, so that a number can be taken back.
 * Dispatches 'value' with the number, or null.
 */
class ScaleSteps extends Face {
  static properties = { ...Face.properties, measure: {}, value: { attribute: false } };

  constructor() {
    super();
    /** @type {import('../protocol.js').Measure} */
    this.measure = 'comfort';
    /** @type {number | null} */
    this.value = null;
  }

  render() {
    const { measure, value } = this;
    return html`<fieldset class="scale">
      <legend>${this.t(`measure.${measure}`)} <span class="quiet numbers" aria-hidden="true">${value ?? this.t('check.not-said')}</span></legend>
      <div class="steps numbers">${STEPS.map((step) => this.step(step))} ${this.step(null)}</div>
      <p class="ends quiet"><span>${this.t(`measure.${measure}.0`)}</span> <span>${this.t(`measure.${measure}.10`)}</span></p>
    </fieldset>`;
  }

  /** @param {number | null} step */
  step(step) {
    const choose = () => this.dispatchEvent(new CustomEvent('value', { detail: step }));
    return html`<label>
      <input type="radio" name=${this.name} .checked=${this.value === step} @change=${choose}
        aria-label=${step === null ? this.t('check.rather-not') : this.said(step)} />
      <span aria-hidden="true">${step ?? '–'}</span>
    </label>`;
  }

  /** A number as it is heard; those at the ends with their words. @param {number} step */
  said(step) {
    return step === 0 || step === MOST ? this.t(`measure.${this.measure}.${step}`) : String(step);
  }

  /** Radio buttons of one name belong together, and two check-ins may be on a page. */
  name = `scale-${++scales}`;
}

let scales = 0;

customElements.define('scale-steps', ScaleSteps);
