import { html, nothing } from '../vendor/lit.js';
import { Beginning } from '../lib/beginning.js';
import { withoutHolds } from '../lib/breaths.js';
import { Foresight } from '../lib/foresight.js';
import { wanted } from '../lib/lengths.js';
import { atThisHour } from '../lib/night.js';
import { usesBreath } from '../lib/ribbon.js';
import { spokenTime } from '../lib/time.js';
import { BROWSER, called, Voices, whoSpeaks, WORDS } from '../lib/voices.js';
import { advice } from './advice.js';
import { choiceIn, freshChoice, settingsOf, steadyPlace } from './choice.js';
import { coming, speakingLine, withBeneath } from './coming.js';
import { decisions } from './decisions.js';
import { Face } from './face.js';
import { firstOf } from './library.js';
import { freshPlaces, placesAway } from './places.js';
import { another, transcript } from './reading.js';
import { top } from './top.js';
import './check-in.js';
import './coming-ribbon.js';
import './safety-note.js';
import './sound-trial.js';
import './take-home.js';

const MINUTE = 60_000;
const SETTLES = 1200; // ms the page waits at most until it is whole, so that nothing in it moves under a finger
const WIDE = '(min-width: 60.01rem)'; // room for the body beside everything else

/** @typedef {import('../protocol.js').ScriptSummary} ScriptSummary */
/** @typedef {import('./choice.js').Choice} Choice */

/** One page that says what is coming, and that all of it is optional. Every decision can be left as it is. */
export class BeforeFace extends Face {
  static properties = {
    ...Face.properties,
    about: {},
    choice: { state: true },
    willing: { state: true },
    sorry: { state: true },
    text: { state: true },
    unknown: { state: true },
    waited: { state: true },
  };

  constructor() {
    super();
    /** What the address says: a script's id, and perhaps minutes. */
    this.about = '';
    this.script = '';
    /** @type {Choice} */
    this.choice = freshChoice();
    /** Whether an advisory was answered with Continue. */
    this.willing = false;
    this.sorry = '';
    /** @type {import('../protocol.js').ScriptText | null} */
    this.text = null;
    /** Whether the server knows no such script. */
    this.unknown = false;
    /** Whether the page was waited for long enough. */
    this.waited = false;
    /** The steady place that the text names. */
    this.named = '';
    this.brought = false;
    this.voices = new Voices();
    this.foresight = new Foresight();
    this.wide = matchMedia(WIDE);
    /** The script whose voices were asked for. */
    this.voiced = '';
    /** @type {Beginning} */
    this.beginning;
  }

  connectedCallback() {
    super.connectedCallback();
    const signal = this.leaving?.signal;
    this.beginning = new Beginning(this.here.room);
    for (const source of [this.voices, this.beginning, this.foresight, this.wide]) {
      source.addEventListener('change', () => this.requestUpdate(), { signal });
    }
    window.addEventListener('keydown', (event) => event.key === 'Escape' && this.beginning.cancel(), { signal });
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
    if (!changed.has('about')) return;
    const { script, minutes } = choiceIn(this.about);
    this.script = script;
    this.beginning.cancel();
    this.willing = false;
    this.sorry = '';
    this.text = null;
    this.unknown = false;
    this.choice = { ...this.choice, minutes, places: freshPlaces(), beneath: '' };
    this.waited = false;
    setTimeout(() => (this.waited = true), SETTLES);
    this.named = '';
  }

  /** Whether all that is told is there. */
  get settled() {
    return this.waited || Boolean(this.text && this.voices.offers && this.foresight.timeline);
  }

  /** The voices are asked for once for each script, and anew by a room that was lost. */
  updated() {
    const script = this.found();
    const live = this.here.room.status === 'live';
    if (script && live && this.voiced !== script.id) this.voices.look(script);
    this.voiced = script && live ? script.id : '';
    if (script && live) this.foresight.look({ script: script.id, settings: this.settings(script) });
    if (this.who !== undefined) this.voices.prepare(this.who);
    if (this.named !== this.steady) this.read();
  }

