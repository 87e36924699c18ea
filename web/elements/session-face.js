import { html, nothing } from '../vendor/lit.js';
import { mayResume, pauseOrResume } from '../lib/keys.js';
import { at, breathBlock } from '../lib/timeline.js';
import { Face } from './face.js';
import { fading } from './fading.js';
import { agreementOf, Announced, breathOf, guideCue } from './session-state.js';
import { horizon } from './signs.js';
import { figureShapes } from './body-figure.js';
import './breath-disc.js';
import './session-tools.js';

const LATE = 8; // ms after an edge, so that the scene is surely the next one
const STIRRED = 6000; // ms a black screen shows its words after a touch
const ENDING = 2000; // ms in which the picture fades before the end
const SETTLED = 20_000; // ms from the beginning, before which a silence explains itself
const MINUTE = 60_000;
const COPIED = 500; // ms in which what was under way of a copy is counted in
const LONGEST = 2 ** 31 - 1; // ms a timer can wait

/**
 * A running session: the breath, the body or the words, and below them the whole
 * lower half of the window to pause. It sleeps between one change and the next. What it
 * can stand without for a moment follows it (session-company.js).
 */
export class SessionFace extends Face {
  static properties = { ...Face.properties, company: { attribute: false }, told: { state: true }, stirred: { state: true } };

  constructor() {
    super();
    /** What goes with it, when that has come. @type {typeof import('./session-company.js') | undefined} */
    this.company = undefined;
    /** What a tool has to say. */
    this.told = '';
    /** Whether a black screen was touched just now. */
    this.stirred = false;
    this.telling = new Announced();
  }

  connectedCallback() {
    super.connectedCallback();
    document.addEventListener('visibilitychange', this.again);
    this.attend();
  }

  /** @param {Map<string, unknown>} changed */
  willUpdate(changed) {
    if (changed.has('company')) this.attend();
  }

  attend() {
    if (!this.company || this.media || !this.isConnected) return;
    const { Media, Vibration, Wake } = this.company;
    const { room, wishes, keys } = this.here;
    this.media = new Media(room, () => keys.press());
    this.vibration = new Vibration(room, () => wishes.kept.vibrate);
    this.wakeful = new Wake();
    this.wakeful.addEventListener('change', this.again);
    this.wakeful.want(true);
  }

  updated() {
    const { session } = this.here.room;
    if (session) document.title = this.t('window.running', { title: session.title });
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    document.title = this.t('window.title');
    this.media?.close();
    this.media = undefined; // whoever comes back attends anew
    this.vibration?.close();
    this.wakeful?.close();
    document.removeEventListener('visibilitychange', this.again);
    clearTimeout(this.alarm);
    clearTimeout(this.stirring);
  }

  /** Whether a client lies before it, for whom all of it pauses, and who is asked nothing. */
  get display() {
    return false;
  }

  /** Whether whoever is here may go on from a pause. */
  get goesOn() {
    return mayResume(this.here.room);
  }

  /** What the guide lets a client see; a guide sees the session. */
  get shows() {
    const { you, show } = this.here.room;
    return you?.role === 'guide' ? 'session' : show.what;
  }

  /** Whether time is shown. */
  get timed() {
    return this.here.wishes.kept.time;
  }

  again = () => this.look();

  position = () => this.here.room.position();

  pauseOrResume = () => pauseOrResume(this.here.room);

  /** Words come up for a moment where the screen is kept black. */
  stir = () => {
    if (this.here.wishes.kept.theme !== 'sound' && this.shows !== 'dark') return;
    clearTimeout(this.stirring);
    this.stirred = true;
    this.stirring = setTimeout(() => (this.stirred = false), STIRRED);
  };

  /** Stopping acts when the finger comes down, and by keyboard when the button is pressed. */
  stop = () => {
    this.here.room.stop();
  };

  /** @param {Map<string, unknown>} changed */
  update(changed) {
    fading(this, () => this.draws(changed), this.display && this.shows === 'session');
  }

  /** @param {Map<string, unknown>} changed */
  draws(changed) {
    super.update(changed);
  }

