/**
 * What an <audio> element that plays a session's track must do next. Pure: the
 * element follows the transport, never the other way round.
 */

/** @import {Mix, Timeline, Transport} from '../protocol.js' */
import { positionAt, untilOf } from './transport.js';

/**
 * What is to be heard here.
 * @typedef {object} Wanted
 * @property {string} src of the track; '' when another device is the room's sound
 * @property {Transport | null} transport
 * @property {Timeline | null} timeline
 */

/**
 * The element as it is.
 * @typedef {object} Element
 * @property {string} src the track it holds, '' for none
 * @property {boolean} ready whether that can be played and sought in
 * @property {boolean} paused still, or fading towards it
 * @property {boolean} held seeking, or short of sound: nothing can be told from its position
 * @property {boolean} ringing it plays the quiet bell
 * @property {boolean} blocked the browser asks for a tap first
 * @property {boolean} woken the loudspeaker has been woken for this beginning
 * @property {number} position ms
 * @property {number} rate
 * @property {number} sinceSeek ms
 * @property {number} lag ms by which sound comes after it was asked for, as learnt so far
 */

/**
 * `after`: look again in so many ms, sooner if something changes; Infinity: only then.
 * @typedef {{do: 'nothing', after: number}
 *   | {do: 'silence', after: number}
 *   | {do: 'load', src: string, after: number}
 *   | {do: 'cross', src: string, after: number}
 *   | {do: 'wake', after: number}
 *   | {do: 'seek', position: number, after: number}
 *   | {do: 'play', position: number, after: number}
 *   | {do: 'rate', rate: number, after: number}} Action
 */

const LOOK = 1000; // ms between looks while it plays
const WAKE = 1200; // ms before a beginning at which a loudspeaker that may sleep is woken
const WOKEN = 300; // ms before a beginning: by then the waking has shown how late sound comes here
const WAKE_LEAST = 500; // ms; one that is nearer than this comes of going on, and the loudspeaker is awake
const NEAR = 40; // ms: what is seen and heard are one below this
const ASTRAY = 20; // ms from which it is corrected: another speed costs about as much again at first
const FAR = 250; // ms: beyond this, seeking is kinder than playing faster
const CLOSE = 10; // ms: a correction goes on until here
const NUDGE = 0.02; // of the speed, too little to be heard
const SEEK_REST = 1000; // ms between two seeks that only correct
const AT_END = 1000; // ms before the end of the timeline from which an element has as good as reached it

/**
 * @param {Wanted} wanted
 * @param {Element} element
 * @param {number} now room time
 * @returns {Action}
 */
export function plan({ src, transport, timeline }, element, now) {
  if (!src || !transport || !timeline || transport.session !== timeline.session) return hush(element);
  const playing = transport.state === 'playing';
  if (element.src !== src) {
    if (!playing && (element.ringing || !holdsPlace(transport))) return element.ringing ? nothing() : hush(element);
    return change(src, element, transport, timeline, now);
  }
  if (over(transport, timeline, now) && !element.paused && element.position > timeline.length - AT_END) return ringOut(element);
  const heard = now + element.lag; // when what is begun now would be heard
  const position = positionAt(transport, timeline, element.paused ? heard : now);
  const left = untilOf(timeline, transport.position) - position;
  if (!playing && !holdsPlace(transport)) return hush(element);
  if (!playing || left <= 0 || heard < transport.at) return still(element, position, playing ? transport.at - heard : Infinity);
  if (!element.ready) return nothing();
  if (element.paused) return element.blocked ? nothing() : { do: 'play', position, after: Math.min(LOOK, left) };
  return follow(element, position, Math.min(LOOK, left));
}

/**
 * Another track: it takes over from the one that sounds where that is in its
 * place, and takes its place behind a fade otherwise.
 * @param {string} src
 * @param {Element} element
 * @param {Transport} transport
 * @param {Timeline} timeline
 * @param {number} now
 * @returns {Action}
 */
function change(src, element, transport, timeline, now) {
  const position = positionAt(transport, timeline, now);
  const left = untilOf(timeline, transport.position) - position;
  const sounds = transport.state === 'playing' && now >= transport.at && left > 0 && !element.paused && !element.ringing && !element.held;
  if (!sounds || Math.abs(position - element.position) > FAR) return { do: 'load', src, after: Infinity };
  return { do: 'cross', src, after: Math.min(LOOK, left) };
}

