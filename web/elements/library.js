/** @import {ScriptSummary} from '../protocol.js' */
import { primary } from '../lang/languages.js';

const TRY_AGAIN = 5000; // ms

/** The scripts there are. Dispatches 'change' when they have come, or cannot be had for now. */
export class Library extends EventTarget {
  /** Every one of them, translations too. @type {ScriptSummary[]} */
  all = [];
  /** Whose reader looks. */
  language = 'en';
  /** Whether the last attempt to have them did not work; another follows by itself. */
  missing = false;

  /** Each script once, in the reader's language where there is one in it. */
  get scripts() {
    return inLanguage(this.all, this.language);
  }

  /** The script of an id: its translation for a reader who has one, or just that. @param {string} id */
  find(id) {
    const script = this.scripts.find((one) => id === one.id || id === one.original);
    return script ?? this.all.find((one) => id === one.id);
  }

  async load() {
    try {
      const answer = await fetch('/api/scripts');
      if (!answer.ok) throw new Error(`library: status ${answer.status}`);
      this.all = await answer.json();
      this.missing = false;
    } catch {
      this.missing = true;
      setTimeout(() => this.load(), TRY_AGAIN);
    }
    this.dispatchEvent(new Event('change'));
  }
}

/**
 * Each script once: in a language where it is written or translated, those first, and else as it was written.
 * @param {ScriptSummary[]} all @param {string} language
 */
export function inLanguage(all, language) {
  const inIt = (/** @type {ScriptSummary} */ script) => primary(script.language) === language;
  const once = all.filter(({ original }) => !original).map((script) => {
    const version = inIt(script) ? undefined : all.find((other) => other.original === script.id && inIt(other));
    return version ?? script;
  });
  return [...once.filter(inIt), ...once.filter((script) => !inIt(script))];
}

// What a card leads to when nothing else was asked for, and what there is of it in every language.
const GENTLEST = { 'body scan': 'feet-first', breathing: 'longer-exhale' };
const TRANSLATED = { 'body scan': 'feet-first', breathing: 'easy-starter' };

/** @param {ScriptSummary[]} scripts @param {string} kind */
export function hasKind(scripts, kind) {
  return scripts.some((script) => script.kind === kind);
}

/**
 * The script a way in leads to: ours for it, or the first that is open to everybody; in the reader's language if there is one.
 * @param {ScriptSummary[]} scripts @param {keyof typeof GENTLEST} kind
 */
export function firstOf(scripts, kind) {
  const open = scripts.filter((script) => script.kind === kind && script.level === 0 && !script.faults?.length);
  const ours = open.find(({ id, original }) => (original ?? id) === GENTLEST[kind]);
  return ours?.language === open[0]?.language ? ours : open[0];
}

/**
 * The address a way in leads to; it leads there before the library has come, too.
 * @param {Pick<Library, 'scripts' | 'language'>} library @param {keyof typeof GENTLEST} kind
 */
export function wayTo({ scripts, language }, kind) {
  const id = scripts.length ? firstOf(scripts, kind)?.id : soon(kind, language);
  return id ? `#before/${id}` : '#scripts';
}

/** @param {keyof typeof GENTLEST} kind @param {string} language */
function soon(kind, language) {
  return language === 'en' ? GENTLEST[kind] : `${TRANSLATED[kind]}.${language}`;
}
