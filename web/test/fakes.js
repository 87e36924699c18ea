/** Small stand-ins for a browser and a server, moved by the mock timers of node:test. */

import { mock } from 'node:test';

/**
 * Mock timers from 0; everything here takes its time from them. They move by one
 * ms at a time, so that a timer set by another falls due when it should.
 */
export function stopTime() {
  mock.timers.enable({ apis: ['setTimeout', 'Date'] });
  return {
    pass(ms) {
      for (let i = 0; i < ms; i++) mock.timers.tick(1);
    },
    local: () => Date.now(),
    restart: () => mock.timers.reset(),
  };
}

/** Lets promises that are settled tell those who wait. */
export const settled = async () => {
  for (let i = 0; i < 5; i++) await Promise.resolve();
};

/**
 * A server's end of every socket a device opens. It welcomes and answers pings
 * unless told otherwise; commands wait for the test to answer them.
 */
export class FakeServer {
  sockets = [];
  commands = [];
  hellos = [];
  pinged = [];
  reachable = true; // new connections open
  answers = true; // pings are answered
  ahead = 10_000; // room time is the device's time and this
  welcome = {}; // what the next welcome holds beside the usual

  constructor() {
    const server = this;
    this.WebSocket = class {
      readyState = 0;
      constructor(url, protocol) {
        Object.assign(this, { url, protocol });
        server.sockets.push(this);
        setTimeout(() => this.readyState === 0 && server.#arrive(this), 1);
      }
      send(frame) {
        if (this.readyState !== 1) throw new Error('the socket is not open');
        server.#hear(this, JSON.parse(frame));
      }
      close() {
        this.readyState = 3;
      }
    };
  }

  get socket() {
    return this.sockets.at(-1);
  }

  get pings() {
    return this.sockets.reduce((sum, socket) => sum + (socket.pings ?? 0), 0);
  }

  /** Says something to the device. */
  say(message) {
    this.socket.onmessage?.({ data: JSON.stringify(message) });
  }

  /** The line breaks, and both ends know. */
  cut() {
    const { socket } = this;
    socket.readyState = 3;
    socket.onclose?.({});
  }

  ack(id, rev) {
    this.say({ type: 'ack', id, rev });
  }

  refuse(id, code, text = code) {
    this.say({ type: 'refused', id, code, text });
  }

  #arrive(socket) {
    if (!this.reachable) {
      socket.readyState = 3;
      socket.onclose?.({});
      return;
    }
    socket.readyState = 1;
    socket.onopen?.({});
  }

  #hear(socket, message) {
    if (message.type === 'hello') {
      this.hellos.push(message);
      this.say({
        type: 'welcome', you: { id: 'me', role: 'guide', resume: 'token-1' }, room: 'home', now: Date.now() + this.ahead,
        heartbeat: 2000, people: { people: [{ id: 'me', name: '', role: 'guide' }], sound: '', host: true, mix: { voice: 80, bells: 80, breath: 80, ambience: 80, tone: 'soft', count: false, night: false } }, ...this.welcome,
      });
    } else if (message.type === 'ping') {
      socket.pings = (socket.pings ?? 0) + 1;
      this.pinged.push(message);
      const pong = { type: 'pong', t0: message.t0, t1: Date.now() + 1 + this.ahead };
      if (this.answers) setTimeout(() => this.socket === socket && this.say(pong), 2);
    } else {
      this.commands.push(message);
    }
  }
}

/** A session as a welcome brings it: ten minutes of words, a wait, and more words. */
export function loaded(state = 'playing', { session = 's1', rev = 4, position = 0, at = 10_000, ...more } = {}) {
  return {
    session: { session, script: 'feet', title: 'Feet first', kind: 'body scan', language: 'en', settings: {}, aside: false },
    timeline: timelineOf(session, rev),
    transport: { session, rev, state, position, at, ...more },
  };
}

export function timelineOf(session, rev) {
  return {
    session, rev, length: 600_000, cues: [], sections: [{ title: 'Feet', from: 0, to: 600_000 }],
    spans: [{ kind: 'say', from: 0, to: 5000, text: 'Welcome.' }, { kind: 'wait', from: 300_000, to: 300_000 }],
  };
}

/** An <audio> element that plays by the mock clock. */
export class FakeAudio extends EventTarget {
  paused = true;
  ended = false;
  seeking = false;
  readyState = 0;
  volume = 1;
  refuses = null; // the name of the error play() rejects with
  refusesToLoad = false; // nothing ever comes
  loads = [];
  seeks = [];
  silentSince = 0;
  late = 0; // ms from play() or a seek to the sound
  #src = '';
  #at = 0; // seconds
  #since = 0; // ms
  #rate = 1;

  get playbackRate() {
    return this.#rate;
  }

  set playbackRate(rate) {
    if (!this.paused) {
      this.#at = this.currentTime;
      this.#since = Math.max(this.#since, Date.now());
    }
    this.#rate = rate;
  }

  get src() {
    return this.#src;
  }

  set src(src) {
    this.#src = src;
    this.loads.push(src);
    this.paused = true;
    this.ended = false;
    this.readyState = 0;
    this.#at = 0;
    setTimeout(() => {
      if (this.#src !== src || this.refusesToLoad) return;
      this.readyState = 4;
      this.#tell('loadedmetadata');
    }, 20);
  }

  get currentTime() {
    if (this.paused) return this.#at;
    return this.#at + (Math.max(0, Date.now() - this.#since) / 1000) * this.#rate;
  }

  set currentTime(seconds) {
    this.seeks.push(seconds);
    this.#at = seconds;
    this.#since = Date.now() + this.late;
    this.seeking = true;
    setTimeout(() => {
      this.seeking = false;
      this.#tell('seeked');
    }, 15);
  }

  /** The sound card's own pace: slips the place by some ms. */
  slip(ms) {
    this.#at += ms / 1000;
  }

  async play() {
    if (this.refuses) throw Object.assign(new Error('no'), { name: this.refuses });
    this.#since = Date.now() + this.late;
    this.paused = false;
    this.#tell('playing');
  }

  pause() {
    if (this.paused) return;
    this.#at = this.currentTime;
    this.paused = true;
    this.silentSince = Date.now();
    setTimeout(() => this.#tell('pause'), 0);
  }

  /** It comes to its own end. */
  finish() {
    this.ended = true;
    this.pause();
  }

  #tell(name) {
    this.dispatchEvent(new Event(name));
  }
}
