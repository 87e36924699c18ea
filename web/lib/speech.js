/**
 * What a browser's own voice must say next, by which voice and how fast. Pure:
 * the voice follows the transport, never the other way round.
 */

/** @import {Cue, Mix, Timeline, Transport} from '../protocol.js' */
import { positionAt, untilOf } from './transport.js';

/**
 * What was begun last.
 * @typedef {object} Spoken
 * @property {Cue} cue
 * @property {number} began when that cue was due, in room time
 * @property {boolean} over whether it is silent again
 */

/**
 * `after`: look again in so many ms, sooner if something changes; Infinity: only then.
 * @typedef {{do: 'nothing', after: number}
 *   | {do: 'hush', after: number}
 *   | {do: 'speak', cue: Cue, began: number, after: number}} Turn
 */

const GRACE = 400; // ms after which a line is left out: its words would run into what follows
const JUMP = 250; // ms by which a line under way may be off its place before it is another's
const MOST = 160; // letters in one go: some voices are cut off after about fifteen seconds
const SLOWEST = 0.8; // of a voice's usual speed, at which a line begins
const FASTEST = 1.2; // beyond it, calm is lost sooner than time
const NIGHT = 0.5; // of the loudness, at night

/**
 * @param {Timeline | null} timeline
 * @param {Transport | null} transport
 * @param {Spoken | null} spoken
 * @param {number} now room time
 * @param {number} [lag] ms by which a voice begins after it is asked
 * @returns {Turn}
 */
export function turn(timeline, transport, spoken, now, lag = 0) {
  const busy = spoken !== null && !spoken.over;
  /** @param {number} after @returns {Turn} */
  const hush = (after) => ({ do: busy ? 'hush' : 'nothing', after });
  if (!timeline || transport?.state !== 'playing' || transport.session !== timeline.session) return hush(Infinity);
  const heard = now + lag; // when what is begun now would be heard
  if (heard < transport.at) return hush(transport.at - heard);
  const position = positionAt(transport, timeline, heard);
  const { cue, next } = linesAt(timeline, position);
  const until = untilOf(timeline, transport.position);
  const after = next && next.at < until ? next.at - position : Infinity;
  if (!cue) return hush(after);
  if (spoken && same(spoken.cue, cue) && (position === until || Math.abs(heard - position + cue.at - spoken.began) < JUMP)) return { do: 'nothing', after };
  if (position - cue.at > GRACE) return hush(after);
  return { do: 'speak', cue, began: heard - (position - cue.at), after };
}

/**
 * The line that is due at a position, and the one after it.
 * @param {Timeline} timeline
 * @param {number} position
 */
function linesAt({ cues }, position) {
  const lines = cues.filter((cue) => cue.kind === 'say' && cue.text);
  return { cue: lines.findLast(({ at }) => at <= position), next: lines.find(({ at }) => at > position) };
}

/** A line stays itself when the timeline around it is made anew. @param {Cue} a @param {Cue} b */
function same(a, b) {
  return a.at === b.at && a.text === b.text;
}

/**
 * A text parted so that no voice is cut off in the middle: whole sentences where they are short enough.
 * @param {string} text
 * @returns {string[]}
 */
export function portions(text) {
  /** @type {string[]} */
  const parts = [];
  for (const piece of text.match(/.+?(?:[.!?…:;]["”’)]*(?=\s)|$)/gsu) ?? []) {
    for (const part of shortened(piece.trim())) {
      const joined = parts.length ? `${parts[parts.length - 1]} ${part}` : part;
      if (parts.length && joined.length <= MOST) parts[parts.length - 1] = joined;
      else parts.push(part);
    }
  }
  return parts.filter(Boolean);
}

/** A sentence that is too long is parted between words, best at a comma. @param {string} sentence */
function shortened(sentence) {
  const parts = [];
  let rest = sentence;
  while (rest.length > MOST) {
    const head = rest.slice(0, MOST);
    const cut = [head.lastIndexOf(', ') + 1, head.lastIndexOf(' ')].find((at) => at > MOST / 3) ?? MOST;
    parts.push(rest.slice(0, cut).trim());
    rest = rest.slice(cut).trim();
  }
  return [...parts, rest];
}

/**
 * The voice to speak a language by, undefined for none: one that works without a
 * network before one that does not, the language's own region before another. Never simply the first.
 * @template {Pick<SpeechSynthesisVoice, 'lang' | 'localService' | 'default' | 'name'>} V
 * @param {V[]} voices
 * @param {string} language
 * @returns {V | undefined}
 */
export function voiceFor(voices, language) {
  const tag = plain(language || 'en');
  const [primary] = tag.split('-');
  const fit = voices.filter(({ lang }) => plain(lang).split('-')[0] === primary);
  /** @param {V} voice */
  const rank = ({ lang, localService, default: chosen, name }) =>
    (localService ? 8 : 0) + (plain(lang) === tag ? 4 : 0) + (chosen ? 2 : 0) + (name.includes('+') ? 0 : 1); // a + names a variant of another voice
  return fit.reduce((/** @type {V | undefined} */ best, voice) => (best && rank(best) >= rank(voice) ? best : voice), undefined);
}

/** @param {string} tag of a language, as some systems write it: en_GB */
const plain = (tag) => tag.replaceAll('_', '-').toLowerCase();

/**
 * How fast, so that the words fit their time.
 * @param {Pick<Cue, 'text' | 'length'>} cue
 * @param {number} perLetter ms at a voice's usual speed, as measured; 0 while nothing is known
 */
export function rateFor({ text = '', length = 0 }, perLetter) {
  if (!perLetter || !length) return SLOWEST;
  return Math.min(FASTEST, Math.max(SLOWEST, (text.length * perLetter) / length));
}

/** How loud, by the same fader as every other sound. @param {Pick<Mix, 'voice' | 'night'>} mix */
export function loudness({ voice, night }) {
  return (voice / 100) ** 2 * (night ? NIGHT : 1);
}
