/** A Sound over a paper element, made anew before each test of the file that imports this. */

import { afterEach, beforeEach } from 'node:test';
import * as player from '../lib/player.js';
import { Sound } from '../lib/sound.js';
import { positionAt } from '../lib/transport.js';
import { FakeAudio, loaded, settled, stopTime } from './fakes.js';

/** `audio` is the side that leads at first, `other` the one beside it. */
export let time, room, audio, other, sound, storage;

/** No copy of anything. */
export class NoCopy extends EventTarget {
  reach = 0;
  instead = () => '';
  address = (name) => name;
  close = () => {};
}

/** A room as Sound sees it: what it is told and what it asks. */
class FakeRoom extends EventTarget {
  you = { id: 'me', role: 'guide', resume: '' };
  sound = 'me';
  coming = '';
  people = [];
  host = false;
  mix = { bells: 60 };
  session = null;
  timeline = null;
  transport = null;
  asked = [];
  now = () => Date.now() + 10_000;
  position = () => (this.transport ? positionAt(this.transport, this.timeline, this.now()) : 0);
  pause = () => {
    this.asked.push('pause');
    this.tell({ transport: { ...this.transport, state: 'paused' } });
  };
  stop = () => this.asked.push('stop');
  do = async (verb, fields) => void this.asked.push(fields?.by ? `${verb} ${fields.by}` : verb);

  tell(news) {
    Object.assign(this, news);
    this.dispatchEvent(new Event('change'));
  }
}

export const TRACK = '/api/sessions/s1/track.wav?rev=4&bells=60';
export const at = (state, position, start = room.now()) => ({ transport: { ...loaded().transport, state, position, at: start } });

export function make(news = {}, options = {}) {
  Object.assign(room, news);
  if (options.audio) ({ audio } = options);
  if (options.other) ({ other } = options);
  bare();
  equip(options);
}

/** Before what plays has come. */
export function bare(news = {}) {
  Object.assign(room, news);
  sound = new Sound(room, { sides: [audio, other], storage });
}

/** What plays has come. */
export const equip = (options = {}) => sound.equip(player, { copy: new NoCopy(), ...options });

/** Lets time pass with promises settling on the way. */
export async function pass(ms) {
  await settled();
  time.pass(ms);
  await settled();
}

beforeEach(() => {
  time = stopTime();
  room = new FakeRoom();
  audio = new FakeAudio();
  other = new FakeAudio();
  storage = new Map();
  Object.assign(storage, { getItem: (key) => storage.get(key) ?? null, setItem: (key, value) => storage.set(key, value) });
});
afterEach(() => {
  sound.close();
  time.restart();
});
