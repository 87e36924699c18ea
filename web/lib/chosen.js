/**
 * What makes this device one that a guide can choose for the room's sound: the room
 * knows whether a tap has let it sound, and it can be tried from afar.
 */

/** @import {Trial} from '../protocol.js' */
/** @import {Room} from './room.js' */

/** @typedef {EventTarget & {armed: boolean, blocked: boolean}} Arms fires `change` when it is otherwise */

export class Chosen {
  #room;
  #arms;
  #plays;
  /** The people among whom the room was told whether this page may sound. @type {unknown} */
  #told = null;

  /**
   * @param {Room} room
   * @param {Arms} arms
   * @param {{ring(src: string): void, hush(): void}} plays what is asked for from afar, where no session does
   */
  constructor(room, arms, plays) {
    this.#room = room;
    this.#arms = arms;
    this.#plays = plays;
    room.addEventListener('change', this.#tell);
    arms.addEventListener('change', this.#tell);
    room.addEventListener('trial', this.#try);
    this.#tell();
  }

  close() {
    this.#room.removeEventListener('change', this.#tell);
    this.#arms.removeEventListener('change', this.#tell);
    this.#room.removeEventListener('trial', this.#try);
  }

  /** Once for each list of people that has it otherwise. */
  #tell = () => {
    const { you, people, status } = this.#room;
    const on = this.#arms.armed && !this.#arms.blocked;
    const me = status === 'live' && people !== this.#told && people.find(({ id }) => id === you?.id);
    if (!me || me.role === 'remote' || Boolean(me.armed) === on) return;
    this.#told = people;
    this.#room.do('arm', { on });
  };

  /** @param {Event} event */
  #try = (event) => {
    const { voice, language = '', over } = /** @type {CustomEvent<Trial>} */ (event).detail;
    if (over) return this.#plays.hush();
    if (!voice) return this.#plays.ring(`/api/bell.wav?bells=${this.#room.mix.bells}`);
    this.#plays.ring(`/api/voices/${encodeURIComponent(voice)}/sample.wav?${new URLSearchParams({ language })}`);
  };
}
