/**
 * The comfort finder's questions: after each pace how easy it was, and whether the head felt light.
 * Nothing is kept of it but in this window. No DOM here.
 */

/** @import {Timeline} from '../protocol.js' */

export const FINDER = 'comfort-finder';

/** The paces in their order, breaths a minute. */
export const PACES = [6.5, 6, 5.5, 5, 4.5];

/** Which pace a wait follows, counted from 0. @param {Pick<Timeline, 'spans'>} timeline @param {number} position */
export function stepAt({ spans }, position) {
  return spans.filter(({ kind, from }) => kind === 'wait' && from <= position).length - 1;
}

/** What was answered in one session. */
export class Finding {
  /** @type {Map<number, number>} ease, 0 to 10, by step */
  eases = new Map();
  /** Whether a step made the head light. */
  light = false;

  /** @param {string} session */
  constructor(session) {
    this.session = session;
  }

  /** @param {number} step @param {number} ease */
  ease(step, ease) {
    this.eases.set(step, ease);
  }

  /** The head was light at a step: that one is not proposed. @param {number} step */
  lightAt(step) {
    this.light = true;
    this.eases.delete(step);
  }

  /** The pace that was easiest, the quicker of two alike; nothing where nothing was answered. */
  get easiest() {
    const [best] = [...this.eases].sort(([a, x], [b, y]) => y - x || a - b);
    return best && PACES[best[0]];
  }
}

/** The finding of the session under way, for as long as this window stands. @type {Finding | undefined} */
let present;

/** @param {string} session its id */
export function findingOf(session) {
  if (present?.session !== session) present = new Finding(session);
  return present;
}

/** The script a pace is, for five minutes. @param {number} pace */
export const scriptAt = (pace) => `breathe:resonance_${pace} for 5 min`;
