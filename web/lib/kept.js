/**
 * The session that runs in this tab, kept so that a page opened anew without its
 * server still has it: what is seen and heard, and where it was. It is gone when the
 * session ends or the tab is closed, and is not taken up hours later, in a tab that
 * comes back. A pause or stop that the room has not heard of is kept beside it until
 * it has. Nothing is kept about a person.
 */

/** @import {Mix, Session, Timeline, You} from '../protocol.js' */

const WHOLE = 'stillpoint.kept';
const PLACE = 'stillpoint.kept.place';
const HALTED = 'stillpoint.kept.halted';
const LASTS = 4 * 3_600_000; // ms

/** @typedef {{do: 'pause' | 'stop', session: string}} Halted what was asked for, and of which session */

/**
 * @typedef {object} Keeping
 * @property {You} you
 * @property {Session} session
 * @property {Timeline} timeline
 * @property {Mix} mix
 * @property {boolean} mine whether this device was the room's sound
 */

export class Kept {
  #storage;
  /** @type {unknown[]} what was kept last, so that only the place is written where nothing else is new */
  #last = [];

  /** @param {Pick<Storage, 'getItem' | 'setItem' | 'removeItem'> | null} storage of this tab; none where the browser forbids it */
  constructor(storage) {
    this.#storage = storage;
  }

  /** @param {Keeping} keeping @param {number} position ms */
  keep({ you, session, timeline, mix, mine }, position) {
    const now = [you, session, timeline, mix, mine];
    this.#put(PLACE, `${Math.floor(position)} ${Date.now()}`);
    if (now.every((one, i) => one === this.#last[i])) return;
    this.#last = now;
    this.#put(WHOLE, JSON.stringify({ you, session, timeline, mix, mine }));
  }

  clear() {
    if (this.#last === NOTHING) return;
    this.#last = NOTHING;
    for (const key of [WHOLE, PLACE]) this.#storage?.removeItem(key);
  }

  /** @returns {Keeping & {position: number} | null} */
  read() {
    try {
      const keeping = JSON.parse(this.#storage?.getItem(WHOLE) ?? 'null');
      const [position, at] = (this.#storage?.getItem(PLACE) ?? '').split(' ').map(Number);
      const whole = keeping?.you && keeping.mix && keeping.session.session === keeping.timeline.session;
      const fresh = Date.now() - at < LASTS;
      return whole && fresh && position >= 0 && position <= keeping.timeline.length ? { ...keeping, position } : null;
    } catch {
      return null;
    }
  }

  /** The pause or stop that the room may not have heard of. @returns {Halted | null} */
  get halted() {
    const [verb, session] = (this.#storage?.getItem(HALTED) ?? '').split(' ');
    return (verb === 'pause' || verb === 'stop') && session ? { do: verb, session } : null;
  }

  set halted(halted) {
    if (halted) this.#put(HALTED, `${halted.do} ${halted.session}`);
    else this.#storage?.removeItem(HALTED);
  }

  /** @param {string} key @param {string} text */
  #put(key, text) {
    try {
      this.#storage?.setItem(key, text);
    } catch {
      // No room: a page opened anew then says that nothing is here.
    }
  }
}

/** @type {unknown[]} */
const NOTHING = ['nothing is kept'];
