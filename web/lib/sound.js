/**
 * This device's sound, as the faces and the keys see it: whether this window is
 * the room's sound, and the taps that let it be. What follows the transport is
 * fetched after the first view (player.js); until then nothing sounds here.
 */

/** @import {Room} from './room.js' */
/** @import {Audible} from './deck.js' */
/** @import {Player} from './player.js' */
import { allowed } from './storage.js';

export const SILENCE = '/silence.wav'; // 50 ms: enough for a tap to be remembered by
const SILENT = 'stillpoint.silent';
const SOON = 3000; // ms; what is heard later would startle

/** Fires `change` when `armed` or `blocked` has changed. */
export class Sound extends EventTarget {
  /** Whether a tap has let this page make sound. */
  armed = false;
  /** Whether the browser refused to play: a tap on something that calls `arm` is needed. */
  blocked = false;

  #room;
  #sides;
  #storage;
  /** @type {Player | null} */
  #player = null;
  /** What was asked for before what plays had come. @type {((player: Player) => unknown) | undefined} */
  #asked;

  /**
   * @param {Room} room
   * @param {object} [options]
   * @param {[Audible, Audible]} [options.sides] two, so that one track can take over from another
   * @param {Pick<Storage, 'getItem' | 'setItem'> | null} [options.storage] per tab: keeps a wish for silence
   */
  constructor(room, { sides = [new Audio(), new Audio()], storage = allowed('sessionStorage') } = {}) {
    super();
    this.#room = room;
    this.#sides = sides;
    this.#storage = storage;
  }

  /**
   * What plays has come: from now on this window sounds when it is its turn.
   * @param {{Player: typeof Player}} module player.js
   * @param {import('./player.js').PlayerOptions} [options]
   */
  equip({ Player }, options) {
    this.#player ??= new Player(this.#room, this, this.#sides, options);
    this.#asked?.(this.#player);
    this.#asked = undefined;
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
    if (this.blocked) this.tell({ blocked: false });
    if (this.#player) return this.#player.arm();
    for (const side of this.#sides) {
      side.src = SILENCE;
      side.play().catch(() => {}); // that it was tried in a tap is what counts
    }
  }

  /** Plays the quiet bell. To be called in a tap. */
  bell() {
    this.hear(`/api/bell.wav?bells=${this.#room.mix.bells}`);
  }

  /** Plays a few words of a voice, as the quiet bell is played. To be called after a tap that called `arm`. @param {string} url */
  hear(url) {
    this.#try((player) => player.ring(url));
  }

  /** Has this device's own voice say a few words. To be called in a tap. @param {string} text @param {string} language */
  say(text, language) {
    this.#try((player) => player.say(text, language));
  }

  /** @param {(player: Player) => void} ask */
  #try(ask) {
    if (this.#player) return ask(this.#player);
    const { transport } = this.#room;
    this.#asked = (player) => this.#room.transport === transport && ask(player);
    setTimeout(() => (this.#asked = undefined), SOON);
  }

  /** How far this window's sound goes on by itself should the server be gone, in ms; Infinity: to the end. */
  get reach() {
    return this.#player?.reach ?? 0;
  }

  /** Silence here, now; it lasts until the transport changes. For good, stop the room. */
  silence() {
    this.#asked = undefined;
    this.#player?.silence();
  }

  /** Silent, and deaf to the room, from now on. */
  close() {
    this.#player?.close();
  }

  /** What plays has news. @param {{armed?: boolean, blocked?: boolean}} news */
  tell({ armed = this.armed, blocked = this.blocked }) {
    if (armed === this.armed && blocked === this.blocked) return;
    this.armed = armed;
    this.blocked = blocked;
    this.dispatchEvent(new Event('change'));
  }
}
