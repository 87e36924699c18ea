import assert from 'node:assert/strict';
import { test } from 'node:test';
import { at, breathBlock, breathScale } from '../lib/timeline.js';

/** Two breaths of 4-2-6-0 from 60 s, then a sigh with a top-up, as the wire brings them. */
const timeline = {
  session: 's',
  rev: 1,
  length: 200_000,
  sections: [
    { title: 'Arriving', from: 0, to: 30_000 },
    { title: 'Feet', from: 30_000, to: 60_000 },
    { title: 'Breath', from: 60_000, to: 120_000 },
    { title: 'Closing', from: 120_000, to: 200_000 },
  ],
  spans: [
    { kind: 'say', from: 0, to: 5000, text: 'Welcome.' },
    { kind: 'scan', from: 30_000, to: 50_000, regions: ['sole'] },
    { kind: 'say', from: 30_000, to: 34_000, text: 'The soles.' },
    { kind: 'scan', from: 50_000, to: 60_000, regions: ['heel.left', 'heel.right'] },
    { kind: 'say', from: 52_000, to: 55_000, text: 'The heels.' },
    { kind: 'inhale', from: 60_000, to: 64_000, n: 1, of: 2 },
    { kind: 'hold', from: 64_000, to: 66_000, n: 1, of: 2 },
    { kind: 'exhale', from: 66_000, to: 72_000, n: 1, of: 2 },
    { kind: 'inhale', from: 72_000, to: 76_000, n: 2, of: 2 },
    { kind: 'hold', from: 76_000, to: 78_000, n: 2, of: 2 },
    { kind: 'exhale', from: 78_000, to: 84_000, n: 2, of: 2 },
    { kind: 'inhale', from: 90_000, to: 93_000, n: 1, of: 1 },
    { kind: 'inhale', from: 93_000, to: 94_000, n: 1, of: 1 },
    { kind: 'exhale', from: 94_000, to: 102_000, n: 1, of: 1 },
    { kind: 'natural', from: 102_000, to: 120_000 },
    { kind: 'say', from: 120_000, to: 122_000, text: 'The room.' },
    { kind: 'outside', from: 121_000, to: 140_000 },
    { kind: 'say', from: 140_000, to: 142_000, text: 'Rest.' },
    { kind: 'quiet', from: 150_000, to: 160_000 },
    { kind: 'wait', from: 160_000, to: 160_000 },
    { kind: 'say', from: 160_000, to: 170_000, text: 'On we go.' },
  ],
  cues: [
    { kind: 'bell', at: 0, name: 'bowl' },
    { kind: 'say', at: 0, text: 'Welcome.' },
    { kind: 'guide', at: 30_000, text: 'Bolster' },
    { kind: 'inhale', at: 60_000 },
    { kind: 'bell', at: 200_000, name: 'closing' },
  ],
};

const cases = [
  { name: 'the first words', position: 0, want: { words: 'Welcome.', speaking: true, next: 5000 } },
  { name: 'words stay after they are spoken', position: 20_000, want: { words: 'Welcome.', speaking: false, next: 30_000 } },
  { name: 'a place and its words begin together', position: 30_000, want: { words: 'The soles.', scan: ['sole'], speaking: true } },
  { name: 'words of one place leave with it', position: 51_000, want: { words: '', scan: ['heel.left', 'heel.right'] } },
  { name: 'an instant shared by two spans is the later one\'s', position: 64_000, want: { breath: 'hold', next: 66_000 } },
  { name: 'a breath block has no words', position: 60_000, want: { words: '', breath: 'inhale', scan: null } },
  { name: 'between two blocks', position: 85_000, want: { words: '', breath: null, next: 90_000 } },
  { name: 'breathing as it comes', position: 110_000, want: { natural: true, breath: null, words: '' } },
  { name: 'words spoken before the outside began', position: 125_000, want: { outside: true, words: '' } },
  { name: 'after the outside', position: 145_000, want: { outside: false, words: 'Rest.' } },
  { name: 'quiet', position: 155_000, want: { quiet: true, words: '' } },
  { name: 'at a wait', position: 160_000, want: { waiting: true, words: 'On we go.', quiet: false } },
  { name: 'just after a wait', position: 160_001, want: { waiting: false } },
  { name: 'the end', position: 200_000, want: { words: 'On we go.', next: Infinity } },
];
for (const { name, position, want } of cases) {
  test(`at: ${name}`, () => {
    const scene = at(timeline, position);
    const got = { ...scene, breath: scene.breath?.kind ?? null };
    for (const [field, value] of Object.entries(want)) assert.deepEqual(got[field], value, field);
  });
}

