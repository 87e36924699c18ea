import { html } from '../vendor/lit.js';
import { keyVerb } from '../lib/keys.js';
import { Face } from './face.js';

/** A lock against stray touches, which says that pause and stop are never behind it. */
class RoomLock extends Face {
  static properties = { ...Face.properties, lock: { attribute: false } };

  constructor() {
    super();
    /** @type {import('../lib/lock.js').Lock} */
    this.lock;
    /** Whether the finger that is down found it closed. */
    this.found = false;
  }

  connectedCallback() {
    super.connectedCallback();
    const signal = this.leaving?.signal;
    this.lock.addEventListener('change', () => this.requestUpdate(), { signal });
    window.addEventListener('keydown', this.key, { capture: true, signal });
  }

  key = (/** @type {KeyboardEvent} */ event) => {
    if (this.lock.on && !event.repeat) this.lock.key(keyVerb(event, this.here.wishes.kept.keys));
  };

  press = (/** @type {PointerEvent} */ event) => {
    this.found = this.lock.on;
    /** @type {Element} */ (event.currentTarget).setPointerCapture(event.pointerId);
    this.lock.press();
  };

  release = () => this.lock.release();

  /** A finger closes it; what is no finger, as a screen reader, opens it too. @param {MouseEvent} event */
  turn = ({ detail }) => {
    if (detail === 0 && this.lock.on) this.lock.open();
    else if (detail === 0 || !this.found) this.lock.close();
  };

  render() {
    const { on, pressed } = this.lock;
    return html`<button class="lock" aria-pressed=${on} data-held=${pressed}
      @pointerdown=${this.press} @pointerup=${this.release} @pointercancel=${this.release} @lostpointercapture=${this.release} @click=${this.turn}>
      <i aria-hidden="true"></i><span>${this.t(on ? 'room.unlock' : 'room.lock')}</span>
    </button>`;
  }
}

customElements.define('room-lock', RoomLock);
