/**
 * What answers for a room that cannot be asked. While the server is gone a session
 * may be resumed, gone back to and let go on from a wait; a page that was opened anew
 * finds it paused where it was; and a server that has come back without knowing the
 * session leaves it here, paused and apart. What was done here is never imposed on a
 * room that has it still: that is paused.
 */

/** @import {FromDevice, FromServer, People, Session, Timeline, Transport, Verb, Welcome} from '../protocol.js' */
/** @import {Room} from './room.js' */
import { Kept } from './kept.js';
import { mayResume } from './keys.js';
import { ANOTHER_SERVER } from './room.js';
import { allowed } from './storage.js';
import { reentry } from './timeline.js';
import { running, waitingAt } from './transport.js';

const LEAD_IN = 2000; // ms, as the room's
const GOING_ON = 300; // ms, as the room's
const PLACE = 10_000; // ms between two notes of where it is
/** @type {Set<Verb>} */
const HALTS = new Set(['pause', 'stop', 'ground']);

export class StandIn {
  /** Whether the session here is one that no room has, or that is not known to be in one. */
  apart = false;

  #room;
  #kept;
  #window;
  #mine = false; // this device sounds while apart
  #strayed = false; // something was done here that the room has not been asked for
  #place = ''; // the room of the last welcome; '' before the first
  #halt = ''; // the command of ours that waits for the room
  /** @type {import('./kept.js').Halted | null} what the page before this one asked for, and nobody heard */
  #owed;
  /** @type {People | null} the room's own last word, while it is not followed */
  #people = null;
  /** @type {{session?: Session, timeline?: Timeline}} of a session that is coming in the room meanwhile */
  #theirs = {};
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer;

