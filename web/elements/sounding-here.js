import { html, nothing } from '../vendor/lit.js';
import { Face } from './face.js';

/** One tap lets a client's device sound, should the guide choose it, and plays the quiet bell there. */
class SoundingHere extends Face {
  allow = () => {
    const { sound } = this.here;
    sound.arm();
    sound.bell();
  };

  render() {
    const { sound, room } = this.here;
    if (room.status !== 'live') return nothing;
    if (sound.from === 'me') return html`<p class="quiet">${this.t('display.sounds')}</p>`;
    return sound.armed
      ? html`<p class="quiet" role="status">${this.t('display.armed')}</p>`
      : html`<button class="plain" data-choice="2" @click=${this.allow}>${this.t('display.arm')}</button>`;
  }
}

customElements.define('sounding-here', SoundingHere);
