import { html, live, nothing, styleMap } from '../vendor/lit.js';
import { lengthOf, PATTERNS, scriptOf, scriptOfOwn, unheld } from '../lib/breaths.js';
import { spokenTime } from '../lib/time.js';
import { breathShape, inWords } from './breath-shape.js';
import { Face } from './face.js';
import { top } from './top.js';
import './breath-maker.js';

/** @typedef {import('../lib/breaths.js').Pattern} Pattern */

/** Soft sequences that are ready, the shortest first, and the patterns that are in them. @type {Record<string, string[]>} */
const READY = {
  settle: ['pursed_2_4', 'starter_3_4'],
  'easy-starter': ['starter_3_4'],
  'natural-breath': [],
  'even-out': ['starter_3_4', 'equal_4', 'coherent_6'],
  lengthen: ['starter_3_4', 'straw', 'extend_4_6'],
  'own-pace': ['extend_4_6'],
};

/** Every breath there is: open ones first, what has a note after them, and holds behind theirs. */
class BreathingFace extends Face {
  static properties = { ...Face.properties, longs: { state: true }, sorry: { state: true } };

  constructor() {
    super();
    /** How long, for each pattern that was looked at. @type {Record<string, number>} */
    this.longs = {};
    this.sorry = '';
  }

  render() {
    const level = (/** @type {number} */ n) => PATTERNS.filter((pattern) => pattern.level === n);
    const slow = (/** @type {Pattern} */ { id }) => id.startsWith('resonance');
    return html`
      ${top(this.here)}
      <main class="breathing">
        <div class="about">
          <h1 tabindex="-1">${this.t('breathing.title')}</h1>
          <p class="quiet">${this.t('breathing.lead')}</p>
        </div>
        ${this.ready()}
        <section><h2>${this.t('breathing.rhythms')}</h2>${this.rows(level(0))}</section>
        <section>
          <h2>${this.t('breathing.slower')}</h2>
          <p class="quiet">${this.t('advisory.slow')}</p>
          ${this.rows(level(1).filter((pattern) => !slow(pattern)))}
        </section>
        <section>
          <h2>${this.t('breathing.slow')}</h2>
          <p class="quiet">${this.t('breathing.slow.more')}</p>
          <p><a class="button" href="#before/comfort-finder">${this.t('breathing.finder')}</a></p>
          ${this.rows(level(1).filter(slow))}
        </section>
        <details class="own"><summary>${this.t('own.title')}</summary><breath-maker .here=${this.here}></breath-maker></details>
        ${this.kept()}
        <details class="held">
          <summary>${this.t('breathing.holds')}</summary>
          <p>${this.t('advisory.holds')}</p>
          ${this.rows(level(2))}
        </details>
      </main>
    `;
  }

  ready() {
    const { library, t } = this.here;
    const found = Object.keys(READY).flatMap((id) => library.find(id) ?? []);
    const ready = [...found.filter(({ language }) => language === t.language), ...found.filter(({ language }) => language !== t.language)];
    if (!ready.length) return html`<p class="quiet" role="status">${this.missing()}</p>`;
    return html`<section>
      <h2>${this.t('breathing.ready')}</h2>
      <ul class="breaths">${ready.map(({ id, original, title, language, length }) => html`<li>
        <a href="#before/${id}">
          <span class="picture">${breathShape(PATTERNS.filter((each) => READY[original ?? id].includes(each.id)).flatMap(({ phases }) => phases))}</span>
          <span class="name" lang=${language}>${title}</span>
          <span class="quiet">${spokenTime(this.here.t, length.want)}</span>
        </a>
      </li>`)}</ul>
    </section>`;
  }

  /** @param {Pattern[]} patterns */
  rows(patterns) {
    return html`<ul class="breaths">${patterns.map((pattern) => html`<li>
      <details name="breath">
        <summary>
          <span class="picture">${breathShape(pattern.phases)}</span>
          <span class="name">${this.t(`pattern.${pattern.id}`)}</span>
          <span class="quiet">${this.inWords(pattern)}</span>
        </summary>
        ${this.choice(pattern)}
      </details>
    </li>`)}</ul>`;
  }

  /** @param {Pattern} pattern */
  inWords({ phases }) {
    return phases.length ? inWords(this.here.t, phases) : this.t('breathing.natural');
  }

  /** How long a pattern is to go on: what it is offered for, and no more. @param {Pattern} pattern */
  long({ id, use, unit }) {
    return { n: this.longs[id] ?? (unit === 'min' ? Math.min(use[1], Math.max(use[0], 5)) : use[1]), unit };
  }

  /** @param {Pattern} pattern */
  choice(pattern) {
    const { id, use: [least, most] } = pattern;
    const long = this.long(pattern);
    const words = this.t(`breathing.${long.unit}`, { n: long.n });
    const name = `long-${id.replace(/\W/g, '-')}`;
    return html`<div class="choice">
      <label for=${name}>${this.t('breathing.long')}</label>
      <output for=${name}>${words}</output>
      <input id=${name} type="range" min=${least} max=${most} step="1" .value=${live(String(long.n))} aria-valuetext=${words}
        style=${styleMap({ '--share': String((long.n - least) / (most - least)) })}
        @input=${(/** @type {Event} */ { target }) => (this.longs = { ...this.longs, [id]: Number(/** @type {HTMLInputElement} */ (target).value) })} />
      <p class="chips">${this.ways(pattern)}</p>
    </div>`;
  }

  /** On to the page that says what is coming; with holds, the version without them stands first. @param {Pattern} pattern */
  ways(pattern) {
    const long = this.long(pattern);
    const on = html`<a class="button" href="#before/${scriptOf(pattern, long)}">${this.t('breathing.choose')}</a>`;
    if (pattern.level < 2) return on;
    const open = unheld(pattern.phases);
    // As long as with holds, in breaths or in minutes.
    const n = long.unit === 'min' ? long.n : Math.max(1, Math.round((long.n * lengthOf(pattern.phases)) / (open[0] + open[2])));
    return html`<a class="button" href="#before/${scriptOfOwn(open, { ...long, n })}">${this.t('advisory.without')}</a> ${on}`;
  }

  /** Breaths of one's own that were kept. */
  kept() {
    const kept = this.here.library.scripts.filter(({ made }) => made);
    if (!kept.length) return nothing;
    return html`<section>
      <h2>${this.t('own.kept')}</h2>
      <ul class="kept">${kept.map(({ id, title, language }) => html`<li>
        <a class="way" href="#before/${id}" lang=${language}>${title}</a>
        <button class="plain" @click=${() => this.forget(id)} aria-label=${this.t('own.away.name', { title })}>${this.t('own.away')}</button>
      </li>`)}</ul>
      <p class="quiet" role="status">${this.sorry}</p>
    </section>`;
  }

  /** @param {string} id */
  async forget(id) {
    this.sorry = '';
    try {
      const answer = await fetch(`/api/scripts/${encodeURIComponent(id)}`, { method: 'DELETE' });
      if (!answer.ok) this.sorry = this.why(await answer.json());
    } catch {
      this.sorry = this.t('sorry');
    }
    await this.here.library.load();
  }
}

customElements.define('breathing-face', BreathingFace);
