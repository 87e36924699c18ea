/**
 * The session that runs in this tab, kept so that a page opened anew without its
 * server still has it: what is seen and heard, and where it was. It is gone when the
 * session ends or the tab is closed, and nothing is kept about a person.
 */

/** @import {Mix, Session, Timeline, You} from '../protocol.js' */

const WHOLE = 'stillpoint.kept';
const PLACE = 'stillpoint.kept.place';

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
    this.#put(PLACE, String(Math.floor(position)));
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
      const position = Number(this.#storage?.getItem(PLACE));
      const whole = keeping?.you && keeping.mix && keeping.session.session === keeping.timeline.session;
      return whole && position >= 0 && position <= keeping.timeline.length ? { ...keeping, position } : null;
    } catch {
      return null;
    }
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
