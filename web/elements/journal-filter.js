import { html } from '../vendor/lit.js';
import { ENDS, KINDS } from '../lib/sharing.js';
import { Face } from './face.js';

const SETTLED = 250; // ms after the last letter

/** What to look for among the entries. Dispatches 'filter' a moment after it has changed. */
class JournalFilter extends Face {
  constructor() {
    super();
    /** @type {import('../lib/journal.js').Filter} */
    this.filter = {};
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    clearTimeout(this.waiting);
  }

  /** @param {keyof import('../lib/journal.js').Filter} part */
  set = (part) => (/** @type {Event} */ event) => {
    const { value } = /** @type {HTMLInputElement} */ (event.target);
    this.filter = { ...this.filter, [part]: value };
    clearTimeout(this.waiting);
    this.waiting = setTimeout(() => this.dispatchEvent(new CustomEvent('filter', { detail: this.filter })), part === 'q' ? SETTLED : 0);
  };

  render() {
    return html`<search class="finding">
      <label class="field"><span class="unseen">${this.t('journal.search')}</span>
        <input type="search" maxlength="100" placeholder=${this.t('journal.search')} autocomplete="off" @input=${this.set('q')} /></label>
      <details>
        <summary>${this.t('journal.search.more')}</summary>
        <div class="fields">
          ${this.choice('kind', 'journal.kind', ['journal.kind.all', ...KINDS.map((kind) => `kind.${kind}`)], ['', ...KINDS])}
          ${this.choice('ended', 'journal.ended', ['journal.ended.all', ...ENDS.map((end) => `journal.ended.${end}`)], ['', ...ENDS])}
          <label class="field"><span>${this.t('journal.from')}</span><input type="date" @change=${this.set('from')} /></label>
          <label class="field"><span>${this.t('journal.to')}</span><input type="date" @change=${this.set('to')} /></label>
        </div>
      </details>
    </search>`;
  }

  /** @param {'kind' | 'ended'} part @param {string} label @param {string[]} names @param {string[]} values */
  choice(part, label, names, values) {
    return html`<label class="field"><span>${this.t(label)}</span>
      <select @change=${this.set(part)}>${values.map((value, i) => html`<option value=${value}>${this.t(names[i])}</option>`)}</select>
    </label>`;
  }
}

customElements.define('journal-filter', JournalFilter);
