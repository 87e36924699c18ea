import { html, nothing, repeat } from '../vendor/lit.js';
import { journal } from '../lib/journal.js';
import { line, minutes, numbers, when } from '../lib/telling.js';
import { Face } from './face.js';
import { tongue } from './tongue.js';
import './journal-filter.js';

/** @typedef {import('../protocol.js').Entry} Entry */

const PAGE = 50;

/** Every entry, the newest first, a page at a time, and a way to find one. */
class JournalEntries extends Face {
  static properties = { ...Face.properties, found: { state: true }, more: { state: true }, sorry: { state: true } };

  constructor() {
    super();
    /** Null until they have come. @type {Entry[] | null} */
    this.found = null;
    this.more = '';
    this.sorry = '';
    /** @type {import('../lib/journal.js').Filter} */
    this.filter = {};
    /** Whatever is heard of an older question counts no more. */
    this.asked = 0;
  }

  connectedCallback() {
    super.connectedCallback();
    void this.ask();
  }

  /** @param {string} [before] where the next page begins */
  async ask(before = '') {
    const asked = ++this.asked;
    try {
      const page = await journal.entries(this.filter, { before, limit: PAGE });
      if (asked !== this.asked) return;
      const shown = before ? this.found ?? [] : [];
      this.found = [...shown, ...page.entries];
      this.more = page.more;
      this.sorry = '';
      performance.mark('entries');
      if (before) this.goOn(page.entries[0]);
    } catch (refusal) {
      if (asked === this.asked) this.sorry = this.why(/** @type {{text?: string}} */ (refusal));
    }
  }

  /** The keyboard goes on with the first of the new ones. @param {Entry | undefined} entry */
  goOn(entry) {
    if (!entry || this.more) return; // the button is still there
    void this.updateComplete.then(() => /** @type {HTMLElement | null} */ (this.querySelector(`a[href="#journal/${entry.id}"]`))?.focus());
  }

  /** @param {CustomEvent<import('../lib/journal.js').Filter>} event */
  find = ({ detail }) => {
    this.filter = detail;
    void this.ask();
  };

  render() {
    const { found } = this;
    const filtered = Object.values(this.filter).some(Boolean);
    return html`
      ${journal.kept?.count || filtered ? html`<journal-filter .here=${this.here} @filter=${this.find}></journal-filter>` : nothing}
      <p class="quiet" role="status">${this.sorry || this.nothingHere(filtered)}</p>
      ${found ? this.months(found) : nothing}
      ${this.more ? html`<button class="further" @click=${() => this.ask(this.more)}>${this.t('journal.more')}</button>` : nothing}
    `;
  }

  /** @param {boolean} filtered */
  nothingHere(filtered) {
    if (!this.found || this.found.length) return '';
    return this.t(filtered ? 'journal.none.found' : 'journal.none');
  }

  /** @param {Entry[]} found */
  months(found) {
    const months = byMonth(found);
    return repeat(months, ({ month }) => month, ({ month, entries }) => html`<section class="month">
      <h2 class="quiet">${when(entries[0].began, tongue(), { month: 'long', year: 'numeric' })}</h2>
      <ul>${repeat(entries, ({ id }) => id, (entry) => this.row(entry))}</ul>
    </section>`);
  }

  /** @param {Entry} entry */
  row(entry) {
    const { t } = this.here;
    const said = line(entry);
    return html`<li>
      <a class="entry" href="#journal/${entry.id}">
        <time class="quiet" datetime=${entry.began}>${when(entry.began, tongue(), DAY)} <span class="numbers">${when(entry.began, tongue(), CLOCK)}</span></time>
        <span class="what"><span class="name">${entry.title || t('home.ground')}</span>
          <span class="quiet">${minutes(t, entry.practised)}${entry.ended === 'by choice' ? html`, ${t('journal.ended.by choice').toLowerCase()}` : nothing}</span></span>
        ${said ? html`<span class="said-of quiet">${said}</span>` : nothing}
        <span class="then">${numbers(t, entry).map(({ measure, text }) => html`<span><span class="quiet">${t(`measure.${measure}`)}</span> <span class="numbers">${text}</span></span>`)}</span>
      </a>
    </li>`;
  }
}

/** @type {Intl.DateTimeFormatOptions} */
const DAY = { weekday: 'short', day: 'numeric' };
/** @type {Intl.DateTimeFormatOptions} */
const CLOCK = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' };

/** @param {Entry[]} found */
function byMonth(found) {
  /** @type {{month: string, entries: Entry[]}[]} */
  const months = [];
  for (const entry of found) {
    const month = entry.began.slice(0, 7);
    if (months.at(-1)?.month !== month) months.push({ month, entries: [] });
    months.at(-1)?.entries.push(entry);
  }
  return months;
}

customElements.define('journal-entries', JournalEntries);
