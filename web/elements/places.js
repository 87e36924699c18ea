/**
 * Which places of the body rest, and which are included. No DOM here.
 *
 * Keys are those of the wire: `sole` is both sides or the midline, `sole.left` one.
 * @typedef {{away: Set<string>, welcome: Set<string>}} Places chosen for one session
 * @typedef {Pick<import('../protocol.js').ScriptSummary, 'regions' | 'optIn'>} Where what of a script this is about
 */

/** @returns {Places} */
export const freshPlaces = () => ({ away: new Set(), welcome: new Set() });

/** @param {string} key */
export const idOf = (key) => key.split('.')[0];

/** Whether `keys` speak of all of `key`. @param {Iterable<string>} keys @param {string} key */
export function covers(keys, key) {
  const all = new Set(keys);
  const id = idOf(key);
  return all.has(key) || all.has(id) || (key === id && all.has(`${id}.left`) && all.has(`${id}.right`));
}

/** The same keys with `key` in or out of them. @param {Iterable<string>} keys @param {string} key @param {boolean} on */
export function withKey(keys, key, on) {
  const all = new Set(keys);
  const id = idOf(key);
  if (on) {
    if (!covers(all, key)) all.add(key);
    return all;
  }
  if (key === id) [`${id}.left`, `${id}.right`].forEach((side) => all.delete(side));
  else if (all.delete(id)) all.add(key.endsWith('.left') ? `${id}.right` : `${id}.left`);
  all.delete(key);
  return all;
}

/**
 * Whether attention will go to `key`: it is not left out, today or always, and it
 * is welcome where it needs a welcome.
 * @param {Where} script @param {Places} places @param {string[]} always @param {string} key
 */
export function included(script, places, always, key) {
  if (covers(always, key) || covers(places.away, key)) return false;
  return !script.optIn.some((opt) => idOf(opt) === idOf(key)) || covers(places.welcome, key);
}

/** The parts of the body a script goes to, each once, in its order. @param {Where} script */
export function partsOf(script) {
  return [...new Set([...script.regions, ...script.optIn].map(idOf))];
}

/** How many of the script's regions rest. @param {Where} script @param {Places} places @param {string[]} always */
export function placesAway(script, places, always) {
  return script.regions.filter((key) => !included(script, places, always, key)).length;
}
