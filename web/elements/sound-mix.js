import { html, live, nothing, styleMap } from '../vendor/lit.js';
import { canVibrate } from '../lib/vibration.js';
import { Face } from './face.js';

/** @typedef {import('../protocol.js').Mix} Mix */
/** @typedef {'voice' | 'bells' | 'breath' | 'ambience'} Part */

/** @type {readonly Part[]} */
export const PARTS = ['voice', 'bells', 'breath', 'ambience'];

/** @type {readonly import('../protocol.js').Tone[]} */
const TONES = ['soft', 'warm', 'air', 'none'];

/** How loud each part of the sound is, when it is to be quieter, and how a breath sounds. */
class SoundMix extends Face {
  static properties = {
    ...Face.properties,
    parts: { attribute: false },
    today: { type: Boolean },
    sorry: { state: true },
    asked: { state: true },
  };

  constructor() {
    super();
    /** What there is to hear. @type {readonly Part[]} */
    this.parts = PARTS;
    /** Whether it is about somebody else's session, of which this browser keeps nothing. */
    this.today = false;
    this.sorry = '';
    /** What was asked for and not answered yet. @type {Mix | null} */
    this.asked = null;
  }

  get mix() {
    return this.asked ?? this.here.room.mix;
  }

  /** Says why, where the room would rather not. @param {Partial<Mix>} part */
  async ask(part) {
    const mix = (this.asked = { ...this.mix, ...part });
    this.sorry = '';
    if (!this.today) this.here.wishes.keep({ mix });
    try {
      await this.here.room.do('mix', { mix });
    } catch (refusal) {
      this.sorry = this.why(/** @type {{text: string}} */ (refusal));
    }
    if (this.asked === mix) this.asked = null;
  }

  render() {
    if (this.here.sound.from === 'none' && !this.today) return nothing;
    return html`${this.loud()} ${this.parts.includes('breath') ? this.breath() : nothing}
      <p class="quiet" role="status">${this.sorry}</p>`;
  }

  loud() {
    return html`<details>
      <summary>${this.t('sound.levels')}</summary>
      ${this.parts.map((part) => this.level(part))} ${this.today ? nothing : this.night()}
    </details>`;
  }

  /** @param {Part} part */
  level(part) {
    const level = this.mix[part];
    return html`<label class="level">
      <span>${this.t(`sound.${part}`)}</span>
      <input type="range" min="0" max="100" step="5" .value=${live(String(level))}
        style=${styleMap({ '--share': String(level / 100) })}
        @change=${(/** @type {Event} */ event) => this.ask({ [part]: Number(inputOf(event).value) })} />
    </label>`;
  }

  /** The hours are this person's; night.js brings them to the room. */
  night() {
    const { night } = this.here.wishes.kept;
    return html`<div class="chips night">
      ${this.tick('night', night.on, (on) => this.here.wishes.keep({ night: { ...night, on } }))}
      ${night.on ? html`${this.hour('from')} ${this.hour('to')}` : nothing}
    </div>`;
  }

  /** @param {'from' | 'to'} edge */
  hour(edge) {
    const { wishes } = this.here;
    const keep = (/** @type {Event} */ event) => {
      const { value } = inputOf(event);
      if (value) wishes.keep({ night: { ...wishes.kept.night, [edge]: value.slice(0, 5) } });
    };
    return html`<label class="hour">
      <span class="quiet">${this.t(`night.${edge}`)}</span>
      <input type="time" .value=${live(wishes.kept.night[edge])} @change=${keep} />
    </label>`;
  }

  breath() {
    const { wishes } = this.here;
    return html`<details>
      <summary>${this.t('tone.title')}</summary>
      <fieldset>
        <legend class="unseen">${this.t('tone.title')}</legend>
        <div class="chips">
          ${TONES.map((tone) => html`<label>
            <input type="radio" name="tone" value=${tone} .checked=${live(this.mix.tone === tone)} @change=${() => this.ask({ tone })} />
            ${this.t(`tone.${tone}`)}
          </label>`)}
        </div>
      </fieldset>
      <div class="chips">
        ${this.tick('count', this.mix.count, (count) => void this.ask({ count }))}
        ${canVibrate() ? this.tick('feel', wishes.kept.vibrate, (vibrate) => wishes.keep({ vibrate })) : nothing}
      </div>
    </details>`;
  }

  /** @param {string} name @param {boolean} on @param {(on: boolean) => void} set */
  tick(name, on, set) {
    return html`<label>
      <input type="checkbox" .checked=${live(on)} @change=${(/** @type {Event} */ event) => set(inputOf(event).checked)} />
      ${this.t(`sound.${name}`)}
    </label>`;
  }
}

/** @param {Event} event */
function inputOf(event) {
  return /** @type {HTMLInputElement} */ (event.target);
}

customElements.define('sound-mix', SoundMix);
