import { html, nothing } from '../vendor/lit.js';
import { Voices, whoSpeaks } from '../lib/voices.js';
import { Face } from './face.js';
import { regionIds } from './figure-map.js';
import { row } from './row.js';
import { safety } from './safety-note.js';
import './install-app.js';
import './leave-out.js';
import './network-switch.js';
import './sound-choice.js';
import './sound-mix.js';
import './sound-trial.js';
import './voice-choice.js';

const SPOKEN = 'grounding'; // the script whose voices are asked for: anybody may come to hear it

const SETTLES = 1200; // ms this waits at most until it is whole, so that nothing in it moves under a finger

/** The wishes that come after how it looks: sound, places, keys, and this computer. */
class SettingsMore extends Face {
  static properties = { ...Face.properties, folder: { state: true }, waited: { state: true }, forgot: { state: true } };

  constructor() {
    super();
    /** Where the person's own files are, '' while that is not known. */
    this.folder = '';
    this.forgot = false;
    /** Whether what comes was waited for long enough. */
    this.waited = false;
    this.voices = new Voices();
    this.voiced = false;
  }

  connectedCallback() {
    super.connectedCallback();
    this.voices.addEventListener('change', () => this.requestUpdate(), { signal: this.leaving?.signal });
    setTimeout(() => (this.waited = true), SETTLES);
    void this.find();
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.voices.close();
  }

  get spoken() {
    return this.here.library.find(SPOKEN);
  }

  updated() {
    if (this.voiced || !this.spoken) return;
    this.voiced = true;
    this.voices.look(this.spoken);
  }

  async find() {
    try {
      const answer = await fetch('/api/plan');
      if (answer.ok) this.folder = (await answer.json()).folder;
    } catch {
      // The page does without.
    }
  }

  forget = () => {
    this.here.wishes.forget();
    this.forgot = true;
  };

  /** Whether all that is told is there. */
  get settled() {
    return this.waited || Boolean(this.voices.offers && this.voices.own !== null && this.folder);
  }

  render() {
    if (!this.settled) return nothing;
    return html`${this.chapter('settings.sound', this.sound())} ${this.chapter('settings.places', this.places())}
      ${this.chapter('settings.keys', this.keys())} ${this.chapter('settings.computer', this.computer())}
      ${this.chapter('safety.title', safety(this.here.t))}`;
  }

  /** @param {string} title @param {unknown} content */
  chapter(title, content) {
    return html`<section><h2>${this.t(title)}</h2>${content}</section>`;
  }

  sound() {
    return html`<sound-choice .here=${this.here}></sound-choice>
      <sound-trial .here=${this.here}></sound-trial>
      ${this.speaking()}
      <sound-mix .here=${this.here}></sound-mix>`;
  }

  speaking() {
    const { offers, own } = this.voices;
    const { sound, wishes } = this.here;
    if (!offers || !this.spoken) return nothing;
    const who = whoSpeaks(offers, own === true && sound.from === 'me', wishes.kept.voice);
    return html`<voice-choice .here=${this.here} .script=${this.spoken} .offers=${offers} .own=${own} .who=${who}
      .words=${this.t('paused')}></voice-choice>`;
  }

  places() {
    const { leaveOut } = this.here.wishes.kept;
    const value = leaveOut.length ? this.t('coming.places', { n: leaveOut.length }) : this.t('settings.places.none');
    return html`<p class="quiet">${this.t('settings.places.what')}</p>
      ${row(this.t('settings.places.out'), value, html`<leave-out .here=${this.here} .script=${EVERYWHERE} ever></leave-out>`)}`;
  }

  keys() {
    return html`<p>${this.t('settings.keys.what')}</p>
      <p><a class="way" href="#keys">${this.t('settings.keys.own')}</a></p>`;
  }

  computer() {
    return html`<network-switch .here=${this.here}></network-switch>
      <p><a class="way" href="#rooms">${this.t('rooms.title')}</a></p>
      <install-app .here=${this.here}></install-app>
      <p>${this.t('settings.kept')} <a href="#journal">${this.t('home.journal')}</a></p>
      ${this.folder ? html`<p>${this.t('settings.folder')} <code>${this.folder}</code></p>` : nothing}
      <div class="chips"><button @click=${this.forget}>${this.t('settings.forget')}</button></div>
      <p class="quiet" role="status">${this.forgot ? this.t('settings.forgot') : ''}</p>`;
  }
}

/** As if a script went to every place, and asked about none. */
const EVERYWHERE = { regions: regionIds, optIn: /** @type {string[]} */ ([]) };

customElements.define('settings-more', SettingsMore);