test('the section is the one that has begun', () => {
  assert.deepEqual([0, 29_999.5, 30_000, 200_000].map((p) => at(timeline, p).section.title), ['Arriving', 'Arriving', 'Feet', 'Closing']);
});

test('words stay in the section they were said in', () => {
  const later = { ...timeline, sections: [{ title: 'One', from: 0, to: 10_000 }, { title: 'Two', from: 10_000, to: 30_000 }] };
  assert.deepEqual([9999, 10_000].map((p) => at(later, p).words), ['Welcome.', '']);
});

test('before the first section of a bare timeline there is nothing', () => {
  const bare = { session: 's', rev: 1, length: 10, sections: [], spans: [], cues: [] };
  assert.deepEqual(at(bare, 0), {
    section: null, words: '', speaking: false, scan: null, outside: false,
    breath: null, natural: false, quiet: false, waiting: false, next: 10,
  });
});

test('walking from change to change sees every edge once and ends', () => {
  const edges = [];
  for (let p = 0; Number.isFinite(p); p = at(timeline, p).next) edges.push(p);
  assert.equal(new Set(edges).size, edges.length);
  assert.equal(edges.at(-1), timeline.length);
  for (const { from, to } of timeline.spans) assert.ok(edges.includes(from) && edges.includes(to));
});

test('the disc grows, keeps still, shrinks, without a jump', () => {
  const size = (position) => breathScale(at(timeline, position).breath, position);
  assert.equal(size(60_000), 0.65);
  assert.equal(size(62_000), 0.825);
  assert.equal(size(64_000), 1);
  assert.equal(size(65_500), 1);
  assert.ok(Math.abs(size(71_999.99) - 0.65) < 1e-4);
  for (let p = 60_000; p < 83_990; p += 10) assert.ok(Math.abs(size(p + 10) - size(p)) < 0.002, `a jump at ${p}`);
});

test('a topped-up inhale runs on from where the first one came to', () => {
  const size = (position) => breathScale(at(timeline, position).breath, position);
  assert.equal(size(90_000), 0.65);
  assert.ok(Math.abs(size(93_000) - (0.65 + 0.35 * 0.75)) < 1e-9);
  assert.ok(Math.abs(size(92_999.999) - size(93_000)) < 1e-6);
  assert.ok(Math.abs(size(93_999.999) - 1) < 1e-6);
  assert.equal(size(94_000), 1);
});

test('an exhale in two pieces comes down in both', () => {
  const spans = [
    { kind: 'inhale', from: 0, to: 2000 },
    { kind: 'exhale', from: 2000, to: 4000 },
    { kind: 'exhale', from: 4000, to: 6000 },
    { kind: 'rest', from: 6000, to: 7000 },
  ];
  const sizes = breathBlock({ ...timeline, spans }, 0).map(({ start, end }) => [start, end].map((x) => +x.toFixed(3)));
  assert.deepEqual(sizes, [[0.65, 1], [1, 0.825], [0.825, 0.65], [0.65, 0.65]]);
});

test('a breath block is the phases with nothing between them', () => {
  assert.deepEqual(breathBlock(timeline, 70_000).map((p) => p.from), [60_000, 64_000, 66_000, 72_000, 76_000, 78_000]);
  assert.deepEqual(breathBlock(timeline, 95_000).map((p) => p.from), [90_000, 93_000, 94_000]);
  assert.deepEqual(breathBlock(timeline, 86_000), []);
});

test('an hour of breaths is looked up without walking through it', () => {
  const spans = Array.from({ length: 20_000 }, (_, i) => ({ kind: i % 2 ? 'exhale' : 'inhale', from: i * 200, to: i * 200 + 200, n: (i >> 1) + 1, of: 10_000 }));
  let reads = 0;
  const counted = spans.map((span) => Object.defineProperty({ ...span }, 'from', { get: () => (reads++, span.from) }));
  const long = { session: 's', rev: 1, length: 4_000_000, sections: [{ title: '', from: 0, to: 4_000_000 }], spans: counted, cues: [] };
  assert.equal(at(long, 100).breath.n, 1);
  reads = 0;
  assert.equal(at(long, 3_999_900).breath.n, 10_000);
  assert.ok(reads < 100, `${reads} spans were read`);
});
