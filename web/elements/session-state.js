/**
 * Small questions about a session that several faces ask. No DOM here.
 * @typedef {import('../lib/room.js').Room} Room
 * @typedef {import('../protocol.js').Timeline} Timeline
 */

const APART = 20_000; // ms between two names

/** Why a session paused when nobody asked. */
const OF_ITSELF = ['alone', 'out', 'slept', 'restarted'];

/**
 * Whom a guide needs the agreement of; nothing when it is this device or nobody.
 * @param {Room} room @returns {{name: string} | null} name is '' for one without
 */
export function agreementOf(room) {
  const needs = room.transport?.needs;
  if (!needs || needs === room.you?.id || room.you?.role !== 'guide') return null;
  return { name: room.people.find((person) => person.id === needs)?.name ?? '' };
}

/**
 * The 60-second grounding, from where its button says that they agree if somebody has to.
 * @param {Room} room
 */
export function groundIn(room) {
  return agreementOf(room) ? room.do('ground', { agreed: true, language: room.language }) : room.ground();
}

/**
 * Who has paused, in a sentence, and what is needed to go on: for the guide's eyes.
 * @param {import('../here.js').Here} here
 */
export function whoPaused({ t, room }) {
  const { needs, by, why = '' } = room.transport ?? {};
  const named = (/** @type {string | undefined} */ id) => room.people.find((person) => person.id === id)?.name;
  if (agreementOf(room)) return t('room.paused.agree', { name: named(needs) || t('room.client') });
  if (OF_ITSELF.includes(why)) return t(`room.paused.${why}`);
  if (!by || by === room.you?.id) return t('room.paused');
  return t('room.paused.by', { name: named(by) || t('someone') });
}

/**
 * The one breath of a block that `phase` belongs to.
 * @template {{n: number}} Phase
 * @param {Phase[]} block @param {Phase} phase
 */
export function breathOf(block, phase) {
  return block.filter((other) => other.n === phase.n);
}

/**
 * The guide's latest private cues of the present section, those of one moment together, and when the next come.
 * @param {Timeline} timeline @param {number} position @param {number} since start of the section
 */
export function guideCue(timeline, position, since) {
  const cues = timeline.cues.filter((cue) => cue.kind === 'guide');
  const past = cues.filter((cue) => cue.at <= position && cue.at >= since);
  return {
    texts: past.filter((cue) => cue.at === past.at(-1)?.at).map((cue) => cue.text ?? ''),
    next: cues.find((cue) => cue.at > position)?.at ?? Infinity,
  };
}

/**
 * What a screen reader is told while a session is shown: what matters at once, and the names of
 * its sections with so much room between them that nobody is talked to all the time.
 */
export class Announced {
  #words = '';
  #at = -Infinity;
  #mattered = false;

  /**
   * The words to be told, which stay as they were where it is too early for other ones.
   * After something that mattered the next name tells that it goes on.
   * @param {string} words
   * @param {{matters: boolean, now: number}} how now: ms on this device
   */
  next(words, { matters, now }) {
    if (words !== this.#words && (matters || this.#mattered || now - this.#at >= APART)) {
      this.#words = words;
      this.#at = now;
      this.#mattered = matters;
    }
    return this.#words;
  }
}
