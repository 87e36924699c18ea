import { html, live, nothing, styleMap } from '../vendor/lit.js';
import { Beginning } from '../lib/beginning.js';
import { withoutHolds } from '../lib/breaths.js';
import { atThisHour } from '../lib/night.js';
import { spokenTime } from '../lib/time.js';
import { BROWSER, speakingOf, Voices, whoSpeaks, WORDS } from '../lib/voices.js';
import { ANCHORS } from './anchor-choice.js';
import { coming, speakingLine, withBeneath } from './coming.js';
import { Face } from './face.js';
import { firstOf } from './library.js';
import { freshPlaces, placesAway } from './places.js';
import './leave-out.js';
import './own-pace.js';
import './safety-note.js';
import './sound-beneath.js';
import './sound-choice.js';
import './sound-mix.js';
import './take-home.js';
import './voice-choice.js';

const MINUTE = 60_000;

/**
 * What is chosen for one session, until it begins.
 * @typedef {object} Choice
 * @property {number} minutes 0: as the script says
 * @property {import('../protocol.js').Anchor} anchor
 * @property {number} ownPace breaths a minute, 8–20
 * @property {import('./places.js').Places} places
 * @property {string} beneath an ambience instead of the script's own; '' for that
 */

/** One page that says what is coming, and that all of it is optional. */
class BeforeFace extends Face {
  static properties = {
    ...Face.properties,
    script: {},
    choice: { state: true },
    willing: { state: true },
    sorry: { state: true },
    text: { state: true },
  };

  constructor() {
    super();
    /** The script's id. */
    this.script = '';
    /** @type {Choice} */
    this.choice = { minutes: 0, anchor: 'feet', ownPace: 12, places: freshPlaces(), beneath: '' };
    /** Whether an advisory was answered with Continue. */
    this.willing = false;
    this.sorry = '';
    /** @type {import('../protocol.js').ScriptText | null} */
    this.text = null;
    this.brought = false;
    this.voices = new Voices();
    /** The script whose voices were asked for. */
    this.voiced = '';
    /** @type {Beginning} */
    this.beginning;
  }

  connectedCallback() {
    super.connectedCallback();
    this.beginning = new Beginning(this.here.room);
    for (const source of [this.voices, this.beginning]) {
      source.addEventListener('change', () => this.requestUpdate(), { signal: this.leaving?.signal });
    }
    window.addEventListener('keydown', (event) => event.key === 'Escape' && this.beginning.cancel(), { signal: this.leaving?.signal });
    this.bringMix();
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.beginning.close();
    this.voices.close();
  }

  look() {
    super.look();
    this.bringMix();
  }

  /** A person's own levels come with them, once for each opening of this face. */
  bringMix() {
    const { room, wishes } = this.here;
    if (this.brought || room.status !== 'live') return;
    this.brought = true;
    const { mix: kept, night } = wishes.kept;
    const mix = kept && atThisHour(kept, night, room.mix);
    if (mix && !sameMix(mix, room.mix)) room.do('mix', { mix });
  }

  /** @param {Map<string, unknown>} changed */
  willUpdate(changed) {
    if (!changed.has('script')) return;
    this.beginning.cancel();
    this.willing = false;
    this.sorry = '';
    this.text = null;
    this.choice = { ...this.choice, minutes: 0, places: freshPlaces(), beneath: '' };
    this.read();
  }

  /** The voices are asked for once for each script, and anew by a room that was lost. */
  updated() {
    const script = this.found();
    const live = this.here.room.status === 'live';
    if (script && live && this.voiced !== script.id) this.voices.look(script);
    this.voiced = script && live ? script.id : '';
    if (this.who !== undefined) this.voices.prepare(this.who);
  }

  /** Who is to speak, undefined while nobody knows who can. */
  get who() {
    const { offers, own } = this.voices;
    const { sound, wishes } = this.here;
    return offers ? whoSpeaks(offers, own === true && sound.from === 'me', wishes.kept.voice) : undefined;
  }

  /** Fetches every word that may be said; they name the anchor that is chosen. */
  read() {
    const id = this.script;
    const { anchor } = this.choice;
    fetch(`/api/scripts/${encodeURIComponent(id)}?anchor=${anchor}`)
      .then((answer) => (answer.ok ? answer.json() : null))
      .then((text) => {
        if (id === this.script && anchor === this.choice.anchor) this.text = text;
      })
      .catch(() => {}); // The page says what it knows; the transcript waits.
  }

  /** @param {Partial<Choice>} part */
  choose(part) {
    this.choice = { ...this.choice, ...part };
    this.sorry = '';
    this.beginning.cancel();
    if (part.anchor) this.read();
  }

  /** @param {import('../protocol.js').ScriptSummary} script */
  settings(script) {
    const { minutes, anchor, ownPace, places, beneath } = this.choice;
    /** @type {import('../protocol.js').Settings} */
    const settings = { anchor };
    if (minutes) settings.length = Math.min(Math.max(minutes * MINUTE, script.length.min), script.length.max);
    if (script.ownPace) settings.ownPace = ownPace;
    const leaveOut = [...new Set([...this.here.wishes.kept.leaveOut, ...places.away])];
    if (leaveOut.length) settings.leaveOut = leaveOut;
    if (places.welcome.size) settings.welcome = [...places.welcome];
    if (beneath) settings.ambience = beneath;
    return this.who === undefined ? settings : { ...settings, ...speakingOf(this.who) };
  }

