import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { afterEach, beforeEach, test } from 'node:test';
import { isDeepStrictEqual } from 'node:util';
import { Room } from '../lib/room.js';
import { at, breathScale } from '../lib/timeline.js';
import { FakeServer, stopTime, settled } from './fakes.js';

/** The messages as the server's own tests have them. */
const read = (name) => JSON.parse(readFileSync(new URL(`../../internal/wire/testdata/${name}.json`, import.meta.url), 'utf8'));
const fromServer = read('from-server');
const fromDevice = read('from-device');

let time, server, room;

beforeEach(() => {
  time = stopTime();
  server = new FakeServer();
  room = new Room({ url: 'ws://here/ws', role: 'display', name: 'Tablet', room: 'home', WebSocket: server.WebSocket, local: time.local, storage: null });
});
afterEach(() => {
  room.close();
  time.restart();
});

function join(welcome) {
  server.welcome = welcome;
  room.connect();
  time.pass(1);
}

test('wire: a welcome', () => {
  join(fromServer.welcome);
  const { you, session, timeline, transport, people } = fromServer.welcome;
  assert.deepEqual(room.you, you);
  assert.deepEqual(room.session, session);
  assert.deepEqual(room.timeline, timeline);
  assert.deepEqual(room.transport, transport);
  assert.deepEqual([room.people, room.sound, room.host, room.mix], [people.people, people.sound ?? '', people.host ?? false, people.mix]);
  assert.ok(room.position() >= transport.position);
});

test('wire: a welcome to an empty room', () => {
  join(fromServer['welcome-to-empty']);
  assert.deepEqual([room.status, room.session, room.timeline, room.transport], ['live', null, null, null]);
});

test('wire: a session as it arrives, message by message', () => {
  join(fromServer['welcome-to-empty']);
  for (const name of ['people', 'session', 'timeline', 'transport']) server.say(fromServer[name]);
  assert.equal(room.session.title, fromServer.session.title);
  assert.equal(room.timeline.rev, fromServer.timeline.rev);
  assert.equal(room.transport.why, fromServer.transport.why);
  assert.equal(room.sound, fromServer.people.sound);
  assert.deepEqual(room.mix, fromServer.people.mix);
});

test('wire: the sound on its way from one device to another', () => {
  join(fromServer.welcome);
  server.say(fromServer['people-coming']);
  assert.deepEqual([room.sound, room.coming], ['', 'p-2']);
  server.say(fromServer.people);
  assert.deepEqual([room.sound, room.coming], ['host', '']);
});

test('wire: a sound that is gone, and what the client sees', () => {
  join(fromServer.welcome);
  assert.deepEqual([room.lost, room.show, room.people[0].armed], ['', { what: 'glow', time: true }, true]);
  server.say(fromServer['people-lost']);
  assert.deepEqual([room.sound, room.lost], ['', fromServer['people-lost'].lost]);
  server.say(fromServer.people);
  assert.equal(room.lost, '');
});

test('wire: a refusal', async () => {
  join(fromServer['welcome-to-empty']);
  const answer = room.do('start');
  server.say({ ...fromServer.refused, id: server.commands[0].id });
  await assert.rejects(answer, { code: fromServer.refused.code, text: fromServer.refused.text });
});

test('wire: a compiled timeline is shown without a gap or a jump', () => {
  const { timeline } = fromServer;
  const seen = new Set();
  let before = null;
  for (let position = 0; position <= timeline.length; position += 50) {
    const scene = at(timeline, position);
    assert.ok(scene.section && scene.next > position);
    for (const kind of ['speaking', 'outside', 'natural', 'quiet']) if (scene[kind]) seen.add(kind);
    if (scene.scan) seen.add('scan');
    const size = scene.breath && breathScale(scene.breath, position);
    if (size && before) assert.ok(Math.abs(size - before) < 0.01, `a jump at ${position}`);
    before = size;
  }
  for (const kind of ['speaking', 'scan', 'outside', 'natural', 'quiet']) assert.ok(seen.has(kind), `no ${kind}`);
});

