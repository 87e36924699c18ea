import { html, nothing } from '../vendor/lit.js';

/**
 * What is good to know first, in the same quiet words for everybody: nothing for a
 * script of level 0, a note for 1, and for 2 that the breath is held.
 * @param {import('../lib/words.js').Words} t
 * @param {Pick<import('../protocol.js').ScriptSummary, 'level' | 'holds'>} script
 */
export function advice(t, { level, holds }) {
  if (level === 0) return nothing;
  return html`<p class="advice">${t(level === 2 && holds ? 'advisory.holds' : 'advisory.slow')}</p>`;
}