  /** What is left out whatever is chosen here. */
  get always() {
    return this.here.wishes.kept.leaveOut;
  }

  get steady() {
    return steadyPlace(this.choice, this.always);
  }

  /** Who is to speak, undefined while nobody knows who can. */
  get who() {
    const { offers, own } = this.voices;
    const { sound, wishes } = this.here;
    return offers ? whoSpeaks(offers, own === true && sound.from === 'me', wishes.kept.voice) : undefined;
  }

  /** Whether the script says anything. */
  get says() {
    return this.text?.transcript.some(({ lines }) => lines.length > 0) ?? false;
  }

  /** Whether a voice will be heard. */
  get speaks() {
    return this.says && Boolean(this.who) && this.who !== WORDS;
  }

  /** Fetches every word that may be said; they name the steady place. */
  read() {
    const id = this.script;
    const anchor = (this.named = this.steady);
    fetch(`/api/scripts/${encodeURIComponent(id)}?anchor=${anchor}`)
      .then((answer) => (answer.ok ? answer.json() : null))
      .then((text) => {
        if (id !== this.script || anchor !== this.named) return;
        this.text = text;
        this.unknown = !text;
      })
      .catch(() => {}); // The page says what it knows; the transcript waits.
  }

  /** @param {Partial<Choice>} part */
  choose(part) {
    this.choice = { ...this.choice, ...part };
    this.sorry = '';
    this.beginning.cancel();
  }

  /** @param {ScriptSummary} script */
  settings(script) {
    return settingsOf(this.choice, script, this.always, this.who);
  }

  /** A file has no use for this device's own voice: whoever else says the most speaks there. */
  order = () => {
    const script = /** @type {ScriptSummary} */ (this.found());
    const { voice, ...settings } = this.settings(script);
    return { script: script.id, settings: voice === BROWSER ? settings : { ...settings, voice }, mix: this.here.room.mix };
  };

  begin = async () => {
    const script = this.found();
    if (!script) return;
    this.sorry = '';
    this.here.sound.begin();
    try {
      await this.beginning.begin(
        () => this.voices.ready(() => this.who ?? ''),
        () => ({ script: script.id, settings: this.settings(script) }),
      );
    } catch (refusal) {
      this.sorry = this.why(/** @type {{text?: string}} */ (refusal));
    }
  };

  /** A breath composed for its address is in no list; what can be read of it tells the same. @returns {ScriptSummary | undefined} */
  found() {
    const listed = this.here.library.find(this.script);
    return listed ?? (this.text?.id === this.script ? this.text : undefined);
  }

  render() {
    const script = this.found();
    return html`${top(this.here)}
      ${script ? this.page(script) : html`<main class="before"><h1 tabindex="-1">${this.absent()}</h1></main>`}`;
  }

  /** Nothing is said of a script until the server has answered. */
  absent() {
    return this.missing() || (this.unknown ? this.t('before.none') : '');
  }

  /** @param {ScriptSummary} script */
  page(script) {
    const { t, library } = this.here;
    const body = script.regions.length + script.optIn.length > 0;
    return html`
      <main class="before" data-body=${body} data-settled=${this.settled}>
        <div class="about">
          <h1 tabindex="-1" lang=${script.language}>${script.title}</h1>
          <p class="quiet" lang=${script.language}>${script.summary}</p>
          ${advice(t, script)}
          <coming-ribbon .here=${this.here} .timeline=${this.foresight.timeline}></coming-ribbon>
          <ul class="coming quiet">${this.coming(script).map((line) => html`<li>${line}</li>`)}</ul>
        </div>
        ${body && this.wide.matches ? this.places(script) : nothing}
        <div class="choosing">
          ${decisions(this, script)}
          <check-in .here=${this.here} .script=${script.id} when="before"></check-in>
          <div class="more">
            ${transcript(t, this.text)}
            <take-home .here=${this.here} .script=${script.id} .order=${this.order} .hint=${this.fileHint()}></take-home>
            ${another(t, library.scripts, script)}
            <p class="chips"><a class="way" href="#settings/before/${this.about}">${t('settings.title')}</a>
              <safety-note .here=${this.here}></safety-note></p>
          </div>
        </div>
      </main>
      <footer class="begin">${this.status()} ${this.ways(script)}</footer>
    `;
  }

