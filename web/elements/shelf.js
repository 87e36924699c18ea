/**
 * Questions about the library. No DOM here.
 * @typedef {import('../protocol.js').ScriptSummary} ScriptSummary
 */

/** The order kinds are shown in. */
export const KINDS = /** @type {const} */ (['body scan', 'breathing', 'grounding', 'treatment']);

// What a card leads to when nothing else was asked for.
const GENTLEST = ['feet-first', 'longer-exhale'];

/** @param {ScriptSummary[]} scripts @param {string} kind */
export function hasKind(scripts, kind) {
  return scripts.some((script) => script.kind === kind);
}

/**
 * The script a way in leads to: ours for it, or the first that is open to everybody.
 * @param {ScriptSummary[]} scripts @param {string} kind
 */
export function firstOf(scripts, kind) {
  const open = scripts.filter((script) => script.kind === kind && script.level === 0 && !script.faults?.length);
  return open.find((script) => GENTLEST.includes(script.id)) ?? open[0];
}

/**
 * Which sounds are in a script. The library may count them or name them.
 * @param {ScriptSummary} script
 */
export function soundsIn({ bells, ambience }) {
  return { bells: Number(bells) > 0, ambience: [ambience].flat().some(Boolean) };
}

/**
 * Others of the same kind. Those behind an advisory are never offered here.
 * @param {ScriptSummary[]} scripts @param {ScriptSummary} than
 */
export function others(scripts, than) {
  return scripts.filter((script) => script.kind === than.kind && script.id !== than.id && script.level < 2);
}