  /** A file has no use for this device's own voice: whoever else says the most speaks there. */
  order = () => {
    const script = /** @type {import('../protocol.js').ScriptSummary} */ (this.found());
    const { voice, ...settings } = this.settings(script);
    return { script: script.id, settings: voice === BROWSER ? settings : { ...settings, voice }, mix: this.here.room.mix };
  };

  begin = async () => {
    const script = this.found();
    if (!script) return;
    const { sound } = this.here;
    this.sorry = '';
    sound.begin();
    try {
      await this.beginning.begin(
        () => this.voices.ready(() => this.who ?? ''),
        () => ({ script: script.id, settings: this.settings(script) }),
      );
    } catch (refusal) {
      this.sorry = /** @type {{text?: string}} */ (refusal).text || this.t('sorry');
    }
  };

  ground = () => {
    this.here.sound.begin();
    this.here.room.ground();
  };

  found() {
    return this.here.library.find(this.script);
  }

  render() {
    const script = this.found();
    return html`
      <header class="top">
        <a class="way back" href="#">${this.t('back')}</a>
        <button class="plain" @click=${this.ground}>${this.t('home.ground')}</button>
      </header>
      ${script ? this.page(script) : html`<main class="before"><h1 tabindex="-1">${this.absent()}</h1></main>`}
    `;
  }

  /** Nothing is said of a script until the library has come. */
  absent() {
    return this.missing() || (this.here.library.settled(this.script) ? this.t('before.none') : '');
  }

  /** @param {import('../protocol.js').ScriptSummary} script */
  page(script) {
    const body = script.regions.length + script.optIn.length > 0;
    return html`
      <main class="before" data-body=${body}>
        <div class="about">
          <h1 tabindex="-1">${script.title}</h1>
          <p class="quiet">${script.summary}</p>
          <ul class="coming quiet">${this.coming(script).map((line) => html`<li>${line}</li>`)}</ul>
        </div>
        ${body
          ? html`<leave-out .here=${this.here} .script=${script} .places=${this.choice.places}
              @places=${(/** @type {CustomEvent} */ event) => this.choose({ places: event.detail })}></leave-out>`
          : nothing}
        <div class="choosing">
          ${this.length(script)} ${script.ownPace ? this.pace() : nothing} ${this.anchors()} ${this.speaking(script)}
          <sound-choice .here=${this.here}></sound-choice>
          <div class="more">
            <sound-beneath .here=${this.here} .script=${script} .beneath=${this.choice.beneath}
              @beneath=${(/** @type {CustomEvent} */ event) => this.choose({ beneath: event.detail })}></sound-beneath>
            <sound-mix .here=${this.here} .script=${withBeneath(script, this.choice.beneath)} .speaks=${this.speaks}></sound-mix>
            ${this.transcript()}
            <take-home .here=${this.here} .script=${script.id} .order=${this.order} .hint=${this.fileHint()}></take-home>
            ${this.another(script)}
          </div>
          <safety-note .here=${this.here}></safety-note>
        </div>
      </main>
      <footer class="begin">
        ${this.status()} ${this.ways(script)}
      </footer>
    `;
  }

  /** Read aloud once, not with every line that is ready. */
  status() {
    const { progress } = this.voices;
    const status = this.sorry || (progress ? this.t('voice.preparing') : '');
    return html`<p class="quiet"><span role="status">${status}</span>
      ${progress?.of && !this.sorry ? html`<span aria-hidden="true">${this.t('voice.progress', { done: progress.done, of: progress.of })}</span>` : nothing}</p>`;
  }

  /** Whether the script says anything. */
  get says() {
    return this.text?.transcript.some(({ lines }) => lines.length > 0) ?? false;
  }

  /** Whether a voice will be heard. */
  get speaks() {
    return this.says && Boolean(this.who) && this.who !== WORDS;
  }

  /** @param {import('../protocol.js').ScriptSummary} script */
  speaking(script) {
    if (!this.says || !this.voices.offers) return nothing;
    return html`<voice-choice .here=${this.here} .script=${script} .offers=${this.voices.offers}
      .own=${this.voices.own} .who=${this.who}
      .words=${this.text?.transcript.find(({ lines }) => lines.length)?.lines[0] ?? ''}></voice-choice>`;
  }

  /** What a file will have otherwise than the session here. */
  fileHint() {
    const { offers } = this.voices;
    if (this.who !== BROWSER || !this.says) return '';
    const name = offers?.voices.find(({ id }) => id === offers.best)?.name;
    return name ? this.t('take.other', { name }) : this.t('take.words');
  }

