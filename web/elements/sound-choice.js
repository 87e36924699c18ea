import { html, live, nothing, styleMap } from '../vendor/lit.js';
import { Face } from './face.js';

/**
 * Where the sound comes from, how loud each part of it is, and a quiet bell to
 * try it.
 */
class SoundChoice extends Face {
  static properties = {
    ...Face.properties,
    script: { attribute: false },
    sorry: { state: true },
    asked: { state: true },
  };

  constructor() {
    super();
    /** @type {import('../protocol.js').ScriptSummary} */
    this.script;
    this.sorry = '';
    /** Levels asked for and not answered yet. @type {import('../protocol.js').Mix | null} */
    this.asked = null;
  }

  get mix() {
    return this.asked ?? this.here.room.mix;
  }

  /** @param {'host' | 'me' | 'none'} by */
  take(by) {
    this.tell(this.here.sound.choose(by));
  }

  bell = () => {
    const { sound, room } = this.here;
    if (sound.from !== 'me') return this.tell(room.do('bell'));
    if (!room.sound) this.tell(sound.choose('me'));
    sound.bell();
  };

  /** @param {keyof import('../protocol.js').Mix} part @param {number} level */
  level(part, level) {
    const mix = { ...this.mix, [part]: level };
    this.asked = mix;
    this.here.wishes.keep({ mix });
    this.tell(this.here.room.do('mix', { mix })).finally(() => this.asked === mix && (this.asked = null));
  }

  /** Says why, where the room would rather not. @param {Promise<unknown>} answer */
  async tell(answer) {
    this.sorry = '';
    await answer.catch((refusal) => (this.sorry = refusal.text));
  }

  render() {
    const { from } = this.here.sound;
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
        ${from === 'other' ? this.other() : nothing}
      </div>
      ${from === 'none' ? nothing : html`${this.trial(from)} ${this.levels()}`}
      <p class="quiet" role="status">${this.sorry || (this.here.sound.blocked ? this.t('sound.blocked') : '')}</p>
    </fieldset>`;
  }

  /** The room sounds from somebody else's device, which only that device or a choice here ends. */
  other() {
    const { sound, coming, people } = this.here.room;
    const name = people.find(({ id }) => id === (coming || sound))?.name || this.t('sound.other');
    return html`<label><input type="radio" name="sound" .checked=${live(true)} />${name}</label>`;
  }

  /** @param {string} from */
  trial(from) {
    return from === 'other' ? nothing : html`<div class="chips"><button @click=${this.bell}>${this.t('sound.bell')}</button></div>`;
  }

  levels() {
    const parts = /** @type {const} */ (['bells', 'breath', 'ambience']).filter((part) => this.has(part));
    return html`<details>
      <summary>${this.t('sound.levels')}</summary>
      ${parts.map((part) => {
        const level = this.mix[part];
        return html`<label class="level">
          <span>${this.t(`sound.${part}`)}</span>
          <input type="range" min="0" max="100" step="5" .value=${live(String(level))}
            style=${styleMap({ '--share': String(level / 100) })}
            @change=${(/** @type {Event} */ event) => this.level(part, Number(/** @type {HTMLInputElement} */ (event.target).value))} />
        </label>`;
      })}
    </details>`;
  }

  /** @param {'bells' | 'breath' | 'ambience'} part */
  has(part) {
    return { breath: this.script.paced, ...soundsIn(this.script) }[part];
  }
}

/** Which sounds are in a script. @param {import('../protocol.js').ScriptSummary} script */
export function soundsIn({ bells, ambience }) {
  return { bells: bells > 0, ambience: ambience.length > 0 };
}

customElements.define('sound-choice', SoundChoice);
