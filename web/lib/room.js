/**
 * The room as this device knows it, and what it may ask of it.
 *
 * Local first: pause, stop and ground act here before anything is sent, with or
 * without a connection, and no older word from the room undoes them.
 */

/** @import {Account, CommandFields, FromDevice, FromServer, Mix, Participant} from '../protocol.js' */
/** @import {Session, Show, Timeline, Transport, Verb, Welcome, You} from '../protocol.js' */
import { Clock } from './clock.js';
import { Halts } from './halts.js';
import { Link, ownURL } from './link.js';
import { allowed } from './storage.js';
import { positionAt, running } from './transport.js';

const MOST_PENDING = 32; // commands awaiting their answer
const RETRY_HALT = 200; // ms until a halt that met an error is sent again
export const ANOTHER_SERVER = 5000; // ms by which room time must differ for it to be another's

/** @typedef {{code: string, text: string}} Refusal */
/** @typedef {{resolve: (ack: {rev: number}) => void, reject: (refusal: Refusal) => void}} Answer */
/** @typedef {'pause' | 'stop' | 'ground'} HaltVerb */

/** Stale behind an unconfirmed halt of one's own. @type {Set<Verb>} */
const GOES_ON = new Set(['start', 'resume', 'return', 'go-on', 'next', 'previous']);
const OVERTAKEN = { code: 'stale', text: 'Something newer was asked for.' };
const NOT_CONNECTED = { code: 'not-connected', text: 'Not connected. You can still pause and stop.' };
const TOO_MANY = { code: 'slow-down', text: 'That was a lot at once. One moment, please.' };

/**
 * Fires `change` when anything below has changed, and `refused`
 * ({detail: {do, code, text}}) when the room declined a command.
 */
export class Room extends EventTarget {
  /** @type {'connecting' | 'live' | 'lost'} */
  status = 'connecting';
  /** @type {You | null} */
  you = null;
  /** @type {Session | null} */
  session = null;
  /** @type {Timeline | null} */
  timeline = null;
  /** @type {Transport | null} what this device acts on; ahead of the room's while a pause of ours travels */
  transport = null;
  /** @type {Participant[]} */
  people = [];
  /** Which device is the room's sound: a participant's id, `host`, or '' for none. */
  sound = '';
  /** Who has been chosen, and is the sound as soon as the one before is silent; '' for nobody. */
  coming = '';
  /** Whether the host has a speaker. */
  host = false;
  /** The language of whoever reads here. @type {string | undefined} */
  language;
  /** How loud each kind of sound is, wherever the room sounds. @type {Mix} */
  mix = { voice: 80, bells: 80, breath: 80, ambience: 80, tone: 'soft', count: false, night: false };
  /** What the client's screens show. @type {Show} */
  show = { what: 'session', time: false };
  /** What was the room's sound and is gone, by its name; '' when nothing is, and to all but guides. */
  lost = '';
  /** To guides: what has happened. @type {Account | undefined} */
  account;
  /** When this device last asked for a pause, stop or ground, in room time. */
  haltedAt = -Infinity;
  /** What answers for a room that cannot be asked, as soon as it is here. @type {Pick<import('./standin.js').StandIn, 'hears' | 'takes' | 'apart'> | null} */
  standIn = null;

  #clock;
  #link;
  #halts = new Halts();
  #storage;
  #key;
  #hello;
  /** @type {Map<string, Answer & {do: Verb}>} commands sent, by id */
  #pending = new Map();
  /** @type {{session?: Session, timeline?: Timeline}} of a session whose transport has not come yet */
  #coming = {};
  /** @type {Transport | null} the room's own last word */
  #word = null;
  #rev = 0;
  #serial = 0;
  #thoughts = 0; // halts asked for, and lines lost: what waits behind one does not outlive the next
  /** The server remembers ids for as long as it knows this participant: no two page loads may share any. */
  #prefix = randomName();
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #end;

  /** @param {import('../here.js').RoomOptions} [options] */
  constructor(options = {}) {
    super();
    const random = options.random ?? Math.random;
    this.#clock = new Clock(options.local);
    this.#storage = options.storage === undefined ? allowed('sessionStorage') : options.storage;
    this.name = options.room ?? 'home';
    this.#key = `stillpoint.resume.${this.name}`;
    this.#hello = { room: options.room, role: options.role, name: options.name };
    this.#link = new Link({
      url: options.url ?? ownURL(),
      WebSocket: options.WebSocket ?? globalThis.WebSocket,
      clock: this.#clock,
      window: options.window ?? (typeof window === 'undefined' ? undefined : window),
      random,
      hello: () => ({ type: 'hello', ...this.#hello, resume: this.#storage?.getItem(this.#key) ?? undefined }),
      heard: (message) => this.hear(this.standIn?.hears(message) ?? message),
      lost: () => this.#lost(),
    });
  }

  /** Whether another session was put aside for this grounding. */
  get aside() {
    return this.session?.aside ?? false;
  }

