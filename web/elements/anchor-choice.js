import { html } from '../vendor/lit.js';
import { Face } from './face.js';

/** @typedef {import('../protocol.js').Anchor} Anchor */

/** The steady places, the breath last: it is not neutral for everybody. @type {readonly Anchor[]} */
export const ANCHORS = ['feet', 'hands', 'support', 'sounds', 'sight', 'breath'];

/** Another steady place, while a session runs. */
class AnchorChoice extends Face {
  /** @param {Event} event */
  choose(event) {
    const select = /** @type {HTMLSelectElement} */ (event.target);
    const to = /** @type {Anchor} */ (select.value);
    select.blur(); // a pedal's arrows are to pause again
    this.here.room.do('anchor', { to }).catch(() => this.requestUpdate());
  }

  render() {
    const chosen = this.here.room.session?.settings.anchor ?? 'feet';
    return html`<label class="anchor">
      <span class="quiet">${this.t('anchor.short')}</span>
      <select aria-label=${this.t('anchor.short')} @change=${this.choose}>
        ${ANCHORS.map((anchor) => html`<option value=${anchor} .selected=${anchor === chosen}>${this.t(`anchor.${anchor}`)}</option>`)}
      </select>
    </label>`;
  }
}

customElements.define('anchor-choice', AnchorChoice);
