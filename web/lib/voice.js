/**
 * The browser's own voice, where a room asks for it and this device is its sound.
 * What it says next is decided in speech.js. It never says more than one thing,
 * never waits to say it later, and where it cannot speak it is silent.
 */

/** @import {Room} from './room.js' */
/** @import {Spoken} from './speech.js' */
import { later } from './later.js';
import { loudness, portions, rateFor, turn, voiceFor } from './speech.js';

const OWN = 'browser'; // in a session's settings
const BEGIN_WITHIN = 1500; // ms; a voice that has not begun by then would startle
const LAG_MOST = 200; // ms; a later beginning was something else
const TOO_OFTEN = 3; // faults in a row, after which a session goes on without words
const VOICES_WITHIN = 1000; // ms
const TELLING = 20; // letters from which a pace can be measured

/** @typedef {Pick<SpeechSynthesis, 'speak' | 'cancel' | 'getVoices'> & EventTarget} Synthesis */
/** @typedef {new (text: string) => SpeechSynthesisUtterance} Utterance */

/**
 * @typedef {object} VoiceOptions
 * @property {Synthesis | undefined} [synthesis] none where the browser has none
 * @property {Utterance} [Utterance]
 * @property {import('./later.js').Schedule} [schedule]
 */

export class Voice {
  #room;
  #synthesis;
  #Utterance;
  #schedule;
  /** @type {Spoken | null} */
  #spoken = null;
  /** What is being said; whatever is said by anything older counts no more. @type {SpeechSynthesisUtterance | null} */
  #saying = null;
  #perLetter = 0; // ms at the usual speed, as measured
  #lag = 0; // ms from asking to sound, as measured
  #faults = 0;
  /** The session in which there were too many faults. @type {string | undefined} */
  #mute;
  /** @type {import('../protocol.js').Transport | null} the transport during which silence was asked for here */
  #silenced = null;
  /** @type {(() => void) | undefined} */
  #endWait;
  /** @type {(() => void) | undefined} */
  #endBegin;

  /**
   * @param {EventTarget & Pick<Room, 'sound' | 'you' | 'session' | 'timeline' | 'transport' | 'mix' | 'now'>} room
   * @param {VoiceOptions} [options]
   */
  constructor(room, { synthesis = globalThis.speechSynthesis, Utterance = globalThis.SpeechSynthesisUtterance, schedule = later } = {}) {
    this.#room = room;
    this.#synthesis = synthesis;
    this.#Utterance = Utterance;
    this.#schedule = schedule;
    if (!synthesis) return;
    room.addEventListener('change', this.#look);
    synthesis.addEventListener('voiceschanged', this.#look);
    this.#look();
  }

  /** Silence, now, until the transport changes. */
  silence() {
    this.#silenced = this.#room.transport;
    this.hush();
  }

  /** Says a few words, to be tried by; what is said already ends. @param {string} text @param {string} language */
  say(text, language) {
    this.hush();
    const voice = voiceFor(this.#synthesis?.getVoices() ?? [], language);
    if (voice) this.#say(portions(text).slice(0, 1), voice, rateFor({}, this.#perLetter));
  }

  /** Silent, and deaf to the room, from now on. */
  close() {
    this.#room.removeEventListener('change', this.#look);
    this.#synthesis?.removeEventListener('voiceschanged', this.#look);
    this.#endWait?.();
    this.hush();
  }

  /** The transport, if it is this voice's to speak in. */
  get #mine() {
    const { sound, you, session, mix, transport } = this.#room;
    const asked = sound !== '' && sound === you?.id && session?.settings.voice === OWN && mix.voice > 0;
    return asked && transport !== this.#silenced && session?.session !== this.#mute ? transport : null;
  }

  #look = () => {
    this.#endWait?.();
    if (this.#saying && !this.#spoken && this.#room.transport?.state === 'playing') this.hush(); // no trial goes on into a session
    const next = turn(this.#room.timeline, this.#mine, this.#spoken, this.#room.now(), this.#lag);
    if (next.do === 'hush') this.hush();
    if (next.do === 'speak') this.#begin(next.cue, next.began);
    this.#endWait = Number.isFinite(next.after) ? this.#schedule(this.#look, Math.max(1, Math.ceil(next.after))) : undefined;
  };

  /** @param {import('../protocol.js').Cue} cue @param {number} began */
  #begin(cue, began) {
    const language = this.#room.session?.language ?? 'en';
    const voice = voiceFor(this.#synthesis?.getVoices() ?? [], language);
    if (!voice) return; // it may come yet
    this.hush();
    this.#spoken = { cue, began, over: false };
    this.#say(portions(cue.text ?? ''), voice, rateFor(cue, this.#perLetter));
  }

  /**
   * One portion after the other, each when the one before is over.
   * @param {string[]} texts
   * @param {SpeechSynthesisVoice} voice
   * @param {number} rate
   */
  #say([text, ...rest], voice, rate) {
    if (text === undefined) return this.#finish();
    const saying = new this.#Utterance(text);
    Object.assign(saying, { voice, lang: voice.lang, rate, volume: loudness(this.#room.mix) });
    this.#saying = saying;
    const asked = this.#room.now();
    let began = Infinity;
    saying.onstart = () => {
      if (this.#saying !== saying) return;
      this.#endBegin?.();
      began = this.#room.now();
      this.#lag = Math.min(LAG_MOST, began - asked);
    };
    saying.onend = () => {
      if (this.#saying !== saying) return;
      this.#endBegin?.();
      this.#measure(text, this.#room.now() - began, rate);
      this.#faults = 0;
      this.#say(rest, voice, rate);
    };
    saying.onerror = () => void (this.#saying === saying && this.#fail());
    this.#endBegin = this.#schedule(() => this.#fail(), BEGIN_WITHIN);
    this.#synthesis?.speak(saying);
  }

  /** @param {string} text @param {number} took ms; nothing can be told from less than one @param {number} rate */
  #measure(text, took, rate) {
    if (took <= 0 || text.length < TELLING) return;
    const measured = (took * rate) / text.length;
    this.#perLetter = this.#perLetter ? (this.#perLetter + measured) / 2 : measured;
  }

  /** It did not speak: this line stays silent, and after a few so does the session. */
  #fail() {
    this.#finish();
    this.#synthesis?.cancel();
    if (++this.#faults < TOO_OFTEN) return;
    this.#faults = 0;
    this.#mute = this.#room.session?.session;
  }

  #finish() {
    this.#endBegin?.();
    this.#saying = null;
    if (this.#spoken) this.#spoken.over = true;
  }

  /** What is being said ends. */
  hush() {
    const saying = this.#saying;
    this.#finish();
    this.#spoken = null;
    if (saying) this.#synthesis?.cancel();
  }
}

/**
 * Whether this device has a voice for a language; settles within a second, for
 * some browsers say so late.
 * @param {string} language
 * @param {VoiceOptions} [options]
 * @returns {Promise<boolean>}
 */
export function hasVoice(language, { synthesis = globalThis.speechSynthesis, schedule = later } = {}) {
  if (!synthesis) return Promise.resolve(false);
  const has = () => voiceFor(synthesis.getVoices(), language) !== undefined;
  if (has()) return Promise.resolve(true);
  return new Promise((resolve) => {
    const done = (/** @type {boolean} */ answer) => {
      synthesis.removeEventListener('voiceschanged', heard);
      endWait();
      resolve(answer);
    };
    const heard = () => has() && done(true);
    const endWait = schedule(() => done(has()), VOICES_WITHIN);
    synthesis.addEventListener('voiceschanged', heard);
  });
}
