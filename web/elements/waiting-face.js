import { html } from '../vendor/lit.js';
import { Face } from './face.js';
import './quiet-corner.js';
import './sounding-here.js';

/** A guest's or a display's window while nothing runs: calm, and never empty. */
class WaitingFace extends Face {
  ground = () => {
    this.here.sound.begin();
    this.here.room.ground();
  };

  render() {
    const { room } = this.here;
    const ready = room.transport?.state === 'ready' && room.session;
    return html`
      <header class="top">
        <span class="brand">${this.t('name')}</span>
        <quiet-corner .here=${this.here}></quiet-corner>
      </header>
      <main class="waiting">
        <i class="point" aria-hidden="true"></i>
        <h1 tabindex="-1">
          <span role="status">${room.status === 'lost' ? this.t('lost') : this.t('waiting.ready')}</span>
          <span class="quiet">${ready ? ready.title : ''}</span>
        </h1>
        <button data-choice="1" @click=${this.ground}>${this.t('home.ground')}</button>
        <sounding-here .here=${this.here}></sounding-here>
      </main>
    `;
  }
}

customElements.define('waiting-face', WaitingFace);
