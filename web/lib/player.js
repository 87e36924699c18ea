/**
 * What sounds here: a deck that follows the room's transport when this device is
 * the room's sound, and is silent otherwise. What it does next is decided in
 * track.js; here it is done, behind short fades.
 */

/** @import {Transport} from '../protocol.js' */
/** @import {Room} from './room.js' */
/** @import {Audible} from './deck.js' */
import { Chosen } from './chosen.js';
import { Copy, sameSound } from './copy.js';
import { Deck, FADE } from './deck.js';
import { later } from './later.js';
import { SILENCE } from './sound.js';
import { crossingTime, plan, samePlan, trackURL } from './track.js';
import { Voice } from './voice.js';

const STEPS = 6;
const SOFT = 1500; // ms in which a sound comes that was heard elsewhere until now, or not at all
const SOFT_STEP = 20; // ms between two steps of it
const TRY_AGAIN = 2000; // ms after a track could not be fetched
const TURN = 300; // ms after which there may be a copy of it
const SETTLED = 200; // ms after which a beginning shows how late it came
const LAG_MOST = 300; // ms; a later one was something else

/** The events that tell that the deck has got further, or will not. */
const NEWS = ['loadedmetadata', 'canplay', 'seeked', 'playing', 'ended'];

/** @typedef {import('./chosen.js').Arms & {tell(news: {armed?: boolean, blocked?: boolean}): void}} Teller */

/**
 * @typedef {object} PlayerOptions
 * @property {import('./later.js').Schedule} [schedule]
 * @property {() => boolean} [hidden] whether timers may be slow, so that fades are left out
 * @property {import('./voice.js').VoiceOptions} [voice]
 * @property {{type: string} | undefined} [system] what the system is told of this page's sound, where it can be
 * @property {Pick<Copy, 'instead' | 'address' | 'reach' | 'close'> & EventTarget} [copy] what is played where the server is gone
 */

export class Player {
  #room;
  #teller;
  #deck;
  #schedule;
  #hidden;
  #system;
  #voice;
  #copy;
  #chosen;
  #src = ''; // the track that leads, '' while it holds something else
  #loading = false; // that track comes when what the element holds has died away
  #ringing = false;
  #still = true; // paused, or fading towards it, by our own wish
  #sought = -Infinity; // room time of the latest seek for this transport
  #begun = Infinity; // room time of a beginning whose lateness is not known yet
  /** Ms from play() or a seek to the sound, as learnt from a beginning. @type {number | null} */
  #learnt = null;
  #guess = 0; // the same, from what woke the loudspeaker
  #woken = false; // the loudspeaker has been woken for this transport
  /** @type {Transport | null} the transport during which silence was asked for here */
  #silenced = null;
  /** @type {Transport | null} */
  #followed = null;
  /** Room time until which what is heard here is still coming; Infinity: from when it begins. */
  #coming = -Infinity;
  /** @type {(() => void) | undefined} */
  #endFade;
  /** @type {(() => void) | undefined} */
  #endWait;

