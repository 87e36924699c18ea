import { html } from '../vendor/lit.js';
import { Face } from './face.js';
import { THEMES } from './wishes.js';

/** How it looks and whether it moves, in a corner of its own. */
class QuietCorner extends Face {
  render() {
    const { wishes } = this.here;
    return html`<details class="corner" @focusout=${this.leave}>
      <summary>${this.t('corner')}</summary>
      <div class="corner-card">
        <fieldset>
          <legend>${this.t('corner.light')}</legend>
          <div class="chips">
            ${THEMES.map(
              (theme) => html`<label>
                <input type="radio" name="theme" value=${theme} .checked=${wishes.kept.theme === theme}
                  @change=${() => wishes.keep({ theme })} />${this.t(`theme.${theme}`)}
              </label>`,
            )}
          </div>
        </fieldset>
        <div class="chips">
          <label>
            <input type="checkbox" .checked=${wishes.still} .disabled=${wishes.system.matches}
              @change=${(/** @type {Event} */ event) => wishes.keep({ still: ticked(event) })} />${this.t('corner.still')}
          </label>
          <label>
            <input type="checkbox" .checked=${wishes.kept.time}
              @change=${(/** @type {Event} */ event) => wishes.keep({ time: ticked(event) })} />${this.t('corner.time')}
          </label>
        </div>
      </div>
    </details>`;
  }

  /** @param {FocusEvent} event */
  leave(event) {
    const details = /** @type {HTMLDetailsElement} */ (event.currentTarget);
    if (event.relatedTarget instanceof Node && !details.contains(event.relatedTarget)) details.open = false;
  }
}

/** @param {Event} event */
function ticked(event) {
  return /** @type {HTMLInputElement} */ (event.target).checked;
}

customElements.define('quiet-corner', QuietCorner);
