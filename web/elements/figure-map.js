/**
 * Where each region of the body lies: soft shapes, as a table.
 *
 * A shape is an ellipse [centre x, centre y, radius x, radius y, turned by degrees].
 * Paired regions are drawn for the side on the viewer's right and mirrored for the
 * other. `near` are the nearer views in which a small region is better seen.
 */
import { back, front, whole, WIDTH } from './figure-body.js';

/** @typedef {readonly [number, number, number, number, number?]} Shape */
/** @typedef {'front' | 'back'} View */
/** @typedef {'face' | 'nape' | 'palm' | 'knuckles' | 'sole' | 'instep'} Near */
/**
 * @typedef {object} Place
 * @property {boolean} [pair] has a left and a right
 * @property {readonly Shape[]} [front]
 * @property {readonly Shape[]} [back]
 * @property {Partial<Record<Near, readonly Shape[]>>} [near]
 * @property {boolean} [small] shown nearer as well, when attention is there
 */

/** How wide and high a nearer view is, in which a small region is better seen. */
export const NEAR = 200;

const head = whole(
  [
    0, 22, 26, 22, 42, 42, 42, 67, 46.5, 66, 50.5, 72, 49.5, 83, 48.5, 93, 44.5, 98, 40, 96, 37, 115, 29.5, 128, 21, 137, 18.8, 142, 18.5, 148, 19, 154, 20, 168,
    40, 172, 60, 179, 78, 185, 88, 190, 92, 200, 60, 200, 30, 200, 0, 200,
  ],
  NEAR / 2,
);

/**
 * A finger or a toe: a straight, rounded shape between two points.
 * @param {number} x @param {number} y of its tip
 * @param {number} toX @param {number} toY
 * @param {number} radius
 */
function finger(x, y, toX, toY, radius) {
  const long = Math.hypot(toX - x, toY - y);
  const [across, along] = [((toY - y) / long) * radius, ((toX - x) / long) * radius];
  const points = [[x - across, y + along], [x + across, y - along], [toX + across, toY - along], [toX - across, toY + along]];
  const [a, b, c, d] = points.map((pair) => pair.map((n) => n.toFixed(1)).join(' '));
  const round = `A${radius} ${radius} 0 0 1 `;
  return `M${a}${round}${b}L${c}${round}${d}Z`;
}

const palm = 'M65 108C78 96 122 94 139 104C145 114 142 138 132 150C123 161 120 172 120 194H80C80 174 76 164 72 150C67 134 64 120 65 108Z';
const hand = [palm, finger(55, 54, 74, 116, 9.5), finger(83, 35, 89, 112, 10), finger(116, 36, 110, 112, 10), finger(143, 56, 130, 112, 9.5), finger(167, 96, 112, 166, 10.5)].join('');

const sole = 'M105 44C130 42 142 62 139 84C137 102 130 116 129 136C129 160 128 182 106 183C86 183 82 164 85 146C88 128 80 112 72 96C60 70 76 46 105 44Z';
const foot = [sole, finger(81, 24, 83, 32, 12.5), finger(103, 24, 103.5, 29, 8.4), finger(118, 28, 117, 33, 7.6), finger(131, 36, 129, 41, 7), finger(141, 47, 139, 51, 6.4)].join('');

/** Every outline, by its name. */
export const outlines = { front, back, head, hand, foot };

/** The outline each nearer view is drawn in. @type {Record<Near, 'head' | 'hand' | 'foot'>} */
export const nearOutline = { face: 'head', nape: 'head', palm: 'hand', knuckles: 'hand', sole: 'foot', instep: 'foot' };

/** The side of the body that a nearer view shows unmirrored. @type {Partial<Record<Near, string>>} */
const nearSide = { palm: 'right', knuckles: 'left', sole: 'left', instep: 'right' };

