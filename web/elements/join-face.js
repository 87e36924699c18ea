import { html, LitElement, nothing } from '../vendor/lit.js';
import { digits, me, pageOf, pair } from '../lib/joining.js';

/** @import {Joined} from '../protocol.js' */

/**
 * Where a device comes in: by the link it has read, which is answered at once, or by
 * six digits. It says which room it is in and as what, and leads on to that. It is a
 * page of its own, for who stands here has no room yet.
 */
export class JoinFace extends LitElement {
  static properties = { here: { attribute: false }, state: { state: true }, joined: { state: true }, sorry: { state: true } };

  constructor() {
    super();
    /** @type {Pick<import('../here.js').Here, 't' | 'wishes'>} */
    this.here;
    /** What the link carried; '' for none. */
    this.token = '';
    /** Whether this device was in a room until just now. */
    this.left = false;
    /** @type {'looking' | 'door' | 'in'} */
    this.state = 'looking';
    /** @type {Joined | null} */
    this.joined = null;
    this.sorry = '';
  }

  get t() {
    return this.here.t;
  }

  createRenderRoot() {
    return this;
  }

  connectedCallback() {
    super.connectedCallback();
    void (this.token ? this.knock({ token: this.token }) : this.look());
  }

  /** Whoever is known already need not knock. */
  async look() {
    try {
      const who = await me();
      if (who?.local) return location.replace('/');
      this.comes(who);
    } catch (refusal) {
      this.stays(/** @type {{code: string, text: string}} */ (refusal));
    }
  }

  /** @param {{token: string} | {number: string}} knock */
  async knock(knock) {
    this.state = 'looking';
    this.sorry = '';
    try {
      this.comes(await pair(knock));
    } catch (refusal) {
      this.stays(/** @type {{code: string, text: string}} */ (refusal));
    }
  }

  /** @param {Joined | null} joined */
  comes(joined) {
    this.joined = joined;
    this.state = joined ? 'in' : 'door';
    this.heading();
  }

  /** @param {{code: string, text: string}} refusal */
  stays({ code, text }) {
    this.state = 'door';
    const own = `join.${code}`;
    this.sorry = this.t.has(own) ? this.t(own) : (this.t.language === 'en' && text) || this.t('sorry');
  }

  heading() {
    void this.updateComplete.then(() => this.querySelector('h1')?.focus());
  }

  /** @param {SubmitEvent} event */
  answer = (event) => {
    event.preventDefault();
    const number = digits(/** @type {HTMLInputElement} */ (this.querySelector('input')).value);
    if (number.length === 6) void this.knock({ number });
    else this.sorry = this.t('join.digits');
  };

  other = () => this.comes(null);

  render() {
    return html`
      <header class="top"><span class="brand">${this.t('name')}</span></header>
      <main class="join" aria-busy=${this.state === 'looking'}>${this.middle()}</main>
    `;
  }

  middle() {
    if (this.state === 'in' && this.joined) return this.within(this.joined);
    return this.state === 'door' ? this.door() : html`<h1 tabindex="-1" class="quiet" role="status">${this.t('join.moment')}</h1>`;
  }

  /** @param {Joined} joined */
  within({ device, place }) {
    return html`<h1 tabindex="-1">
        <span role="status">${this.t(`join.is.${device.role}`)}</span>
        <span class="quiet">${place || this.t('join.home')}</span>
      </h1>
      <a class="button act" href=${pageOf(device)}>${this.t('join.on')}</a>
      <button class="plain" @click=${this.other}>${this.t('join.other')}</button>`;
  }

  door() {
    return html`<h1 tabindex="-1">${this.t('join.title')}</h1>
      <p class="quiet">${this.t(this.left ? 'join.left' : 'join.what')}</p>
      <form @submit=${this.answer}>
        <label for="number">${this.t('join.number')}</label>
        <input id="number" class="numbers" inputmode="numeric" autocomplete="one-time-code" maxlength="12" spellcheck="false"
          aria-describedby="join-sorry" aria-invalid=${this.sorry ? 'true' : nothing} />
        <button class="act">${this.t('join.go')}</button>
      </form>
      <p id="join-sorry" role="status">${this.sorry}</p>`;
  }
}

customElements.define('join-face', JoinFace);
