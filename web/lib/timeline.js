/**
 * What a timeline shows and sounds at a position. Every question is a binary
 * search in an index made once for each timeline.
 */

/** @import {Timeline, Section, Span, Cue, CueKind, PhaseKind} from '../protocol.js' */

/**
 * One phase of a breath, and the sizes of the disc between which it leads.
 * @typedef {{kind: PhaseKind, from: number, to: number, n: number, of: number, start: number, end: number}} Phase
 */

/**
 * @typedef {object} Scene
 * @property {Section | null} section
 * @property {string} words what was said last, while it still belongs to what is shown
 * @property {boolean} speaking whether the words are being spoken right now
 * @property {string[] | null} scan the regions where attention is
 * @property {boolean} outside attention is with the room
 * @property {Phase | null} breath
 * @property {boolean} natural breathing as it comes
 * @property {boolean} quiet a time with nothing said
 * @property {boolean} waiting the session holds here until someone goes on
 * @property {number} next the position of the next change; Infinity when there is none
 */

/**
 * @typedef {object} Index
 * @property {Span[]} file the spans that follow one another: words, phases, quiet
 * @property {(Phase | null)[]} phases the same places, where they are phases
 * @property {Span[]} says
 * @property {Span[]} places scans and outsides
 * @property {Set<number>} waits
 * @property {number[]} edges where anything changes, ascending
 */

export const SMALL = 0.65; // the disc when breathed out, domain: 0.65–1
export const LARGE = 1;

const PHASES = ['inhale', 'hold', 'exhale', 'rest'];

/**
 * What there is at a position (ms). At an instant shared by two spans it is the later one.
 * @param {Timeline} timeline
 * @param {number} position
 * @returns {Scene}
 */
export function at(timeline, position) {
  const index = indexOf(timeline);
  const section = timeline.sections[last(timeline.sections, position)] ?? null;
  const i = last(index.file, position);
  const present = covering(index.file[i], position);
  const place = covering(index.places[last(index.places, position)], position);
  const say = index.says[last(index.says, position)];
  return {
    section,
    words: say && belongs(say, section, index, position) ? say.text ?? '' : '',
    speaking: present?.kind === 'say',
    scan: place?.kind === 'scan' ? place.regions ?? [] : null,
    outside: place?.kind === 'outside',
    breath: present ? index.phases[i] : null,
    natural: present?.kind === 'natural',
    quiet: present?.kind === 'quiet',
    waiting: index.waits.has(position),
    next: index.edges[after(index.edges, position)] ?? Infinity,
  };
}

/**
 * The size of the breath's disc, 0.65–1. It eases like a sine, keeps still in
 * holds, and runs on without a jump where an inhale is topped up.
 * @param {Phase} phase
 * @param {number} position
 */
export function breathScale(phase, position) {
  const { start, end } = phase;
  const done = Math.min(1, Math.max(0, (position - phase.from) / (phase.to - phase.from || 1)));
  return start + (end - start) * (1 - Math.cos(Math.PI * done)) / 2;
}

/**
 * The phases of the breath block around a position, in order: a run of phases
 * with nothing between. Empty outside one. For drawing a block's movement at once.
 * @param {Timeline} timeline
 * @param {number} position
 * @returns {Phase[]}
 */
export function breathBlock(timeline, position) {
  const { file, phases } = indexOf(timeline);
  let i = last(file, position);
  if (!covering(file[i], position) || !phases[i]) return [];
  while (phases[i - 1]?.to === phases[i]?.from) i--;
  const block = [];
  for (let phase = phases[i]; phase; phase = phases[++i]) {
    if (block.length > 0 && block[block.length - 1].to !== phase.from) break;
    block.push(phase);
  }
  return block;
}

/**
 * Where a session paused at a position takes up again: the start of the prompt or
 * the breath phase it was in. A quiet has no start to go back to.
 * @param {Timeline} timeline
 * @param {number} position
 */