/** @type {Record<string, Place>} */
const places = {
  support: {}, // these two are the whole of it, lit from behind and along the edge
  outline: {},
  scalp: { front: [[110, 17, 16, 9]], back: [[110, 26, 19, 19]], near: { face: [[100, 36, 38, 17]], nape: [[100, 66, 42, 44]] } },
  eyes: { front: [[110, 33, 14, 4.5]], near: { face: [[80, 74, 14, 9], [120, 74, 14, 9], [100, 66, 20, 6]] }, small: true },
  ears: { pair: true, front: [[129, 38, 3.5, 6]], back: [[129, 38, 3.5, 6]], near: { face: [[143, 84, 7, 15, 8]], nape: [[143, 84, 7, 15, 8]] }, small: true },
  cheeks: { pair: true, front: [[118, 43, 5, 5]], near: { face: [[121, 96, 13, 13]] }, small: true },
  mouth: { front: [[110, 52, 6, 3]], near: { face: [[100, 118, 17, 7]] }, small: true },
  jaw: { pair: true, front: [[119, 54, 4.5, 6, 28]], near: { face: [[120, 124, 9, 16, 32]] }, small: true },
  throat: { front: [[110, 72, 8, 9]], near: { face: [[100, 152, 17, 14]] } },
  neck_back: { back: [[110, 72, 9.5, 11]], near: { nape: [[100, 148, 20, 20]] } },
  shoulder: { pair: true, front: [[147, 99, 14, 9, 26]], back: [[147, 99, 14, 9, 26]] },
  chest: { front: [[96, 116, 17, 15], [124, 116, 17, 15]] },
  ribs: { pair: true, front: [[135, 148, 8, 22, 8]], back: [[135, 148, 8, 22, 8]] },
  belly: { front: [[110, 176, 20, 22]] },
  pelvis: { front: [[110, 216, 25, 15]] },
  hip: { pair: true, front: [[138, 212, 8, 17]], back: [[138, 212, 8, 17]] },
  upper_back: { back: [[110, 106, 26, 14]] },
  shoulder_blade: { pair: true, back: [[128, 124, 11, 16, -10]] },
  mid_back: { back: [[110, 146, 21, 17]] },
  low_back: { back: [[110, 178, 20, 15]] },
  sacrum: { back: [[110, 203, 11, 11]] },
  buttock: { pair: true, back: [[125, 223, 15, 15]] },
  upper_arm: { pair: true, front: [[155, 136, 9.5, 24, -9]], back: [[155, 136, 9.5, 24, -9]] },
  elbow: { pair: true, front: [[162.5, 170, 8, 9]], back: [[162.5, 170, 8, 9]] },
  forearm: { pair: true, front: [[167, 199, 8, 21, -10]], back: [[167, 199, 8, 21, -10]] },
  wrist: { pair: true, front: [[171, 227, 6.5, 7]], back: [[171, 227, 6.5, 7]], near: { palm: [[98, 172, 21, 14]], knuckles: [[98, 172, 21, 14]] } },
  palm: { pair: true, front: [[173.5, 245, 9, 11]], near: { palm: [[103, 129, 32, 29]] }, small: true },
  hand_back: { pair: true, back: [[173.5, 245, 9, 11]], near: { knuckles: [[103, 129, 32, 29]] }, small: true },
  fingers: {
    pair: true,
    front: [[174.5, 265, 8, 12], [183, 247, 3.3, 8, -14]],
    back: [[174.5, 265, 8, 12], [183, 247, 3.3, 8, -14]],
    near: {
      palm: [[64, 82, 12, 36, -16], [86, 70, 12, 42, -4], [113, 70, 12, 42, 4], [137, 82, 12, 34, 12], [150, 116, 12, 32, 38]],
      knuckles: [[64, 82, 12, 36, -16], [86, 70, 12, 42, -4], [113, 70, 12, 42, 4], [137, 82, 12, 34, 12], [150, 116, 12, 32, 38]],
    },
    small: true,
  },
  thigh_front: { pair: true, front: [[128, 264, 13, 32]] },
  thigh_inner: { pair: true, front: [[118, 260, 6, 24]] },
  thigh_back: { pair: true, back: [[127, 268, 14, 30]] },
  knee: { pair: true, front: [[127, 314, 11, 13]] },
  knee_back: { pair: true, back: [[127, 316, 10, 11]] },
  shin: { pair: true, front: [[127, 356, 9, 31]] },
  calf: { pair: true, back: [[127.5, 350, 11, 25]] },
  ankle: { pair: true, front: [[126, 402, 7.5, 8]], back: [[126, 402, 7.5, 8]], near: { instep: [[105, 176, 20, 14]] } },
  foot_top: { pair: true, front: [[129, 419, 9, 10]], near: { instep: [[104, 96, 34, 54]] }, small: true },
  toes: {
    pair: true,
    front: [[131, 433, 10, 7]],
    near: {
      instep: [[82, 27, 14, 17], [103, 25, 9, 13], [117, 30, 8, 12], [129, 38, 8, 11], [138, 49, 8, 10]],
      sole: [[82, 27, 14, 17], [103, 25, 9, 13], [117, 30, 8, 12], [129, 38, 8, 11], [138, 49, 8, 10]],
    },
    small: true,
  },
  heel: { pair: true, back: [[126.5, 425, 9, 9]], near: { sole: [[105, 164, 22, 24]] }, small: true },
  sole: { pair: true, back: [[129, 431, 11, 7]], near: { sole: [[105, 74, 35, 33], [111, 112, 22, 44], [106, 152, 23, 34]] }, small: true },
};

