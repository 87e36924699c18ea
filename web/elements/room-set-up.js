import { html, live, nothing } from '../vendor/lit.js';
import { lengths } from '../lib/lengths.js';
import { rooms } from '../lib/rooms.js';
import { placeName } from '../lib/place-names.js';
import { spokenTime } from '../lib/time.js';
import { BeforeFace } from './before-face.js';
import { minutesOf, speaking, MINUTE } from './decisions.js';
import { regionIds } from './figure-map.js';
import { CHECKS } from './room-checks.js';
import { clientLine, soundsFrom } from './room-client.js';
import { row } from './row.js';
import { top } from './top.js';
import './room-ribbon.js';

/** @typedef {import('../protocol.js').ScriptSummary} ScriptSummary */

/**
 * A treatment room before its client lies down: which plan, what is left out today, what they will
 * see and hear, and what is easily forgotten. Each holds as it is, and Begin is there all the time.
 */
class RoomSetUp extends BeforeFace {
  static properties = { ...BeforeFace.properties, checked: { state: true } };

  constructor() {
    super();
    /** How many lines are ticked. */
    this.checked = 0;
  }

  connectedCallback() {
    super.connectedCallback();
    rooms.addEventListener('change', () => this.requestUpdate(), { signal: this.leaving?.signal });
    void rooms.look();
  }

  /** Nobody's own wishes are a client's. */
  get always() {
    return /** @type {string[]} */ ([]);
  }

  bringMix() {}

  /** The room as its practice knows it. */
  get made() {
    return rooms.find(this.here.room.name);
  }

  /** Another plan leaves the places that rest today as they are. @param {Map<string, unknown>} changed */
  willUpdate(changed) {
    this.about ||= this.first();
    const { taken, choice: { places } } = this;
    super.willUpdate(changed);
    if (this.taken !== taken) this.choice = { ...this.choice, places };
  }

  /** What is told and asked here is here from the beginning. */
  get settled() {
    return this.waited || Boolean(this.text && this.voices.offers && this.foresight.timeline);
  }

  /** What stands there before anybody chooses: what is ready, or planned here, or the first plan there is. */
  first() {
    const { room, library } = this.here;
    const ready = room.transport?.state === 'ready' ? room.session?.script : '';
    if (ready || !rooms.all || !library.all.length) return ready ?? '';
    const planned = this.made?.plan?.id ?? '';
    return library.find(planned)?.id ?? this.plans('treatment')[0]?.id ?? '';
  }

  /** Scripts that a session can be made of without an advisory to be read. @param {string} kind */
  plans(kind) {
    return this.here.library.scripts.filter((script) => script.kind === kind && script.level < 2 && !script.faults?.length);
  }

  /** @param {string} id */
  plan(id) {
    this.about = id;
    rooms.alter(this.here.room.name, { plan: id }).catch((refusal) => (this.sorry = this.why(refusal)));
  }

  /** Several rooms may stand beside each other in as many tabs. */
  updated() {
    super.updated();
    if (this.made) document.title = this.t('window.running', { title: this.made.name });
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    document.title = this.t('window.title');
  }

  /** Nothing is read before anything is chosen. */
  read() {
    if (this.script) super.read();
  }

  render() {
    const script = this.found();
    const absent = rooms.all && !this.made;
    return html`${top(this.here, '#rooms')}
      <main class="before room-before" data-body="true" data-settled=${this.settled || absent}>
        <div class="about">
          <h1 tabindex="-1">${absent ? this.t('room.none') : this.made?.name ?? ''}</h1>
          ${script && !absent ? this.told(script) : nothing}
        </div>
        ${absent || !script ? nothing : html`${this.wide.matches ? this.places(script) : nothing}
          <div class="choosing"><div class="rows">${this.rows(script)}</div>
            <room-devices .here=${this.here} .room=${this.here.room.name}></room-devices></div>`}
      </main>
      ${script && !absent ? html`<footer class="begin">${this.status()} ${this.ways(script)}</footer>` : nothing}`;
  }

  /** @param {ScriptSummary} script */
  told(script) {
    const { timeline } = this.foresight;
    const titled = timeline?.sections.filter(({ title }) => title) ?? [];
    return html`<p class="quiet" lang=${script.language}>${script.summary}</p>
      <room-ribbon .here=${this.here} .timeline=${timeline}></room-ribbon>
      <ol class="coming quiet" lang=${script.language}>${titled.map(({ title, from, to }) => html`<li>${title} <span class="numbers">${Math.round((to - from) / MINUTE) || nothing}</span></li>`)}</ol>`;
  }

  /** @param {ScriptSummary} script */
  rows(script) {
    const { t } = this.here;
    return html`
      ${row(t('room.plan'), script.title, this.choices())}
      ${lengths(script.length, true) ? row(t('before.length'), spokenTime(this.here.t, minutesOf(this, script) * MINUTE), html`<length-choice .here=${this.here} .length=${script.length}
        .minutes=${minutesOf(this, script)} @minutes=${(/** @type {CustomEvent<number>} */ event) => this.choose({ minutes: event.detail })}></length-choice>`) : nothing}
      ${this.wide.matches ? nothing : row(t('room.out'), this.out(), this.places(script))}
      ${row(t('room.has'), clientLine(this.here), html`<room-client .here=${this.here}></room-client>
        <sound-beneath .here=${this.here} .script=${script} .beneath=${this.choice.beneath}
          @beneath=${(/** @type {CustomEvent} */ event) => this.choose({ beneath: event.detail })}></sound-beneath>
        <p><a class="way" href="#keys">${t('keys.teach.client')}</a></p>`)}
      ${this.says ? row(t('sound.row'), soundsFrom(this.here), speaking(this, script)) : nothing}
      ${row(t('room.checks'), t('room.checks.n', { n: this.checked, of: CHECKS.length }), html`<room-checks .here=${this.here}
        @checked=${(/** @type {CustomEvent<number>} */ event) => (this.checked = event.detail)}></room-checks>`, true)}`;
  }

  /** Plans first, then whatever else may be led in a room. */
  choices() {
    const others = [...this.plans('body scan'), ...this.plans('breathing'), ...this.plans('grounding')];
    return html`<fieldset><legend class="unseen">${this.t('room.plan')}</legend>
        <div class="chips">${this.plans('treatment').map((script) => this.chip(script))}</div></fieldset>
      <details ?open=${others.some(({ id }) => id === this.script)}>
        <summary>${this.t('room.plan.others')}</summary>
        <fieldset><legend class="unseen">${this.t('room.plan.others')}</legend>
          <div class="chips">${others.map((script) => this.chip(script))}</div></fieldset>
      </details>`;
  }

  /** @param {ScriptSummary} script */
  chip({ id, title, language, length: { want } }) {
    return html`<label lang=${language}><input type="radio" name="plan" .checked=${live(id === this.script)} @change=${() => this.plan(id)} />
      <span>${title} <span class="quiet" lang=${this.here.t.language}>${spokenTime(this.here.t, want)}</span></span></label>`;
  }

  /** All of the body may be left out, whatever the plan touches. @param {ScriptSummary} script */
  places({ optIn }) {
    return html`<leave-out .here=${this.here} .script=${{ regions: regionIds, optIn }} .places=${this.choice.places} today
      @places=${(/** @type {CustomEvent} */ event) => this.choose({ places: event.detail })}></leave-out>`;
  }

  out() {
    const away = [...this.choice.places.away].map((key) => placeName(this.here.t, key));
    return away.join(' · ') || this.t('settings.places.none');
  }
}

customElements.define('room-set-up', RoomSetUp);
