import { html, nothing } from '../vendor/lit.js';
import { running } from '../lib/transport.js';
import { SessionFace, veil } from './session-face.js';
import './quiet-corner.js';
import './sounding-here.js';

/**
 * What a client sees who lies there: the breath, the body or the words, a glow, or
 * nothing, and all of it pauses but the corner that stops. Between two sessions it
 * waits with a point of light and a few words, whatever becomes of the line.
 */
class DisplayFace extends SessionFace {
  get display() {
    return true;
  }

  get timed() {
    return this.here.room.show.time || super.timed;
  }

  /** Going on is the guide's, who asks. */
  get goesOn() {
    return false;
  }

  ground = () => {
    this.here.sound.begin();
    this.here.room.ground();
  };

  render() {
    return running(this.here.room.transport) && this.here.room.timeline ? super.render() : this.waits();
  }

  /** Between two sessions. */
  waits() {
    const { room } = this.here;
    return html`<main class="session" data-stage="words" data-state=${room.transport?.state ?? ''} data-display="true" data-show=${this.shows} data-waits>
      ${veil}
      <header class="top"><span></span><quiet-corner .here=${this.here}></quiet-corner></header>
      <div class="stage">
        <i class="point" aria-hidden="true"></i>
        <div class="said"><h1 tabindex="-1" class="prompt quiet"><span role="status">${this.now()}</span></h1></div>
      </div>
      <footer class="aside">
        <sounding-here .here=${this.here}></sounding-here>
        <button class="plain" data-choice="1" @click=${this.ground}>${this.t('home.ground')}</button>
      </footer>
    </main>`;
  }

  /** In a few words, how it stands. */
  now() {
    const { status, transport } = this.here.room;
    if (status === 'lost') return this.t('display.lost');
    if (transport?.state === 'stopped' || transport?.state === 'finished') return this.t('after.quiet');
    return this.t(status === 'live' ? 'display.ready' : 'display.moment');
  }

  /** Nothing may be asked of whoever lies there. */
  tools() {
    return html``;
  }

  /** A pause belongs to whoever asked for it; from here the way back to the room is open. */
  paused() {
    const { you, transport } = this.here.room;
    return this.t(transport?.needs === you?.id ? 'display.paused' : 'paused');
  }

  /** @param {string} stage @param {import('../lib/timeline.js').Scene} scene */
  said(stage, scene) {
    const { transport, session } = this.here.room;
    if (transport?.state !== 'paused') return super.said(stage, scene);
    return html`<div class="said">
      <p class="prompt">${this.paused()}</p>
      ${session?.kind === 'grounding' ? nothing : html`<button class="ground" @click=${this.ground}>${this.t('home.ground')}</button>`}
    </div>`;
  }
}

customElements.define('display-face', DisplayFace);
