import { html, nothing, repeat } from '../vendor/lit.js';
import { journal } from '../lib/journal.js';
import { AWAY_AT_FIRST, COLUMNS, cell, columnsLeft, inTheFile, pageWords } from '../lib/sharing.js';
import { when } from '../lib/telling.js';
import { Face } from './face.js';
import { isPaired, regionIds } from './figure-map.js';
import './journal-filter.js';
import { tongue } from './tongue.js';

/** @typedef {import('../protocol.js').Entry} Entry */

/** @type {readonly import('../lib/journal.js').ExportOrder['format'][]} */
const FORMATS = ['page', 'csv', 'json'];
const ENDINGS = { page: 'html', csv: 'csv', json: 'json' };
const PAGE = 30;
const KEYS = regionIds.flatMap((id) => (isPaired(id) ? [id, `${id}.left`, `${id}.right`] : [id]));

/** A file to take along, seen as a table before it is made; columns and rows can be taken out of it. */
class JournalShare extends Face {
  static properties = {
    ...Face.properties,
    rows: { state: true },
    more: { state: true },
    columnsAway: { state: true },
    rowsAway: { state: true },
    said: { state: true },
    making: { state: true },
  };

  constructor() {
    super();
    /** @type {Entry[]} */
    this.rows = [];
    this.more = '';
    /** @type {Set<string>} */
    this.columnsAway = new Set(AWAY_AT_FIRST);
    /** @type {Set<string>} ids */
    this.rowsAway = new Set();
    this.said = '';
    /** A file that is being made can be given up. @type {AbortController | null} */
    this.making = null;
    /** @type {import('../lib/journal.js').Filter} */
    this.filter = {};
    this.asked = 0;
  }

  connectedCallback() {
    super.connectedCallback();
    void this.ask();
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.making?.abort();
  }

  /** @param {string} [before] */
  async ask(before = '') {
    const asked = ++this.asked;
    try {
      const page = await journal.entries(this.filter, { before, limit: PAGE });
      if (asked !== this.asked) return;
      this.rows = before ? [...this.rows, ...page.entries] : page.entries;
      this.more = page.more;
    } catch (refusal) {
      this.sorry(refusal);
    }
  }

  /** @param {unknown} refusal */
  sorry(refusal) {
    this.said = this.why(/** @type {{text?: string}} */ (refusal));
  }

  /** @param {CustomEvent<import('../lib/journal.js').Filter>} event */
  find = ({ detail }) => {
    this.filter = detail;
    void this.ask();
  };

  /** @param {import('../lib/journal.js').ExportOrder['format']} format */
  async make(format) {
    const making = (this.making = new AbortController());
    this.said = this.t('share.making');
    try {
      const name = `stillpoint-journal.${ENDINGS[format]}`;
      handOver(await journal.export(await this.order(format), making.signal), name);
      this.said = this.t('share.ready', { name });
    } catch (refusal) {
      if (making.signal.aborted) this.said = '';
      else this.sorry(refusal);
    }
    if (this.making === making) this.making = null;
  }

  /** @param {import('../lib/journal.js').ExportOrder['format']} format @returns {Promise<import('../lib/journal.js').ExportOrder>} */
  async order(format) {
    const columns = columnsLeft(this.columnsAway);
    const order = { format, columns: inTheFile(columns), without: [...this.rowsAway], leftOut: columns.includes('leftOut'), filter: this.filter };
    if (format !== 'page') return order;
    return { ...order, words: pageWords(this.here.t, await journal.vocabulary(), KEYS), language: tongue() };
  }

  render() {
    const shown = this.rows.filter(({ id }) => !this.rowsAway.has(id));
    return html`
      <p class="quiet what">${this.t('share.what')}</p>
      <journal-filter .here=${this.here} @filter=${this.find}></journal-filter>
      ${this.columns()} ${this.preview(shown)}
      <div class="chips">
        ${this.more ? html`<button @click=${() => this.ask(this.more)}>${this.t('journal.more')}</button>` : nothing}
        ${this.rowsAway.size ? html`<span class="quiet away">${this.t('share.rows.away', { n: this.rowsAway.size })}
          <button class="plain" @click=${() => (this.rowsAway = new Set())}>${this.t('share.rows.back')}</button></span>` : nothing}
      </div>
      <section>
        <h2>${this.t('share.make')}</h2>
        <div class="chips">
          ${this.making
            ? html`<button @click=${() => this.making?.abort()}>${this.t('cancel')}</button>`
            : FORMATS.map((format) => html`<button @click=${() => this.make(format)}>${this.t(`share.${format}`)}</button>`)}
        </div>
        <p class="quiet" role="status">${this.said}</p>
      </section>
    `;
  }

  columns() {
    const set = (/** @type {string} */ column) => () => {
      const away = new Set(this.columnsAway);
      if (!away.delete(column)) away.add(column);
      this.columnsAway = away;
    };
    return html`<fieldset>
      <legend>${this.t('share.columns')}</legend>
      <div class="chips small">
        ${COLUMNS.filter((column) => column !== 'account' || this.rows.some(({ account }) => account)).map((column) => html`<label>
          <input type="checkbox" .checked=${!this.columnsAway.has(column)} @change=${set(column)} />${this.t(`column.${column}`)}
        </label>`)}
      </div>
    </fieldset>`;
  }

  /** @param {Entry[]} shown */
  preview(shown) {
    const columns = columnsLeft(this.columnsAway);
    const { t } = this.here;
    const language = tongue();
    return html`<div class="preview" role="region" tabindex="0" aria-label=${t('share.preview')}>
      <table class="numbers">
        <thead><tr><td></td>${columns.map((column) => html`<th scope="col">${t(`column.${column}`)}</th>`)}</tr></thead>
        <tbody>
          ${repeat(shown, ({ id }) => id, (entry) => html`<tr>
            <td><button class="plain" aria-label=${t('share.row.name', { when: when(entry.began, language, { dateStyle: 'medium', timeStyle: 'short' }) })}
              @click=${() => this.takeOut(entry.id)}>×</button></td>
            ${columns.map((column) => html`<td>${cell(t, language, entry, column)}</td>`)}
          </tr>`)}
        </tbody>
      </table>
    </div>`;
  }

  /** The keyboard goes on with the row that comes in its place. @param {string} id */
  takeOut(id) {
    const buttons = [...this.querySelectorAll('tbody button')];
    const place = buttons.findIndex((button) => button === document.activeElement);
    this.rowsAway = new Set([...this.rowsAway, id]);
    void this.updateComplete.then(() => {
      const left = /** @type {NodeListOf<HTMLElement>} */ (this.querySelectorAll('tbody button'));
      if (place >= 0) (left[Math.min(place, left.length - 1)] ?? this.querySelector('.preview'))?.focus();
    });
  }
}

/** The browser puts it with its downloads. @param {Blob} file @param {string} name */
function handOver(file, name) {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(file);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}

customElements.define('journal-share', JournalShare);
