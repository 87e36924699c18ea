import { html } from '../vendor/lit.js';
import { HEIGHT, WIDTH, front } from './figure-body.js';

/** The sign for a body scan: a body with a light at its feet, where ours begin. */
export function standing() {
  return html`<svg class="standing" viewBox="0 0 ${WIDTH} ${HEIGHT}" aria-hidden="true">
    <radialGradient id="around-the-feet"><stop class="lit"></stop><stop class="lit" offset="1" stop-opacity="0"></stop></radialGradient>
    <linearGradient id="from-the-feet" x2="0" y2="1"><stop offset="0.86"></stop><stop class="lit" offset="0.97"></stop></linearGradient>
    <ellipse cx=${WIDTH / 2} cy="428" rx="125" ry="75" fill="url(#around-the-feet)"></ellipse>
    <path d=${front} fill="url(#from-the-feet)"></path>
  </svg>`;
}

/** The sign for the room around: something near, something far. */
export function horizon() {
  return html`<svg class="horizon" viewBox="0 0 112 52" aria-hidden="true">
    <path d="M4 48H108M28 36a28 28 0 0 1 56 0"></path>
  </svg>`;
}
