/**
 * Who can say a script, and whether all of it lies ready to be heard. What is
 * chosen is a person's wish; here it becomes what the room is asked for.
 */

/** @import {Settings, VoiceOffers} from '../protocol.js' */
import { later } from './later.js';

export const BROWSER = 'browser'; // this device's own voice
export const WORDS = 'words'; // on the screen, and no voice

const SOON = 400; // ms; what is ready by then nobody has waited for

/** Whether this device speaks a language by itself. What it speaks with comes later than a page. @param {string} language */
const ownVoice = (language) => import('./voice.js').then(({ hasVoice }) => hasVoice(language), () => false);

/**
 * Who is to speak: a voice's id, BROWSER, WORDS, or '' where nobody can.
 * @param {VoiceOffers} offers
 * @param {boolean} own whether this device's own voice could
 * @param {string} wish '' while there is none
 */
export function whoSpeaks({ best, voices }, own, wish) {
  if (wish === WORDS || (wish === BROWSER && own)) return wish;
  if (best && voices.some(({ id }) => id === wish)) return wish;
  return best || (own ? BROWSER : '');
}

/**
 * What a voice is called, or about it: in the reader's language, where that has words for it.
 * @param {import('./words.js').Words} t
 * @param {{id: string, name: string, about?: string} | undefined} voice
 * @param {'name' | 'about'} [part]
 */
export function called(t, voice, part = 'name') {
  const key = `voice.${part}.${voice?.id}`;
  return t.has(key) ? t(key) : voice?.[part] ?? '';
}

/** The part of a session's settings that says who speaks. @param {string} who @returns {Settings} */
export function speakingOf(who) {
  return who && who !== WORDS ? { voice: who } : { textOnly: true };
}

/** @typedef {{done: number, of: number}} Progress */

/** Fires `change` when anything below has changed. */
export class Voices extends EventTarget {
  /** Null while nobody knows. @type {VoiceOffers | null} */
  offers = null;
  /** Whether this device's own voice speaks the script's language. @type {boolean | null} */
  own = null;
  /** How far making ready is, once that takes a while. @type {Progress | null} */
  progress = null;
  /** How much the voice that was made ready does say. @type {{voice: string, said: number, of: number} | null} */
  said = null;

  #fetch;
  #hasVoice;
  #schedule;
  #script = '';
  #voice = '';
  #making = new AbortController();
  /** @type {Promise<unknown>} */
  #known = Promise.resolve();
  /** @type {Promise<unknown>} */
  #ready = Promise.resolve();

  /**
   * @param {object} [options]
   * @param {typeof globalThis.fetch} [options.fetch]
   * @param {(language: string) => Promise<boolean>} [options.has]
   * @param {import('./later.js').Schedule} [options.schedule]
   */
  constructor({ fetch = (...asked) => globalThis.fetch(...asked), has = ownVoice, schedule = later } = {}) {
    super();
    this.#fetch = fetch;
    this.#hasVoice = has;
    this.#schedule = schedule;
  }

  /** Asks who can say a script; another script takes its place. @param {{id: string, language: string}} script */
  look({ id, language }) {
    this.close();
    this.#script = id;
    Object.assign(this, { offers: null, own: null, said: null });
    const tell = (/** @type {Partial<Voices>} */ news) => void (id === this.#script && this.#tell(news));
    this.#known = Promise.all([
      this.#offers(id).then((offers) => tell({ offers })),
      this.#hasVoice(language).then((own) => tell({ own })),
    ]);
  }

  /** Null where the server does not say. @param {string} id @returns {Promise<VoiceOffers | null>} */
  async #offers(id) {
    try {
      const answer = await this.#fetch(`/api/voices?script=${encodeURIComponent(id)}`);
      return answer.ok ? await answer.json() : null;
    } catch {
      return null;
    }
  }

  /** Makes all a script may say ready in a voice. The latest voice is the one that counts. @param {string} voice */
  prepare(voice) {
    if (voice === this.#voice) return;
    this.#voice = voice;
    this.#making.abort();
    this.#making = new AbortController();
    Object.assign(this, { progress: null, said: null });
    const nothing = !this.#script || ['', BROWSER, WORDS].includes(voice);
    this.#ready = nothing ? Promise.resolve() : this.#make(voice, this.#making.signal);
  }

  /**
   * Until it is known who can speak, and whoever is to is ready, or has given up: the room says why.
   * @param {() => string} who asked once it is known who can
   */
  async ready(who) {
    await this.#known;
    this.prepare(who());
    for (let ready; ready !== this.#ready; ) await (ready = this.#ready);
  }

  /** Nothing is made ready any more. */
  close() {
    this.prepare('');
    this.#script = '';
  }

  /** @param {string} voice @param {AbortSignal} signal */
  async #make(voice, signal) {
    let far = { done: 0, of: this.offers?.voices.find(({ id }) => id === voice)?.of ?? 0 };
    let late = false;
    const tell = () => void (late && !signal.aborted && this.#tell({ progress: far }));
    const endWait = this.#schedule(() => ((late = true), tell()), SOON);
    try {
      const body = JSON.stringify({ script: this.#script, voice });
      const answer = await this.#fetch('/api/voices/prepare', { method: 'POST', headers: { 'Content-Type': 'application/json' }, body, signal });
      if (!answer.ok) return;
      for await (const line of linesOf(answer.body)) {
        if (signal.aborted) return;
        if ('said' in line) this.said = line;
        else far = line;
        tell();
      }
    } catch {
      // The room makes ready what is not, or says why it cannot.
    } finally {
      endWait();
      if (!signal.aborted) this.#tell({ progress: null });
    }
  }

  /** @param {Partial<Voices>} news */
  #tell(news) {
    Object.assign(this, news);
    this.dispatchEvent(new Event('change'));
  }
}

/** JSON, a line each. @param {ReadableStream<Uint8Array> | null} stream */
export async function* linesOf(stream) {
  const reader = stream?.getReader();
  const text = new TextDecoder();
  let rest = '';
  for (let part = await reader?.read(); part && !part.done; part = await reader?.read()) {
    const lines = (rest + text.decode(part.value, { stream: true })).split('\n');
    rest = lines.pop() ?? '';
    yield* lines.filter(Boolean).map((line) => JSON.parse(line));
  }
}
