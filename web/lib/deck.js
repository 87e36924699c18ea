/**
 * Two <audio> elements, its sides, behind the interface of one. One side leads:
 * what is asked of the deck is asked of it. The other gets the next track ready
 * in silence, beside what is heard, and takes over in a cross-fade: no hole where
 * the words or the levels change, and never a third. Before a beginning it wakes
 * a sleeping loudspeaker.
 */

export const FADE = 30; // ms, the design's gate
const CROSSING = 400; // ms
const STEP = 20; // ms between two steps of it
const OVERDUE = 1500; // ms a track may take to be ready: what it replaces is not true for longer
const TOGETHER = 0.008; // s two sides may be apart while both are heard
const UNDER_WAY = 100; // ms from play() until a side surely runs
const LOOKS = 6; // at how far apart they are
const CATCH_UP = 0.3; // of the speed, while nobody hears it
const AHEAD = 0.06; // s, about the time a seek takes
const LEAD = '/lead.wav'; // 1.5 s of noise at -66 dBFS that comes and goes softly

/** @typedef {(act: () => void, ms: number) => () => void} Schedule calls back once; the result calls it off */

/** @typedef {Pick<HTMLAudioElement, 'src' | 'paused' | 'ended' | 'seeking' | 'readyState' | 'currentTime' | 'playbackRate' | 'volume' | 'play' | 'pause' | 'addEventListener' | 'removeEventListener'>} Audible */

const PASSED_ON = ['loadedmetadata', 'canplay', 'seeked', 'playing', 'ended', 'pause', 'error'];
const READY = ['loadedmetadata', 'canplay', 'seeked', 'playing'];

/**
 * Fires what the leading side fires; `crossed` when another leads; `late` when
 * `next` cannot be had in time, and it is for the listener to do without.
 */
export class Deck extends EventTarget {
  /** The track that is to take over, '' for none. */
  next = '';

  #lead;
  #idle;
  #schedule;
  #hidden;
  #now;
  #src = '';
  #fades;
  #volume = 1;
  #share = 0; // of the idle side in what is heard
  #placed = false; // the idle side was sent to its place
  #begun = false; // it plays, silently
  /** @type {(() => void) | undefined} */
  #endWait;
  /** @type {(() => void) | undefined} */
  #endOverdue;