export function reentry(timeline, position) {
  const { file, waits } = indexOf(timeline);
  const present = file[last(file, position)];
  if (position >= timeline.length || !present || ['quiet', 'natural'].includes(present.kind)) return position;
  const held = [...waits].some((wait) => wait > present.from && wait <= position);
  return held ? position : present.from;
}

/** @type {WeakMap<Timeline, Index>} */
const indexes = new WeakMap();

/** @param {Timeline} timeline */
function indexOf(timeline) {
  let index = indexes.get(timeline);
  if (!index) indexes.set(timeline, (index = indexed(timeline)));
  return index;
}

/**
 * @param {Timeline} timeline
 * @returns {Index}
 */
function indexed({ spans, sections, length }) {
  const over = (/** @type {Span} */ span) => span.kind === 'scan' || span.kind === 'outside';
  const file = spans.filter((span) => !over(span) && span.kind !== 'wait');
  const edges = new Set([...spans, ...sections].flatMap(({ from, to }) => [from, to]).concat(length));
  return {
    file,
    phases: phasesOf(file),
    says: file.filter((span) => span.kind === 'say'),
    places: spans.filter(over),
    waits: new Set(spans.filter((span) => span.kind === 'wait').map((span) => span.from)),
    edges: [...edges].sort((a, b) => a - b),
  };
}

/**
 * Whether words said earlier still belong to what is shown: they are of this
 * section, and no breath, quiet or other place has begun since.
 * @param {Span} say
 * @param {Section | null} section
 * @param {Index} index
 * @param {number} position
 */
function belongs(say, section, index, position) {
  const latest = index.file[last(index.file, position)];
  const place = index.places[last(index.places, position)];
  return say.from >= (section?.from ?? 0) && latest === say && !(place && place.from > say.from);
}

/**
 * Gives every phase the sizes it leads between. An inhale or exhale in several
 * pieces shares its way among them by their lengths.
 * @param {Span[]} file
 * @returns {(Phase | null)[]}
 */
function phasesOf(file) {
  let size = SMALL;
  return file.map((span, i) => {
    if (!PHASES.includes(span.kind)) return null;
    const kind = /** @type {PhaseKind} */ (span.kind);
    const { from, to, n = 1, of = 1 } = span;
    const start = joins(file[i - 1], span) ? size : kind === 'inhale' || kind === 'rest' ? SMALL : LARGE;
    const aim = kind === 'inhale' ? LARGE : kind === 'exhale' ? SMALL : start;
    let whole = to - from;
    for (let j = i; file[j + 1]?.kind === kind && joins(file[j], file[j + 1]); j++) whole += file[j + 1].to - file[j + 1].from;
    size = start + (aim - start) * (to - from) / (whole || 1);
    return { kind, from, to, n, of, start, end: size };
  });
}

/**
 * Whether a span follows a phase without a gap.
 * @param {Span | undefined} before
 * @param {Span} span
 */
function joins(before, span) {
  return before !== undefined && PHASES.includes(before.kind) && before.to === span.from;
}

/**
 * @template {{from: number, to: number}} T
 * @param {T | undefined} item
 * @param {number} position
 */
function covering(item, position) {
  return item && position < item.to ? item : undefined;
}

/**
 * The index of the last item that has begun by a position, -1 for none.
 * @param {{from: number}[]} items
 * @param {number} position
 */
function last(items, position) {
  return firstWhere(items.length, (i) => items[i].from > position) - 1;
}

/**
 * @param {number[]} edges
 * @param {number} position
 */
function after(edges, position) {
  return firstWhere(edges.length, (i) => edges[i] > position);
}

/**
 * The first index for which a test is true, `count` when none is. The test must
 * go from false to true once.
 * @param {number} count
 * @param {(i: number) => boolean} test
 */
function firstWhere(count, test) {
  let low = 0;
  let high = count;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (test(middle)) high = middle;
    else low = middle + 1;
  }
  return low;
}
