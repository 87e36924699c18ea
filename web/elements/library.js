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
