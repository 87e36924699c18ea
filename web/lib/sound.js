/**
 * This device's sound: one <audio> element that follows the room's transport when
 * this device is the room's sound, and is silent otherwise. What it does next is
 * decided in track.js; here it is done, behind short fades.
 */

/** @import {Transport} from '../protocol.js' */
/** @import {Room} from './room.js' */
import { allowed } from './storage.js';
import { plan, trackURL } from './track.js';

const FADE = 30; // ms, the design's gate
const STEPS = 6;
const TRY_AGAIN = 2000; // ms after a track could not be fetched
const SETTLED = 200; // ms after which a beginning shows how late it came
const LAG_MOST = 200; // ms; a later one was something else

const SILENCE = '/silence.wav'; // 50 ms: enough for a tap to be remembered by
const SILENT = 'stillpoint.silent';

/** The events that tell that an element has got further, or will not. */
const NEWS = ['loadedmetadata', 'canplay', 'seeked', 'playing', 'ended'];

/** @typedef {(act: () => void, ms: number) => () => void} Schedule calls back once; the result calls it off */

/** @typedef {Pick<HTMLAudioElement, 'src' | 'paused' | 'ended' | 'seeking' | 'readyState' | 'currentTime' | 'playbackRate' | 'volume' | 'play' | 'pause' | 'addEventListener' | 'removeEventListener'>} Audible */

/** Fires `change` when `armed` or `blocked` has changed. */
export class Sound extends EventTarget {
  /** Whether a tap has let this page make sound. */
  armed = false;
  /** Whether the browser refused to play: a tap on something that calls `arm` is needed. */
  blocked = false;

  #room;
  #audio;
  #schedule;
  #hidden;
  #storage;
  #src = ''; // the track in the element, '' while it holds something else
  #ringing = false;
  #still = true; // paused, or fading towards it, by our own wish
  #sought = -Infinity; // room time of the latest seek for this transport
  #begun = Infinity; // room time of a beginning whose lateness is not known yet
  #lag = 0; // ms from play() or a seek to the sound, as learnt
  /** @type {Transport | null} the transport during which silence was asked for here */
  #silenced = null;
  /** @type {Transport | null} */
  #followed = null;
  /** @type {(() => void) | undefined} */
  #endFade;
  /** @type {(() => void) | undefined} */
  #endWait;