  /** @param {ScriptSummary} script */
  places(script) {
    return html`<leave-out .here=${this.here} .script=${script} .places=${this.choice.places}
      @places=${(/** @type {CustomEvent} */ event) => this.choose({ places: event.detail })}></leave-out>`;
  }

  /** How many places attention will go to, and of how many. @param {ScriptSummary} script */
  placesIn(script) {
    const of = script.regions.length;
    return { n: of - placesAway(script, this.choice.places, this.always), of };
  }

  /** What a file will have otherwise than the session here. */
  fileHint() {
    const { offers } = this.voices;
    if (this.who !== BROWSER || !this.says) return '';
    const name = called(this.here.t, offers?.voices.find(({ id }) => id === offers.best));
    return name ? this.t('take.other', { name }) : this.t('take.words');
  }

  /** @param {ScriptSummary} script */
  coming(script) {
    const { offers, own, said } = this.voices;
    const { t, sound, wishes } = this.here;
    const { timeline } = this.foresight;
    const speaking = this.says ? speakingLine(t, { offers, own, said, who: this.who ?? '', wish: wishes.kept.voice, from: sound.from }) : '';
    return coming(t, withBeneath(script, this.choice.beneath), {
      length: this.minutes(script) * MINUTE,
      places: this.placesIn(script).n,
      speaking,
      breath: timeline ? usesBreath(timeline) : script.kind === 'breathing',
      drawn: timeline !== null,
    });
  }

  /** @param {ScriptSummary} script */
  minutes(script) {
    return this.choice.minutes || wanted(script.length);
  }

  /** @param {ScriptSummary} script */
  spokenLength(script) {
    return spokenTime(this.here.t, this.minutes(script) * MINUTE);
  }

  /** Read aloud once, not with every line that is ready. */
  status() {
    const { progress } = this.voices;
    const status = this.sorry || (progress ? this.t('voice.preparing') : '');
    return html`<p class="quiet"><span role="status">${status}</span>
      ${progress?.of && !this.sorry ? html`<span aria-hidden="true">${this.t('voice.progress', { done: progress.done, of: progress.of })}</span>` : nothing}</p>`;
  }

  /** Begin, behind an advisory where the breath is held. @param {ScriptSummary} script */
  ways(script) {
    if (script.level === 2 && script.holds && !this.willing) return this.eitherWay();
    const { waiting } = this.beginning;
    return html`<sound-trial .here=${this.here}></sound-trial>
      ${waiting ? html`<button data-choice="1" @click=${() => this.beginning.cancel()}>${this.t('cancel')}</button>` : nothing}
      <button class="act" aria-disabled=${waiting} data-choice="1" @click=${this.begin}>${this.t(waiting ? 'beginning' : 'begin')}</button>`;
  }

  /** The way without holds stands first. */
  eitherWay() {
    const easy = withoutHolds(this.script) ?? firstOf(this.here.library.scripts, 'breathing')?.id;
    return html`
      ${easy ? html`<a class="button" data-choice="1" href="#before/${easy}">${this.t('advisory.without')}</a>` : nothing}
      <button data-choice="1" @click=${() => (this.willing = true)}>${this.t('advisory.continue')}</button>`;
  }
}

/** @param {import('../protocol.js').Mix} a @param {import('../protocol.js').Mix} b */
function sameMix(a, b) {
  return /** @type {(keyof typeof a)[]} */ (Object.keys(a)).every((part) => a[part] === b[part]);
}

customElements.define('before-face', BeforeFace);
