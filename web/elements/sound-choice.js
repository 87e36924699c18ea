import { html, live, nothing } from '../vendor/lit.js';
import { Face } from './face.js';

/** Where the sound comes from. */
class SoundChoice extends Face {
  static properties = {
    ...Face.properties,
    sorry: { state: true },
  };

  constructor() {
    super();
    this.sorry = '';
  }

  /** @param {'host' | 'me' | 'none'} by */
  take(by) {
    this.tell(this.here.sound.choose(by));
  }

  /** Says why, where the room would rather not. @param {Promise<unknown>} answer */
  async tell(answer) {
    this.sorry = '';
    await answer.catch((refusal) => (this.sorry = this.why(refusal)));
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
      <p class="quiet" role="status">${this.sorry}</p>
    </fieldset>`;
  }

  /** The room sounds from somebody else's device, which only that device or a choice here ends. */
  other() {
    const { sound, coming, people } = this.here.room;
    const name = people.find(({ id }) => id === (coming || sound))?.name || this.t('sound.other');
    return html`<label><input type="radio" name="sound" .checked=${live(true)} />${name}</label>`;
  }
}

customElements.define('sound-choice', SoundChoice);
