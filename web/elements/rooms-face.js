import { html, nothing, repeat } from '../vendor/lit.js';
import { rooms } from '../lib/rooms.js';
import { Face } from './face.js';
import { top } from './top.js';
import './rooms-room.js';

const LONGEST = 40; // letters of a room's name

/** The rooms of a practice at one glance: who is there, what is under way, and what there was today. */
class RoomsFace extends Face {
  static properties = { ...Face.properties, sorry: { state: true } };

  constructor() {
    super();
    this.sorry = '';
  }

  connectedCallback() {
    super.connectedCallback();
    const signal = this.leaving?.signal;
    rooms.addEventListener('change', () => this.requestUpdate(), { signal });
    document.addEventListener('visibilitychange', this.seen, { signal });
    this.seen();
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    rooms.rest();
  }

  seen = () => (document.hidden ? rooms.rest() : rooms.watch());

  make = async (/** @type {Event} */ event) => {
    event.preventDefault();
    const field = /** @type {HTMLInputElement} */ (this.querySelector('form.make input'));
    const name = field.value.trim();
    if (!name) return;
    this.sorry = '';
    try {
      await rooms.make(name);
      field.value = '';
    } catch (refusal) {
      this.sorry = this.why(/** @type {{text?: string}} */ (refusal));
    }
  };

  render() {
    const { all, missing } = rooms;
    return html`${top(this.here)}
      <main class="rooms">
        <h1 tabindex="-1">${this.t('rooms.title')}</h1>
        <p class="quiet" role="status">${this.sorry || (missing ? this.t('rooms.missing') : '')}</p>
        ${all && !all.length ? html`<p class="quiet">${this.t('rooms.none')}</p>` : nothing}
        ${all ? html`<ul class="all">${repeat(all, ({ id }) => id, (room) => html`<li><rooms-room .here=${this.here} .room=${room}></rooms-room></li>`)}</ul>` : nothing}
        <form class="make" @submit=${this.make}>
          <label class="field"><span>${this.t('rooms.name')}</span><input maxlength=${LONGEST} autocomplete="off" /></label>
          <button>${this.t('rooms.make')}</button>
        </form>
        <p><a class="way" href="#scripts/treatment">${this.t('kind.treatment')}</a></p>
      </main>`;
  }
}

customElements.define('rooms-face', RoomsFace);
