/**
 * What a face is made of is written where it is imported, and once more, flat, in
 * elements/pieces.js, so that all of it is asked for at once. These hold the two together.
 *
 * To add a face: give it an entry in `pieces` (fetch, made: [], and worn: the sheets that it
 * cannot be seen without) and a case in `draw` (elements/faces.js), and tell `where` when it
 * is shown (elements/still-point.js); a new sheet has its place in SHEETS. Then run this, and
 * copy the list that it wants. TestFacesWearTheirOwn, among the browser's tests, tells
 * whether a sheet is missing. What a face can stand without for a moment is a corner: a
 * piece of its own, named in the face's `corners`.
 */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { posix } from 'node:path';
import { test } from 'node:test';
import { pieces, SHEETS } from '../elements/pieces.js';

const read = (file) => readFileSync(new URL(`../${file}`, import.meta.url), 'utf8');
const faces = read('elements/faces.js');

/** The first view's modules: index.html asks for them all. */
const first = [...read('index.html').matchAll(/(?:modulepreload" href|module" src)="\/([^"]+)"/g)].map(([, file]) => file);

/** The module that a piece fetches itself; home's is in the first view. */
const ownOf = ({ fetch }) => /import\('.\/([\w-]+\.js)'\)/.exec(String(fetch))?.[1];

/** What a module imports before it runs. */
function imports(file) {
  const found = read(file).matchAll(/^(?:import|export)\s(?:[^'"]*?\sfrom\s)?'(\.[^']+)'/gm);
  return [...found].map(([, path]) => posix.join(posix.dirname(file), path));
}

/** All that a module is made of, itself included, but for the first view. */
function made(file, all = new Set()) {
  if (all.has(file) || first.includes(file)) return all;
  all.add(file);
  for (const other of imports(file)) made(other, all);
  return all;
}

test('pieces: the first view asks for all that it is made of, and for nothing else', () => {
  const all = new Set(['app.js', 'elements/wishes.js']);
  for (const file of all) imports(file).forEach((other) => all.add(other));
  assert.deepEqual([...all].sort(), [...first].sort());
});

for (const [name, piece] of Object.entries(pieces)) {
  test(`pieces: ${name} asks for all that it is made of, and for nothing else`, () => {
    const own = `elements/${ownOf(piece)}`;
    const wanted = ownOf(piece) ? [...made(own)].filter((file) => file !== own).map((file) => file.replace(/\.js$/, '')) : [];
    assert.deepEqual([...(piece.made ?? [])].sort(), [...wanted].sort(), `made: [${wanted.map((file) => `'${file}'`).join(', ')}],`);
  });
}

test('pieces: every corner is a piece, and every sheet has its place', () => {
  for (const { worn = [], corners = [] } of Object.values(pieces)) {
    assert.deepEqual(worn.filter((sheet) => !SHEETS.includes(sheet)), []);
    assert.deepEqual(corners.filter((corner) => !(corner in pieces)), []);
  }
  const linked = new Set([...(read('index.html') + read('trust.html') + read('join.html')).matchAll(/\/style\/([\w-]+)\.css/g)].map(([, sheet]) => sheet));
  const all = readdirSync(new URL('../style', import.meta.url)).map((file) => file.replace(/\.css$/, ''));
  assert.deepEqual([...linked, ...SHEETS].sort(), all.sort());
});

test('pieces: every piece can be drawn, or is a corner', () => {
  const drawn = [...faces.matchAll(/case '(\w+)':/g)].map(([, name]) => name);
  const corners = Object.values(pieces).flatMap(({ corners = [] }) => corners);
  assert.deepEqual([...new Set([...drawn, 'home', ...corners])].sort(), Object.keys(pieces).sort());
});
