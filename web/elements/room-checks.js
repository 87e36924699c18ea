import { html } from '../vendor/lit.js';
import { Face } from './face.js';

/** What is easily forgotten before a client comes in. Begin never waits for it, and nothing of it is kept. */
export const CHECKS = /** @type {const} */ (['consent', 'signal', 'reach', 'sound', 'phone']);

/** A few lines to tick, or not. Dispatches 'checked' with how many are. */
class RoomChecks extends Face {
  static properties = { ...Face.properties, done: { state: true } };

  constructor() {
    super();
    /** @type {ReadonlySet<string>} */
    this.done = new Set();
  }

  /** @param {string} name @param {boolean} on */
  tick(name, on) {
    const done = new Set(this.done);
    if (on) done.add(name);
    else done.delete(name);
    this.done = done;
    this.dispatchEvent(new CustomEvent('checked', { detail: done.size }));
  }

  render() {
    return html`<ul class="checks">
      ${CHECKS.map((name) => html`<li><label>
        <input type="checkbox" .checked=${this.done.has(name)}
          @change=${(/** @type {Event} */ event) => this.tick(name, /** @type {HTMLInputElement} */ (event.target).checked)} />
        <span>${this.t(`room.check.${name}`)}</span>
      </label></li>`)}
    </ul>`;
  }
}

customElements.define('room-checks', RoomChecks);
