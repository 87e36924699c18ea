import { html } from '../vendor/lit.js';

/**
 * One decision, folded until somebody wants to make it: its name, and what holds
 * if nobody does.
 * @param {string} name @param {string} value @param {unknown} content @param {boolean} [open] from the start
 */
export function row(name, value, content, open = false) {
  return html`<details class="row" ?open=${open}>
    <summary><span class="label">${name}</span> <span class="value">${value}</span></summary>
    <div class="within">${content}</div>
  </details>`;
}
