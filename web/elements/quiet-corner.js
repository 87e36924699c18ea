import { html } from '../vendor/lit.js';
import { Face } from './face.js';
import { looks } from './looks.js';

/** How it looks and whether it moves, in a corner of its own. */
class QuietCorner extends Face {
  render() {
    return html`<details class="corner" @focusout=${this.leave}>
      <summary>${this.t('corner')}</summary>
      <div class="corner-card">${looks(this.here)}</div>
    </details>`;
  }

  /** @param {FocusEvent} event */
  leave(event) {
    const details = /** @type {HTMLDetailsElement} */ (event.currentTarget);
    if (event.relatedTarget instanceof Node && !details.contains(event.relatedTarget)) details.open = false;
  }
}

customElements.define('quiet-corner', QuietCorner);
