/** A Room over a fake server, made anew before each test of the file that imports this. */

import { afterEach, beforeEach } from 'node:test';
import { Room } from '../lib/room.js';
import { FakeServer, stopTime } from './fakes.js';

export let time, server, storage, window, room, changes, refusals;

/** A room joined over the fake server, with this in its welcome. */
export function join(welcome = {}, options = {}) {
  server.welcome = welcome;
  room = new Room({
    url: 'ws://here/ws', role: 'guide', WebSocket: server.WebSocket, local: time.local, storage, window, random: () => 1, ...options,
  });
  changes = refusals = 0;
  room.addEventListener('change', () => changes++);
  room.addEventListener('refused', () => refusals++);
  room.connect();
  time.pass(1);
  return room;
}

export const transport = (state, rev, more = {}) =>
  ({ type: 'transport', session: 's1', rev, state, position: 0, at: 10_000, ...more });

beforeEach(() => {
  time = stopTime();
  server = new FakeServer();
  const kept = new Map();
  storage = { getItem: (key) => kept.get(key) ?? null, setItem: (key, value) => kept.set(key, value) };
  window = new EventTarget();
});
afterEach(() => {
  room?.close();
  time.restart();
});
