/**
 * From Begin to the beginning: the voice is waited for, the session is made, and
 * it starts, unless anybody has thought better of it meanwhile.
 */

/** @import {CommandFields} from '../protocol.js' */
/** @import {Room} from './room.js' */
import { later } from './later.js';

const SOON = 400; // ms; a wait that is shorter is none
/** @type {unknown[]} */
const HALTS = ['pause', 'stop', 'ground'];

/** @typedef {{asked: number, over: Promise<void>, end: () => void}} Run */

/** Fires `change` when `waiting` has changed. */
export class Beginning extends EventTarget {
  /** Whether it takes a while. */
  waiting = false;

  #room;
  #schedule;
  /** @type {Run | null} */
  #run = null;

  /**
   * @param {EventTarget & Pick<Room, 'do' | 'now' | 'haltedAt' | 'transport'>} room
   * @param {import('./later.js').Schedule} [schedule]
   */
  constructor(room, schedule = later) {
    super();
    this.#room = room;
    this.#schedule = schedule;
    room.addEventListener('change', this.#look);
  }

  /**
   * Rejects with the room's refusal. Pressed twice, it begins once. `agreed` is what the person
   * who begins has said: whoever had halted the session before agrees.
   * @param {() => Promise<unknown>} ready
   * @param {() => CommandFields} order what is to be loaded, asked for when all is ready
   * @param {true} [agreed]
   */
  async begin(ready, order, agreed) {
    if (this.#run) return;
    const run = (this.#run = newRun(this.#room.now()));
    const endWait = this.#schedule(() => this.#tell(true), SOON);
    try {
      await Promise.race([ready(), run.over]);
      if (this.#goesOn(run)) await Promise.race([this.#room.do('load', { ...order(), since: Math.floor(run.asked) }), run.over]);
      if (this.#goesOn(run)) await this.#room.do('start', agreed ? { agreed } : undefined);
    } catch (refusal) {
      if (this.#run === run) throw refusal;
    } finally {
      endWait();
      if (this.#run === run) this.cancel();
    }
  }

  /** Nothing begins. */
  cancel() {
    this.#run?.end();
    this.#run = null;
    this.#tell(false);
  }

  close() {
    this.#room.removeEventListener('change', this.#look);
    this.cancel();
  }

  #look = () => void (this.#run && !this.#goesOn(this.#run) && this.cancel());

  /** Whether nobody, here or elsewhere, has asked for silence since. @param {Run} run */
  #goesOn(run) {
    const { haltedAt, transport } = this.#room;
    const halted = transport && transport.at > run.asked && HALTS.includes(transport.why);
    return this.#run === run && haltedAt < run.asked && !halted;
  }

  /** @param {boolean} waiting */
  #tell(waiting) {
    if (waiting === this.waiting) return;
    this.waiting = waiting;
    this.dispatchEvent(new Event('change'));
  }
}

/** @param {number} asked @returns {Run} */
function newRun(asked) {
  let end = () => {};
  const over = new Promise((/** @type {(_: void) => void} */ resolve) => (end = resolve));
  return { asked, over, end };
}
