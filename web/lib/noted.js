/**
 * What was noted before a session, held in this page until there is an entry to keep
 * it in. The session never waits for it: it is sent behind the beginning, and again
 * while the entry is not there yet.
 */

/** @import {CheckIn} from '../protocol.js' */
import { running } from './transport.js';

const FRESH = 3_600_000; // ms that what was noted is still of the time before
const AGAIN = 1000; // ms until it is sent again
const TRIES = 20;
/** What may be otherwise a moment later. */
const PASSING = ['not-found', 'not-connected'];

/** @typedef {{script: string, checkIn: CheckIn, at: number}} Held */

export class Noted {
  /** @type {Held | null} */
  held = null;

  #room;
  #journal;
  #schedule;
  #now;

  /**
   * @param {import('./room.js').Room} room
   * @param {Pick<import('./journal.js').Journal, 'note'>} journal
   * @param {{schedule?: (then: () => void, ms: number) => unknown, now?: () => number}} [options]
   */
  constructor(room, journal, { schedule = setTimeout.bind(globalThis), now = Date.now } = {}) {
    this.#room = room;
    this.#journal = journal;
    this.#schedule = schedule;
    this.#now = now;
    room.addEventListener('change', () => this.#look());
  }

  /** What was noted for a script a while ago, or null. @param {string} script */
  of(script) {
    return this.held?.script === script && this.#now() - this.held.at < FRESH ? this.held.checkIn : null;
  }

  /** @param {string} script @param {CheckIn} checkIn */
  hold(script, checkIn) {
    this.held = { script, checkIn, at: this.#now() };
  }

  /** Nothing is held of it any more. */
  release() {
    this.held = null;
  }

  /** A session that begins takes it along, or leaves it behind where it is another's. */
  #look() {
    const { transport, session } = this.#room;
    if (!this.held || !running(transport) || !session || session.aside) return;
    const checkIn = this.of(session.script);
    this.release();
    if (checkIn) void this.#send(session.session, checkIn, TRIES);
  }

  /** @param {string} session @param {CheckIn} checkIn @param {number} tries */
  async #send(session, checkIn, tries) {
    try {
      await this.#journal.note(session, 'before', checkIn);
    } catch (refusal) {
      const passes = PASSING.includes(/** @type {import('./journal.js').Refusal} */ (refusal).code);
      if (passes && tries > 1) this.#schedule(() => void this.#send(session, checkIn, tries - 1), AGAIN);
    }
  }
}

/** @type {WeakMap<import('./room.js').Room, Noted>} */
const each = new WeakMap();

/** The one of a room. @param {import('./room.js').Room} room @param {import('./journal.js').Journal} journal */
export function notedIn(room, journal) {
  const noted = each.get(room) ?? new Noted(room, journal);
  each.set(room, noted);
  return noted;
}
