/**
 * Two <audio> elements, its sides, behind the interface of one. One side leads:
 * what is asked of the deck is asked of it. The other gets the next track ready
 * in silence, beside what is heard, and takes over in a cross-fade: no hole where
 * the words or the levels change, and never a third. Before a beginning it wakes
 * a sleeping loudspeaker.
 */

export const FADE = 30; // ms, the design's gate
const SLOW_FROM = 500; // ms; a crossing that takes longer is one of levels, not of words
const STEP = 20; // ms between two steps of it
const OVERDUE = 1500; // ms a track may take to be ready: what it replaces is not true for longer
const TOGETHER = 8; // ms two sides may be apart while both are heard
const ECHO = 50; // ms: further apart two sides would be heard as two
const UNDER_WAY = 100; // ms from play() until a side surely runs
const GLANCES = 5; // at how far apart they are, and the time between two
const GLANCE = 13; // ms; not in step with what a browser tells a place by
const FAINT = 0.001; // a volume nobody hears; at 0 a browser may play elsewhere, and lose its place when it comes back
const TRIES = 3;
const AHEAD = 0.2; // s: more than a seek takes
const SLOW_MOST = 150; // ms
const LEAD = '/lead.wav'; // 1.5 s of noise at -66 dBFS that comes and goes softly

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
  #address;
  #src = '';
  #fades;
  #volume = 1;
  #share = 0; // of the idle side in what is heard
  #crossing = 0; // ms it takes to go over to the next
  #placed = false; // the idle side was sent to its place
  #begun = false; // it plays there silently, or is about to
  #tries = 0; // left, to bring it there
  #slow = 30; // ms from play() to the sound, as measured
  /** When the loudspeaker was woken; Infinity: as soon as the noise is here. @type {number | null} */
  #woken = null;
  /** @type {(() => void) | undefined} */
  #endWait;
  /** @type {(() => void) | undefined} */
  #endOverdue;

  /**
   * @param {[Audible, Audible]} sides
   * @param {{schedule: import('./later.js').Schedule, hidden: () => boolean, now: () => number, address?: (src: string) => string}} options
   *   hidden: whether timers may be slow; address: where a track is to be had, by its name
   */
  constructor([lead, idle], { schedule, hidden, now, address = (src) => src }) {
    super();
    this.#lead = lead;
    this.#idle = idle;
    this.#schedule = schedule;
    this.#hidden = hidden;
    this.#now = now;
    this.#address = address;
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
    if (this.next) this.#idle.volume = volume * (this.#share || FAINT);
  }

  /** The track that leads, as it was named. */
  get src() { return this.#src; }

  set src(src) {
    this.drop();
    this.#src = src;
    this.#lead.src = this.#address(src);
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
    this.#woken = Infinity;
    this.#idle.src = LEAD;
    this.#idle.playbackRate = 1;
    this.#idle.volume = 1;
  }

  #breathe() {
    if (this.#woken !== Infinity || this.#idle.readyState < 3) return;
    this.#woken = this.#now();
    this.#idle.play().catch(() => {}); // a loudspeaker that sleeps on is no harm
  }

  /** By how many ms the breath of noise began late, while it shows; it tells how late a track will be. */
  get lag() {
    const { paused, currentTime } = this.#idle;
    const shows = this.#woken !== null && !paused && currentTime > 0.2 && currentTime < 1.4;
    return shows ? Math.max(0, this.#now() - Number(this.#woken) - currentTime * 1000) : null;
  }

  /** What was to wake the loudspeaker is not wanted any more. */
  sleep() {
    if (this.next) return;
    this.#woken = null;
    this.#idle.pause();
  }

  /**
   * Has a track take over from the one that plays, at the place where that is. A
   * newer one takes the place of one that is not heard yet; while another is being
   * gone over to, it waits, and is told (false) where that is slow.
   * @param {string} src
   * @param {number} ms it takes
   */
  cross(src, ms) {
    if (this.next === src) return true;
    if (this.#share > 0) return this.#crossing <= SLOW_FROM;
    this.drop();
    this.next = src;
    this.#crossing = ms;
    this.#tries = TRIES - 1;
    this.#idle.volume = FAINT;
    this.#idle.src = this.#address(src);
    this.#idle.playbackRate = 1;
    this.#endOverdue = this.#schedule(() => (this.#idle.paused ? this.#late() : this.#take()), OVERDUE);
    return true;
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
    this.#woken = null;
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
    else if (!READY.includes(event.type)) return;
    else if (this.next) this.#ready();
    else this.#breathe();
  };

  /** The next track is a step further: first to a place a little ahead, then along from there in silence, then heard. */
  #ready() {
    const { readyState, seeking } = this.#idle;
    if (readyState < 1 || seeking || this.#begun) return;
    if (!this.#placed) return this.#place();
    if (readyState < 3) return;
    this.#begun = true;
    if (!this.#fades) return this.#switch();
    const wait = 1000 * (this.#idle.currentTime - this.#lead.currentTime) - this.#slow;
    this.#soon(() => this.#run(), Math.max(0, wait));
  }

  #place() {
    this.#placed = true;
    this.#begun = false;
    this.#idle.pause();
    this.#idle.currentTime = this.#lead.currentTime + AHEAD;
  }

  #run() {
    const { next } = this;
    this.#idle.play().then(
      () => this.next === next && this.#share === 0 && this.#soon(() => this.#look(), this.#hidden() ? 0 : UNDER_WAY),
      () => this.next === next && this.#late(),
    );
  }

  /**
   * Looks how far apart the sides are, and begins again where that is too far:
   * by then it is known how late a side begins. Speed is no way to bring them
   * together: a browser loses its place for an instant when that changes.
   * @param {number[]} [offs] ms; a place is told only in steps, their mean is truer
   */
  #look(offs = []) {
    if (this.#hidden()) return this.#take();
    offs.push(1000 * (this.#lead.currentTime - this.#idle.currentTime));
    if (offs.length < GLANCES) return this.#soon(() => this.#look(offs), GLANCE);
    const off = offs.reduce((sum, one) => sum + one) / GLANCES;
    this.#slow = Math.min(SLOW_MOST, Math.max(0, this.#slow + off));
    if (Math.abs(off) <= TOGETHER) return this.#take();
    if (this.#tries-- > 0) return this.#place();
    if (Math.abs(off) <= ECHO) return this.#take();
    this.#late();
  }

  /** @param {() => void} act @param {number} ms */
  #soon(act, ms) {
    this.#endWait = this.#schedule(act, ms);
  }

  /** One comes as the other goes: the same material, so that their sum stays as loud. */
  #take() {
    this.#endOverdue?.();
    this.#endWait?.();
    this.#idle.playbackRate = this.#lead.playbackRate; // they stay together
    const steps = this.#hidden() ? 1 : this.#crossing / STEP;
    const began = this.#now(); // a late step makes up for the time
    let step = 0;
    const on = () => {
      step = Math.min(steps, Math.max(step + 1, Math.floor((this.#now() - began) / STEP)));
      this.#share = (1 - Math.cos((Math.PI * step) / steps)) / 2;
      this.volume = this.#volume;
      if (step === steps) this.#turn();
      else this.#soon(on, STEP);
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
