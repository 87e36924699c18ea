/**
 * The track of the running session once more, compressed, fetched ahead where this
 * device is the room's sound, so that it goes on when the server is gone. It comes at
 * a constant rate, and every part of it can be played by itself: half of a copy is
 * half of the sound. It is kept for this session, and goes with it.
 */

/** @import {Room} from './room.js' */
import { later } from './later.js';
import { trackURL } from './track.js';
import { running } from './transport.js';

const RATE = 16; // bytes a ms
const SETTLED = 3000; // ms a track stays the same before it is worth a copy, and what is heard has come
const AGAIN = 5000; // ms until a copy that was not to be had is asked for again
const GONE = 700; // ms without the room, before what was fetched from it is not waited for any more
const SWEPT = 5000; // ms a page is given to find which session is its own, before it tidies
const MARGIN = 2000; // ms at the end of a part that are not counted on
const PORTION = 1 << 20; // bytes after which the browser takes them out of the page's memory
const NAME = 'stillpoint.copy.'; // of the caches, before the session's
const MARK = '&copy='; // in the name of a track that is played from a copy

/**
 * @typedef {object} CopyOptions
 * @property {typeof globalThis.fetch} [fetch]
 * @property {Pick<CacheStorage, 'open' | 'delete' | 'keys'> | undefined} [caches] none where the browser has none
 * @property {Pick<LockManager, 'request'> | undefined} [locks]
 * @property {Pick<typeof URL, 'createObjectURL' | 'revokeObjectURL'>} [urls]
 * @property {import('./later.js').Schedule} [schedule]
 */

/** Fires `change` when a copy has come, or when it is time to turn to it. */
export class Copy extends EventTarget {
  #room;
  #fetch;
  #caches;
  #locks;
  #urls;
  #schedule;
  #track = ''; // what is copied
  #blob = new Blob();
  #session = ''; // whose
  #stored = false; // outside this page, or a place for it is
  /** @type {string[]} what is or was played, by the number in its name; one that grows is another */
  #parts = [];
  #reach = 0; // ms of the latest of them that is of this track
  #lostAt = Infinity; // room time
  /** @type {AbortController | undefined} */
  #fetching;
  /** @type {(() => void) | undefined} */
  #endWait;
  /** @type {(() => void) | undefined} */
  #endGone;
  /** @type {(() => void) | undefined} */
  #endSweep;
  /** @type {(() => void) | undefined} */
  #release;

