import { html, nothing } from '../vendor/lit.js';
import { clamped, Tapping } from '../lib/tapping.js';
import { Face } from './face.js';

/** Keys that tap, beside a finger: those of a keyboard, a pedal and a clicker. */
const KEYS = [' ', 'Enter', 'PageUp', 'PageDown', 'b', 'B', '.'];

/**
 * One's own breathing rate to begin with: by tapping a few breaths, or by a guess. It says
 * `pace` with the breaths a minute.
 */
class OwnPace extends Face {
  static properties = { ...Face.properties, rate: { type: Number }, tapping: { state: true } };

  constructor() {
    super();
    this.rate = 12;
    this.tapping = new Tapping();
  }

  /** @param {number} rate */
  say(rate) {
    this.dispatchEvent(new CustomEvent('pace', { detail: clamped(rate) }));
  }

  /** A tap counts as the finger or the key comes down. @param {Event} event */
  tap = (event) => {
    event.preventDefault();
    this.tapping = this.tapping.tap(event.timeStamp);
    if (this.tapping.rate) this.say(this.tapping.rate);
  };

  /** @param {KeyboardEvent} event */
  key = (event) => {
    if (!KEYS.includes(event.key) || event.ctrlKey || event.metaKey || event.altKey) return false;
    if (!event.repeat) this.tap(event);
    return true;
  };

  /** As long as the button has the focus, keys tap, and neither scroll nor choose. */
  listens = () => (this.here.keys.learner = this.key);

  unlistens = () => {
    if (this.here.keys.learner === this.key) this.here.keys.learner = null;
  };

  disconnectedCallback() {
    super.disconnectedCallback();
    this.unlistens();
  }

  /** As a screen reader presses, with neither finger nor key. @param {MouseEvent} event */
  press = (event) => event.detail === 0 && this.tap(event);

  again = () => (this.tapping = new Tapping());

  words() {
    const { taps, left, rate } = this.tapping;
    if (rate) return this.t('pace.about', { n: rate });
    return taps.length ? this.t('pace.left', { n: left }) : '';
  }

  render() {
    const { rate } = this;
    return html`
      <p class="quiet">${this.t('pace.tap.how')}</p>
      <button class="tap" @pointerdown=${this.tap} @click=${this.press} @focus=${this.listens} @blur=${this.unlistens}>
        <span>${this.t('pace.tap')}</span>
      </button>
      <div class="told">
        <p role="status">${this.words()}</p>
        ${this.tapping.taps.length ? html`<button class="plain" @click=${this.again}>${this.t('pace.again')}</button>` : nothing}
      </div>
      <div class="stepper">
        <button @click=${() => this.say(rate - 1)} .disabled=${rate <= 8}>${this.t('pace.fewer')}</button>
        <output>${this.t('pace.breaths', { n: rate })}</output>
        <button @click=${() => this.say(rate + 1)} .disabled=${rate >= 20}>${this.t('pace.more')}</button>
      </div>
      <p class="quiet">${this.t('pace.hint')}</p>
    `;
  }
}

customElements.define('own-pace', OwnPace);
