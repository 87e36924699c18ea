import { keyWishes } from '../lib/keys.js';
import { allowed } from '../lib/storage.js';

/**
 * What this browser remembers of a person's wishes: looks, levels and places
 * always left out. Never what was practised: what was last lives for the tab only.
 */

const KEY = 'stillpoint.wishes';
const LAST = 'stillpoint.last';

/** @import {Kept, Theme} from '../kept.js' */

/** @type {readonly Theme[]} */
export const THEMES = ['dusk', 'day', 'low', 'sound'];

/** @returns {Kept} */
const unspoken = () => ({
  language: '',
  theme: 'dusk',
  still: false,
  time: false,
  leaveOut: [],
  mix: null,
  voice: '',
  night: { on: false, from: '21:00', to: '07:00' },
  vibrate: false,
  keys: keyWishes(null),
  numbers: true,
});

/** Dispatches 'change' when a wish changes, in this window or another. */
export class Wishes extends EventTarget {
  constructor(storage = allowed('localStorage'), tab = allowed('sessionStorage')) {
    super();
    this.storage = storage;
    this.tab = tab;
    /** Whether anything was ever kept or done here, but for choosing a language: what is said the first time is still to be read in it. */
    this.met = hasMet(storage?.getItem(KEY));
    this.kept = this.read();
    this.system = globalThis.matchMedia('(prefers-reduced-motion: reduce)');
    this.system.addEventListener('change', () => this.show());
    globalThis.addEventListener('storage', (event) => {
      if (event.key !== KEY) return;
      this.met ||= hasMet(event.newValue);
      this.kept = this.read();
      this.show();
    });
  }

  /** Whether motion is to be kept still: the system's wish or the person's. */
  get still() {
    return this.kept.still || this.system.matches;
  }

  /** @returns {Kept} what was kept, as far as it can be read */
  read() {
    const kept = unspoken();
    try {
      const found = JSON.parse(this.storage?.getItem(KEY) ?? '{}');
      if (typeof found.language === 'string') kept.language = found.language.slice(0, 20);
      if (THEMES.includes(found.theme)) kept.theme = found.theme;
      kept.still = found.still === true;
      kept.time = found.time === true;
      if (Array.isArray(found.leaveOut)) {
        kept.leaveOut = found.leaveOut.filter((/** @type {unknown} */ key) => typeof key === 'string').slice(0, 200);
      }
      kept.mix = mixOf(found.mix);
      if (typeof found.voice === 'string') kept.voice = found.voice.slice(0, 100);
      kept.night = hoursOf(found.night, kept.night);
      kept.vibrate = found.vibrate === true;
      kept.keys = keyWishes(found.keys);
      kept.numbers = found.numbers !== false;
    } catch {
      // Storage may be forbidden or spoilt; the defaults are a good place to be.
    }
    return kept;
  }

  /** Whether this is the first time here. */
  get first() {
    return !this.met;
  }

  /** Something has been done, so that what is said the first time is not said again. */
  meet() {
    if (!this.met) this.keep({});
  }

  /** All wishes go, and this browser remembers nothing. */
  forget() {
    this.kept = unspoken();
    this.storage?.removeItem(KEY);
    this.tab?.removeItem(LAST);
    this.show();
  }

  /** @param {Partial<Kept>} wish */
  keep(wish) {
    this.met ||= !('language' in wish);
    Object.assign(this.kept, wish);
    try {
      this.storage?.setItem(KEY, JSON.stringify({ ...this.kept, met: this.met }));
    } catch {
      // The wish holds until the window closes.
    }
    this.show();
  }

  /** Puts the looks on the page and tells whoever listens. */
  show() {
    document.documentElement.dataset.theme = this.kept.theme;
    document.documentElement.toggleAttribute('data-still', this.still);
    this.dispatchEvent(new Event('change'));
  }

  /** What was last practised in this tab, or nothing. @returns {{script: string, title: string} | null} */
  get last() {
    try {
      const { script, title } = JSON.parse(this.tab?.getItem(LAST) ?? '');
      return typeof script === 'string' && typeof title === 'string' ? { script, title } : null;
    } catch {
      return null;
    }
  }

  set last(last) {
    if (last) this.tab?.setItem(LAST, JSON.stringify({ script: last.script, title: last.title }));
  }
}

/** Whether what was kept is of somebody who has been here. @param {string | null | undefined} kept */
function hasMet(kept) {
  return typeof kept === 'string' && !kept.includes('"met":false');
}

/** @param {any} kept @returns {import('../protocol.js').Mix | null} the levels, if all of them can be read */
function mixOf(kept) {
  const { voice, bells, breath, ambience, tone = 'soft', count, night } = kept ?? {};
  const whole = [voice, bells, breath, ambience].every((level) => Number.isInteger(level) && level >= 0 && level <= 100);
  return whole ? { voice, bells, breath, ambience, tone, count: count === true, night: night === true } : null;
}

const CLOCK = /^([01]\d|2[0-3]):[0-5]\d$/;

/** @param {any} kept @param {import('../lib/night.js').Hours} otherwise */
function hoursOf(kept, otherwise) {
  const { on, from, to } = kept ?? {};
  return CLOCK.test(from) && CLOCK.test(to) ? { on: on === true, from, to } : otherwise;
}

/** This person's wishes, put on the page before anything is painted. */
export const wishes = new Wishes();
wishes.show();

// Whoever comes for more than the first view has it asked for at once.
const { hash = '', search = '' } = globalThis.location ?? {};
if (hash + search) import('./pieces.js').then(({ ahead }) => ahead(), () => {});
