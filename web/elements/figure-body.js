/**
 * The outline of the body from the front and the back, 220 × 448: one soft, neutral
 * shape for everybody, drawn for Stillpoint. The right half is drawn; the left is its mirror.
 */
export const WIDTH = 220;
export const HEIGHT = 448;

/**
 * A whole outline from its right half.
 * @param {number[]} half pairs of x from the middle and y: where it begins on the middle line,
 *   then three for each curve, back to the middle line
 * @param {number} middle x
 */
export function whole(half, middle) {
  const pairs = half.flatMap((x, i) => (i % 2 ? [] : [[x, half[i + 1]]]));
  const right = pairs.map(([x, y]) => `${middle + x} ${y}`);
  const left = pairs.reverse().map(([x, y]) => `${middle - x} ${y}`);
  return `M${right[0]}C${[...right.slice(1), ...left.slice(1)].join(' ')}Z`;
}

const head = [0, 10, 12.8, 10, 20.4, 18.3, 20.4, 30.5, 20.4, 42, 17.3, 51, 13.6, 56.8, 12.6, 58.6, 12.3, 61, 12.3, 63.5];
const shoulder = [12.3, 72, 17, 77, 26, 82, 36, 87, 45, 90, 49.5, 100, 52.3, 107, 52.8, 115, 53.5, 124];
const arm = [55, 140, 58, 154, 60, 168, 62.5, 182, 65.5, 200, 66.8, 224];
const hand = [
  68.5, 230, 73, 235.5, 75, 242, 76.8, 248.5, 74.8, 253.5, 72.3, 257, 71.2, 262, 71, 267, 69.3, 272, 67.5, 277.5, 62.5, 278, 60, 273, 57, 265,
  55, 254, 55, 243, 55, 236, 55.5, 231, 55, 225,
];
const side = [
  52.5, 206, 46.5, 194, 45, 176, 44, 162, 42.3, 147, 39.6, 134, 38.8, 130.5, 37, 130.5, 36.6, 134, 35.4, 147, 31, 159, 30.8, 171, 30.6, 184, 35.5, 196,
  36.8, 214,
];
const leg = [37.5, 232, 34, 262, 30, 284, 27, 300, 24.5, 308, 25, 322, 25.5, 334, 26.5, 340, 25.5, 354, 24.5, 370, 19.5, 384, 19, 400];
const frontFoot = [19, 409, 22, 415, 26, 422, 30, 429, 31.5, 438.5, 22, 439.5, 12.5, 440, 9.5, 436, 9.8, 428, 10, 418, 10.3, 410, 10, 400];
const backFoot = [19, 409, 20.5, 414, 23.5, 421, 28, 430, 28.5, 438.5, 18.5, 439.5, 10.5, 440, 8.3, 433, 9.3, 425, 10.2, 417, 10.3, 410, 10, 400];
const inside = [9.5, 384, 6, 372, 6, 352, 6, 336, 8, 328, 7.5, 314, 6.8, 294, 3, 270, 1.6, 246, 1.2, 243, 0.6, 242.5, 0, 242.5];

const down = [...head, ...shoulder, ...arm, ...hand, ...side, ...leg];
export const front = whole([...down, ...frontFoot, ...inside], WIDTH / 2);
export const back = whole([...down, ...backFoot, ...inside], WIDTH / 2);
