/** One question to the server over HTTP. */

/** @typedef {{code: string, text: string}} Refusal text is a sentence for people, in English, or '' where nobody answered */
/** @typedef {{method?: string, body?: unknown, fetch?: typeof globalThis.fetch}} Question */

/**
 * What the server answers; null where that is nothing. Rejects with a {@link Refusal}.
 * @param {string} path @param {Question} [question] @returns {Promise<any>}
 */
export async function ask(path, { method = 'GET', body, fetch = globalThis.fetch } = {}) {
  const json = body === undefined ? {} : { headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) };
  const answer = await fetch(path, { method, cache: 'no-store', ...json }).catch(() => null);
  if (!answer) throw { code: 'not-connected', text: '' };
  const told = answer.status === 204 ? null : await answer.json().catch(() => null);
  if (!answer.ok) throw { code: 'internal', text: '', ...told };
  return told;
}
