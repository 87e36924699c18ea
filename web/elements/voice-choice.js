import { html, live, nothing } from '../vendor/lit.js';
import { BROWSER, called, WORDS } from '../lib/voices.js';
import { Face } from './face.js';

/**
 * Who speaks, each to be heard before it is chosen, or nobody: the words are on
 * the screen whoever does.
 */
class VoiceChoice extends Face {
  static properties = {
    ...Face.properties,
    script: { attribute: false },
    offers: { attribute: false },
    own: { attribute: false },
    who: { attribute: false },
    words: { attribute: false },
    sorry: { state: true },
    hearing: { state: true },
  };

  constructor() {
    super();
    /** @type {import('../protocol.js').ScriptSummary} */
    this.script;
    /** @type {import('../protocol.js').VoiceOffers} */
    this.offers;
    /** Whether this device's own voice could. @type {boolean | null} */
    this.own = null;
    this.who = '';
    /** A line of the script, for a voice that is heard here alone. */
    this.words = '';
    this.sorry = '';
    /** Whose words are on their way. */
    this.hearing = '';
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.hearing = '';
  }

  /** Whether anything can be heard from here. */
  get audible() {
    return ['host', 'me'].includes(this.here.sound.from);
  }

  /** In a tap: this window may have to sound, and a voice may need a moment for its words. @param {string} id */
  async hear(id) {
    const { sound, room } = this.here;
    const here = sound.from === 'me';
    const asked = room.now();
    this.sorry = '';
    this.hearing = '';
    sound.silence();
    if (here) sound.begin();
    if (id === BROWSER) return sound.say(this.words, this.script.language);
    this.hearing = id;
    try {
      const address = this.sample(id);
      const answer = await fetch(address, { method: 'HEAD' });
      if (this.hearing !== id || room.haltedAt >= asked) return;
      if (!answer.ok) this.sorry = this.t('voice.nothing');
      else if (here) sound.hear(address);
      else await room.do('bell', { voice: id, language: this.script.language });
    } catch (refusal) {
      this.sorry = this.why(/** @type {{text?: string}} */ (refusal));
    } finally {
      if (this.hearing === id) this.hearing = '';
    }
  }

  /** @param {string} id */
  sample(id) {
    const { voice, night } = this.here.room.mix;
    const query = new URLSearchParams({ language: this.script.language, voice: String(voice), night: String(night) });
    return `/api/voices/${encodeURIComponent(id)}/sample.wav?${query}`;
  }

  render() {
    const able = this.offers.best ? this.offers.voices : [];
    return html`<fieldset>
      <legend>${this.t('voice.title')}</legend>
      <div class="chips voices">
        ${able.map((one) => this.voice(one.id, called(this.here.t, one), called(this.here.t, one, 'about')))}
        ${this.own && this.here.sound.from === 'me' ? this.voice(BROWSER, this.t('voice.own')) : nothing}
        ${this.voice(WORDS, this.t('voice.words'))}
      </div>
      <p class="quiet" role="status">${this.sorry || (this.hearing ? this.t('voice.moment') : '')}</p>
    </fieldset>`;
  }

  /** @param {string} id @param {string} name @param {string} [about] */
  voice(id, name, about) {
    const chosen = id === this.who || (id === WORDS && !this.who);
    return html`<div class="voice">
      <label>
        <input type="radio" name="voice" value=${id} .checked=${live(chosen)} @change=${() => this.here.wishes.keep({ voice: id })} />
        <span>${name}${about ? html`<span class="quiet">, ${about}</span>` : nothing}</span>
      </label>
      ${id === WORDS || !this.audible
        ? nothing
        : html`<button class="plain" @click=${() => this.hear(id)}>${this.t('voice.hear')} <span class="unseen">${name}</span></button>`}
    </div>`;
  }
}

customElements.define('voice-choice', VoiceChoice);
