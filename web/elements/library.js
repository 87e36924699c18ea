/** @import {ScriptSummary} from '../protocol.js' */

const TRY_AGAIN = 5000; // ms

/** The scripts there are. Dispatches 'change' when they have come, or cannot be had for now. */
export class Library extends EventTarget {
  /** @type {ScriptSummary[]} */
  scripts = [];
  /** Whether the last attempt to have them did not work; another follows by itself. */
  missing = false;

  async load() {
    try {
      const answer = await fetch('/api/scripts');
      if (!answer.ok) throw new Error(`library: status ${answer.status}`);
      this.scripts = await answer.json();
      this.missing = false;
    } catch {
      this.missing = true;
      setTimeout(() => this.load(), TRY_AGAIN);
    }
    this.dispatchEvent(new Event('change'));
  }
}

// What a card leads to when nothing else was asked for.
const GENTLEST = { 'body scan': 'feet-first', breathing: 'longer-exhale' };

/** @param {ScriptSummary[]} scripts @param {string} kind */
export function hasKind(scripts, kind) {
  return scripts.some((script) => script.kind === kind);
}

/**
 * The script a way in leads to: ours for it, or the first that is open to everybody.
 * @param {ScriptSummary[]} scripts @param {keyof typeof GENTLEST} kind
 */
export function firstOf(scripts, kind) {
  const open = scripts.filter((script) => script.kind === kind && script.level === 0 && !script.faults?.length);
  return open.find((script) => script.id === GENTLEST[kind]) ?? open[0];
}

/**
 * The address a way in leads to; it leads there before the library has come, too.
 * @param {ScriptSummary[]} scripts @param {keyof typeof GENTLEST} kind
 */
export function wayTo(scripts, kind) {
  const id = scripts.length ? firstOf(scripts, kind)?.id : GENTLEST[kind];
  return id ? `#before/${id}` : '#scripts';
}
