/** Places of the body as people call them. No DOM here. */

/** @typedef {import('./words.js').Words} Words */

/** @param {Words} t @param {string} key `sole` or `sole.left` */
export function placeName(t, key) {
  const [id, side] = key.split('.');
  return side ? `${t(`region.${id}`)}, ${t(`side.${side}`)}` : t(`region.${id}`);
}

/** By name, so that one can be found in a list. @param {Words} t @param {string[]} keys */
export function placeNames(t, keys) {
  const all = keys.map((key) => ({ key, name: placeName(t, key) }));
  return all.sort((a, b) => a.name.localeCompare(b.name));
}
