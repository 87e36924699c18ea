import { html } from '../vendor/lit.js';

/** The sign for the room around: something near, something far. */
export function horizon() {
  return html`<svg class="horizon" viewBox="0 0 112 52" aria-hidden="true">
    <path d="M4 48H108M28 36a28 28 0 0 1 56 0"></path>
  </svg>`;
}
