import { html, nothing } from '../vendor/lit.js';
import { hourOf, network } from '../lib/network.js';
import { Face } from './face.js';

/** Whether devices in the Wi-Fi can join, until when, and where: said plainly, and switched by one tap. */
export class NetworkSwitch extends Face {
  static properties = { ...Face.properties, brief: { attribute: false }, sorry: { state: true } };

  constructor() {
    super();
    /** Whether a banner says elsewhere that it is on. */
    this.brief = false;
    this.sorry = '';
  }

  connectedCallback() {
    super.connectedCallback();
    network.addEventListener('change', () => this.requestUpdate(), { signal: this.leaving?.signal });
    network.watch();
  }

  /** @param {boolean} on */
  async turn(on) {
    this.sorry = '';
    await network.turn(on).catch((refusal) => (this.sorry = this.why(refusal)));
  }

  render() {
    const { seen, own } = network;
    if (!seen) return nothing;
    if (this.brief && seen.on && !seen.refused) return this.where(seen);
    return html`<p>${this.now(seen)}</p>
      ${own
        ? html`<div class="chips"><button @click=${() => this.turn(!seen.on)}>${this.t(seen.on ? 'network.turn-off' : 'network.turn-on')}</button></div>`
        : html`<p class="quiet">${this.t('network.elsewhere')}</p>`}
      <p class="quiet" role="status">${this.sorry}</p>
      ${seen.on ? this.where(seen) : nothing}`;
  }

  /** @param {import('../protocol.js').NetworkSeen} seen */
  now(seen) {
    if (!seen.on) return this.t(network.own ? 'network.turn-on.what' : 'network.off');
    return seen.refused ? this.refused(seen.refused) : untilWhen(this.here.t, seen);
  }

  /** The server's sentence is in English. @param {string} text */
  refused(text) {
    return this.here.t.language === 'en' ? text : this.t('network.refused');
  }

  /** @param {import('../protocol.js').NetworkSeen} seen */
  where({ addresses, plain, fingerprint, renewed }) {
    if (!addresses.length) return nothing;
    return html`<details class="more">
      <summary>${this.t('network.trust')}</summary>
      <p>${this.t('network.trust.what', { address: `${plain[0] ?? addresses[0]}/trust` })}</p>
      ${renewed ? html`<p>${this.t('network.renewed')}</p>` : nothing}
      ${fingerprint ? html`<p class="quiet">${this.t('network.fingerprint')}<br><code class="fingerprint">${fingerprint}</code></p>` : nothing}
      <p class="quiet">${this.t('network.addresses')}<br>${addresses.map((address) => html`<code>${address}</code> `)}</p>
    </details>`;
  }
}

/** @param {import('../lib/words.js').Words} t @param {import('../protocol.js').NetworkSeen} seen */
export function untilWhen(t, { until = 0 }) {
  const time = hourOf(until, t.language);
  return time ? t('network.until', { time }) : t('network.until.midnight');
}

customElements.define('network-switch', NetworkSwitch);
