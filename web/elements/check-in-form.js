import { html, live, nothing } from '../vendor/lit.js';
import { MEASURES, NOTE, withFeeling, withMeasure } from '../lib/check-in.js';
import { journal } from '../lib/journal.js';
import { Face } from './face.js';
import { figureShapes } from './body-figure.js';
import './body-words.js';
import './scale-steps.js';

/** @typedef {import('../protocol.js').CheckIn} CheckIn */

const WIDE = 62; // rem, as the sheet has it

/**
 * How it is, on one screen: three measures, the body, feelings and a line, all of
 * them optional. Dispatches 'keep' with the check-in, and 'leave'.
 */
class CheckInForm extends Face {
  static properties = { ...Face.properties, value: { attribute: false }, sorry: {}, checkIn: { state: true } };

  constructor() {
    super();
    /** What there is to begin with. @type {CheckIn} */
    this.value = {};
    this.sorry = '';
    /** @type {CheckIn} */
    this.checkIn = {};
    /** Whether there is room for all of it at once. */
    this.wide = false;
  }

  connectedCallback() {
    super.connectedCallback();
    const rem = parseFloat(getComputedStyle(document.documentElement).fontSize);
    this.wide = (this.parentElement?.clientWidth ?? 0) >= WIDE * rem;
    journal.vocabulary().then(() => this.requestUpdate(), () => {}); // the measures and the line need no words
  }

  /** Whatever the page says later, what a person is noting stays theirs. */
  willUpdate() {
    if (!this.hasUpdated) this.checkIn = this.value;
  }

  render() {
    const { words } = journal;
    return html`
      ${figureShapes()}
      <div class="check-in">
        <div class="measures">
          ${MEASURES.map((measure) => html`<scale-steps .here=${this.here} measure=${measure} .value=${this.checkIn[measure] ?? null}
            @value=${(/** @type {CustomEvent} */ event) => (this.checkIn = withMeasure(this.checkIn, measure, event.detail))}></scale-steps>`)}
        </div>
        ${words ? html`${this.body(words)} ${this.feelings(words)}` : nothing}
        ${this.line()}
      </div>
      <div class="keeping">
        <button @click=${() => this.dispatchEvent(new CustomEvent('leave'))}>${this.t('check.leave')}</button>
        <button class="act" @click=${() => this.dispatchEvent(new CustomEvent('keep', { detail: this.checkIn }))}>${this.t('check.keep')}</button>
      </div>
      <p class="quiet" role="status">${this.sorry}</p>
    `;
  }

  /** @param {import('../protocol.js').NotedWords} words */
  body(words) {
    return html`<details class="where" ?open=${this.wide || Object.keys(this.value.regions ?? {}).length > 0}>
      <summary>${this.t('check.body')}</summary>
      <body-words .here=${this.here} .checkIn=${this.checkIn} .words=${words.sensations}
        @noted=${(/** @type {CustomEvent} */ event) => (this.checkIn = event.detail)}></body-words>
    </details>`;
  }

  /** @param {import('../protocol.js').NotedWords} words */
  feelings(words) {
    const { feelings = [] } = this.checkIn;
    const set = (/** @type {string} */ word) => (/** @type {Event} */ event) => {
      this.checkIn = withFeeling(this.checkIn, word, /** @type {HTMLInputElement} */ (event.target).checked);
    };
    return html`<details class="feelings" ?open=${this.wide || (this.value.feelings?.length ?? 0) > 0}>
      <summary>${this.t('check.feelings')}</summary>
      <fieldset>
        <legend class="unseen">${this.t('check.feelings')}</legend>
        <div class="chips small">
          ${words.feelings.map((word) => html`<label>
            <input type="checkbox" .checked=${feelings.includes(word)} @change=${set(word)} />${this.t(`feeling.${word}`)}
          </label>`)}
        </div>
      </fieldset>
    </details>`;
  }

  line() {
    return html`<label class="field line-of">
      <span class="label">${this.t('check.note')}</span>
      <input type="text" maxlength=${NOTE} .value=${live(this.checkIn.note ?? '')} autocomplete="off"
        @input=${(/** @type {Event} */ event) => (this.checkIn = { ...this.checkIn, note: /** @type {HTMLInputElement} */ (event.target).value })} />
    </label>`;
  }
}

customElements.define('check-in-form', CheckInForm);