test('wire: a session waits where its timeline says, until someone goes on', () => {
  join(fromServer['welcome-to-empty']);
  const wait = fromServer.timeline.spans.find((span) => span.kind === 'wait');
  const playing = { ...fromServer.transport, position: 0, at: Math.floor(room.now()) };
  for (const message of [fromServer.session, fromServer.timeline, playing]) server.say(message);
  time.pass(wait.from + 5000);
  assert.equal(room.position(), wait.from);
  assert.equal(at(room.timeline, room.position()).waiting, true);
  server.say({ ...playing, rev: 9, position: wait.from, at: Math.floor(room.now()), why: 'go-on' });
  time.pass(1000);
  assert.equal(at(room.timeline, room.position()).waiting, false);
});

test('wire: private cues are on the guide\'s timeline alone', () => {
  const texts = (timeline) => timeline.cues.filter((cue) => cue.kind === 'guide').map((cue) => cue.text);
  assert.deepEqual(texts(fromServer['timeline-guide']), ['Areas to leave out today?']);
  assert.deepEqual(texts(fromServer.timeline), []);
});

/** What the server's tests read, by what it asks for: every frame of that kind. */
const frames = new Map();
for (const { frame, refused } of fromDevice) {
  if (refused || typeof frame !== 'object' || frame.weather) continue;
  const kind = frame.do ?? frame.type;
  frames.set(kind, [...(frames.get(kind) ?? []), frame]);
}

/** The kind of a value, all the way down: {by: number} for {by: -60000}. */
function shapeOf(value) {
  if (Array.isArray(value)) return [...new Set(value.map((item) => JSON.stringify(shapeOf(item))))];
  if (typeof value !== 'object' || value === null) return typeof value;
  return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, shapeOf(part)]));
}

const asked = [
  ['load', { script: 'feet-first', settings: { length: 300_000, leaveOut: ['sole.left'], welcome: ['throat'], anchor: 'feet', ownPace: 8, textOnly: true } }],
  ['start'], ['pause'], ['resume', { agreed: true }], ['stop'], ['return'], ['ground'], ['next'], ['previous'], ['skip', { regions: ['sole'] }],
  ['stay'], ['go-on'], ['extend', { by: 1 }], ['reflow'], ['pace', { to: 'slower' }], ['anchor', { to: 'hands' }], ['settings', { settings: {} }],
  ['sound', { by: 'me' }], ['mix', { mix: { voice: 1, bells: 2, breath: 3, ambience: 4, tone: 'soft', count: false, night: false } }], ['bell'],
  ['arm', { on: true }], ['show', { show: { what: 'dark', time: true } }],
];

test('wire: every command that the server reads can be asked for', () => {
  const verbs = asked.map(([verb]) => verb);
  assert.deepEqual(new Set([...verbs, 'hello', 'ping']), new Set(frames.keys()));
});

test('wire: what a device sends is what the server reads, field by field', async () => {
  join(fromServer.welcome);
  for (const [verb, fields] of asked) {
    room.do(verb, fields);
    server.ack(server.commands.at(-1)?.id ?? '', 9); // what goes on waits for a halt to be confirmed
    await settled();
  }
  time.pass(10);
  const sent = [...server.commands, ...server.hellos, ...server.pinged];
  assert.deepEqual(new Set(sent.map((frame) => frame.do ?? frame.type)), new Set(frames.keys()));
  for (const frame of sent) {
    const kind = frame.do ?? frame.type;
    const read = [{ rev: 0, settings }, ...frames.get(kind)];
    for (const [field, value] of Object.entries(frame)) {
      const sent = shapeOf(field === 'settings' ? { ...settings, ...value } : value);
      assert.ok(read.some((other) => isDeepStrictEqual(shapeOf(other[field]), sent)), `${kind}: ${field}`);
    }
    assert.ok(JSON.stringify(frame).length < 4096);
  }
});

/** Settings with everything in them. */
const { settings } = frames.get('load')[0];
