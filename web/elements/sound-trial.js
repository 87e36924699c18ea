import { html, nothing } from '../vendor/lit.js';
import { Face } from './face.js';
import { agreementOf } from './session-state.js';

/** A quiet bell to try where it sounds, and how loud: nobody should wonder whether they will hear anything. */
class SoundTrial extends Face {
  static properties = { ...Face.properties, sorry: { state: true } };

  constructor() {
    super();
    this.sorry = '';
  }

  bell = () => {
    const { sound, room } = this.here;
    if (sound.from !== 'me') return this.tell(room.do('bell', agreementOf(room) ? { agreed: true } : undefined));
    if (!room.sound) this.tell(sound.choose('me'));
    sound.bell();
  };

  /** Says why, where the room would rather not. @param {Promise<unknown>} answer */
  async tell(answer) {
    this.sorry = '';
    await answer.catch((refusal) => (this.sorry = this.why(refusal)));
  }

  render() {
    const { room, sound } = this.here;
    const { from, blocked } = sound;
    return html`
      <p class="quiet" role="status">${this.sorry || (blocked ? this.t('sound.blocked') : '')}</p>
      ${from === 'host' || from === 'me'
        ? html`<button aria-describedby="trial" @click=${this.bell}>${this.t(agreementOf(room) ? 'agreed.bell' : 'sound.bell')}</button>
            <span class="unseen" id="trial">${this.t('sound.trial')}</span>`
        : nothing}
    `;
  }
}

customElements.define('sound-trial', SoundTrial);