/**
 * Whether the session has come to its end by itself, told by the room or not yet.
 * @param {Transport} transport
 * @param {Timeline} timeline
 * @param {number} now
 */
function over(transport, timeline, now) {
  if (transport.state === 'finished') return transport.why === 'end';
  return transport.state === 'playing' && positionAt(transport, timeline, now) >= timeline.length;
}

/**
 * The track is longer than its timeline: the last bell dies away in its own time.
 * @param {Element} element
 * @returns {Action}
 */
function ringOut(element) {
  return element.rate === 1 ? nothing() : { do: 'rate', rate: 1, after: Infinity };
}

/**
 * The session stands, or begins in `ahead` ms: silence, and the place kept ready.
 * @param {Element} element
 * @param {number} position
 * @param {number} ahead
 * @returns {Action}
 */
function still(element, position, ahead) {
  const after = ahead > 0 ? ahead : Infinity;
  if (!element.paused) return { do: 'silence', after };
  const off = Math.abs(position - element.position);
  const asleep = Number.isFinite(after) && after >= WAKE_LEAST && !element.woken;
  const again = asleep && after > WAKE ? after - WAKE : after;
  if (element.ready && !element.held && off > NEAR) return { do: 'seek', position, after: again };
  return asleep && after <= WAKE ? { do: 'wake', after: after - WOKEN } : nothing(again);
}

/**
 * The element plays: keeps it with the transport.
 * @param {Element} element
 * @param {number} position
 * @param {number} after
 * @returns {Action}
 */
function follow(element, position, after) {
  if (element.held) return nothing(after);
  const off = position - element.position;
  const size = Math.abs(off);
  if (size > FAR) return element.sinceSeek < SEEK_REST ? nothing(after) : { do: 'seek', position: position + element.lag, after };
  const correcting = element.rate !== 1;
  const rate = size >= ASTRAY || (correcting && size > CLOSE) ? 1 + Math.sign(off) * NUDGE : 1;
  return rate === element.rate ? nothing(after) : { do: 'rate', rate, after };
}

/**
 * @param {Element} element
 * @returns {Action}
 */
function hush(element) {
  return element.paused || element.ringing ? nothing() : { do: 'silence', after: Infinity };
}

/**
 * @param {number} [after]
 * @returns {Action}
 */
function nothing(after = Infinity) {
  return { do: 'nothing', after };
}

/**
 * Whether a session that stands still is likely to go on: its track is fetched ahead.
 * @param {Transport} transport
 */
function holdsPlace(transport) {
  return transport.state === 'ready' || transport.state === 'paused';
}

const SHORTEST = 400; // ms
const PER_DB = 170; // ms: half a cosine stays within 6 dB in any 400 ms
const FURTHEST = 28; // dB; what differs more was as good as not there
const NIGHT = 10; // dB

/**
 * How long going over from one track to another takes, in ms: the longer, the more
 * they differ in level.
 * @param {string} from @param {string} to tracks, as trackURL names them
 */
export function crossingTime(from, to) {
  const [old, next] = [from, to].map((src) => new URLSearchParams(src.slice(src.indexOf('?'))));
  const level = (/** @type {URLSearchParams} */ mix, /** @type {string} */ kind) =>
    40 * Math.log10(Math.max(0.03, Number(mix.get(kind)) / 100)) - (mix.get('night') === 'true' ? NIGHT : 0);
  const most = Math.max(...['voice', 'bells', 'breath', 'ambience'].map((kind) => Math.abs(level(next, kind) - level(old, kind))));
  return Math.max(SHORTEST, Math.min(FURTHEST, most) * PER_DB);
}

/** Whether two tracks are of the same plan. @param {string} a @param {string} b */
export function samePlan(a, b) {
  const plan = (/** @type {string} */ src) => src.split('?')[0] + new URLSearchParams(src.slice(src.indexOf('?'))).get('rev');
  return plan(a) === plan(b);
}

/**
 * Where a timeline's track is fetched, at these levels.
 * @param {Timeline} timeline
 * @param {Mix} mix
 */
export function trackURL({ session, rev }, mix) {
  const query = new URLSearchParams({ rev: String(rev) });
  for (const [name, level] of Object.entries(mix)) query.set(name, String(level));
  return `/api/sessions/${encodeURIComponent(session)}/track.wav?${query}`;
}
