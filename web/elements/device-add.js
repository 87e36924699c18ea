import { html, live, nothing } from '../vendor/lit.js';
import { devices, inThrees, pictureOf, withoutToken } from '../lib/devices.js';
import { Face } from './face.js';

/** @import {Device, Invitation, Role} from '../protocol.js' */

/** @type {readonly Role[]} */
export const ROLES = ['display', 'remote', 'guest', 'guide'];

const LOOK = 1000; // ms between two looks whether it has come
const MINUTE = 60_000;

/**
 * A device is let in: as what, then a picture for its camera and a number for a hand.
 * When it has come it can be given a name.
 */
class DeviceAdd extends Face {
  static properties = {
    ...Face.properties,
    room: {},
    as: { state: true },
    invitation: { state: true },
    state: { state: true },
    plain: { state: true },
    came: { state: true },
    sorry: { state: true },
  };

  constructor() {
    super();
    /** Which room it is for. */
    this.room = '';
    this.rest();
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.withdraw();
  }

  /** Nothing is open. */
  rest() {
    clearTimeout(this.alarm);
    /** @type {Role | null} */
    this.as = null;
    /** @type {Invitation | null} */
    this.invitation = null;
    /** @type {'open' | 'spent' | 'ended'} */
    this.state = 'open';
    this.plain = false;
    /** @type {Device | null} */
    this.came = null;
    this.sorry = '';
  }

  /** What is open is open no more. */
  withdraw() {
    if (this.invitation && !this.came) void devices.withdraw(this.invitation.id).catch(() => {});
    this.rest();
  }

  close = () => {
    this.withdraw();
    this.dispatchEvent(new Event('close'));
  };

  /** @param {Role} role */
  async invite(role) {
    this.withdraw();
    this.as = role;
    try {
      const invitation = await devices.invite(this.room, role);
      if (this.as !== role || !this.isConnected) return void devices.withdraw(invitation.id).catch(() => {});
      this.invitation = invitation;
      this.again();
    } catch (refusal) {
      this.sorry = this.why(/** @type {{text?: string}} */ (refusal));
    }
  }

  /** Another one, for the same. */
  once = () => {
    if (this.as) void this.invite(this.as);
  };

  again() {
    clearTimeout(this.alarm);
    this.alarm = setTimeout(() => void this.looks(), LOOK);
  }

  /** Whether it has come. */
  async looks() {
    const { invitation } = this;
    if (!invitation) return;
    const seen = await devices.invited(invitation.id).catch((refusal) => (refusal.code === 'not-connected' ? null : { state: /** @type {const} */ ('ended') }));
    if (invitation !== this.invitation) return;
    if (seen?.state === 'used') return this.comes(seen.device ?? null);
    if (seen?.state === 'ended') this.state = 'ended';
    else {
      this.state = seen?.spent ? 'spent' : 'open';
      this.requestUpdate();
      this.again();
    }
  }

  /** @param {Device | null} device */
  async comes(device) {
    this.came = device;
    void devices.look();
    if (!device) return this.close();
    await this.updateComplete;
    this.querySelector('input')?.focus();
  }

  /** @param {SubmitEvent} event */
  keep = async (event) => {
    event.preventDefault();
    const name = /** @type {HTMLInputElement} */ (this.querySelector('input')).value.trim();
    try {
      if (name && this.came) await devices.alter(this.came.id, { name });
      this.close();
    } catch (refusal) {
      this.sorry = this.why(/** @type {{text?: string}} */ (refusal));
    }
  };

  render() {
    return html`<div class="adding">
      ${this.came ? this.naming(this.came) : this.asking()}
      <p class="quiet" role="status">${this.sorry}</p>
    </div>`;
  }

  asking() {
    return html`<fieldset>
        <legend>${this.t('device.add.as')}</legend>
        <div class="chips">${ROLES.map((role) => html`<label>
          <input type="radio" name="device-role" .checked=${live(this.as === role)} @change=${() => this.invite(role)} />
          ${this.t(`device.role.${role}`)}
        </label>`)}</div>
      </fieldset>
      ${this.as ? html`<p class="quiet">${this.t(`device.does.${this.as}`)}</p>` : nothing}
      ${this.invitation ? this.open(this.invitation) : nothing}
      <div class="chips">
        ${this.state === 'ended' ? html`<button @click=${this.once}>${this.t('device.again')}</button>` : nothing}
        <button @click=${this.close}>${this.t('device.close')}</button>
      </div>`;
  }

  /** @param {Invitation} invitation */
  open(invitation) {
    if (this.state === 'ended') return html`<p>${this.t('device.ended')}</p>`;
    const theme = this.here.wishes.kept.theme;
    const address = withoutToken((this.plain && invitation.plain) || invitation.link);
    return html`<div class="invited">
      <figure>
        <img class="code" alt=${this.t('device.picture')} src=${pictureOf(invitation, theme, this.plain)} />
        <figcaption class="quiet">${this.t('device.scan')}</figcaption>
      </figure>
      <div>
        ${this.state === 'spent'
          ? html`<p>${this.t('device.spent')}</p>`
          : html`<p>${this.t('device.type', { address })}</p>
              <p class="number numbers" aria-label=${[...invitation.number].join(' ')}>${inThrees(invitation.number)}</p>`}
        <p class="quiet">${this.left(invitation)}</p>
        ${invitation.plain
          ? html`<div class="chips"><label><input type="checkbox" .checked=${live(this.plain)} @change=${() => (this.plain = !this.plain)} />${this.t('device.plain')}</label></div>`
          : nothing}
      </div>
    </div>`;
  }

  /** @param {Invitation} invitation */
  left({ until }) {
    const n = Math.ceil((until - Date.now()) / MINUTE);
    return n > 1 ? this.t('device.left', { n }) : this.t('device.left.seconds');
  }

  /** @param {Device} device */
  naming({ name }) {
    return html`<form @submit=${this.keep}>
      <p>${this.t('device.came')}</p>
      <label for="device-name">${this.t('device.name')}</label>
      <input id="device-name" maxlength="40" autocomplete="off" .value=${live(name)} />
      <div class="chips"><button>${this.t('device.keep')}</button></div>
    </form>`;
  }
}

customElements.define('device-add', DeviceAdd);
