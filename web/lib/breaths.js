/**
 * Breaths to choose from, and what one of one's own may be. No DOM here. The server holds to
 * the same bounds (internal/script); both read internal/script/testdata in their tests.
 */

/** @import {PhaseKind} from '../protocol.js' */

/**
 * @typedef {[PhaseKind, number]} Part a phase and how long it is, in ms
 * @typedef {object} Pattern
 * @property {string} id
 * @property {Part[]} phases none where the breath comes as it will
 * @property {0 | 1 | 2} level
 * @property {[number, number]} use least and most that it is offered for
 * @property {'min' | 'breaths'} unit of that
 */

/** Every pattern with a name, in the order of the reference table. @type {readonly Pattern[]} */
export const PATTERNS = [
  { id: 'natural', phases: [], level: 0, use: [1, 20], unit: 'min' },
  { id: 'starter_3_4', phases: [['inhale', 3000], ['exhale', 4000]], level: 0, use: [2, 5], unit: 'min' },
  { id: 'equal_4', phases: [['inhale', 4000], ['exhale', 4000]], level: 0, use: [3, 10], unit: 'min' },
  { id: 'coherent_6', phases: [['inhale', 5000], ['exhale', 5000]], level: 0, use: [5, 10], unit: 'min' },
  { id: 'coherent_5.5', phases: [['inhale', 5450], ['exhale', 5450]], level: 1, use: [5, 10], unit: 'min' },
  { id: 'extend_4_6', phases: [['inhale', 4000], ['exhale', 6000]], level: 0, use: [5, 10], unit: 'min' },
  { id: 'extend_4_8', phases: [['inhale', 4000], ['exhale', 8000]], level: 1, use: [2, 5], unit: 'min' },
  { id: 'extend_5.5_40:60', phases: [['inhale', 4360], ['exhale', 6550]], level: 1, use: [5, 10], unit: 'min' },
  { id: 'cyclic_sigh', phases: [['inhale', 3000], ['inhale', 1000], ['exhale', 8000]], level: 1, use: [1, 3], unit: 'breaths' },
  { id: 'pursed_2_4', phases: [['inhale', 2000], ['exhale', 4000]], level: 0, use: [1, 5], unit: 'min' },
  { id: 'diaphragm', phases: [['inhale', 4000], ['exhale', 5000]], level: 1, use: [5, 15], unit: 'min' },
  { id: 'straw', phases: [['inhale', 3000], ['exhale', 6000]], level: 0, use: [1, 3], unit: 'min' },
  { id: 'bee', phases: [['inhale', 4000], ['exhale', 8000]], level: 1, use: [5, 7], unit: 'breaths' },
  { id: 'resonance_6.5', phases: [['inhale', 3690], ['exhale', 5540]], level: 1, use: [10, 20], unit: 'min' },
  { id: 'resonance_6', phases: [['inhale', 4000], ['exhale', 6000]], level: 1, use: [10, 20], unit: 'min' },
  { id: 'resonance_5.5', phases: [['inhale', 4360], ['exhale', 6550]], level: 1, use: [10, 20], unit: 'min' },
  { id: 'resonance_5', phases: [['inhale', 4800], ['exhale', 7200]], level: 1, use: [10, 20], unit: 'min' },
  { id: 'resonance_4.5', phases: [['inhale', 5330], ['exhale', 8000]], level: 1, use: [10, 20], unit: 'min' },
  { id: 'triangle_4', phases: [['inhale', 4000], ['hold', 4000], ['exhale', 4000]], level: 2, use: [1, 3], unit: 'min' },
  { id: 'box_3', phases: [['inhale', 3000], ['hold', 3000], ['exhale', 3000], ['rest', 3000]], level: 2, use: [1, 3], unit: 'min' },
  { id: 'box_4', phases: [['inhale', 4000], ['hold', 4000], ['exhale', 4000], ['rest', 4000]], level: 2, use: [1, 5], unit: 'min' },
  { id: '4_7_8', phases: [['inhale', 4000], ['hold', 7000], ['exhale', 8000]], level: 2, use: [1, 4], unit: 'breaths' },
  { id: '4_7_8_half', phases: [['inhale', 2000], ['hold', 3500], ['exhale', 4000]], level: 2, use: [1, 4], unit: 'breaths' },
];

/** Bounds of a breath of one's own, in ms, and of its pace, in breaths a minute. */
export const BOUNDS = { phase: [1000, 20_000], hold: 8000, breath: [3000, 20_000], rate: [4.5, 20], usual: 12 };

export const STEP = 500; // ms: half a second
const GROWTH = 0.03; // the most one breath may differ from the one before it
const OPEN = 5.5; // breaths a minute, below which there is a note to read

/** in, hold, out, rest, in ms @typedef {[number, number, number, number]} Own */

/** @type {readonly PhaseKind[]} */
export const KINDS = ['inhale', 'hold', 'exhale', 'rest'];

/** @param {readonly Part[]} phases */
export const lengthOf = (phases) => phases.reduce((sum, [, ms]) => sum + ms, 0);

