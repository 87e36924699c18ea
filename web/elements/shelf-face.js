import { html, nothing } from '../vendor/lit.js';
import { spokenTime } from '../lib/time.js';
import { Face } from './face.js';
import { top } from './top.js';

/** The order kinds are shown in. */
const KINDS = /** @type {const} */ (['body scan', 'breathing', 'grounding', 'treatment']);

/** Every script there is, by kind; those with an advisory behind one more tap. */
class ShelfFace extends Face {
  static properties = { ...Face.properties, kind: {} };

  constructor() {
    super();
    this.kind = '';
  }

  render() {
    const kinds = KINDS.filter((kind) => !this.kind || kind === this.kind);
    return html`
      ${top(this.here)}
      <main class="shelf">
        <h1 tabindex="-1">${this.kind ? this.t(`kind.${this.kind}`) : this.t('shelf.title')}</h1>
        ${kinds.map((kind) => this.row(kind))}
        <p class="quiet" role="status">${this.missing()}</p>
      </main>
    `;
  }

  /** @param {string} kind */
  row(kind) {
    const all = this.here.library.scripts.filter((script) => script.kind === kind);
    const open = all.filter((script) => script.level < 2);
    const held = all.filter((script) => script.level === 2);
    if (!all.length) return nothing;
    return html`<section>
      ${this.kind ? nothing : html`<h2>${this.t(`kind.${kind}`)}</h2>`}
      ${kind === 'breathing' ? html`<a class="way" href="#breathing">${this.t('breathing.all')}</a>` : nothing} ${this.list(open)}
      ${held.length
        ? html`<details><summary>${this.t('shelf.holds')}</summary>${this.list(held)}</details>`
        : nothing}
    </section>`;
  }

  /** @param {import('../protocol.js').ScriptSummary[]} scripts */
  list(scripts) {
    return html`<ul class="scripts">
      ${scripts.map(
        (script) => html`<li>
          <a href="#before/${script.id}" lang=${script.language}>
            <span class="titled"><span>${script.title}</span> <span class="quiet" lang=${this.here.t.language}>${this.long(script)}</span></span>
            <span class="quiet">${script.summary}</span>
          </a>
        </li>`,
      )}
    </ul>`;
  }

  /** How long it wants to be; nothing of a script with faults. @param {import('../protocol.js').ScriptSummary} script */
  long({ length: { want } }) {
    return want ? spokenTime(this.here.t, want) : '';
  }
}

customElements.define('shelf-face', ShelfFace);
