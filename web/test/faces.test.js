/**
 * What a face is made of is written where it is imported, and once more, flat, in
 * elements/parts.js, so that all of it is asked for at once. These hold the two together.
 *
 * To add a face: give it an entry in `parts` (fetch, made: [], and worn: the sheets that it
 * cannot be seen without) and a case in `draw` (elements/faces.js); a new sheet has its place
 * in SHEETS. Then run this, and copy the list that it wants. TestFacesWearTheirOwn, among
 * the browser's tests, tells whether a sheet is missing.
 */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { posix } from 'node:path';
import { test } from 'node:test';
import { parts, SHEETS } from '../elements/parts.js';

const read = (file) => readFileSync(new URL(`../${file}`, import.meta.url), 'utf8');
const faces = read('elements/faces.js');

/** The first view's modules: index.html asks for them all. */
const first = [...read('index.html').matchAll(/(?:modulepreload" href|module" src)="\/([^"]+)"/g)].map(([, file]) => file);

/** The module that a part fetches itself; home's is in the first view. */
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

test('faces: the first view asks for all that it is made of, and for nothing else', () => {
  const all = new Set(['app.js', 'elements/wishes.js']);
  for (const file of all) imports(file).forEach((other) => all.add(other));
  assert.deepEqual([...all].sort(), [...first].sort());
});

for (const [name, part] of Object.entries(parts)) {
  test(`faces: ${name} asks for all that it is made of, and for nothing else`, () => {
    const own = `elements/${ownOf(part)}`;
    const wanted = ownOf(part) ? [...made(own)].filter((file) => file !== own).map((file) => file.replace(/\.js$/, '')) : [];
    assert.deepEqual([...(part.made ?? [])].sort(), [...wanted].sort(), `made: [${wanted.map((file) => `'${file}'`).join(', ')}],`);
  });
}

test('faces: every corner is a part, and every sheet has its place', () => {
  for (const { worn = [], corners = [] } of Object.values(parts)) {
    assert.deepEqual(worn.filter((sheet) => !SHEETS.includes(sheet)), []);
    assert.deepEqual(corners.filter((corner) => !(corner in parts)), []);
  }
  const linked = new Set([...(read('index.html') + read('trust.html') + read('join.html')).matchAll(/\/style\/([\w-]+)\.css/g)].map(([, sheet]) => sheet));
  const all = readdirSync(new URL('../style', import.meta.url)).map((file) => file.replace(/\.css$/, ''));
  assert.deepEqual([...linked, ...SHEETS].sort(), all.sort());
});

test('faces: whatever has a part can be drawn, or is a corner', () => {
  const drawn = [...faces.matchAll(/case '(\w+)':/g)].map(([, name]) => name);
  const corners = Object.values(parts).flatMap(({ corners = [] }) => corners);
  assert.deepEqual([...new Set([...drawn, 'home', ...corners])].sort(), Object.keys(parts).sort());
});
