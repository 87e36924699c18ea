import { html, live, nothing } from '../vendor/lit.js';
import { devices } from '../lib/devices.js';
import { Face } from './face.js';
import { ROLES } from './device-add.js';

/** @import {Device, Role} from '../protocol.js' */

/** One device of a room: how it stands, and folded away, what can be otherwise about it. */
class DeviceRow extends Face {
  static properties = { ...Face.properties, device: { attribute: false }, rooms: { attribute: false }, told: { state: true } };

  constructor() {
    super();
    /** @type {Device} */
    this.device;
    /** Where it could be. @type {readonly {id: string, name: string}[]} */
    this.rooms = [];
    this.told = '';
  }

  /** Says why, where it could not be done. @param {Promise<unknown>} answer @param {string} [done] */
  async tell(answer, done = '') {
    this.told = '';
    await answer.then(() => (this.told = done), (refusal) => (this.told = this.why(refusal)));
  }

  get name() {
    return this.device.name || this.t(`device.role.${this.device.role}`);
  }

  /** It in the room that this window is in, if it is there too. */
  get person() {
    return this.here.room.people.find(({ id }) => this.device.people.includes(id));
  }

  /** @param {Event} event */
  named = ({ target }) => {
    const name = /** @type {HTMLInputElement} */ (target).value.trim();
    void this.tell(devices.alter(this.device.id, { name }));
  };

  /** @param {Event} event */
  moved = ({ target }) => void this.tell(devices.alter(this.device.id, { room: /** @type {HTMLSelectElement} */ (target).value }));

  /** @param {Role} role */
  becomes(role) {
    void this.tell(devices.alter(this.device.id, { role }));
  }

  identify = () => void this.tell(devices.identify(this.device.id), this.t('device.identified'));

  out = () => void this.tell(devices.putOut(this.device.id));

  sound = () => void this.tell(this.here.room.do('sound', { by: this.person?.id }));

  render() {
    return html`<details class="device">
        <summary><span class="name">${this.name}</span> <span class="quiet">${this.stands()}</span></summary>
        <div class="within">${this.otherwise()}</div>
      </details>
      ${this.chooses ? html`<button class="sounds" @click=${this.sound}>${this.t('tool.here')}</button>` : nothing}
      <p class="quiet" role="status">${this.told}</p>`;
  }

  /** Whether the sound could come here in one tap. */
  get chooses() {
    const { person, here: { room } } = this;
    return person?.armed && person.id !== (room.coming || room.sound);
  }

  /** What it is, and how it stands. */
  stands() {
    const { device, person, here: { room } } = this;
    const sounds = person && person.id === (room.coming || room.sound);
    return [
      ...(device.name ? [this.t(`device.role.${device.role}`)] : []),
      this.t(device.here ? 'device.here' : 'device.away'),
      ...(sounds ? [this.t('device.sounds')] : person?.armed ? [this.t('device.armed')] : []),
    ].join(' · ');
  }

  otherwise() {
    const { device } = this;
    return html`
      <label class="field">${this.t('device.name')}
        <input maxlength="40" autocomplete="off" .value=${live(device.name)} @change=${this.named} /></label>
      ${device.plain ? nothing : html`<fieldset><legend>${this.t('device.role')}</legend>
        <div class="chips">${ROLES.map((role) => html`<label>
          <input type="radio" name=${`role-${device.id}`} .checked=${live(role === device.role)} @change=${() => this.becomes(role)} />
          ${this.t(`device.role.${role}`)}</label>`)}</div></fieldset>`}
      ${this.rooms.length > 1 ? html`<label class="field">${this.t('device.room')}
        <select @change=${this.moved}>${this.rooms.map(({ id, name }) => html`<option value=${id} .selected=${live(id === device.room)}>${name}</option>`)}</select></label>` : nothing}
      <div class="chips">
        ${device.here ? html`<button @click=${this.identify}>${this.t('device.identify')}</button>` : nothing}
        <button @click=${this.out}>${this.t('device.out')}</button>
      </div>`;
  }
}

customElements.define('device-row', DeviceRow);
