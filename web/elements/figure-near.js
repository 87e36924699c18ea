/** Nearer views of the body, 200 × 200 each, where a small region is better seen. */
import { back, front, whole } from './figure-body.js';

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
