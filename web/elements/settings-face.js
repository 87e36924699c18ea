import { html } from '../vendor/lit.js';
import { Face } from './face.js';
import { looks } from './looks.js';
import { top } from './top.js';
import './language-choice.js';

/** Every wish there is, on one quiet page. Each holds at once. What comes first is here; the rest follows beneath it. */
class SettingsFace extends Face {
  static properties = { ...Face.properties, about: {} };

  constructor() {
    super();
    /** The face to go back to, as an address has it. */
    this.about = '';
  }

  render() {
    return html`${top(this.here, `#${this.about}`)}
      <main class="settings">
        <h1 tabindex="-1">${this.t('settings.title')}</h1>
        <language-choice .here=${this.here}></language-choice>
        <section><h2>${this.t('corner')}</h2>${looks(this.here)}</section>
        <settings-more .here=${this.here}></settings-more>
      </main>`;
  }
}

customElements.define('settings-face', SettingsFace);
