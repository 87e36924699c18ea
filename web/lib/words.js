/**
 * The words of one language: every string that people read comes from its catalogue.
 */

/**
 * A text by key. Where the wording depends on a number `n`, it is a text for each
 * of the language's plural categories: {"one": "{n} place", "other": "{n} places"}.
 * @typedef {Record<string, string | Partial<Record<Intl.LDMLPluralRule, string>>>} Catalogue
 */

/**
 * Fills a text of the catalogue: {name} becomes vars.name, numbers in the
 * language's own way. It says which language it speaks, and whether it has a
 * text.
 * @typedef {((key: string, vars?: Record<string, string | number>) => string) & {language: string, has: (key: string) => boolean}} Words
 */

/**
 * @param {Catalogue} catalogue
 * @param {{language?: string, strict?: boolean}} [choices] strict: an unknown key or a
 *   blank left open throws; otherwise it shows as itself
 * @returns {Words}
 */
export function words(catalogue, { language = 'en', strict = false } = {}) {
  const plural = new Intl.PluralRules(language);
  const number = new Intl.NumberFormat(language);
  /** @param {string} key @param {Record<string, string | number>} [vars] */
  const fill = (key, vars = {}) => {
    const entry = Object.hasOwn(catalogue, key) ? catalogue[key] : undefined;
    const text = typeof entry === 'object' ? entry[plural.select(Number(vars.n))] ?? entry.other : entry;
    if (text === undefined) return unknown(key, `words: "${key}" is not in the ${language} catalogue`, strict);
    return text.replace(/\{([\w-]+)\}/g, (blank, name) => {
      const value = vars[name];
      if (value === undefined) return unknown(blank, `words: "${key}" needs ${blank}`, strict);
      return typeof value === 'number' ? number.format(value) : value;
    });
  };
  return Object.assign(fill, { language, has: (/** @type {string} */ key) => Object.hasOwn(catalogue, key) });
}

/**
 * Fetches the catalogue of a language.
 * @param {string} language
 * @param {(url: string) => Promise<Pick<Response, 'ok' | 'status' | 'json'>>} [fetch]
 * @returns {Promise<Words>}
 */
export async function load(language, fetch = globalThis.fetch) {
  const answer = await fetch(`/lang/${encodeURIComponent(language)}.json`);
  if (!answer.ok) throw new Error(`words: no catalogue for ${language} (status ${answer.status}). Try: en`);
  return words(await answer.json(), { language });
}

/**
 * @param {string} shown
 * @param {string} fault
 * @param {boolean} strict
 */
function unknown(shown, fault, strict) {
  if (strict) throw new Error(fault);
  return shown;
}
