import { html, live, nothing, styleMap } from '../vendor/lit.js';
import { Face } from './face.js';
import { soundsIn } from './shelf.js';

/**
 * Where the sound comes from, how loud each part of it is, and a quiet bell to
 * try it. Dispatches 'text-only' when words are to be on screen alone.
 */
class SoundChoice extends Face {
  static properties = {
    ...Face.properties,
    script: { attribute: false },
    textOnly: { attribute: false },
    sorry: { state: true },
  };

  constructor() {
    super();
    /** @type {import('../protocol.js').ScriptSummary} */
    this.script;
    this.textOnly = false;
    this.sorry = '';
  }

  get from() {
    const { sound, you } = this.here.room;
    return sound === 'host' ? 'host' : sound && sound === you?.id ? 'me' : 'none';
  }

  /** @param {'host' | 'me' | 'none'} by */
  take(by) {
    this.sorry = '';
    if (by === 'me') this.here.sound.arm();
    this.here.room.do('sound', { by }).catch((refusal) => (this.sorry = refusal.text));
  }

  bell = () => {
    this.sorry = '';
    if (this.from === 'me') this.here.sound.bell();
    else this.here.room.do('bell').catch((refusal) => (this.sorry = refusal.text));
  };

  /** @param {keyof import('../protocol.js').Mix} part @param {number} level */
  level(part, level) {
    const mix = { ...this.here.wishes.kept.mix, [part]: level };
    this.here.wishes.keep({ mix });
    this.here.sound.level(mix);
  }

  render() {
    const from = this.from;
    /** @type {('host' | 'me' | 'none')[]} */
    const places = this.here.room.host ? ['host', 'me', 'none'] : ['me', 'none'];
    return html`<fieldset>
      <legend>${this.t('sound.title')}</legend>
      <div class="chips">
        ${places.map(
          (by) => html`<label>
            <input type="radio" name="sound" value=${by} .checked=${live(from === by)} @change=${() => this.take(by)} />
            ${this.t(`sound.${by}`)}
          </label>`,
        )}
      </div>
      ${from === 'none' ? nothing : this.voice()} ${from === 'me' ? this.levels() : nothing}
      <p class="quiet" role="status">${this.sorry || (this.here.sound.blocked ? this.t('sound.blocked') : '')}</p>
    </fieldset>`;
  }

  voice() {
    return html`<div class="chips">
      <label>
        <input type="checkbox" .checked=${this.textOnly} @change=${(/** @type {Event} */ event) =>
          this.dispatchEvent(new CustomEvent('text-only', { detail: ticked(event) }))} />${this.t('sound.text-only')}
      </label>
      <button @click=${this.bell}>${this.t('sound.bell')}</button>
    </div>`;
  }

  levels() {
    const parts = /** @type {const} */ (['voice', 'bells', 'breath', 'ambience']).filter((part) => this.has(part));
    return html`<details>
      <summary>${this.t('sound.levels')}</summary>
      ${parts.map((part) => {
        const level = this.here.wishes.kept.mix[part];
        return html`<label class="level">
          <span>${this.t(`sound.${part}`)}</span>
          <input type="range" min="0" max="100" step="5" .value=${live(String(level))}
            style=${styleMap({ '--share': String(level / 100) })}
            @change=${(/** @type {Event} */ event) => this.level(part, Number(/** @type {HTMLInputElement} */ (event.target).value))} />
        </label>`;
      })}
    </details>`;
  }

  /** @param {keyof import('../protocol.js').Mix} part */
  has(part) {
    return { voice: !this.textOnly, breath: this.script.paced, ...soundsIn(this.script) }[part];
  }
}

/** @param {Event} event */
function ticked(event) {
  return /** @type {HTMLInputElement} */ (event.target).checked;
}

customElements.define('sound-choice', SoundChoice);
