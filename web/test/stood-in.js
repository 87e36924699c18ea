/** A page and what stands in for its room, over the fake server, made anew before each test of the file that imports this. */

import { afterEach, beforeEach } from 'node:test';
import { StandIn } from '../lib/standin.js';
import { loaded } from './fakes.js';
import { join, room, server, time } from './joined.js';

export const guide = (id) => ({ id, role: 'guide', resume: 't' });
export const mix = { voice: 40, bells: 30, breath: 20, ambience: 10, tone: 'soft', count: false, night: false };
export const people = (sound, more = {}) => ({ people: [], sound, host: true, mix, ...more });

/** `tab` keeps what a tab keeps. */
export let standIn, tab, window;

/** A page of a tab, over the fake server. */
export function open(welcome, options) {
  join(welcome, options);
  standIn = new StandIn(room, { storage: tab, window });
}

/** @param {unknown} storage instead of the tab's */
export const keepIn = (storage) => (tab = storage);

/** The same tab, its page opened anew. */
export function reload(welcome) {
  window.dispatchEvent(new Event('pagehide'));
  standIn.close();
  room.close();
  open(welcome);
  time.pass(5);
}

/** The server dies, and with `restart` another has taken its place. */
export function gone() {
  server.reachable = false;
  server.cut();
}
export function restart(welcome = {}) {
  server.reachable = true;
  server.ahead = 500_000;
  server.welcome = welcome;
  time.pass(6000);
}

beforeEach(() => {
  const kept = new Map();
  tab = { getItem: (key) => kept.get(key) ?? null, setItem: (key, value) => kept.set(key, value), removeItem: (key) => kept.delete(key), kept };
  window = new EventTarget();
});
afterEach(() => standIn?.close());

export const playing = (more) => ({ ...loaded(), people: people('me'), you: guide('me'), ...more });
/** What the room was asked for: a command that comes twice is done once. */
export const asked = () => [...new Map(server.commands.map((command) => [command.id, command.do])).values()];
export const seen = () => [room.transport?.state, Math.round(room.position() / 1000)];