  /** @param {import('../protocol.js').ScriptSummary} script */
  coming(script) {
    const { offers, own, said } = this.voices;
    const { t, sound, wishes } = this.here;
    const speaking = this.says ? speakingLine(t, { offers, own, said, who: this.who ?? '', wish: wishes.kept.voice, from: sound.from }) : '';
    const places = script.regions.length - placesAway(script, this.choice.places, wishes.kept.leaveOut);
    return coming(t, withBeneath(script, this.choice.beneath), { length: this.minutes(script) * MINUTE, places, speaking });
  }

  /** @param {import('../protocol.js').ScriptSummary} script */
  minutes(script) {
    return this.choice.minutes || Math.max(1, Math.round(script.length.want / MINUTE));
  }

  /** @param {import('../protocol.js').ScriptSummary} script */
  length(script) {
    const min = Math.ceil(script.length.min / MINUTE);
    const max = Math.floor(script.length.max / MINUTE);
    const minutes = this.minutes(script);
    if (!(max > min)) return nothing;
    const words = spokenTime(this.here.t, minutes * MINUTE);
    return html`<div class="length">
      <label for="length"><span class="label">${this.t('before.length')}</span></label>
      <output for="length">${words}</output>
      <input id="length" type="range" min=${min} max=${max} step="1" .value=${live(String(minutes))}
        aria-valuetext=${words} style=${styleMap({ '--share': String((minutes - min) / (max - min)) })}
        @input=${(/** @type {Event} */ event) => this.choose({ minutes: valueOf(event) })} />
    </div>`;
  }

  pace() {
    return html`<fieldset>
      <legend>${this.t('pace.own')}</legend>
      <own-pace .here=${this.here} .rate=${this.choice.ownPace}
        @pace=${(/** @type {CustomEvent<number>} */ event) => this.choose({ ownPace: event.detail })}></own-pace>
    </fieldset>`;
  }

  anchors() {
    return html`<fieldset>
      <legend>${this.t('anchor.title')}</legend>
      <div class="chips">
        ${ANCHORS.map(
          (anchor) => html`<label>
            <input type="radio" name="anchor" value=${anchor} .checked=${this.choice.anchor === anchor}
              @change=${() => this.choose({ anchor })} />${this.t(`anchor.${anchor}`)}
          </label>`,
        )}
      </div>
    </fieldset>`;
  }

  transcript() {
    if (!this.text) return nothing;
    return html`<details class="transcript">
      <summary>${this.t('before.transcript')}</summary>
      ${this.text.transcript.map(
        ({ section, lines }) => html`<section>
          ${section ? html`<h2>${section}</h2>` : nothing} ${lines.map((line) => html`<p>${line}</p>`)}
        </section>`,
      )}
      <p class="quiet">${this.text.author ? this.t('before.author', { author: this.text.author }) : ''}</p>
    </details>`;
  }

  /** @param {import('../protocol.js').ScriptSummary} script */
  another(script) {
    const more = others(this.here.library.scripts, script);
    if (!more.length) return nothing;
    return html`<details>
      <summary>${this.t('before.another')}</summary>
      <ul class="scripts">
        ${more.map(
          (other) => html`<li>
            <a href="#before/${other.id}"><span>${other.title}</span> <span class="quiet">${other.summary}</span></a>
          </li>`,
        )}
      </ul>
    </details>`;
  }

  /** It stays where it is while the beginning is waited for, so that a second tap does nothing. */
  beginButton() {
    const { waiting } = this.beginning;
    return html`${waiting ? html`<button @click=${() => this.beginning.cancel()}>${this.t('cancel')}</button>` : nothing}
      <button class="act" aria-disabled=${waiting} @click=${this.begin}>${this.t(waiting ? 'beginning' : 'begin')}</button>`;
  }

  /** Begin, behind an advisory where there is one. @param {import('../protocol.js').ScriptSummary} script */
  ways(script) {
    const begin = this.beginButton();
    if (script.level === 0) return begin;
    if (script.level === 1 || !script.holds) return html`<p class="quiet">${this.t('advisory.slow')}</p>${begin}`;
    if (this.willing) return begin;
    const easy = withoutHolds(script.id) ?? firstOf(this.here.library.scripts, 'breathing')?.id;
    return html`<p>${this.t('advisory.holds')}</p>
      ${easy ? html`<a class="button" href="#before/${easy}">${this.t('advisory.without')}</a>` : nothing}
      <button @click=${() => (this.willing = true)}>${this.t('advisory.continue')}</button>`;
  }
}

/** @param {import('../protocol.js').Mix} a @param {import('../protocol.js').Mix} b */
function sameMix(a, b) {
  return /** @type {(keyof typeof a)[]} */ (Object.keys(a)).every((part) => a[part] === b[part]);
}

/**
 * Others of the same kind. Those behind an advisory are never offered here.
 * @param {import('../protocol.js').ScriptSummary[]} scripts @param {import('../protocol.js').ScriptSummary} than
 */
function others(scripts, than) {
  return scripts.filter((script) => script.kind === than.kind && script.id !== than.id && script.level < 2);
}

/** @param {Event} event */
function valueOf(event) {
  return Number(/** @type {HTMLInputElement} */ (event.target).value);
}

customElements.define('before-face', BeforeFace);
