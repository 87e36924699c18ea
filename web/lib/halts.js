/**
 * The pause, stop or ground that this device has asked for and the room has not
 * yet confirmed, and what may contradict it meanwhile.
 */

/** @import {Session, Transport} from '../protocol.js' */
/** @import {Answer, HaltVerb, Refusal} from './room.js' */

/**
 * @typedef {object} Halt
 * @property {string} id
 * @property {HaltVerb} do
 * @property {true} [client]
 * @property {string | undefined} session what was playing when it was asked
 * @property {number} tries
 * @property {number} asked local ms
 * @property {Answer[]} answers everyone who asked
 */

const MOST_TRIES = 5;
/** ms a grounding may travel; later it would begin out of nowhere, and is a stop. */
const FRESH = 10_000;

/** How much each state silences: one of ours is never replaced by a lesser one while it travels. */
const STILLNESS = { playing: 0, paused: 1, stopped: 2, finished: 2, ready: 2 };

export class Halts {
  /** @type {Halt | null} the one still to be confirmed */
  waiting = null;
  /** The revision of our latest confirmed halt; what is older counts no more. */
  #since = 0;
  /** A session plays again from this revision on. */
  #playsSince = 0;

  /**
   * Adds a wish to the one waiting: the stronger stays, and everyone is answered with it.
   * @param {HaltVerb} verb
   * @param {string} id for the command, should it need a new one
   * @param {string} [session]
   * @param {number} [now] local ms
   * @param {true} [client] whether it is the client's: it stays so
   * @returns {Promise<{rev: number}>}
   */
  ask(verb, id, session, now = 0, client = this.waiting?.client) {
    const before = this.waiting;
    const wish = stronger(before?.do, verb);
    const same = before?.do === wish && before.client === client;
    /** @type {Halt} */
    const halt = same && before ? before : { id, do: wish, client, session, tries: 0, asked: now, answers: before?.answers ?? [] };
    halt.tries = 0;
    halt.asked = now;
    this.waiting = halt;
    const answer = new Promise((resolve, reject) => halt.answers.push({ resolve, reject }));
    answer.catch(() => {});
    return answer;
  }

  /**
   * Settles with the halt waiting; null when there is none.
   * @returns {Promise<{rev: number}> | null}
   */
  settled() {
    const halt = this.waiting;
    return halt && new Promise((resolve, reject) => halt.answers.push({ resolve, reject }));
  }

  /**
   * A fresh connection: the room's word there is whole, and a halt is asked again,
   * unless the session it was meant for has given way to another.
   * @param {Session} [session] what the room has now
   * @param {number} [now] local ms
   */
  welcomed(session, now = 0) {
    this.#since = this.#playsSince = 0;
    const halt = this.waiting;
    if (!halt) return;
    halt.tries = 0;
    if (halt.do === 'ground' && now - halt.asked > FRESH) halt.do = 'stop';
    if (halt.session && session && !session.aside && halt.session !== session.session) {
      this.abandon({ code: 'not-now', text: 'Another session is here now.' });
    }
  }

  /**
   * Whether the room's word may replace what this device acts on.
   * @param {Transport} word
   * @param {Transport | null} present
   */
  allow(word, present) {
    if (word.rev < this.#since) return false;
    if (word.state === 'playing') return !this.waiting && word.rev >= this.#playsSince;
    if (!this.waiting || !present || word.session !== present.session) return true;
    return STILLNESS[word.state] >= STILLNESS[present.state];
  }

  /**
   * Says whether the ack was for the halt waiting. What plays from here on must be
   * newer than a pause or stop; a grounding is begun by its own revision.
   * @param {string} id
   * @param {number} rev
   */
  acked(id, rev) {
    const halt = this.waiting;
    if (halt?.id !== id) return false;
    this.#since = rev;
    this.#playsSince = halt.do === 'ground' ? rev : rev + 1;
    this.waiting = null;
    for (const answer of halt.answers) answer.resolve({ rev });
    return true;
  }

  /**
   * A halt was refused. `nothing`: there was nothing to halt, and the room's word
   * counts. `again`: send it again, under its new id. `stays`: this device keeps
   * its silence until the halt is asked again or a fresh connection is made.
   * @param {string} id
   * @param {Refusal} refusal
   * @param {string} newID
   * @returns {'nothing' | 'again' | 'stays' | null} null: it was not the halt waiting
   */
  refused(id, refusal, newID) {
    const halt = this.waiting;
    if (halt?.id !== id) return null;
    if (refusal.code === 'not-now') {
      this.abandon(refusal);
      return 'nothing';
    }
    halt.id = newID;
    return ++halt.tries < MOST_TRIES ? 'again' : 'stays';
  }

  /** @param {Refusal} refusal */
  abandon(refusal) {
    const answers = this.waiting?.answers ?? [];
    this.waiting = null;
    for (const answer of answers) answer.reject(refusal);
  }
}

/**
 * Of two wishes the one to keep. The later one counts, except that a pause adds
 * nothing to a stop, and takes from a grounding only its beginning.
 * @param {HaltVerb | undefined} before
 * @param {HaltVerb} verb
 * @returns {HaltVerb}
 */
function stronger(before, verb) {
  if (verb !== 'pause' || !before) return verb;
  return before === 'ground' ? 'stop' : before;
}