  /**
   * @param {Room} room which it is given to as `standIn`
   * @param {{storage?: Pick<Storage, 'getItem' | 'setItem' | 'removeItem'> | null, window?: EventTarget}} [options]
   */
  constructor(room, { storage = allowed('sessionStorage'), window = globalThis.window } = {}) {
    this.#room = room;
    this.#kept = new Kept(storage);
    this.#owed = this.#kept.halted;
    this.#window = window;
    if (room.status === 'live') this.#place = room.name;
    room.standIn = this;
    room.addEventListener('change', this.#look);
    for (const name of ['pagehide', 'visibilitychange']) window?.addEventListener(name, this.#look);
    if (room.status === 'live') this.#ask(room.session, room.transport);
    this.#look();
  }

  close() {
    clearTimeout(this.#timer);
    this.#room.standIn = null;
    this.#room.removeEventListener('change', this.#look);
    for (const name of ['pagehide', 'visibilitychange']) this.#window?.removeEventListener(name, this.#look);
  }

  #look = () => {
    clearTimeout(this.#timer);
    const { transport, status, asking } = this.#room;
    if (!asking && !this.#owed) this.#heeded();
    if (!transport && status !== 'connecting' && !this.apart) this.#restore();
    else if (running(transport)) this.#keep();
    else if (transport) this.#kept.clear();
  };

  /** Nothing of ours waits for the room any more. */
  #heeded() {
    if (this.#kept.halted) this.#kept.halted = null;
  }

  /**
   * Asks again for what the page before this one asked for, where the room has that session still.
   * @param {Session | null | undefined} session
   * @param {Transport | null | undefined} transport
   */
  #ask(session, transport) {
    const owed = this.#owed;
    this.#owed = null;
    if (!owed || owed.session !== session?.session || !running(transport ?? null)) return;
    if (owed.do === 'stop') this.#room.stop();
    else if (transport?.state === 'playing') this.#room.pause();
  }

  /** Notes where the session is, and its end where nobody else does. */
  #keep() {
    const { you, session, timeline, transport, mix, sound, status } = this.#room;
    if (!you || !session || !timeline) return;
    const position = this.#room.position();
    if (this.apart && status === 'live' && transport?.state === 'playing' && position >= timeline.length) return this.#end();
    this.#kept.keep({ you, session, timeline, mix, mine: sound === you.id }, position);
    if (transport?.state === 'playing') this.#timer = setTimeout(this.#look, Math.min(PLACE, Math.max(50, timeline.length - position)));
  }

  #end() {
    const { timeline } = this.#room;
    if (timeline) this.#say({ state: 'finished', position: timeline.length, at: Math.floor(this.#room.now()), by: undefined, why: 'end' });
  }

  /** A page that was opened anew: what ran in this tab is here, paused. A guest's waits for the room's guide where there is a room. */
  #restore() {
    const kept = this.#kept.read();
    const room = this.#room;
    if (!kept || (room.status === 'live' && room.you?.role !== 'guide')) return this.#kept.clear();
    room.you ??= kept.you;
    this.apart = true;
    this.#mine = this.#strayed = kept.mine; // sound that was this page's does not come back by itself; elsewhere it goes on
    room.hear({ type: 'people', ...this.#ours({ people: room.people, host: room.host, mix: kept.mix, show: room.show }) });
    room.hear({ type: 'session', ...kept.session, aside: false });
    room.hear({ type: 'timeline', ...kept.timeline });
    const { session, rev } = kept.timeline;
    room.hear({ type: 'transport', session, rev, state: 'paused', position: kept.position, at: Math.floor(room.now()), why: 'pause' });
  }

  /**
   * What the room has said, as it is to be taken here.
   * @param {FromServer} message
   * @returns {FromServer}
   */
  hears(message) {
    if (message.type === 'identify') this.#room.dispatchEvent(new CustomEvent('identify', { detail: message }));
    if (message.type === 'welcome') return this.#welcomed(message);
    if (message.type === 'ack' && message.id === this.#halt) this.#heeded();
    if (message.type === 'trial') this.#room.dispatchEvent(new CustomEvent('trial', { detail: message }));
    if (!this.apart) return message;
    if (message.type === 'people') return { ...message, ...this.#ours((this.#people = message)) };
    if (message.type === 'session') this.#theirs.session = message;
    if (message.type === 'timeline') this.#theirs.timeline = message;
    return message.type === 'transport' ? this.#rejoined(message) : message;
  }

  /** @param {Welcome & {type: 'welcome'}} welcome @returns {FromServer} */
  #welcomed(welcome) {
    const room = this.#room;
    const { session, timeline, transport } = room;
    this.#halt = '';
    const moved = this.#place !== '' && welcome.room !== this.#place; // what ran here is another room's
    this.#place = welcome.room;
    if (moved) this.#kept.clear();
    const unknown = !moved && !welcome.session && welcome.you.role === 'guide' && (this.apart || running(transport));
    if (unknown && session && timeline && transport) return this.#parted(welcome, { session, timeline, transport });
    const strayed = this.#strayed && welcome.session?.session === session?.session;
    this.apart = this.#strayed = false;
    if (strayed && !room.asking) this.#reconcile();
    this.#ask(welcome.session, welcome.transport);
    room.haltedAt += this.#shift(welcome);
    return welcome;
  }

  /** Theirs and ours went different ways: neither plays on, and what was stopped here stays so. */
  #reconcile() {
    if (this.#room.transport?.state === 'stopped') this.#room.stop();
    else this.#room.pause();
  }

  /** By how much room time moves with a welcome: another server has its own. @param {Welcome} welcome */
  #shift({ now }) {
    const by = Math.round(now - this.#room.now());
    return this.#room.bound === Infinity || Math.abs(by) > ANOTHER_SERVER ? by : 0;
  }

  /**
   * The room does not know what is here: it stays here, paused, or as it was if that is nothing new.
   * @param {Welcome & {type: 'welcome'}} welcome
   * @param {{session: Session, timeline: Timeline, transport: Transport}} ours
   * @returns {FromServer}
   */
  #parted(welcome, { session, timeline, transport }) {
    const room = this.#room;
    const shift = this.#shift(welcome);
    /** @type {Partial<Transport>} */
    const paused = { state: 'paused', position: Math.floor(room.position()), at: Math.floor(room.now()) + shift, by: undefined, why: 'pause', needs: undefined };
    const next = this.apart ? { at: transport.at + shift } : paused;
    if (!this.apart) this.#mine = room.sound !== '' && room.sound === room.you?.id;
    this.apart = true;
    this.#people = welcome.people;
    room.haltedAt += shift;
    const rev = Math.max(timeline.rev, transport.rev) + 1;
    return {
      ...welcome,
      session,
      timeline,
      transport: { ...transport, ...next, rev },
      people: this.#ours({ ...welcome.people, mix: room.mix }, welcome.you.id),
    };
  }

  /**
   * The room has a session of its own: it is followed again, as if from a welcome,
   * for its revisions are no further on than ours.
   * @param {Transport & {type: 'transport'}} transport
   * @returns {FromServer}
   */
  #rejoined(transport) {
    const { session, timeline } = this.#theirs;
    const { you } = this.#room;
    if (session?.session !== transport.session || timeline?.session !== transport.session || !you || !this.#people) return transport;
    this.apart = this.#strayed = false;
    return { type: 'welcome', you, room: '', now: this.#room.now(), heartbeat: 0, session, timeline, transport, people: this.#people };
  }

  /** While apart, the sound and the levels are this device's own. @param {People} people @returns {People} */
  #ours(people, id = this.#room.you?.id) {
    const mix = this.apart && this.#people ? this.#room.mix : people.mix;
    return { ...people, sound: this.#mine ? id : '', coming: '', mix };
  }

  /**
   * Whether a message is answered here instead of by the room.
   * @param {FromDevice} message
   */
  takes(message) {
    if (message.type !== 'command') return false;
    const { do: verb, id = '' } = message;
    const theRooms = HALTS.has(verb) && !(this.apart && verb !== 'ground'); // nobody else can ground
    if (theRooms) this.#awaits(verb, id); // it is asked as soon as the room is back
    else if (this.apart || this.#room.status === 'lost') return this.#answer(verb, id);
    return false;
  }

  /** A page opened anew meanwhile asks for it again; a grounding would begin out of nowhere there, and is a stop. @param {Verb} verb @param {string} id */
  #awaits(verb, id) {
    const { transport } = this.#room;
    this.#halt = id;
    this.#owed = null;
    if (transport && !this.apart) this.#kept.halted = { do: verb === 'pause' ? 'pause' : 'stop', session: transport.session };
  }

  /** @param {Verb} verb @param {string} id */
  #answer(verb, id) {
    const next = this.#next(verb);
    if (!next) return false;
    this.#strayed = true;
    this.#owed = null;
    this.#heeded();
    if (this.#halt) this.#acked(this.#halt);
    this.#halt = '';
    this.#acked(id);
    this.#say({ by: this.#room.you?.id, why: verb, needs: undefined, ...next });
    return true;
  }

  /** @param {string} id */
  #acked(id) {
    this.#room.hear({ type: 'ack', id, rev: this.#room.transport?.rev ?? 0 });
  }

  /** @param {Partial<Transport>} news */
  #say(news) {
    const { transport } = this.#room;
    if (transport) this.#room.hear({ type: 'transport', ...transport, ...news, rev: transport.rev + 1 });
  }

  /** Where a wish leads, by the room's own rules; null: nowhere here. @param {Verb} verb @returns {Partial<Transport> | null} */
  #next(verb) {
    const room = this.#room;
    const { transport, timeline } = room;
    if (!transport || !timeline) return null;
    const position = Math.floor(room.position());
    const at = Math.floor(room.now());
    const { state } = transport;
    if (HALTS.has(verb)) return running(transport) ? { state: verb === 'pause' ? 'paused' : 'stopped', position, at } : { state };
    const may = mayResume(room) && room.you?.role !== 'display'; // what lies before a client asks a guide
    if (verb === 'resume' && state === 'paused' && may) return { state: 'playing', position: reentry(timeline, position), at: at + LEAD_IN };
    if (verb === 'return' && state === 'stopped' && may) return { state: 'paused', position, at };
    if (verb === 'go-on' && waitingAt(transport, timeline, room.now())) return { state: 'playing', position, at: at + GOING_ON };
    return null;
  }
}
