import { html, nothing } from '../vendor/lit.js';
import { Wake } from '../lib/wake.js';
import { Face } from './face.js';

const FELT = 30; // ms

/**
 * A phone in the therapist's pocket, or beside the table: two large surfaces that pause and
 * stop, and a way to the next part. They are there all the time, so that a thumb learns them.
 */
class RemoteFace extends Face {
  static properties = { ...Face.properties, sorry: { state: true } };

  constructor() {
    super();
    this.sorry = '';
    /** Whether a finger lies on Stop. */
    this.down = false;
  }

  connectedCallback() {
    super.connectedCallback();
    this.wakeful = new Wake();
    this.wakeful.want(true);
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.wakeful?.close();
  }

  look() {
    this.sorry = '';
    super.look();
  }

  pause = () => {
    if (this.here.room.transport?.state !== 'playing') return;
    this.here.room.pause();
    felt();
  };

  /** When the finger comes down, as everywhere; also where nothing runs, for a last bell. */
  stop = () => {
    this.down = true;
    this.here.room.stop();
    felt();
  };

  /** By keyboard; a finger that goes up again asks for nothing, however late. */
  stopped = () => {
    if (!this.down) this.here.room.stop();
    this.down = false;
  };

  next = () => {
    felt();
    this.here.room.do('next').catch((refusal) => (this.sorry = this.why(refusal)));
  };

  /** How it stands, in a few words that leave nobody guessing. */
  now() {
    const { transport, session, status } = this.here.room;
    if (status === 'lost') return this.t('lost');
    if (status === 'connecting') return this.t('display.moment');
    if (transport?.state === 'playing') return this.t('remote.playing');
    if (transport?.state === 'paused') return this.t('remote.paused');
    if (transport?.state === 'stopped' || transport?.state === 'finished') return this.t('after.quiet');
    return this.t(session ? 'remote.ready' : 'remote.none');
  }

  render() {
    const { transport, status, session } = this.here.room;
    const plays = transport?.state === 'playing';
    return html`<main class="remote" data-state=${transport?.state ?? ''}>
      <header>
        <h1 tabindex="-1" lang=${session?.language ?? nothing}>${session?.title ?? this.t('name')}</h1>
        <p class="quiet" role="status">${this.sorry || this.now()}</p>
      </header>
      <button class="next" .disabled=${!plays || status !== 'live'} @click=${this.next}>${this.t('tool.next')}</button>
      <button class="pause" .disabled=${!plays} @click=${this.pause}>
        <span class="surface">${this.t(transport?.state === 'paused' ? 'paused.short' : 'pause')}</span>
      </button>
      <button class="stop" @pointerdown=${this.stop} @click=${this.stopped}>${this.t('stop')}</button>
    </main>`;
  }
}

/** A thumb in the dark is answered. */
function felt() {
  navigator.vibrate?.(FELT);
}

customElements.define('remote-face', RemoteFace);