  render() {
    const { room } = this.here;
    const { timeline, transport, session } = room;
    if (!timeline || !transport || !session) return nothing;
    const position = room.position();
    const scene = at(timeline, position);
    const cue = guideCue(timeline, position, scene.section?.from ?? 0);
    const ending = timeline.length - ENDING;
    this.wake(Math.min(scene.next, cue.next, ending > position ? ending : Infinity), position);
    const paused = transport.state === 'paused';
    const stage = this.stageOf(scene, session.kind);
    const announced = this.announced(scene);
    return html`
      ${figureShapes()}
      <main class="session" data-stage=${stage} data-state=${transport.state} data-display=${this.display} data-show=${this.shows}
        data-ending=${position >= ending} data-stirred=${this.stirred || this.beginning} @pointermove=${this.stir}>
        ${this.here.room.you?.role === 'guide' ? nothing : veil}
        <header class="top">
          <h1 tabindex="-1" class="quiet label" lang=${session.language}>${scene.section?.title || session.title}</h1>
          ${this.timed ? html`<time-left .here=${this.here}></time-left>` : nothing}
        </header>
        <div class="stage">
          ${this.middle(stage, scene, paused)} ${this.said(stage, scene)}
          ${paused ? html`<session-choices .here=${this.here} .scene=${scene}></session-choices>` : nothing}
        </div>
        ${room.you?.role === 'guide' && cue.texts.length ? this.cues(cue.texts) : nothing}
        ${this.tools(scene)} ${this.dark(paused)} ${this.halts(paused)}
        <p class="unseen" role="status" lang=${this.tongue(announced, scene)}>${announced}</p>
      </main>
    `;
  }

  /** @param {import('../lib/timeline.js').Scene} scene */
  tools(scene) {
    return html`<session-tools .here=${this.here} .scene=${scene}
      @told=${(/** @type {CustomEvent<string>} */ event) => (this.told = event.detail)}></session-tools>`;
  }

  /** Comes back at the next edge. @param {number} next @param {number} position */
  wake(next, position) {
    clearTimeout(this.alarm);
    const { transport } = this.here.room;
    if (transport?.state !== 'playing') return;
    const lead = transport.at - this.here.room.now();
    const wait = lead > 0 ? lead : next - position;
    if (wait < LONGEST) this.alarm = setTimeout(this.again, Math.max(0, wait) + LATE);
  }

  get beginning() {
    const { transport } = this.here.room;
    return transport?.state === 'playing' && transport.at > this.here.room.now();
  }

  /** What stands in the middle. @param {import('../lib/timeline.js').Scene} scene @param {string} kind */
  stageOf(scene, kind) {
    if (scene.breath || scene.natural) return 'breath';
    return scene.scan?.length || kind === 'body scan' ? 'body' : 'words';
  }

  /** @param {string} stage @param {import('../lib/timeline.js').Scene} scene @param {boolean} paused */
  middle(stage, scene, paused) {
    const still = this.here.wishes.still;
    if (stage === 'breath') {
      return html`<breath-disc .phase=${scene.breath} .position=${this.position} .still=${still}
        .paused=${paused || this.beginning}></breath-disc>`;
    }
    if (stage === 'body') {
      return html`<body-figure .present=${scene.scan ?? []} .near=${true} .still=${still} .paused=${paused}
        .dim=${scene.outside}></body-figure>`;
    }
    return scene.outside ? horizon() : html`<i class="point" aria-hidden="true"></i>`;
  }

  /** @param {string} stage @param {import('../lib/timeline.js').Scene} scene */
  said(stage, scene) {
    const { room } = this.here;
    if (room.transport?.state === 'paused') {
      return html`<div class="said">
        <p class="prompt">${this.paused()}</p>
        ${this.goesOn || agreementOf(room) ? nothing : html`<p class="quiet">${this.t('paused.guide')}</p>`}
      </div>`;
    }
    if (this.beginning) return html`<div class="said"><p class="prompt quiet">${this.t('beginning')}</p></div>`;
    if (stage === 'breath') return this.breathWords(scene);
    const words = scene.waiting ? this.t('waiting.here') : scene.words;
    const { first, rest } = split(words);
    return html`<div class="said">
      <p class="prompt" lang=${this.tongue(words, scene)}>${first} ${rest ? html`<span class="rest">${rest}</span>` : nothing}</p>
      ${scene.waiting ? html`<finder-question .here=${this.here}></finder-question>` : nothing}
      ${words || this.position() < SETTLED ? nothing : html`<p class="prompt quiet">${this.t('still-here')}</p>`}
    </div>`;
  }

