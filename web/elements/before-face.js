import { html, nothing } from '../vendor/lit.js';
import { Beginning } from '../lib/beginning.js';
import { Foresight } from '../lib/foresight.js';
import { BROWSER, Voices, whoSpeaks, WORDS } from '../lib/voices.js';
import { choiceIn, forReader, freshChoice, settingsOf, steadyPlace } from './choice.js';
import { Face } from './face.js';
import { freshPlaces } from './places.js';
import { agreementOf } from './session-state.js';
import { top } from './top.js';
import './sound-trial.js';

const NAMED = 50; // ms, so that its name is painted before more is asked for
const PARTS = 3; // of the page: what is told, what may be decided, what may be read
const SETTLES = 1200; // ms the page waits at most until it is whole, so that nothing in it moves under a finger
const WIDE = '(min-width: 60.01rem)'; // room for the body beside everything else

/** @typedef {import('../protocol.js').ScriptSummary} ScriptSummary */
/** @typedef {import('./choice.js').Choice} Choice */

/**
 * One page that says what is coming, and that all of it is optional. Every decision can be left as it is.
 * Its name and the way to begin are here; what is told and asked between them follows (before-page.js).
 */
export class BeforeFace extends Face {
  static properties = {
    ...Face.properties,
    about: {},
    page: { attribute: false },
    choice: { state: true },
    willing: { state: true },
    sorry: { state: true },
    text: { state: true },
    unknown: { state: true },
    waited: { state: true },
    named: { state: true },
    laid: { state: true },
  };

  constructor() {
    super();
    /** What the address says: a script's id, and perhaps minutes. */
    this.about = '';
    /** The same in the reader's language, as far as the page has taken it up. @type {string | undefined} */
    this.taken = undefined;
    /** What draws the page between its title and Begin, when it has come. @type {typeof import('./before-page.js') | undefined} */
    this.page = undefined;
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
    /** Whether its name has been seen. */
    this.named = false;
    /** How many parts of the page are laid out: one after the other, so that a finger comes in between. */
    this.laid = 0;
    /** The next of them is on its way. */
    this.laying = 0;
    /** The steady place that the text names. */
    this.place = '';
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
    setTimeout(() => (this.named = true), NAMED);
    const signal = this.leaving?.signal;
    this.beginning = new Beginning(this.here.room);
    for (const source of [this.voices, this.beginning, this.foresight, this.wide]) {
      source.addEventListener('change', () => this.requestUpdate(), { signal });
    }
    window.addEventListener('keydown', (event) => event.key === 'Escape' && this.beginning.cancel(), { signal });
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    clearTimeout(this.laying);
    this.laying = 0;
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
    if (this.brought || !this.page || room.status !== 'live') return;
    this.brought = true;
    const { mix: kept, night } = wishes.kept;
    const mix = kept && this.page.atThisHour(kept, night, room.mix);
    if (mix && !sameMix(mix, room.mix)) room.do('mix', { mix });
  }

  /**
   * Its script may come after the page, and its reader change.
   * @param {Map<string, unknown>} changed
   */
  willUpdate(changed) {
    if (changed.has('page')) {
      this.wait();
      this.bringMix();
    }
    const about = forReader(this.here.library, this.about);
    if (about === this.taken) return;
    this.taken = about;
    const { script, minutes } = choiceIn(about);
    this.script = script;
    this.beginning.cancel();
    this.willing = false;
    this.sorry = '';
    this.text = null;
    this.unknown = false;
    this.choice = { ...this.choice, minutes, places: freshPlaces(), beneath: '' };
    this.wait();
    this.place = '';
  }

  /** From now on the page waits until it is whole. */
  wait() {
    clearTimeout(this.waiting);
    this.waited = false;
    this.waiting = setTimeout(() => (this.waited = true), SETTLES);
  }

  /** Whether all that is told is there. */
  get settled() {
    return this.laid >= PARTS && (this.waited || Boolean(this.text && this.voices.offers && this.foresight.timeline));
  }

  updated() {
    if (this.named) this.ask();
    this.lay();
  }

  /** Lays out one more part of the page, when it has come. */
  lay() {
    if (!this.page || this.laid >= PARTS || this.laying) return;
    this.laying = setTimeout(() => {
      this.laying = 0;
      this.laid += 1;
    });
  }

  /** The voices are asked for once for each script, and anew by a room that was lost. */
  ask() {
    const script = this.found();
    const live = this.here.room.status === 'live';
    if (script && live && this.voiced !== script.id) this.voices.look(script);
    this.voiced = script && live ? script.id : '';
    if (script && live) this.foresight.look({ script: script.id, settings: this.settings(script) });
    if (this.who !== undefined) this.voices.prepare(this.who);
    if (this.place !== this.steady) this.read();
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
    const anchor = (this.place = this.steady);
    fetch(`/api/scripts/${encodeURIComponent(id)}?anchor=${anchor}`)
      .then((answer) => (answer.ok ? answer.json() : null))
      .then((text) => {
        if (id !== this.script || anchor !== this.place) return;
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
    this.ask();
    try {
      await this.beginning.begin(
        () => this.voices.ready(() => this.who ?? ''),
        () => ({ script: script.id, settings: this.settings(script) }),
        agreementOf(this.here.room) ? true : undefined,
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
      ${script ? this.whole(script) : html`<main class="before"><h1 tabindex="-1">${this.absent()}</h1></main>`}`;
  }

  /** Nothing is said of a script until the server has answered. */
  absent() {
    return this.missing() || (this.unknown ? this.t('before.none') : '');
  }

  /** @param {ScriptSummary} script */
  whole(script) {
    const body = script.regions.length + script.optIn.length > 0;
    return html`
      <main class="before" data-body=${body} data-settled=${this.settled}>
        <div class="about">
          <h1 tabindex="-1" lang=${script.language}>${script.title}</h1>
          <p class="quiet" lang=${script.language}>${script.summary}</p>
          ${this.laid ? this.page?.told(this, script) : nothing}
        </div>
        ${this.page?.asked(this, script)}
      </main>
      <footer class="begin">${this.status()} ${this.ways(script)}</footer>
    `;
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
    if (script.level === 2 && script.holds && !this.willing) return this.page?.eitherWay(this);
    const { waiting } = this.beginning;
    const begin = agreementOf(this.here.room) ? 'agreed.begin' : 'begin';
    return html`<sound-trial .here=${this.here}></sound-trial>
      ${waiting ? html`<button data-choice="1" @click=${() => this.beginning.cancel()}>${this.t('cancel')}</button>` : nothing}
      <button class="act" aria-disabled=${waiting} data-choice="1" @click=${this.begin}>${this.t(waiting ? 'beginning' : begin)}</button>`;
  }
}

/** @param {import('../protocol.js').Mix} a @param {import('../protocol.js').Mix} b */
function sameMix(a, b) {
  return /** @type {(keyof typeof a)[]} */ (Object.keys(a)).every((part) => a[part] === b[part]);
}

customElements.define('before-face', BeforeFace);
