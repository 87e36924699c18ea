import { html, nothing } from '../vendor/lit.js';
import { deeds } from '../lib/account.js';
import { MEASURES } from '../lib/check-in.js';
import { journal } from '../lib/journal.js';
import { minutes, patternName, placesOf, when } from '../lib/telling.js';
import { Face } from './face.js';
import { placeName } from '../lib/place-names.js';
import { tongue } from './tongue.js';
import './check-in-form.js';

/** @typedef {import('../protocol.js').CheckIn} CheckIn */
/** @typedef {import('../protocol.js').Entry} Entry */
/** @typedef {'before' | 'after'} Moment */

/** One entry: all that is kept of it, and the way to change or erase it. Dispatches 'news' with a sentence when it is erased. */
class JournalEntry extends Face {
  static properties = {
    ...Face.properties,
    entryId: {},
    entry: { state: true },
    noting: { state: true },
    sorry: { state: true },
  };

  constructor() {
    super();
    this.entryId = '';
    /** @type {Entry | null} */
    this.entry = null;
    /** The check-in that is open to be changed. @type {Moment | ''} */
    this.noting = '';
    this.sorry = '';
  }

  /** Nothing of another entry stays. @param {Map<string, unknown>} changed */
  willUpdate(changed) {
    if (!changed.has('entryId')) return;
    this.entry = null;
    this.noting = this.sorry = '';
    void this.ask();
  }

  async ask() {
    const id = this.entryId;
    try {
      const entry = await journal.entry(id);
      if (id === this.entryId) this.entry = entry;
    } catch (refusal) {
      const { code, text } = /** @type {import('../lib/journal.js').Refusal} */ (refusal);
      if (id === this.entryId) this.sorry = code === 'not-found' ? this.t('entry.gone') : text || this.t('sorry');
    }
  }

  /** Does something about it, and shows what it has become. @param {() => Promise<unknown>} change */
  async change(change) {
    try {
      await change();
      this.sorry = '';
      await this.ask();
      return true;
    } catch (refusal) {
      this.sorry = this.why(/** @type {{text?: string}} */ (refusal));
      return false;
    }
  }

  /** @param {CustomEvent<CheckIn>} event */
  keep = async ({ detail }) => {
    const moment = /** @type {Moment} */ (this.noting);
    if (await this.change(() => journal.note(this.entryId, moment, detail))) this.close();
  };

  /** The keyboard goes back to where the check-in was opened. */
  close = () => {
    const moment = this.noting;
    this.noting = '';
    void this.updateComplete.then(() => /** @type {HTMLElement | null} */ (this.querySelector(`[data-moment="${moment}"] button`))?.focus());
  };

  erase = async () => {
    try {
      await journal.erase(this.entryId);
      this.dispatchEvent(new CustomEvent('news', { detail: this.t('entry.erased') }));
    } catch (refusal) {
      this.sorry = this.why(/** @type {{text?: string}} */ (refusal));
    }
  };

  render() {
    const { entry } = this;
    return html`
      ${entry ? this.all(entry) : nothing}
      <p class="quiet" role="status">${this.noting ? '' : this.sorry}</p>
    `;
  }

  /** @param {Entry} entry */
  all(entry) {
    return html`
      <h2 class="title">${entry.title || this.t('home.ground')}</h2>
      <dl class="facts">${this.facts(entry).map(([name, fact]) => html`<div><dt class="quiet">${this.t(`entry.${name}`)}</dt><dd>${fact}</dd></div>`)}</dl>
      ${this.happened(entry.account)} ${this.checked('before', entry.before)} ${this.checked('after', entry.after)}
      ${this.written('note', entry.note, 500)} ${this.written('codeName', entry.codeName, 40)}
      <button class="plain erase" @click=${this.erase}>${this.t('entry.erase')}</button>
    `;
  }

  /** @param {Entry} entry @returns {[string, string][]} what is known of it, in words */
  facts(entry) {
    const { t } = this.here;
    /** @type {[string, string | undefined | 0][]} */
    const facts = [
      ['when', when(entry.began, tongue(), { dateStyle: 'full', timeStyle: 'short' })],
      ['practised', minutes(t, entry.practised)],
      ['planned', entry.planned && minutes(t, entry.planned)],
      ['pauses', entry.pauses && String(entry.pauses)],
      ['ended', entry.ended && t(`journal.ended.${entry.ended}`)],
      ['anchor', entry.anchor && t(`anchor.${entry.anchor}`)],
      ['pattern', entry.pattern && patternName(entry.pattern)],
      ['pace', entry.pace && t('entry.pace.n', { n: entry.pace })],
      ['leftOut', entry.leftOut?.map((key) => placeName(t, key)).join('; ')],
    ];
    return facts.flatMap(([name, fact]) => (fact ? [[name, fact]] : []));
  }

  /** @param {Entry['account']} account of a session that somebody led */
  happened(account) {
    if (!account) return nothing;
    return html`<section class="happened">
      <h3>${this.t('deed.title')}</h3>
      <ol>${deeds(this.here.t, account).map(({ at, text }) => html`<li><span class="quiet numbers">${at}</span> ${text}</li>`)}</ol>
    </section>`;
  }

  /** @param {Moment} moment @param {CheckIn | undefined} checkIn */
  checked(moment, checkIn) {
    const open = this.noting === moment;
    return html`<section class="checked" data-moment=${moment}>
      <h3>${this.t(`entry.${moment}`)}</h3>
      ${open
        ? html`<check-in-form .here=${this.here} .value=${checkIn ?? {}} .sorry=${this.sorry} @keep=${this.keep} @leave=${this.close}></check-in-form>`
        : html`${checkIn ? this.told(checkIn) : html`<p class="quiet">${this.t('entry.unnoted')}</p>`}
          <button class="plain" @click=${() => (this.noting = moment)}>${this.t(checkIn ? 'entry.edit' : 'entry.add')}<span class="unseen">: ${this.t(`entry.${moment}`)}</span></button>`}
    </section>`;
  }

  /** @param {CheckIn} checkIn */
  told(checkIn) {
    const { t } = this.here;
    const said = MEASURES.filter((measure) => checkIn[measure] !== undefined);
    return html`
      ${said.length ? html`<p class="then">${said.map((measure) => html`<span><span class="quiet">${t(`measure.${measure}`)}</span> <span class="numbers">${checkIn[measure]}</span></span>`)}</p>` : nothing}
      ${placesOf(checkIn).map(([key, words]) => html`<p><span class="quiet">${placeName(t, key)}</span> ${words.map((word) => t(`sensation.${word}`)).join(', ')}</p>`)}
      ${checkIn.feelings?.length ? html`<p><span class="quiet">${t('entry.feelings')}</span> ${checkIn.feelings.map((word) => t(`feeling.${word}`)).join(', ')}</p>` : nothing}
      ${checkIn.note ? html`<p>${checkIn.note}</p>` : nothing}
    `;
  }

  /** A line that is kept when it is left. @param {'note' | 'codeName'} part @param {string | undefined} value @param {number} most */
  written(part, value, most) {
    const keep = (/** @type {Event} */ event) => {
      const text = /** @type {HTMLInputElement} */ (event.target).value;
      void this.change(() => journal.change(this.entryId, { [part]: text }));
    };
    return html`<label class="field"><span class="label">${this.t(`entry.${part}`)}</span>
      <input type="text" maxlength=${most} .value=${value ?? ''} autocomplete="off" @change=${keep} /></label>`;
  }
}

customElements.define('journal-entry', JournalEntry);
