import { html, live } from '../vendor/lit.js';
import { THEMES } from './wishes.js';

/** How it looks, and whether it moves: a person's wishes. @param {import('./face.js').Here} here */
export function looks({ t, wishes }) {
  return html`
    <fieldset>
      <legend>${t('corner.light')}</legend>
      <div class="chips">
        ${THEMES.map((theme) => html`<label>
          <input type="radio" name="theme" value=${theme} .checked=${live(wishes.kept.theme === theme)}
            @change=${() => wishes.keep({ theme })} />${t(`theme.${theme}`)}
        </label>`)}
      </div>
    </fieldset>
    <div class="chips">
      <label>
        <input type="checkbox" .checked=${live(wishes.still)} .disabled=${wishes.system.matches}
          @change=${(/** @type {Event} */ event) => wishes.keep({ still: ticked(event) })} />${t('corner.still')}
      </label>
      <label>
        <input type="checkbox" .checked=${live(wishes.kept.time)}
          @change=${(/** @type {Event} */ event) => wishes.keep({ time: ticked(event) })} />${t('corner.time')}
      </label>
    </div>
  `;
}

/** @param {Event} event */
function ticked(event) {
  return /** @type {HTMLInputElement} */ (event.target).checked;
}
