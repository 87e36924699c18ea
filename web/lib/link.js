/**
 * One device's line to the room: a WebSocket that says hello, keeps the clock,
 * notices within about three seconds when nobody answers, and comes back.
 */

/** @import {FromDevice, FromServer, Hello} from '../protocol.js' */
/** @import {Clock} from './clock.js' */

const FIRST_PINGS = 5; // this many, FIRST_GAP apart; then one every heartbeat
const FIRST_GAP = 100; // ms
const OVERDUE = 1000; // ms beyond the usual round trip
const WELCOME_WITHIN = 5000; // ms for a connection to be made and welcomed
const RETRY_FIRST = 250; // ms, doubling to
const RETRY_MOST = 5000; // ms
const WAKING = ['online', 'pageshow', 'resume', 'visibilitychange'];

/**
 * @typedef {object} LinkOptions
 * @property {string} url
 * @property {typeof globalThis.WebSocket} WebSocket
 * @property {Clock} clock fed with every pong
 * @property {EventTarget | undefined} window where waking up is heard of; none in a test
 * @property {() => number} random 0–1, spreads the retries of many devices
 * @property {() => Hello} hello
 * @property {(message: FromServer) => void} heard everything but pongs
 * @property {() => void} lost the line is cut, or could not be made
 */

export class Link {
  /** @type {LinkOptions} */
  #options;
  /** @type {WebSocket | null} */
  #socket = null;
  #live = false;
  #open = false;
  #began = 0; // when the present attempt began, local ms
  #tries = 0;
  #pings = 0;
  #heartbeat = 2000;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #retry;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #beat;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #overdue;
  #awake = () => this.#wake();

  /** @param {LinkOptions} options */
  constructor(options) {
    this.#options = options;
  }

  /** Whether the room has welcomed this device and still answers. */
  get live() {
    return this.#live;
  }

  /** Connects, and keeps connected until close. */
  open() {
    if (this.#open) return;
    this.#open = true;
    for (const name of WAKING) this.#options.window?.addEventListener(name, this.#awake, { capture: true });
    this.#connect();
  }

  close() {
    this.#open = false;
    for (const name of WAKING) this.#options.window?.removeEventListener(name, this.#awake, { capture: true });
    clearTimeout(this.#retry);
    this.#drop();
  }

  /**
   * Sends a message if the line is live; says whether it went.
   * @param {FromDevice} message
   */
  send(message) {
    if (!this.#live || this.#socket?.readyState !== 1) return false;
    this.#socket.send(JSON.stringify(message));
    return true;
  }

  #connect() {
    clearTimeout(this.#retry);
    this.#drop();
    const socket = new this.#options.WebSocket(this.#options.url, 'stillpoint.v1');
    this.#socket = socket;
    this.#began = this.#options.clock.local();
    this.#expect(WELCOME_WITHIN);
    socket.onopen = () => socket.send(JSON.stringify(this.#options.hello()));
    socket.onmessage = (event) => this.#hear(event.data);
    socket.onclose = () => this.#cut();
  }

  /** @param {unknown} frame */
  #hear(frame) {
    const message = parsed(frame);
    if (!message) return;
    if (this.#live) this.#answered();
    if (message.type === 'pong') {
      this.#options.clock.add(message.t0, message.t1, this.#options.clock.local());
      return;
    }
    if (message.type === 'welcome') this.#welcomed(message.heartbeat);
    this.#options.heard(message);
    if (message.type === 'welcome') this.#ping();
  }

  /** @param {number} heartbeat */
  #welcomed(heartbeat) {
    this.#answered();
    this.#live = true;
    this.#tries = 0;
    this.#pings = 0;
    this.#heartbeat = Math.max(FIRST_GAP, heartbeat || this.#heartbeat);
  }

  #ping() {
    clearTimeout(this.#beat);
    const { clock } = this.#options;
    if (!this.send({ type: 'ping', t0: clock.local() })) return;
    const usual = Number.isFinite(clock.bound) ? 2 * clock.bound : 2 * OVERDUE;
    if (this.#overdue === undefined) this.#expect(OVERDUE + usual);
    this.#beat = setTimeout(() => this.#ping(), ++this.#pings < FIRST_PINGS ? FIRST_GAP : this.#heartbeat);
  }

  /**
   * Gives the room this long to say anything at all.
   * @param {number} within ms
   */
  #expect(within) {
    clearTimeout(this.#overdue);
    this.#overdue = setTimeout(() => this.#cut(), within);
  }

  #answered() {
    clearTimeout(this.#overdue);
    this.#overdue = undefined;
  }

  /** The line is gone: says so, and tries again after a while. */
  #cut() {
    this.#drop();
    if (!this.#open) return;
    const wait = Math.min(RETRY_MOST, RETRY_FIRST * 2 ** this.#tries++);
    this.#retry = setTimeout(() => this.#connect(), wait * (0.5 + this.#options.random() / 2));
    this.#options.lost();
  }

  #drop() {
    clearTimeout(this.#beat);
    this.#answered();
    this.#live = false;
    const socket = this.#socket;
    this.#socket = null;
    if (!socket) return;
    socket.onopen = socket.onmessage = socket.onclose = null;
    socket.close();
  }

  /** The device woke, or the network came back: the line may be dead without a sign. */
  #wake() {
    if (globalThis.document?.visibilityState === 'hidden') return;
    if (this.#live && this.#socket?.readyState === 1) this.#ping();
    else this.#soon();
  }

  /** Something cannot wait: finds out now whether anybody is there. */
  hurry() {
    if (!this.#open) return;
    if (this.#live && this.#socket?.readyState === 1) this.#expect(OVERDUE);
    else this.#soon();
  }

  /** Connects now, unless that has only just begun. */
  #soon() {
    if (!this.#socket || this.#options.clock.local() - this.#began > RETRY_FIRST) this.#connect();
  }
}

/**
 * @param {unknown} frame
 * @returns {FromServer | null}
 */
function parsed(frame) {
  try {
    const message = JSON.parse(String(frame));
    return typeof message?.type === 'string' ? message : null;
  } catch {
    return null;
  }
}

/** The WebSocket of the server that this page came from. */
export function ownURL() {
  const { protocol, host } = globalThis.location;
  return `${protocol === 'https:' ? 'wss' : 'ws'}://${host}/ws`;
}
