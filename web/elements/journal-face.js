import { html, nothing } from '../vendor/lit.js';
import { journal } from '../lib/journal.js';
import { Face } from './face.js';

/** The parts of it, each with an address of its own; anything else there is an entry's id. */
const PARTS = ['', 'pictures', 'share', 'keeping'];

/** What stands here of a part that was fetched when it was first wanted. */
const parts = {
  pictures: () => import('./journal-pictures.js'),
  share: () => import('./journal-share.js'),
  keeping: () => import('./journal-keeping.js'),
  entry: () => import('./journal-entry.js'),
};

const NONE = { text: '', about: '' };

/** What was practised, for the person who did and nobody else. Off until it is turned on. */
class JournalFace extends Face {
  static properties = { ...Face.properties, about: {}, sorry: { state: true }, news: { state: true } };

  constructor() {
    super();
    /** Which part of it is open, or an entry's id. */
    this.about = '';
    this.sorry = '';
    /** What has just been done, and the part it is told in. */
    this.news = NONE;
    /** The part this one was come to from; undefined at first. @type {string | undefined} */
    this.from = undefined;
    this.arriving = false;
    /** Whether the entries have been looked at. */
    this.listed = false;
    /** The parts that are here. */
    this.ready = new Set(['']);
  }

  connectedCallback() {
    super.connectedCallback();
    journal.addEventListener('change', () => this.requestUpdate(), { signal: this.leaving?.signal });
    this.ask();
  }

  ask() {
    journal.look().then(() => (this.sorry = ''), (refusal) => (this.sorry = this.why(refusal)));
  }

  /** @param {Map<string, unknown>} changed */
  willUpdate(changed) {
    if (!changed.has('about')) return;
    const name = this.partName();
    this.listed ||= name === '';
    if (!this.ready.has(name)) void this.fetch(name);
    this.from = /** @type {string | undefined} */ (changed.get('about'));
    this.arriving = this.from !== undefined;
    if (this.from === this.news.about) this.news = NONE;
  }

  /** @param {string} name */
  async fetch(name) {
    await parts[/** @type {keyof typeof parts} */ (name)]().then(() => this.ready.add(name), () => (this.sorry = this.t('sorry')));
    this.requestUpdate();
  }

  partName() {
    return PARTS.includes(this.about) ? this.about : 'entry';
  }

  turnOn = () => {
    journal.wish({ on: true, checkIn: 'after' }).then(
      () => this.heading(),
      (refusal) => (this.sorry = this.why(refusal)),
    );
  };

  /** What the keyboard was on is gone. */
  heading = () => void this.updateComplete.then(() => this.querySelector('h1')?.focus());

  ground = () => {
    this.here.sound.begin();
    this.here.room.ground();
  };

  /** @param {string} about @returns {(event: CustomEvent<string>) => void} */
  tell = (about) => ({ detail }) => {
    this.news = { text: detail, about };
    if (about === this.about) return this.heading();
    this.entries?.without?.(this.about);
    location.hash = 'journal';
  };

  render() {
    const { kept } = journal;
    const inside = kept && (kept.on || kept.count > 0);
    return html`
      <header class="top">
        <a class="way back" href=${this.partName() === 'entry' ? '#journal' : '#'}>${this.t(this.partName() === 'entry' ? 'entry.back' : 'back')}</a>
        <button class="plain" @click=${this.ground}>${this.t('home.ground')}</button>
      </header>
      <main class="journal" data-part=${this.partName() || 'entries'}>
        <h1 tabindex="-1">${this.t('journal.title')}</h1>
        <p class="quiet news" role="status">${this.sorry || (this.news.about === this.about ? this.news.text : '')}</p>
        ${inside ? this.inside(kept) : kept ? this.off(kept) : nothing}
      </main>
    `;
  }

  /** What it would keep, and where; nothing is kept before it is asked for. @param {import('../protocol.js').JournalKept} kept */
  off(kept) {
    return html`<div class="off">
      <p>${this.t('journal.off.what')}</p>
      <p class="quiet">${this.t('journal.off.place')} <span class="place">${kept.place}</span></p>
      <button class="act" @click=${this.turnOn}>${this.t('journal.turn-on')}</button>
      <p class="quiet">${this.t('journal.off.now')}</p>
    </div>`;
  }

  /** @param {import('../protocol.js').JournalKept} kept */
  inside(kept) {
    const name = this.partName();
    return html`
      ${kept.on ? nothing : html`<p class="quiet">${this.t('journal.paused')}</p>`}
      <nav class="parts" aria-label=${this.t('journal.parts')}>
        ${PARTS.map((part) => html`<a class="way" href=${part ? `#journal/${part}` : '#journal'}
          aria-current=${part === this.about ? 'page' : 'false'}>${this.t(`journal.${part || 'entries'}`)}</a>`)}
      </nav>
      ${this.listed ? html`<journal-entries .here=${this.here} ?hidden=${name !== ''}></journal-entries>` : nothing}
      ${this.ready.has(name) ? this.open(name) : html`<p class="quiet">${this.t('journal.moment')}</p>`}
    `;
  }

  /** @param {string} name */
  open(name) {
    const { here, tell } = this;
    switch (name) {
      case 'pictures':
        return html`<journal-pictures .here=${here}></journal-pictures>`;
      case 'share':
        return html`<journal-share .here=${here}></journal-share>`;
      case 'keeping':
        return html`<journal-keeping .here=${here} @news=${tell('keeping')}></journal-keeping>`;
      case 'entry':
        return html`<journal-entry .here=${here} .entryId=${this.about} @news=${tell('')}></journal-entry>`;
      default:
        return nothing; // the entries stay as they were found while one of them is open
    }
  }

  /** On another part, the keyboard and the screen reader start from the heading; back among the entries, from the one that was open. */
  updated() {
    if (!this.arriving || !this.ready.has(this.partName())) return;
    this.arriving = false;
    if (this.about === '') this.entries?.again?.(this.from ?? '');
    const row = this.about === '' && !this.news.text && this.entries?.rowOf?.(this.from ?? '');
    if (row) row.scrollIntoView({ block: 'center' });
    (row || this.querySelector('h1'))?.focus();
  }

  /** They come after the face does, and can do nothing before. */
  get entries() {
    return /** @type {Partial<import('./journal-entries.js').JournalEntries> | null} */ (this.querySelector('journal-entries'));
  }
}

customElements.define('journal-face', JournalFace);