/** @param {Own} own @returns {Part[]} */
export const phasesOf = (own) => KINDS.map((kind, i) => /** @type {Part} */ ([kind, own[i]])).filter(([, ms]) => ms > 0);

/** @typedef {'in' | 'out' | 'hold' | 'rest' | 'fast' | 'slow' | 'held'} Why */

/** Why a breath is not offered; '' for one that is. @param {Own} own @returns {Why | ''} */
export function refused([inn, hold, out, rest]) {
  const [least, most] = BOUNDS.phase;
  const length = inn + hold + out + rest;
  if (inn < least || inn > most) return 'in';
  if (hold > BOUNDS.hold) return 'hold';
  if (out < least || out > most) return 'out';
  if (rest > BOUNDS.hold) return 'rest';
  if (length < BOUNDS.breath[0]) return 'fast';
  if (length > BOUNDS.breath[1]) return 'slow';
  return (hold + rest) * 2 > length ? 'held' : '';
}

/** @param {Own} own @returns {0 | 1 | 2} */
export function levelOf(own) {
  if (own[1] + own[3] > 0) return 2;
  return 60_000 / lengthOf(phasesOf(own)) < OPEN ? 1 : 0;
}

/**
 * The least time in which a pace may change to another, in ms. 0 is one's own pace.
 * @param {number} from breaths a minute @param {number} to
 */
export function shortest(from, to) {
  const first = 60 / (from || BOUNDS.usual);
  const last = 60 / to;
  const steps = Math.ceil(Math.abs(Math.log(last / first)) / Math.log1p(GROWTH));
  let seconds = last;
  for (let k = 0; k < steps; k++) seconds += first * (last / first) ** (k / steps);
  return Math.ceil(seconds * 1000);
}

/** How long a breath goes on. @typedef {{n: number, unit: 'min' | 'breaths'}} Long */

/** @param {string} what a pattern's id, or seconds @param {Long} long */
function scriptFor(what, { n, unit }) {
  return unit === 'min' ? `breathe:${what} for ${n} min` : `breathe:${what}, ${n} ${n === 1 ? 'time' : 'times'}`;
}

/** The script a pattern is. @param {Pattern} pattern @param {Long} long */
export const scriptOf = (pattern, long) => scriptFor(pattern.id, long);

/** The script a breath of one's own is. @param {Own} own @param {Long} long */
export const scriptOfOwn = (own, long) => scriptFor(own.map((ms) => ms / 1000).join('-'), long);

/**
 * The script a change of pace is.
 * @param {{from: number, to: number, minutes: number, outLonger: boolean}} ramp from 0: one's own pace
 */
export function scriptOfRamp({ from, to, minutes, outLonger }) {
  return `breathe:from ${from || 'own'} to ${to} a minute over ${minutes} min${outLonger ? ', out longer' : ''}`;
}

/** The same breath with nothing held in it. @param {readonly Part[]} phases @returns {Own} */
export function unheld(phases) {
  const sum = (/** @type {PhaseKind} */ kind) => lengthOf(phases.filter(([each]) => each === kind));
  return [sum('inhale'), 0, sum('exhale'), 0];
}

/** The script a pattern with holds is without them, when it is one; else nothing. @param {string} id */
export function withoutHolds(id) {
  const [, name, times] = /^breathe(?:\.\w+)?:([^ ,]+)(?:,| for) (\d+)/.exec(id) ?? [];
  const seconds = name?.split('-').map((each) => Number(each) * 1000) ?? [];
  const own = seconds.length > 2 ? phasesOf(/** @type {Own} */ ([...seconds, 0, 0].slice(0, 4))) : undefined;
  const phases = own ?? PATTERNS.find((pattern) => pattern.id === name)?.phases;
  if (!phases) return undefined;
  const open = unheld(phases);
  return refused(open) ? undefined : scriptOfOwn(open, { n: Number(times), unit: / for /.test(id) ? 'min' : 'breaths' });
}

/**
 * A breath as a line that rises and falls with it: a path for SVG, from breathed out at `low` up to `high`.
 * @param {readonly Part[]} phases @param {number} low @param {number} high @param {number} second how wide one is
 */
export function shape(phases, low, high, second) {
  const rises = phases.filter(([kind]) => kind === 'inhale').length;
  let [x, y, path] = [0, low, `M0 ${low}`];
  for (const [kind, ms] of phases) {
    const to = x + (ms / 1000) * second;
    const next = kind === 'inhale' ? topOf(y, low, high, rises) : kind === 'exhale' ? low : y;
    path += next === y ? `H${to}` : `C${(x + to) / 2} ${y} ${(x + to) / 2} ${next} ${to} ${next}`;
    [x, y] = [to, next];
  }
  return { path, width: x };
}

/** A second inhale is a sip on top of the first. @param {number} y @param {number} low @param {number} high @param {number} rises */
function topOf(y, low, high, rises) {
  return rises > 1 && y === low ? low + (high - low) * 0.78 : high;
}
