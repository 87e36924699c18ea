import { html, nothing } from '../vendor/lit.js';

/** What can be read before a session begins: its words, and what there is besides it. */

/** @param {import('../lib/words.js').Words} t @param {import('../protocol.js').ScriptText | null} text */
export function transcript(t, text) {
  if (!text) return nothing;
  return html`<details class="transcript">
    <summary>${t('before.transcript')}</summary>
    ${text.transcript.map(({ section, lines }) => html`<section lang=${text.language}>
      ${section ? html`<h2>${section}</h2>` : nothing} ${lines.map((line) => html`<p>${line}</p>`)}
    </section>`)}
    <p class="quiet">${byWhom(t, text)}</p>
  </details>`;
}

/** @param {import('../lib/words.js').Words} t @param {import('../protocol.js').ScriptText} text */
function byWhom(t, { author, reviewer }) {
  const names = [author ? t('before.author', { author }) : '', reviewer ? t('before.reviewer', { reviewer }) : ''];
  return names.filter(Boolean).join(' ');
}

/**
 * Others of the same kind and language. Those behind an advisory are never offered here.
 * @param {import('../lib/words.js').Words} t
 * @param {import('../protocol.js').ScriptSummary[]} scripts @param {import('../protocol.js').ScriptSummary} than
 */
export function another(t, scripts, than) {
  const more = scripts.filter(({ kind, language, id, level }) => kind === than.kind && language === than.language && id !== than.id && level < 2);
  if (!more.length) return nothing;
  return html`<details>
    <summary>${t('before.another')}</summary>
    <ul class="scripts">
      ${more.map(({ id, title, summary }) => html`<li>
        <a href="#before/${id}" lang=${than.language}><span>${title}</span> <span class="quiet">${summary}</span></a>
      </li>`)}
    </ul>
  </details>`;
}
