/**
 * A timeline seen at one glance: where there are words, where a breath is led, and
 * where it is silent. No DOM here.
 */

/** @import {Span, Timeline} from '../protocol.js' */

const BREATHING = ['inhale', 'hold', 'exhale', 'rest'];

/**
 * @typedef {object} Stretch
 * @property {'words' | 'breath'} kind
 * @property {number} from
 * @property {number} to
 */

/**
 * @typedef {object} Shares how long there is of each, in ms
 * @property {number} words
 * @property {number} breath
 * @property {number} silence
 * @property {number} longest the longest silence
 */

/** @param {Span} span @returns {Stretch['kind'] | null} */
function kindOf({ kind }) {
  if (kind === 'say') return 'words';
  return BREATHING.includes(kind) ? 'breath' : null;
}

/**
 * What is not silence, in its order; what follows without a gap and is of a kind is one.
 * @param {Pick<Timeline, 'spans'>} timeline @returns {Stretch[]}
 */
export function stretches({ spans }) {
  /** @type {Stretch[]} */
  const all = [];
  for (const span of spans) {
    const kind = kindOf(span);
    const before = all.at(-1);
    if (!kind) continue;
    if (before?.kind === kind && before.to === span.from) before.to = span.to;
    else all.push({ kind, from: span.from, to: span.to });
  }
  return all;
}

/** Every silence. @param {Pick<Timeline, 'spans' | 'length'>} timeline */
export function silences(timeline) {
  const edges = [...stretches(timeline), { from: timeline.length, to: timeline.length }];
  return edges.map(({ from }, i) => ({ from: i ? edges[i - 1].to : 0, to: from })).filter(({ from, to }) => to > from);
}

/** @param {readonly {from: number, to: number}[]} parts */
const lengthOf = (parts) => parts.reduce((sum, { from, to }) => sum + to - from, 0);

/** @param {Pick<Timeline, 'spans' | 'length'>} timeline @returns {Shares} */
export function shares(timeline) {
  const all = stretches(timeline);
  const silent = silences(timeline);
  return {
    words: lengthOf(all.filter(({ kind }) => kind === 'words')),
    breath: lengthOf(all.filter(({ kind }) => kind === 'breath')),
    silence: lengthOf(silent),
    longest: Math.max(0, ...silent.map(({ from, to }) => to - from)),
  };
}

/**
 * The breath as a line that rises and falls with it, within a stretch: a path for SVG,
 * x in ms, y from `low` (breathed out) to `high`.
 * @param {Pick<Timeline, 'spans'>} timeline @param {Stretch} stretch @param {number} low @param {number} high
 */
export function wave({ spans }, { from, to }, low, high) {
  let path = `M${from} ${low}`;
  let level = low;
  for (const span of spans) {
    if (span.from < from || span.to > to || kindOf(span) !== 'breath') continue;
    const next = span.kind === 'inhale' ? high : span.kind === 'exhale' ? low : level;
    const middle = (span.from + span.to) / 2;
    path += next === level ? `H${span.to}` : `C${middle} ${level} ${middle} ${next} ${span.to} ${next}`;
    level = next;
  }
  return path;
}

/** Whether the breath is noticed anywhere, led or not. @param {Pick<Timeline, 'spans'>} timeline */
export function usesBreath({ spans }) {
  return spans.some(({ kind }) => kind === 'natural' || BREATHING.includes(kind));
}