  /** @param {import('../lib/timeline.js').Scene} scene */
  breathWords({ breath, words }) {
    const { timeline, session } = this.here.room;
    const language = session?.language ?? '';
    if (!breath || !timeline) return html`<div class="said"><p class="prompt">${this.t('breath.natural')}</p><p class="quiet" lang=${language}>${words}</p></div>`;
    const length = (/** @type {import('../lib/timeline.js').Phase} */ phase) => Math.round((phase.to - phase.from) / 100) / 10;
    const { still, kept: { numbers } } = this.here.wishes;
    const cycle = numbers && still ? breathOf(breathBlock(timeline, breath.from), breath) : [];
    const counts = cycle.map((phase) => this.t(`breath.${phase.kind}.n`, { n: length(phase) })).join(' … ');
    return html`<div class="said">
      <div class="phase">
        <p class="prompt">${this.t(`breath.${breath.kind}`)}</p>
        ${numbers && !still ? html`<p class="prompt quiet count">${length(breath)}</p>` : nothing}
      </div>
      ${words && !counts ? html`<p class="quiet" lang=${language}>${words}</p>` : html`<p class="quiet">${counts || this.t('breath.soft')}</p>`}
    </div>`;
  }

  /** Nobody should wonder, in the dark, whether it is over. @param {boolean} paused */
  dark(paused) {
    const { sound, coming } = this.here.room;
    const lit = !['refused', 'unsupported'].includes(this.wakeful?.state ?? 'off');
    if (lit || paused) return nothing;
    return html`<p class="dark quiet">${this.t(sound || coming ? 'wake.dark' : 'wake.dark.silent')}</p>`;
  }

  /** @param {string[]} texts */
  cues(texts) {
    return html`<aside class="cue" tabindex="0">
      ${texts.map((text, i) => html`<p>${i ? nothing : html`<span class="quiet">${this.t('cue.only-you')}</span>`} ${text}</p>`)}
    </aside>`;
  }

  paused() {
    const guest = agreementOf(this.here.room);
    return guest ? this.t('paused.agree', { name: guest.name || this.t('someone') }) : this.t('paused');
  }

  /** @param {boolean} paused */
  halts(paused) {
    const may = this.goesOn;
    const label = !paused ? 'pause' : may ? 'resume' : 'paused.short';
    return html`
      <button class="pause" data-paused=${paused} .disabled=${paused && !may} @click=${this.pauseOrResume}>
        <span class="surface">${this.t(label)}</span>
      </button>
      <button class="stop" @pointerdown=${this.stop} @click=${this.stop}>${this.t('stop')}</button>
      <lost-line .here=${this.here}></lost-line>
    `;
  }

  /** The script's words are read in its language, and our own in the page's. @param {string} text @param {import('../lib/timeline.js').Scene} scene */
  tongue(text, { words, section }) {
    const written = text !== '' && (text === words || text === section?.title);
    return written ? this.here.room.session?.language ?? nothing : nothing;
  }

  /** What a screen reader hears: sections, pause, connection and what a tool says, never a breath. @param {import('../lib/timeline.js').Scene} scene */
  announced(scene) {
    const { room } = this.here;
    const urgent = room.status === 'lost' ? this.t('lost') : this.told || (room.transport?.state === 'paused' ? this.paused() : '');
    return this.telling.next(urgent || (scene.section?.title ?? ''), { matters: urgent !== '', now: performance.now() });
  }
}

/** A slow glow, or the dark, where the guide has chosen that for whoever lies there. */
export const veil = html`<div class="veil" aria-hidden="true"><i class="glow"></i><i class="shade"></i></div>`;

/** The first sentence, and what comes after it more quietly. @param {string} words */
function split(words) {
  const [, first = words, rest = ''] = /^(.{24,}?[.?:])\s+(.+)$/u.exec(words) ?? [];
  return { first, rest };
}

customElements.define('session-face', SessionFace);

/** What a running session can do without its room, said in place. */
class LostLine extends Face {
  disconnectedCallback() {
    super.disconnectedCallback();
    clearTimeout(this.alarm);
  }

  look() {
    super.look();
    clearTimeout(this.alarm);
    if (this.here.room.status === 'lost') this.alarm = setTimeout(() => this.requestUpdate(), COPIED);
  }

  render() {
    const words = this.words();
    return html`<p class="line quiet" ?hidden=${!words}>${words}</p>`;
  }

  words() {
    const { room } = this.here;
    if (room.status === 'lost') return `${this.t('lost')} ${this.sound()}`.trim();
    return room.standIn?.apart && room.transport?.state === 'paused' ? this.t('gone.apart') : '';
  }

  /** How far what sounds here goes on by itself; '' where nothing does. */
  sound() {
    const { room, sound } = this.here;
    if (!room.sound || room.sound !== room.you?.id) return '';
    if (sound.reach === Infinity) return this.t('gone.whole');
    const minutes = Math.floor((sound.reach - room.position()) / MINUTE);
    return minutes >= 1 ? this.t('gone.until', { n: minutes }) : this.t('gone.soundless');
  }
}

customElements.define('lost-line', LostLine);