  /**
   * @param {[Audible, Audible]} sides
   * @param {{schedule: Schedule, hidden: () => boolean, now: () => number}} options hidden: whether timers may be slow
   */
  constructor([lead, idle], { schedule, hidden, now }) {
    super();
    this.#lead = lead;
    this.#idle = idle;
    this.#schedule = schedule;
    this.#hidden = hidden;
    this.#now = now;
    this.#fades = canFade(idle);
    for (const side of [lead, idle]) for (const name of PASSED_ON) side.addEventListener(name, this.#heard);
  }

  close() {
    this.drop();
    for (const side of [this.#lead, this.#idle]) for (const name of PASSED_ON) side.removeEventListener(name, this.#heard);
  }

  get paused() { return this.#lead.paused; }
  get ended() { return this.#lead.ended; }
  get seeking() { return this.#lead.seeking; }
  get readyState() { return this.#lead.readyState; }
  get playbackRate() { return this.#lead.playbackRate; }
  set playbackRate(rate) { this.#lead.playbackRate = rate; }
  get currentTime() { return this.#lead.currentTime; }
  set currentTime(seconds) { this.#lead.currentTime = seconds; }
  get volume() { return this.#volume; }

  /** Of both sides. */
  set volume(volume) {
    this.#volume = volume;
    this.#lead.volume = volume * (1 - this.#share);
    if (this.next) this.#idle.volume = volume * this.#share;
  }

  /** The track that leads, as it was named. */
  get src() { return this.#src; }

  set src(src) {
    this.drop();
    this.#src = this.#lead.src = src;
  }

  play() {
    return this.#lead.play();
  }

  /** Both sides, at once. */
  pause() {
    this.#lead.pause();
    this.#quit();
  }

  /** Lets the idle side make sound, too. To be called in a tap. @param {string} silence */
  unlock(silence) {
    if (this.next || !this.#idle.paused || this.#idle.src) return;
    this.#idle.src = silence;
    this.#idle.play().catch(() => {});
  }

  /** A soft breath of noise on the idle side, which is over by itself. */
  wake() {
    if (this.next) return;
    this.#idle.src = LEAD;
    this.#idle.playbackRate = 1;
    this.#idle.volume = 1;
    this.#idle.play().catch(() => {}); // a loudspeaker that sleeps on is no harm
  }

  /** What was to wake the loudspeaker is not wanted any more. */
  sleep() {
    if (!this.next) this.#idle.pause();
  }

  /**
   * Has a track take over from the one that plays, at the place where that is. A
   * newer one takes the place of one that is not heard yet.
   * @param {string} src
   */
  cross(src) {
    if (this.next === src || this.#share > 0) return;
    this.drop();
    this.next = src;
    this.#idle.volume = 0;
    this.#idle.src = src;
    this.#idle.playbackRate = 1;
    this.#endOverdue = this.#schedule(this.#late, OVERDUE);
  }

  /** Does without the next track, unless it is heard already. */
  drop() {
    if (this.#share === 0) this.#quit();
  }

  #quit() {
    this.#endWait?.();
    this.#endOverdue?.();
    this.#idle.pause();
    this.next = '';
    this.#placed = this.#begun = false;
    this.#share = 0;
  }

  #late = () => {
    if (this.next && this.#share === 0) this.dispatchEvent(new Event('late'));
  };

  /** @param {{target: unknown, type: string}} event */
  #heard = (event) => {
    if (event.target === this.#lead) this.dispatchEvent(new Event(event.type));
    else if (event.type === 'error') this.#late();
    else if (this.next && READY.includes(event.type)) this.#ready();
  };

  /** The next track is a step further: first to its place, then silently along, then heard. */
  #ready() {
    const { readyState, seeking } = this.#idle;
    if (readyState < 1 || seeking || this.#share > 0) return;
    if (!this.#placed) return this.#place();
    if (readyState < 3 || this.#begun) return;
    this.#begun = true;
    if (!this.#fades) return this.#switch();
    const { next } = this;
    const looks = () => this.#approach(LOOKS);
    this.#idle.play().then(
      () => this.next === next && (this.#endWait = this.#schedule(looks, this.#hidden() ? 0 : UNDER_WAY)),
      () => this.next === next && this.#late(),
    );
  }

  #place() {
    this.#placed = true;
    this.#idle.currentTime = this.#lead.currentTime + AHEAD;
  }

  /**
   * Brings the silent side to where the other is, by its speed.
   * @param {number} looks left
   */
  #approach(looks) {
    const off = this.#lead.currentTime - this.#idle.currentTime;
    if (Math.abs(off) <= TOGETHER || looks === 0 || this.#hidden()) return this.#take();
    this.#idle.playbackRate = this.#lead.playbackRate + Math.sign(off) * CATCH_UP;
    this.#endWait = this.#schedule(() => {
      this.#idle.playbackRate = this.#lead.playbackRate;
      this.#endWait = this.#schedule(() => this.#approach(looks - 1), 2 * STEP);
    }, Math.min(OVERDUE / LOOKS, (1000 * Math.abs(off)) / CATCH_UP));
  }

  /** One comes as the other goes: the same material, so that their sum stays as loud. */
  #take() {
    this.#endOverdue?.();
    this.#idle.playbackRate = 1;
    const steps = this.#hidden() ? 1 : CROSSING / STEP;
    const began = this.#now(); // a late step makes up for the time
    let step = 0;
    const on = () => {
      step = Math.min(steps, Math.max(step + 1, Math.floor((this.#now() - began) / STEP)));
      this.#share = step / steps;
      this.volume = this.#volume;
      if (step === steps) this.#turn();
      else this.#endWait = this.#schedule(on, STEP);
    };
    on();
  }

  /** Where no volume can be set, one ends as the other begins. */
  #switch() {
    this.#lead.pause();
    this.#idle.currentTime = this.#lead.currentTime;
    this.#idle.play().catch(() => {});
    this.#turn();
  }

  #turn() {
    this.#src = this.next;
    [this.#lead, this.#idle] = [this.#idle, this.#lead];
    this.#quit();
    this.volume = this.#volume;
    this.dispatchEvent(new Event('crossed'));
  }
}

/** Whether a volume that is set is the volume there is: on some phones it is the buttons' alone. @param {Audible} side */
function canFade(side) {
  side.volume = 0.5;
  const can = side.volume === 0.5;
  side.volume = 1;
  return can;
}

/** @type {Schedule} */
export function later(act, ms) {
  const timer = setTimeout(act, ms);
  return () => clearTimeout(timer);
}