  /**
   * @param {Room} room
   * @param {Teller} teller hears whether the page may sound
   * @param {[Audible, Audible]} sides
   * @param {PlayerOptions} [options]
   */
  constructor(room, teller, sides, { schedule = later, hidden = pageHidden, voice, system = ownSystem(), copy = new Copy(room) } = {}) {
    this.#room = room;
    this.#teller = teller;
    this.#copy = copy;
    this.#deck = new Deck(sides, { schedule, hidden, now: () => room.now(), address: (src) => copy.address(src) });
    this.#schedule = schedule;
    this.#hidden = hidden;
    this.#system = system;
    this.#voice = new Voice(room, voice);
    this.#chosen = new Chosen(room, teller, { ring: (src) => this.ring(src), hush: () => this.#ringing && this.#hush() });
    room.addEventListener('change', this.#look);
    copy.addEventListener('change', this.#look);
    for (const name of NEWS) this.#deck.addEventListener(name, this.#look);
    this.#deck.addEventListener('crossed', this.#heardCrossed);
    this.#deck.addEventListener('late', this.#heardLate);
    this.#deck.addEventListener('pause', this.#heardPause);
    this.#deck.addEventListener('error', this.#heardError);
    this.#look();
  }

  /** Lets this page make sound, in a tap. */
  arm() {
    if (this.#teller.armed || this.#mine?.state === 'playing') {
      this.#deck.unlock(SILENCE);
      return this.#look();
    }
    this.#ring(SILENCE);
    this.#deck.unlock(SILENCE);
  }

  /** Plays something short, where no session does. @param {string} src */
  ring(src) {
    if (this.#room.transport?.state === 'playing') return;
    this.#voice.hush();
    this.#ring(src);
  }

  /** Has the browser's own voice say a few words, where no session plays. @param {string} text @param {string} language */
  say(text, language) {
    if (this.#room.transport?.state === 'playing') return;
    if (this.#ringing) this.#hush();
    this.#voice.say(text, language);
  }

  /** Silence, now, until the transport changes. */
  silence() {
    this.#silenced = this.#room.transport;
    this.#hush();
    this.#voice.silence();
  }

  /** Silent, and deaf to the room, from now on. */
  close() {
    this.#room.removeEventListener('change', this.#look);
    this.#copy.removeEventListener('change', this.#look);
    this.#copy.close();
    this.#chosen.close();
    this.#deck.close();
    this.#endWait?.();
    this.#hush();
    this.#voice.close();
    this.#tellSystem(false);
  }

  /** How far what sounds here goes on without the server, in ms; Infinity: to the end. */
  get reach() {
    return this.#copy.reach;
  }

  /** The transport, if it is this device's to sound. */
  get #mine() {
    const { sound, you, transport } = this.#room;
    return sound && sound === you?.id ? transport : null;
  }

  #look = () => {
    const { timeline, mix } = this.#room;
    const transport = this.#mine;
    if (transport !== this.#followed) {
      if (!this.#followed) this.#coming = underWay(transport, this.#room.now()) ? Infinity : -Infinity;
      this.#sought = -Infinity;
      this.#woken = false;
      this.#deck.sleep();
    }
    this.#followed = transport;
    this.#tellSystem(transport !== null);
    if (this.#silenced !== this.#room.transport) this.#silenced = null;
    const track = transport && timeline && !this.#silenced ? trackURL(timeline, mix) : '';
    const wanted = { src: this.#copy.instead(track, this.#room.position()) || track, transport, timeline };
    this.#learn();
    const action = plan(wanted, this.#element(), this.#room.now());
    this.#do(action);
    this.#endWait?.();
    this.#endWait = Number.isFinite(action.after) ? this.#schedule(this.#look, action.after) : undefined;
  };

  /** @returns {import('./track.js').Element} */
  #element() {
    const { seeking, readyState, currentTime, playbackRate } = this.#deck;
    return {
      src: this.#src,
      ready: !this.#loading && readyState >= 1,
      paused: this.#still,
      held: seeking || (!this.#still && readyState < 3),
      ringing: this.#ringing,
      blocked: this.#teller.blocked,
      woken: this.#woken,
      position: currentTime * 1000,
      rate: playbackRate,
      sinceSeek: this.#room.now() - this.#sought,
      lag: this.#lag,
    };
  }

  get #lag() {
    return this.#learnt ?? this.#guess;
  }

  /** How late a beginning came is known a little later, and helps the next one. */
  #learn() {
    this.#guess = Math.min(LAG_MOST, this.#deck.lag ?? this.#guess);
    const { held, paused, position, rate } = this.#element();
    if (this.#room.now() - this.#begun < SETTLED || held || paused || rate !== 1) return;
    this.#begun = Infinity;
    const lag = this.#lag + this.#room.position() - position;
    if (Math.abs(lag) <= LAG_MOST) this.#learnt = Math.max(0, lag);
  }

  /** @param {import('./track.js').Action} action */
  #do(action) {
    switch (action.do) {
      case 'silence': return this.#hush();
      case 'load': return this.#load(action.src);
      case 'cross': return this.#cross(action.src);
      case 'seek': return this.#seek(action.position);
      case 'wake': return this.#wake();
      case 'play': return this.#begin(action.position);
      case 'rate': this.#deck.playbackRate = action.rate;
    }
  }

  #hush() {
    if (this.#loading) this.#src = '';
    this.#loading = false;
    this.#still = true;
    this.#ringing = false;
    this.#deck.drop();
    this.#fade(0, () => this.#deck.pause());
  }

  /** @param {string} src */
  #load(src) {
    this.#src = src;
    this.#loading = true;
    this.#still = true;
    this.#ringing = false;
    this.#deck.drop();
    this.#fade(0, () => {
      this.#loading = false;
      this.#deck.pause();
      this.#deck.src = src;
    });
  }

  /** What is planned otherwise cannot wait for a slow change of levels: words that are not wanted would go on. @param {string} src */
  #cross(src) {
    const { next } = this.#deck;
    if (this.#deck.cross(src, crossingTime(this.#src, src)) || samePlan(next, src)) return;
    this.#load(src);
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

  #wake() {
    this.#woken = true;
    this.#deck.wake();
  }

  /** @param {number} position */
  #begin(position) {
    this.#still = false;
    this.#begun = this.#room.now();
    const middle = position > 2 * FADE; // a first bell keeps its stroke
    if (Math.abs(this.#deck.currentTime * 1000 - position) > FADE) this.#place(position);
    this.#deck.playbackRate = 1;
    this.#endFade?.();
    this.#deck.volume = middle ? 0 : 1;
    this.#play();
    if (this.#coming === Infinity) this.#coming = this.#begun + SOFT;
    if (middle) this.#fade(1);
  }

  /** @param {number} position ms */
  #place(position) {
    this.#deck.currentTime = position / 1000;
  }

  /** @param {string} src of a bell, or of the silence that a tap is remembered by */
  #ring(src) {
    this.#endFade?.();
    this.#src = '';
    this.#loading = false;
    this.#ringing = true;
    this.#still = false;
    this.#deck.pause(); // both sides: a crossing may be under way
    this.#deck.src = src;
    this.#deck.volume = 1;
    this.#play();
  }

  async #play() {
    try {
      await this.#deck.play();
      this.#teller.tell({ armed: true, blocked: false });
      } catch (refusal) {
      if (/** @type {Error} */ (refusal).name === 'AbortError') return; // something newer took its place
      if (this.#coming > this.#begun) this.#coming = Infinity; // it has not come yet
      this.#still = true;
      this.#ringing = false;
      this.#teller.tell({ blocked: true });
      }
  }

  /** Another track leads. */
  #heardCrossed = () => {
    this.#src = this.#deck.src;
    if (this.#deck.paused) this.#heardPause(); // it was cut off before it led
    this.#look();
  };

  /** A track that does not come in time, or not at all: what it was to replace is no longer true, unless that is the same sound. */
  #heardLate = () => {
    const { next } = this.#deck;
    if (!sameSound(this.#src, next)) return this.#load(next);
    this.#deck.drop();
    this.#endWait?.();
    this.#endWait = this.#schedule(this.#look, TRY_AGAIN);
  };

  /** A pause that was not ours: headphones pulled out, a call. Nobody should find the room playing on. */
  #heardPause = () => {
    if (this.#still || !this.#deck.paused) return;
    const cutOff = !this.#ringing && !this.#deck.ended;
    this.#still = true;
    this.#ringing = false;
    if (!cutOff) return this.#look();
    this.#deck.pause(); // the other side as well
    if (this.#mine?.state === 'playing') this.#room.pause();
  };

  #heardError = () => {
    this.#deck.pause(); // nothing may come of a crossing that is under way
    this.#src = '';
    this.#still = true;
    this.#ringing = false;
    this.#endWait?.();
    this.#endWait = this.#schedule(this.#look, this.#copy.reach > this.#room.position() ? TURN : TRY_AGAIN);
  };

  /**
   * Brings the volume to a level, then goes on. The first step is taken at once.
   * @param {number} level
   * @param {() => void} [then]
   */
  #fade(level, then) {
    this.#endFade?.();
    this.#endFade = undefined;
    const from = this.#deck.volume;
    const begun = this.#room.now(); // a late step makes up for the time
    const soft = level > 0 && this.#coming - begun > FADE;
    const long = soft ? this.#coming - begun : FADE;
    const wait = soft ? SOFT_STEP : FADE / STEPS;
    const steps = !soft && (this.#hidden() || this.#deck.paused) ? 1 : Math.ceil(long / wait);
    let step = 0;
    const next = () => {
      step = Math.min(steps, Math.max(step + 1, Math.ceil((this.#room.now() - begun) / wait)));
      this.#deck.volume = from + (level - from) * (1 - Math.cos((Math.PI * step) / steps)) / 2;
      this.#endFade = step < steps ? this.#schedule(next, wait) : undefined;
      if (step === steps) then?.();
    };
    next();
  }

  /** A phone's silent switch is meant for ringing, not for a session that was asked for. @param {boolean} mine */
  #tellSystem(mine) {
    const type = mine ? 'playback' : 'auto';
    if (this.#system && this.#system.type !== type) this.#system.type = type;
  }
}

/** Whether a session is in its midst: who begins to sound it now takes it up from elsewhere. @param {Transport | null} transport @param {number} now */
function underWay(transport, now) {
  return transport?.state === 'playing' && now > transport.at;
}

function pageHidden() {
  return globalThis.document?.visibilityState === 'hidden';
}

/** @returns {{type: string} | undefined} */
function ownSystem() {
  return /** @type {any} */ (globalThis.navigator)?.audioSession;
}
