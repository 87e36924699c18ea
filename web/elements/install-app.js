import { html, nothing } from '../vendor/lit.js';
import { installing } from '../lib/installing.js';
import { Face } from './face.js';

/** A quiet way to have Stillpoint in a window of its own, where the browser offers one. */
class InstallApp extends Face {
  connectedCallback() {
    super.connectedCallback();
    installing.addEventListener('change', this.again);
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    installing.removeEventListener('change', this.again);
  }

  again = () => this.look();

  install = () => void installing.install();

  render() {
    if (!installing.offered) return nothing;
    return html`<div class="chips"><button @click=${this.install}>${this.t('install')}</button></div>
      <p class="quiet">${this.t('install.what')}</p>`;
  }
}

customElements.define('install-app', InstallApp);
