import { html, nothing } from '../vendor/lit.js';
import { network } from '../lib/network.js';
import { NetworkSwitch, untilWhen } from './network-switch.js';

/**
 * At the foot of every face of a guide's while the network is on: nobody should forget that
 * devices can join. It stands beneath everything, so that nothing moves when it comes, and
 * not where a session runs, whose lower half pauses.
 */
class NetworkBanner extends NetworkSwitch {
  /** What sticks to the foot of the window stands above it. */
  standing = new ResizeObserver(() => document.body.style.setProperty('--foot', `${this.offsetHeight}px`));

  connectedCallback() {
    super.connectedCallback();
    this.standing.observe(this);
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.standing.disconnect();
  }

  render() {
    const { seen, own } = network;
    this.ariaLabel = this.t('network.title');
    if (!seen?.on || this.here.room.you?.role !== 'guide') return nothing;
    return html`<p>${seen.refused ? this.refused(seen.refused) : untilWhen(this.here.t, seen)} <span role="status">${this.sorry}</span></p>
      ${own ? html`<button class="plain" @click=${() => this.turn(false)}>${this.t('network.turn-off')}</button>` : nothing}`;
  }
}

customElements.define('network-banner', NetworkBanner);

/** @param {import('../here.js').Here} here */
export function bannerFor(here) {
  const banner = new NetworkBanner();
  banner.here = here;
  banner.role = 'region';
  document.body.append(banner);
}