  /** How far off `now` may be, in ms. */
  get bound() {
    return this.#clock.bound;
  }

  connect() {
    this.#link.open();
  }

  /** Leaves the room. Commands still under way are refused. */
  close() {
    this.status = 'lost';
    clearTimeout(this.#end);
    this.#link.close();
    this.#abandon();
    this.#halts.abandon(NOT_CONNECTED);
  }

  /** Room time, in ms. */
  now() {
    return this.#clock.now();
  }

  /** Where the session is now, in ms; 0 when there is none. It runs on while the connection is lost. */
  position() {
    const { transport, timeline } = this;
    if (!transport || !timeline || transport.session !== timeline.session) return 0;
    return positionAt(transport, timeline, this.now());
  }

  /** Silence here at once, then everywhere. @param {true} [client] by a key given to the client */
  pause(client) {
    return this.#halt('pause', client);
  }

  /** Silence here at once, then everywhere. */
  stop() {
    return this.#halt('stop');
  }

  /** Silence here at once, then the 60-second grounding. */
  ground() {
    return this.#halt('ground');
  }

  /**
   * Asks the room for something. Resolves when the room has done it; rejects with
   * {code, text}, which `refused` carries too, so nobody need catch it.
   * @param {Verb} verb
   * @param {CommandFields} [fields]
   * @returns {Promise<{rev: number}>}
   */
  do(verb, fields = {}) {
    if (verb === 'pause' || verb === 'stop' || verb === 'ground' && !fields.agreed) return this.#halt(verb);
    const halt = this.status === 'live' && GOES_ON.has(verb) && this.#halts.settled();
    if (halt) return unheeded(this.#behind(halt, verb, fields));
    const id = this.#id();
    const answer = new Promise((resolve, reject) => this.#pending.set(id, { resolve, reject, do: verb }));
    if (this.#pending.size > MOST_PENDING) this.#refused({ ...TOO_MANY, id });
    else if (!this.#send({ type: 'command', id, do: verb, rev: this.#rev, ...fields })) this.#refused({ ...NOT_CONNECTED, id });
    return unheeded(answer);
  }

  /**
   * A second thought comes after the first, unless there was a third, or the line was lost on the way.
   * @param {Promise<unknown>} halt
   * @param {Verb} verb
   * @param {CommandFields} fields
   */
  async #behind(halt, verb, fields) {
    const thoughts = this.#thoughts;
    await halt;
    if (thoughts !== this.#thoughts) throw OVERTAKEN;
    return this.do(verb, fields);
  }

  /**
   * @param {HaltVerb} verb
   * @param {true} [client]
   * @returns {Promise<{rev: number}>}
   */
  #halt(verb, client) {
    this.#thoughts++;
    this.#hush(verb, client);
    this.haltedAt = this.now();
    const answer = this.#halts.ask(verb, this.#id(), this.transport?.session, this.#clock.local(), client);
    this.#sendHalt();
    return answer;
  }

  /** Whether a pause, stop or ground of this device is still on its way. */
  get asking() {
    return this.#halts.waiting !== null;
  }

  /**
   * The local half of a halt: the transport stands still, here and now.
   * @param {HaltVerb} verb
   * @param {true} [client]
   */
  #hush(verb, client) {
    const { transport, timeline } = this;
    if (!transport || !timeline || !running(transport)) return;
    if (verb === 'pause' && transport.state === 'paused') return;
    const state = verb === 'pause' ? 'paused' : 'stopped';
    const { session, rev } = transport;
    this.#adopt({ session, rev, state, position: Math.floor(this.position()), at: Math.floor(this.now()), by: this.you?.id, why: verb, needs: client && 'client' });
  }

  #sendHalt() {
    const halt = this.#halts.waiting;
    if (!halt) return;
    const language = halt.do === 'ground' ? this.language : undefined;
    this.#send({ type: 'command', id: halt.id, do: halt.do, rev: this.#rev, language, client: halt.client });
    if (this.asking) this.#link.hurry(); // nobody has answered for the room
  }

  /** The room says something, or what stands in for it. @param {FromServer} message */
  hear(message) {
    switch (message.type) {
      case 'welcome': return this.#welcome(message);
      case 'session': return this.#sessionCame(message);
      case 'timeline': return this.#timelineCame(message);
      case 'transport': return this.#transportCame(message);
      case 'people': return this.#peopleCame(message);
      case 'account':
        this.account = message;
        return this.#changed();
      case 'ack': return this.#acked(message);
      case 'refused': return this.#refused(message);
    }
  }

  /** @param {Welcome} welcome */
  #welcome(welcome) {
    if (this.bound === Infinity || Math.abs(welcome.now - this.now()) > ANOTHER_SERVER) this.#clock.set(welcome.now);
    this.status = 'live';
    this.you = welcome.you;
    this.name = welcome.room || this.name;
    this.#storage?.setItem(this.#key, welcome.you.resume);
    this.#word = null;
    this.#rev = 0;
    this.#coming = {};
    const { session, timeline, transport } = welcome;
    if (!session || !timeline || !transport) {
      this.session = this.timeline = this.transport = null;
      clearTimeout(this.#end);
    }
    this.#halts.welcomed(session, this.#clock.local());
    if (session && timeline && transport) {
      this.#coming = { session, timeline };
      this.#rev = timeline.rev;
      this.#transportCame(transport, true);
    }
    this.account = welcome.account ?? this.account;
    this.#peopleCame(welcome.people);
    this.#sendHalt();
  }

  /** @param {Session} session */
  #sessionCame(session) {
    if (session.session === this.timeline?.session) this.session = session;
    else this.#coming = { session };
    this.#changed();
  }

  /** @param {Timeline} timeline */
  #timelineCame(timeline) {
    const same = timeline.session === this.timeline?.session;
    if (timeline.rev < ((same ? this.timeline : this.#word)?.rev ?? 0)) return;
    this.#rev = Math.max(this.#rev, timeline.rev);
    if (same) this.timeline = timeline;
    else this.#coming.timeline = timeline;
    this.#expectEnd();
    this.#changed();
  }

  /**
   * @param {Transport} transport
   * @param {boolean} [quietly] the caller says that something changed
   */
  #transportCame(transport, quietly = false) {
    if (transport.rev < (this.#word?.rev ?? 0)) return;
    this.#word = transport;
    this.#rev = Math.max(this.#rev, transport.rev);
    this.#settle(quietly);
  }

  /**
   * Takes up the room's last word, unless a halt of ours stands against it.
   * @param {boolean} [quietly]
   */
  #settle(quietly = false) {
    const word = this.#word;
    if (!word || !this.#halts.allow(word, this.transport)) return;
    const { session, timeline } = this.#coming;
    if (timeline?.session === word.session) {
      this.timeline = timeline;
      this.session = session ?? this.session;
      this.#coming = {};
    }
    this.#adopt(word, quietly);
  }

  /**
   * @param {Transport} transport
   * @param {boolean} [quietly]
   */
  #adopt(transport, quietly = false) {
    this.transport = transport;
    this.#expectEnd();
    if (!quietly) this.#changed();
  }

  /** Without a connection nobody says that the end has come: this device knows it by itself. */
  #expectEnd() {
    clearTimeout(this.#end);
    const { transport, timeline } = this;
    if (this.status !== 'lost' || transport?.state !== 'playing' || !timeline) return;
    const left = timeline.length - this.position() + Math.max(0, transport.at - this.now());
    this.#end = setTimeout(() => {
      if (this.status !== 'lost' || this.position() < timeline.length) return;
      this.#adopt({ ...transport, state: 'finished', position: timeline.length, at: Math.floor(this.now()), by: undefined, why: 'end' });
    }, Math.max(0, Math.ceil(left)));
  }

  /** @param {Welcome['people']} people */
  #peopleCame({ people, sound = '', coming = '', host = false, mix = this.mix, show = this.show, lost = '' }) {
    Object.assign(this, { people, sound, coming, host, mix, show, lost });
    this.#changed();
  }