/** Every region's id, head to foot. */
export const regionIds = Object.keys(places);

/** @param {string} id */
export const isPaired = (id) => places[id]?.pair === true;

/** @param {string} key @returns {[Place | undefined, string]} the place, and its side or '' */
function look(key) {
  const [id, side = ''] = key.split('.');
  return [places[id], side];
}

/** @param {readonly Shape[]} shapes @param {number} width @returns {Shape[]} */
function mirrored(shapes, width) {
  return shapes.map(([x, y, rx, ry, turn = 0]) => [width - x, y, rx, ry, -turn]);
}

/**
 * The shapes of a region in a view; none where it cannot be seen.
 * Seen from the front, the person's left is on the viewer's right.
 * @param {string} key @param {View} view @returns {readonly Shape[]}
 */
export function shapesOf(key, view) {
  const [place, side] = look(key);
  const drawn = place?.[view] ?? [];
  if (!place?.pair) return drawn;
  const here = view === 'front' ? 'left' : 'right';
  if (side) return side === here ? drawn : mirrored(drawn, WIDTH);
  return [...drawn, ...mirrored(drawn, WIDTH)];
}

/**
 * The view in which most of the regions can be seen; the present one when it is as good.
 * @param {string[]} keys @param {View} present @returns {View}
 */
export function viewOf(keys, present) {
  const other = present === 'front' ? 'back' : 'front';
  const seen = (/** @type {View} */ view) => keys.filter((key) => shapesOf(key, view).length).length;
  return seen(other) > seen(present) ? other : present;
}

/**
 * The nearer view that serves these regions, when one of them is small.
 * @param {string[]} keys
 * @returns {{near: Near, mirror: boolean, shapes: readonly Shape[]} | null}
 */
export function nearOf(keys) {
  const key = keys.find((each) => look(each)[0]?.small);
  if (!key) return null;
  const [place, side] = look(key);
  const near = /** @type {Near} */ (Object.keys(place?.near ?? {})[0]);
  const shapes = keys.flatMap((each) => {
    const [other, which] = look(each);
    const drawn = other?.near?.[near] ?? [];
    // Head and hand: ears, cheeks and jaw are two of one view; hands and feet are one each.
    if (nearOutline[near] !== 'head' || !other?.pair) return drawn;
    if (which === 'left') return drawn;
    return which === 'right' ? mirrored(drawn, NEAR) : [...drawn, ...mirrored(drawn, NEAR)];
  });
  return { near, mirror: side !== '' && nearSide[near] !== undefined && side !== nearSide[near], shapes };
}

/**
 * Which of the regions a point of a view belongs to: the smallest shape around it,
 * or else the nearest one within a finger's width.
 * @param {string[]} keys @param {View} view @param {number} x @param {number} y
 */
export function regionAt(keys, view, x, y) {
  let best = { key: '', worth: Infinity };
  for (const key of keys) {
    for (const [cx, cy, rx, ry] of shapesOf(key, view)) {
      const around = Math.hypot((x - cx) / rx, (y - cy) / ry);
      const off = Math.hypot(x - cx, y - cy) - Math.min(rx, ry);
      const worth = around <= 1 ? rx * ry : off < FINGER ? OUTSIDE + off : Infinity;
      if (worth < best.worth) best = { key, worth };
    }
  }
  return best.key;
}

const FINGER = 12; // in the figure's own units, about 22 px where places are picked
const OUTSIDE = 1e6; // any shape around the point comes before any beside it
