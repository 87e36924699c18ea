import { svg, html } from '../vendor/lit.js';
import { shape } from '../lib/breaths.js';

const SECOND = 6; // how wide one is drawn
const LOW = 26;
const HIGH = 4;

/**
 * The still picture of a breath: a line that rises as it comes in and falls as it goes out,
 * all drawn to one scale, so that a longer breath is a longer line.
 * @param {readonly import('../lib/breaths.js').Part[]} phases
 */
export function breathShape(phases) {
  const { path, width } = shape(phases.length ? phases : FREE, LOW, HIGH, SECOND);
  return html`<svg class="shape" viewBox="-2 0 ${width + 4} 30" width=${width + 4} height="30" aria-hidden="true"
    data-free=${!phases.length}>${svg`<path d=${path}></path>`}</svg>`;
}

/** Breath as it comes, of no length in particular. @type {import('../lib/breaths.js').Part[]} */
const FREE = [['inhale', 3200], ['exhale', 3800], ['inhale', 2600], ['exhale', 3400]];

/**
 * A breath in words: "in 4, out 6".
 * @param {import('../lib/words.js').Words} t @param {readonly import('../lib/breaths.js').Part[]} phases
 */
export function inWords(t, phases) {
  return phases.map(([kind, ms]) => t(`breath.${kind}.n`, { n: Math.round(ms / 100) / 10 })).join(', ');
}