  /** @param {Room} room @param {CopyOptions} [options] */
  constructor(room, { fetch = (...asked) => globalThis.fetch(...asked), caches = ownCaches(), locks = globalThis.navigator?.locks, urls = URL, schedule = later } = {}) {
    super();
    this.#room = room;
    this.#fetch = fetch;
    this.#caches = caches;
    this.#locks = locks;
    this.#urls = urls;
    this.#schedule = schedule;
    room.addEventListener('change', this.#look);
    this.#look();
    this.#sweepSoon();
  }

  close() {
    this.#room.removeEventListener('change', this.#look);
    this.#endSweep?.();
    this.#quit();
    this.#forget();
  }

  /**
   * The name of what is to be played instead of a track, '' where that can be had, or
   * where there is no copy of this place.
   * @param {string} track
   * @param {number} position ms
   */
  instead(track, position) {
    if (!this.#gone || track !== this.#track || position >= this.#length) return '';
    if (!this.#reach || (position > this.#reach - MARGIN && this.#length > this.#reach)) {
      this.#reach = this.#length;
      this.#parts.push(this.#urls.createObjectURL(this.#blob));
    }
    return `${track}${MARK}${this.#parts.length}`;
  }

  /** Where a track is to be had, by its name. @param {string} name */
  address(name) {
    const [, part] = name.split(MARK);
    return part ? this.#parts[Number(part) - 1] ?? '' : name;
  }

  /** How far the present track can go on without the server, in ms: Infinity when to its end. */
  get reach() {
    const { timeline, mix } = this.#room;
    if (!timeline || trackURL(timeline, mix) !== this.#track) return 0;
    return this.#whole ? Infinity : this.#length;
  }

  /** Whether the copy reaches the end of the timeline. */
  get #whole() {
    return this.#blob.size / RATE >= (this.#room.timeline?.length ?? Infinity);
  }

  /** Ms that can be counted on. */
  get #length() {
    return Math.max(0, this.#blob.size / RATE - (this.#whole ? 0 : MARGIN));
  }

  /** Whether the server is gone, or does not know this session. */
  get #gone() {
    if (this.#room.standIn?.apart) return true;
    return this.#room.status === 'lost' && this.#room.now() - this.#lostAt >= GONE;
  }

  #look = () => {
    const { timeline, transport, mix, sound, you, status } = this.#room;
    this.#noteLoss(status === 'lost');
    if (timeline && timeline.session !== this.#session) this.#begin(timeline.session);
    if (!running(transport)) {
      this.#quit();
      this.#unstore(); // what may be gone back to stays in memory
      if (!transport) this.#forget();
      return;
    }
    if (!timeline || !sound || sound !== you?.id) return this.#quit();
    const track = trackURL(timeline, mix);
    if (track !== this.#track) this.#want(track);
    else if (!this.#whole && !this.#fetching && !this.#endWait) this.#soon(SETTLED); // the sound was elsewhere meanwhile
  };

  /** @param {boolean} lost */
  #noteLoss(lost) {
    if (lost === Number.isFinite(this.#lostAt)) return;
    this.#lostAt = lost ? this.#room.now() : Infinity;
    this.#endGone?.();
    if (lost) this.#endGone = this.#schedule(() => this.#changed(), GONE);
  }

  /** @param {string} session */
  #begin(session) {
    this.#quit();
    this.#forget();
    this.#session = session;
    void this.#locks?.request(NAME + session, { mode: 'shared' }, () => new Promise((release) => (this.#release = () => release(undefined)))).catch(() => {});
  }

  /** Nothing of this session is needed any more. */
  #forget() {
    if (!this.#session) return;
    this.#unstore();
    this.#drop();
    for (const part of this.#parts) this.#urls.revokeObjectURL(part);
    this.#parts = [];
    this.#session = '';
    this.#release?.();
  }

  #unstore() {
    if (this.#stored) void this.#caches?.delete(NAME + this.#session);
    this.#stored = false;
  }

  #drop() {
    this.#reach = 0;
    this.#track = '';
    this.#blob = new Blob();
  }

  #quit() {
    this.#endWait?.();
    this.#endWait = undefined;
    this.#fetching?.abort();
    this.#fetching = undefined;
  }

  /** Another track is worth a copy now, once it has stayed so. @param {string} track */
  #want(track) {
    this.#quit();
    this.#drop();
    this.#track = track;
    void this.#found(track);
    this.#soon(SETTLED);
  }

  /** @param {number} ms */
  #soon(ms) {
    const track = this.#track;
    this.#endWait = this.#schedule(() => {
      this.#endWait = undefined;
      void this.#get(track);
    }, ms);
  }

  /** A page that was opened anew has it still. @param {string} track */
  async #found(track) {
    const cache = await this.#opened();
    const blob = await (await cache?.match(track))?.blob();
    if (!blob || track !== this.#track) return;
    if (this.#blob.size < blob.size) this.#blob = blob;
    this.#changed();
  }

  /** @param {string} track */
  async #get(track) {
    if (this.#whole) return;
    if (this.#room.status !== 'live' || this.#room.standIn?.apart) return this.#soon(AGAIN);
    const fetching = (this.#fetching = new AbortController());
    try {
      const answer = await this.#fetch(track.replace('track.wav', 'track.mp3'), { signal: fetching.signal, priority: 'low' });
      if (!answer.ok || !answer.body) throw new Error(`copy: status ${answer.status}`);
      await this.#take(answer.body.getReader(), fetching);
    } catch {
      if (this.#fetching === fetching) this.#soon(AGAIN); // half of it is of use
    }
    if (this.#fetching !== fetching) return;
    this.#changed();
    await this.#store(track);
  }

  /** @param {ReadableStreamDefaultReader<Uint8Array<ArrayBuffer>>} reader @param {AbortController} fetching */
  async #take(reader, fetching) {
    let taken = new Blob();
    /** @type {Uint8Array<ArrayBuffer>[]} */
    let fresh = [];
    let size = 0;
    const add = () => {
      taken = new Blob([taken, ...fresh], { type: 'audio/mpeg' });
      fresh = [];
      size = 0;
      if (this.#fetching === fetching && taken.size > this.#blob.size) this.#blob = taken;
    };
    try {
      for (let next = await reader.read(); !next.done; next = await reader.read()) {
        fresh.push(next.value);
        if ((size += next.value.length) >= PORTION) add();
      }
    } finally {
      add();
    }
  }

  /** @param {string} track */
  async #store(track) {
    try {
      const cache = await this.#opened();
      if (track !== this.#track || !running(this.#room.transport)) return;
      await cache?.put(track, new Response(this.#blob));
    } catch {
      // No room: it stays in this page, and goes with it.
    }
  }

  /** Opening one makes it. @returns {Promise<Cache | null>} */
  async #opened() {
    this.#stored = true;
    try {
      return (await this.#caches?.open(NAME + this.#session)) ?? null;
    } catch {
      return null;
    }
  }

  /** Tidies once the page knows what is its own: until then its copy looks like one whose page is gone. */
  #sweepSoon() {
    this.#endSweep = this.#schedule(() => {
      if (this.#session || this.#room.status === 'live') void this.#sweep();
      else this.#sweepSoon();
    }, SWEPT);
  }

  /** Copies whose page is gone: a lock that is free tells. */
  async #sweep() {
    try {
      const names = (await this.#caches?.keys()) ?? [];
      for (const name of names.filter((other) => other.startsWith(NAME) && other !== NAME + this.#session)) {
        await this.#locks?.request(name, { ifAvailable: true }, async (free) => free && this.#caches?.delete(name));
      }
    } catch {
      // Where nothing can be kept, nothing was.
    }
  }

  #changed() {
    this.dispatchEvent(new Event('change'));
  }
}

/** Whether two names are of one sound: a track and its copy are. @param {string} a @param {string} b */
export function sameSound(a, b) {
  return a.split(MARK)[0] === b.split(MARK)[0];
}

function ownCaches() {
  try {
    return globalThis.caches;
  } catch {
    return undefined;
  }
}