  /**
   * @param {Room} room
   * @param {object} [options]
   * @param {Audible} [options.audio]
   * @param {Schedule} [options.schedule]
   * @param {() => boolean} [options.hidden] whether timers may be slow, so that fades are left out
   * @param {Pick<Storage, 'getItem' | 'setItem'> | null} [options.storage] per tab: keeps a wish for silence
   */
  constructor(room, { audio = new Audio(), schedule = later, hidden = pageHidden, storage = allowed('sessionStorage') } = {}) {
    super();
    this.#room = room;
    this.#audio = audio;
    this.#schedule = schedule;
    this.#hidden = hidden;
    this.#storage = storage;
    room.addEventListener('change', this.#look);
    for (const name of NEWS) audio.addEventListener(name, this.#look);
    audio.addEventListener('pause', this.#heardPause);
    audio.addEventListener('error', this.#heardError);
    this.#look();
  }

  /**
   * Where the room sounds, or is about to, as seen from this window; '' while nobody knows. A room
   * without any sound is `me` to a guide who has not asked for silence here: it
   * becomes so in the tap that begins something.
   * @returns {'host' | 'me' | 'other' | 'none' | ''}
   */
  get from() {
    const { host, you } = this.#room;
    const sound = this.#room.coming || this.#room.sound;
    if (!you) return '';
    if (sound) return sound === 'host' ? 'host' : sound === you.id ? 'me' : 'other';
    return !host && you.role === 'guide' && !this.#storage?.getItem(SILENT) ? 'me' : 'none';
  }

  /**
   * Makes a device the room's sound. To be called in a tap.
   * @param {'host' | 'me' | 'none'} by
   */
  choose(by) {
    this.#storage?.setItem(SILENT, by === 'none' ? 'yes' : '');
    if (by === 'me') this.arm();
    return this.#room.do('sound', { by });
  }

  /** Gives the room its sound, if that is this window. To be called in a tap that begins something. */
  begin() {
    if (this.from !== 'me') return;
    this.arm();
    if (!this.#room.sound && !this.#room.coming) this.#room.do('sound', { by: 'me' });
  }

  /**
   * Lets this page make sound. To be called in a tap; makes none itself, except
   * that a session waiting for this tap is heard at once.
   */
  arm() {
    if (this.blocked) this.#tell({ blocked: false });
    if (this.armed || this.#mine?.state === 'playing') return this.#look();
    this.#ring(SILENCE);
  }

  /** Plays the quiet bell, so that the person hears how loud it will be. To be called in a tap. */
  bell() {
    if (this.#room.transport?.state !== 'playing') this.#ring(`/api/bell.wav?bells=${this.#room.mix.bells}`);
  }

  /** Silence here, now; it lasts until the transport changes. For good, stop the room. */
  silence() {
    this.#silenced = this.#room.transport;
    this.#hush();
  }

  /** Silent, and deaf to the room, from now on. */
  close() {
    this.#room.removeEventListener('change', this.#look);
    for (const name of NEWS) this.#audio.removeEventListener(name, this.#look);
    this.#audio.removeEventListener('pause', this.#heardPause);
    this.#audio.removeEventListener('error', this.#heardError);
    this.#endWait?.();
    this.#hush();
  }

  /** The transport, if it is this device's to sound. */
  get #mine() {
    const { sound, you, transport } = this.#room;
    return sound && sound === you?.id ? transport : null;
  }

  #look = () => {
    const { timeline, mix } = this.#room;
    const transport = this.#mine;
    if (transport !== this.#followed) this.#sought = -Infinity;
    this.#followed = transport;
    if (this.#silenced !== this.#room.transport) this.#silenced = null;
    const wanted = { src: transport && timeline && !this.#silenced ? trackURL(timeline, mix) : '', transport, timeline };
    this.#learn();
    const action = plan(wanted, this.#element(), this.#room.now());
    this.#do(action);
    this.#endWait?.();
    this.#endWait = Number.isFinite(action.after) ? this.#schedule(this.#look, action.after) : undefined;
  };

  /** @returns {import('./track.js').Element} */
  #element() {
    const { seeking, readyState, currentTime, playbackRate } = this.#audio;
    return {
      src: this.#src,
      ready: readyState >= 1,
      paused: this.#still,
      held: seeking || (!this.#still && readyState < 3),
      ringing: this.#ringing,
      blocked: this.blocked,
      position: currentTime * 1000,
      rate: playbackRate,
      sinceSeek: this.#room.now() - this.#sought,
      lag: this.#lag,
    };
  }

  /** How late a beginning came is known a little later, and helps the next one. */
  #learn() {
    const { held, paused, position, rate } = this.#element();
    if (this.#room.now() - this.#begun < SETTLED || held || paused || rate !== 1) return;
    this.#begun = Infinity;
    const lag = this.#lag + this.#room.position() - position;
    if (Math.abs(lag) <= LAG_MOST) this.#lag = Math.max(0, lag);
  }

  /** @param {import('./track.js').Action} action */
  #do(action) {
    switch (action.do) {
      case 'silence': return this.#hush();
      case 'load': return this.#load(action.src);
      case 'seek': return this.#seek(action.position);
      case 'play': return this.#begin(action.position);
      case 'rate': this.#audio.playbackRate = action.rate;
    }
  }

  #hush() {
    this.#still = true;
    this.#ringing = false;
    this.#fade(0, () => this.#audio.pause());
  }

  /** @param {string} src */
  #load(src) {
    this.#src = src;
    this.#still = true;
    this.#ringing = false;
    this.#fade(0, () => {
      this.#audio.pause();
      this.#audio.src = src;
    });
  }

  /** @param {number} position */
  #seek(position) {
    const asked = this.#room.now();
    this.#sought = this.#begun = asked;
    if (this.#still) return this.#place(position);
    this.#fade(0, () => {
      this.#place(position + this.#room.now() - asked);
      this.#endFade = this.#schedule(() => this.#fade(1), FADE); // what was under way dies away first
    });
  }

  /** @param {number} position */
  #begin(position) {
    this.#still = false;
    this.#begun = this.#room.now();
    const middle = position > 2 * FADE; // a first bell keeps its stroke
    if (Math.abs(this.#audio.currentTime * 1000 - position) > FADE) this.#place(position);
    this.#audio.playbackRate = 1;
    this.#endFade?.();
    this.#audio.volume = middle ? 0 : 1;
    this.#play();
    if (middle) this.#fade(1);
  }

  /** @param {number} position ms */
  #place(position) {
    this.#audio.currentTime = position / 1000;
  }

  /** @param {string} src of a bell, or of the silence that a tap is remembered by */
  #ring(src) {
    this.#endFade?.();
    this.#src = '';
    this.#ringing = true;
    this.#still = false;
    this.#audio.src = src;
    this.#audio.volume = 1;
    this.#play();
  }

  async #play() {
    try {
      await this.#audio.play();
      this.#tell({ armed: true, blocked: false });
    } catch (refusal) {
      if (/** @type {Error} */ (refusal).name === 'AbortError') return; // something newer took its place
      this.#still = true;
      this.#ringing = false;
      this.#tell({ blocked: true });
    }
  }

  /** A pause that was not ours: headphones pulled out, a call. Nobody should find the room playing on. */
  #heardPause = () => {
    if (this.#still || !this.#audio.paused) return;
    const cutOff = !this.#ringing && !this.#audio.ended;
    this.#still = true;
    this.#ringing = false;
    if (!cutOff) return this.#look();
    if (this.#mine?.state === 'playing') this.#room.pause();
  };

  #heardError = () => {
    this.#src = '';
    this.#still = true;
    this.#ringing = false;
    this.#endWait?.();
    this.#endWait = this.#schedule(this.#look, TRY_AGAIN);
  };

  /**
   * Brings the volume to a level, then goes on. The first step is taken at once.
   * @param {number} level
   * @param {() => void} [then]
   */
  #fade(level, then) {
    this.#endFade?.();
    this.#endFade = undefined;
    const from = this.#audio.volume;
    const steps = this.#hidden() || this.#audio.paused ? 1 : STEPS;
    const begun = this.#room.now(); // a late step makes up for the time
    let step = 0;
    const next = () => {
      step = Math.min(steps, Math.max(step + 1, Math.ceil((this.#room.now() - begun) / (FADE / STEPS))));
      this.#audio.volume = from + (level - from) * (1 - Math.cos((Math.PI * step) / steps)) / 2;
      this.#endFade = step < steps ? this.#schedule(next, FADE / STEPS) : undefined;
      if (step === steps) then?.();
    };
    next();
  }

  /** @param {{armed?: boolean, blocked?: boolean}} news */
  #tell({ armed = this.armed, blocked = this.blocked }) {
    if (armed === this.armed && blocked === this.blocked) return;
    this.armed = armed;
    this.blocked = blocked;
    this.dispatchEvent(new Event('change'));
  }
}

/** @type {Schedule} */
function later(act, ms) {
  const timer = setTimeout(act, ms);
  return () => clearTimeout(timer);
}

function pageHidden() {
  return globalThis.document?.visibilityState === 'hidden';
}
