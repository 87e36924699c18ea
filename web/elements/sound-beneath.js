import { html, live, nothing } from '../vendor/lit.js';
import { Face } from './face.js';

const NAMES = ['none', 'rain', 'ocean', 'brown', 'pink', 'drone'];

/** What sounds beneath it all: what its author wrote, or something else. Says `beneath` with the choice. */
class SoundBeneath extends Face {
  static properties = {
    ...Face.properties,
    script: { attribute: false },
    beneath: {},
  };

  constructor() {
    super();
    /** @type {import('../protocol.js').ScriptSummary} */
    this.script;
    /** '' for what the script has. */
    this.beneath = '';
  }

  /** @param {string} detail */
  choose(detail) {
    this.dispatchEvent(new CustomEvent('beneath', { detail }));
  }

  render() {
    if (this.here.sound.from === 'none') return nothing;
    // A script without any is as written when there is none.
    const own = this.script.ambience.length ? [''] : [];
    const chosen = this.beneath || (own.length ? '' : 'none');
    return html`<details>
      <summary>${this.t('sound.ambience')}</summary>
      <fieldset>
        <legend class="unseen">${this.t('sound.ambience')}</legend>
        <div class="chips">
          ${[...own, ...NAMES].map((name) => html`<label>
            <input type="radio" name="beneath" value=${name} .checked=${live(chosen === name)} @change=${() => this.choose(name)} />
            ${this.t(`beneath.${name || 'written'}`)}
          </label>`)}
        </div>
      </fieldset>
    </details>`;
  }
}

customElements.define('sound-beneath', SoundBeneath);