  /** @param {{id: string, rev: number}} ack */
  #acked({ id, rev }) {
    this.#rev = Math.max(this.#rev, rev);
    this.#pending.get(id)?.resolve({ rev });
    this.#pending.delete(id);
    if (this.#halts.acked(id, rev)) this.#settle();
  }

  /** @param {Refusal & {id: string}} refusal */
  #refused({ id, code, text }) {
    const asked = this.#pending.get(id);
    asked?.reject({ code, text });
    this.#pending.delete(id);
    const halt = this.#halts.refused(id, { code, text }, this.#id());
    if (halt === 'again') setTimeout(() => this.#sendHalt(), RETRY_HALT);
    if (code !== 'not-connected') this.#settle();
    if (halt === 'again' || halt === 'nothing') return;
    this.dispatchEvent(new CustomEvent('refused', { detail: { do: asked?.do, code, text } }));
  }

  #lost() {
    this.#thoughts++;
    this.#abandon();
    if (this.status === 'lost') return;
    this.status = 'lost';
    this.#expectEnd();
    this.#changed();
  }

  /** Whatever was asked and not answered: the room may have done it or not; its next welcome tells. */
  #abandon() {
    for (const id of [...this.#pending.keys()]) this.#refused({ ...NOT_CONNECTED, id });
  }

  #changed() {
    this.dispatchEvent(new Event('change'));
  }

  #send = (/** @type {FromDevice} */ message) => this.standIn?.takes(message) || this.#link.send(message);

  #id() {
    return `${this.#prefix}-${++this.#serial}`;
  }
}

/** It may be rejected without anybody listening. @template T @param {Promise<T>} answer */
function unheeded(answer) {
  answer.catch(() => {});
  return answer;
}

/** No other page load has it; randomUUID is missing on plain addresses of a local network. */
function randomName() {
  return [...crypto.getRandomValues(new Uint32Array(2))].map((part) => part.toString(36)).join('');
}
