import { html, nothing, repeat } from '../vendor/lit.js';
import { devices, ownWindows } from '../lib/devices.js';
import { network } from '../lib/network.js';
import { rooms } from '../lib/rooms.js';
import { Face } from './face.js';
import { row } from './row.js';
import './device-add.js';
import './device-row.js';
import './network-switch.js';

/** @import {Device, Participant} from '../protocol.js' */

/**
 * The devices of a room, which the guide sees, names, moves and puts out, and lets in. Given
 * `room`, the id of one; the windows of this computer stand there too, for the sound can come to them.
 */
class RoomDevices extends Face {
  static properties = { ...Face.properties, room: {}, adding: { state: true }, told: { state: true } };

  constructor() {
    super();
    this.room = '';
    this.adding = false;
    this.told = '';
    /** Who was here when the devices were last looked at. */
    this.ids = '';
  }

  connectedCallback() {
    super.connectedCallback();
    for (const source of [devices, network, rooms]) source.addEventListener('change', this.again, { signal: this.leaving?.signal });
    devices.watch();
    network.watch();
    if (!rooms.all) void rooms.look();
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    devices.rest();
  }

  again = () => this.requestUpdate();

  /** Somebody has come or gone: their device has too. */
  look() {
    const ids = this.here.room.people.map(({ id }) => id).join();
    if (ids !== this.ids) void devices.look();
    this.ids = ids;
    super.look();
  }

  add = () => (this.adding = true);

  added = () => {
    this.adding = false;
    void this.updateComplete.then(() => /** @type {HTMLElement | null} */ (this.querySelector('.add'))?.focus());
  };

  render() {
    const here = devices.of(this.room);
    return row(this.t('device.title'), this.briefly(here), html`
      ${here.length ? html`<ul class="devices">${repeat(here, ({ id }) => id, (device) => html`<li>
        <device-row .here=${this.here} .device=${device} .rooms=${rooms.all ?? []}></device-row></li>`)}</ul>`
        : html`<p class="quiet">${this.t('device.none')}</p>`}
      ${this.windows()} ${this.door()}`);
  }

  /** Who is here, in a line. @param {Device[]} here */
  briefly(here) {
    return here.map(({ name, role }) => name || this.t(`device.role.${role}`)).join(' · ') || this.t('device.nobody');
  }

  /** The other windows of this computer, where they may sound. */
  windows() {
    const { room } = this.here;
    if (room.name !== this.room) return nothing;
    const own = ownWindows(room.people, devices.all ?? []).filter(({ id, armed }) => armed && id !== room.you?.id && id !== (room.coming || room.sound));
    return own.length ? html`<ul class="devices">${own.map((person) => html`<li>
      <span class="name">${person.name || this.t(`device.role.${person.role}`)}</span>
      <button class="sounds" @click=${() => this.sound(person)}>${this.t('tool.here')}</button></li>`)}</ul>
      <p class="quiet" role="status">${this.told}</p>` : nothing;
  }

  /** @param {Participant} person */
  async sound({ id }) {
    this.told = '';
    await this.here.room.do('sound', { by: id }).catch((refusal) => (this.told = this.why(refusal)));
  }

  /** Where others come in, once the network is on. */
  door() {
    if (this.adding) return html`<device-add .here=${this.here} .room=${this.room} @close=${this.added}></device-add>`;
    const open = network.seen?.on && !network.seen.refused;
    return html`${open ? html`<div class="chips"><button class="add" @click=${this.add}>${this.t('device.add')}</button></div>` : nothing}
      <network-switch .here=${this.here} .brief=${true}></network-switch>`;
  }
}

customElements.define('room-devices', RoomDevices);
