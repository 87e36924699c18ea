/**
 * A treatment as the therapist reads it from both ends of the table: which section,
 * how long, how far beyond the plan, and what comes next for their eyes alone.
 * Every answer is worked out for a room time; nothing counts up. No DOM here.
 */

/** @import {Cue, Timeline, Transport} from '../protocol.js' */
import { positionAt, untilOf, waitingAt } from './transport.js';

const MINUTE = 60_000;
const LEAD = 10_000; // ms before a cue, from which its glow may rise: slow enough to startle nobody
const STAYS = 9000; // ms for which the glow stays after it
const LATE = 3000; // ms after a cue, until which a vibration is still about now
const CLEAR = 3000; // ms of a section, before which going back leads to the one before it, as in the room
const AGAIN = ['start', 'previous']; // what leads back on purpose, so that what was passed comes again

/**
 * What the answers are worked out from: `began` and `planned` are the session's, and
 * absent before its first start.
 * @typedef {object} Run
 * @property {Timeline} timeline
 * @property {Transport} transport
 * @property {number} now room time
 * @property {number} [began] room time
 * @property {number} [planned] ms
 */

/**
 * One section of the ribbon, as long as it is now, and as it was when `first` was seen.
 * @typedef {object} Timed
 * @property {string} title
 * @property {number} from
 * @property {number} to
 * @property {number} planned ms
 * @property {boolean} present
 * @property {number} elapsed ms of it that are over
 * @property {number} remaining ms of it that are to come
 */

/**
 * @typedef {object} Times
 * @property {number} elapsed ms by the clock since it began, pauses and all
 * @property {number} remaining ms of the session that are to come
 * @property {number} overrun ms by which it ends later than planned, never negative
 * @property {number} held ms for which it has been holding here
 */

/**
 * The clock of the whole session. While it runs, elapsed and remaining together are
 * what was planned and the overrun, so that the therapist never has to do sums.
 * @param {Run} run @returns {Times}
 */
export function times({ timeline, transport, now, began, planned }) {
  const over = transport.state === 'stopped' || transport.state === 'finished';
  const then = over ? Math.min(now, transport.at) : now;
  const position = positionAt(transport, timeline, then);
  const remaining = Math.max(0, timeline.length - position);
  const elapsed = began === undefined ? position : Math.max(0, then - began);
  const overrun = planned === undefined || began === undefined ? 0 : Math.max(0, elapsed + remaining - planned);
  return { elapsed, remaining, overrun, held: heldFor({ timeline, transport, now: then }) };
}

/** @param {Pick<Run, 'timeline' | 'transport' | 'now'>} run */
function heldFor({ timeline, transport, now }) {
  if (!waitingAt(transport, timeline, now)) return 0;
  return now - transport.at - (untilOf(timeline, transport.position) - transport.position);
}

/**
 * An overrun as it is shown: `+3`, and nothing below a minute.
 * @param {number} ms
 */
export function overrunSign(ms) {
  const minutes = Math.floor(ms / MINUTE);
  return minutes > 0 ? `+${minutes}` : '';
}

/**
 * The ribbon's sections. `first` is the timeline as it was when the session began, if this
 * screen saw it; a section of another name than then is as planned.
 * @param {Pick<Timeline, 'sections'>} timeline @param {number} position @param {Pick<Timeline, 'sections'>} [first]
 * @returns {Timed[]}
 */
export function timed({ sections }, position, first = { sections }) {
  const here = sections.findLastIndex(({ from }) => from <= position);
  return sections.map(({ title, from, to }, i) => {
    const then = first.sections[i]?.title === title ? first.sections[i] : { from, to };
    const elapsed = Math.min(Math.max(0, position - from), to - from);
    return { title, from, to, planned: then.to - then.from, present: i === here, elapsed, remaining: to - from - elapsed };
  });
}

/**
 * The section that the room would go to: the next one; back to the beginning of this one, or
 * of the one before it where this has hardly begun. Undefined where there is none.
 * @param {Pick<Timeline, 'sections'>} timeline @param {number} position @param {'next' | 'previous'} verb
 */
export function leadsTo({ sections }, position, verb) {
  if (verb === 'next') return sections.find(({ from }) => from > position);
  return sections.findLast(({ from }) => from <= position - CLEAR) ?? sections[0];
}

/** A cue for the guide's eyes alone. @param {Cue} cue */
const isPrivate = ({ kind }) => kind === 'guide';

/**
 * The next private cue, those of one moment together, how far off it is, and whether
 * its glow has begun; null when there is none.
 * @param {Pick<Timeline, 'cues'>} timeline @param {number} position
 */
export function nextCue({ cues }, position) {
  const coming = cues.filter((cue) => isPrivate(cue) && cue.at > position);
  if (!coming.length) return null;
  const at = Math.min(...coming.map((cue) => cue.at));
  const texts = coming.filter((cue) => cue.at === at).map(({ text = '' }) => text);
  return { texts, at, away: at - position, near: at - position <= LEAD };
}

/** Whether the edge glows for a private cue that is near, or has just come. @param {Pick<Timeline, 'cues'>} timeline @param {number} position */
export function glows({ cues }, position) {
  return cues.some((cue) => isPrivate(cue) && cue.at - LEAD <= position && position < cue.at + STAYS);
}

/**
 * The position at which something that is told of private cues changes next: a glow, the
 * words, or how many minutes off the next one is, rounded; Infinity when nothing does.
 * @param {Pick<Timeline, 'cues'>} timeline @param {number} position
 */
export function nextLook({ cues }, position) {
  const edges = cues.filter(isPrivate).flatMap(({ at }) => {
    const minutes = Math.ceil((at - position) / MINUTE - 0.5) - 1;
    return [at - LEAD, at, at + STAYS, ...(minutes < 0 ? [] : [at - (minutes + 0.5) * MINUTE])];
  });
  return Math.min(...edges.filter((edge) => edge > position));
}

/**
 * How far a session has come, for what is felt once: kept over a reload, by whoever asks.
 * @typedef {{session: string, rev: number, reached: number}} Reached
 */

/**
 * The private cues to be felt now, and how far the session has come. Each is felt once:
 * not again when a pause goes on from a little earlier, nor after a reload; and not at
 * all when its moment was more than a breath ago, as after lost Wi-Fi. Going back on
 * purpose brings it again.
 * @param {Reached | null} kept @param {Pick<Run, 'timeline' | 'transport' | 'now'>} run
 * @returns {{kept: Reached, texts: string[]}}
 */
export function felt(kept, { timeline, transport, now }) {
  const before = reachedBefore(kept, transport);
  if (transport.state !== 'playing' || now < transport.at) return { kept: before, texts: [] };
  const position = positionAt(transport, timeline, now);
  const due = timeline.cues.filter((cue) =>
    isPrivate(cue) && cue.at > before.reached && cue.at <= position && position - cue.at <= LATE);
  return { kept: { ...before, reached: Math.max(before.reached, position) }, texts: due.map(({ text = '' }) => text) };
}

/** @param {Reached | null} kept @param {Transport} transport @returns {Reached} */
function reachedBefore(kept, { session, rev, position, why = '' }) {
  if (kept?.session !== session) return { session, rev, reached: -1 };
  const again = rev !== kept.rev && AGAIN.includes(why);
  return { session, rev, reached: again ? Math.min(kept.reached, position - 1) : kept.reached };
}
