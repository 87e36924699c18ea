import { STARTLED, keyVerb, mayResume } from '../lib/keys.js';
import { InTurn } from '../lib/in-turn.js';
import { at } from '../lib/timeline.js';

/** Where nothing runs, these scroll a page and press a button: the page's, until something is lit. */
export const THE_PAGES = [' ', 'ArrowUp', 'ArrowDown'];
/** Whoever uses one of these has more than one key. */
const OTHERWISE = ['Tab', 'Enter', 'Escape'];
const HELD = 1000; // ms a key is held down to mean more than a pause

/**
 * What keys do beyond pausing and stopping. A face's choices are its elements
 * with `data-choice`, lowest first: one key lights them in turn, and takes one. It lives as long as its window.
 */
export class OneKey {
  turns = new InTurn();
  /** @type {HTMLElement[]} */
  choices = [];
  /** Where the choices were offered. */
  place = '';

  /** @param {import('./face.js').Here} here */
  constructor(here) {
    this.here = here;
    this.said = document.createElement('p');
    this.said.className = 'unseen';
    this.said.setAttribute('role', 'status');
    document.body.append(this.said);
    here.keys.also = this.heard;
    here.room.addEventListener('change', this.look);
    this.turns.addEventListener('change', this.light);
    addEventListener('hashchange', this.end, { capture: true });
    addEventListener('pointerdown', this.touched, { capture: true });
    addEventListener('click', this.end); // a choice that a finger took has been taken by now
    addEventListener('keydown', this.down, { capture: true });
  }

  end = () => this.turns.end();

  /** A finger ends it; but a choice that it comes down on stays beneath it until it is taken. @param {Event} event */
  touched = ({ target }) => {
    if (!(/** @type {Element} */ (target).closest('[data-choice]'))) this.end();
  };

  /** @param {KeyboardEvent} event */
  down = (event) => {
    if (OTHERWISE.includes(event.key)) this.end();
    if (event.repeat && this.turns.lit < 0 && this.holding(event)) this.offer();
  };

  /** Whether the key that paused is down still: two quick presses are not for every foot. @param {KeyboardEvent} event */
  holding({ key, code, target }) {
    const { room, wishes } = this.here;
    const since = room.now() - room.haltedAt;
    const press = { key, code, target, repeat: false, altKey: false, ctrlKey: false, metaKey: false };
    const pauses = keyVerb(press, wishes.kept.keys) === 'pause-or-resume';
    return pauses && room.transport?.state === 'paused' && since > HELD && since < 2 * HELD;
  }

  /** What was offered for one state of a session is not offered in another. */
  look = () => {
    if (this.place !== (this.here.room.transport?.state ?? '')) this.end();
  };

  /** @param {import('../kept.js').KeyVerb} verb @param {string} name @param {boolean} runs */
  heard = (verb, name, runs) => {
    if (verb !== 'pause-or-resume') return runs && this.act(verb);
    if (this.turns.lit >= 0) return this.take();
    if (runs) return this.halt();
    return !THE_PAGES.includes(name) && this.turns.press() && this.offer();
  };

  /** A press while it plays always pauses. One right behind the pause, or that could not go on, brings the choices. */
  halt() {
    const { room } = this.here;
    const meant = this.turns.press();
    if (room.transport?.state === 'playing') room.pause();
    else if (!mayResume(room) || room.now() - room.haltedAt <= STARTLED) this.offer();
    else if (meant) room.do('resume');
    return true;
  }

  /** Lights the first choice, if the face has any of its own: a page that is to be read keeps its Page Down. */
  offer() {
    document.documentElement.toggleAttribute('data-choosing', true);
    const all = [.../** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll('[data-choice]'))].filter(offered);
    const own = all.some((choice) => !choice.closest('.top'));
    this.choices = own ? all.sort((a, b) => Number(a.dataset.choice) - Number(b.dataset.choice)) : [];
    this.place = this.here.room.transport?.state ?? '';
    this.turns.begin(this.choices.length);
    if (!this.choices.length) this.light();
    return this.choices.length > 0;
  }

  take() {
    if (this.turns.press()) this.choices[this.turns.take()]?.click();
    return true;
  }

  light = () => {
    const lit = this.choices[this.turns.lit];
    document.documentElement.toggleAttribute('data-choosing', lit !== undefined);
    for (const choice of this.choices) choice.toggleAttribute('data-lit', choice === lit);
    lit?.scrollIntoView({ block: 'nearest', behavior: this.here.wishes.still ? 'instant' : 'smooth' });
    this.said.textContent = lit ? nameOf(lit) : '';
  };

  /** @param {import('../kept.js').KeyVerb} verb */
  act(verb) {
    const { room } = this.here;
    this.end();
    const scene = room.timeline && at(room.timeline, room.position());
    if (verb === 'ground') room.ground();
    else if (verb === 'easier' || verb === 'slower') room.do('pace', { to: verb });
    else if (scene?.waiting) room.do('go-on');
    else if (verb === 'stay') room.do('stay');
    else room.do(scene?.scan?.length && room.session?.kind !== 'treatment' ? 'skip' : 'next');
    return true;
  }
}

/** @param {HTMLElement} choice */
function offered(choice) {
  return choice.checkVisibility() && !(/** @type {HTMLButtonElement} */ (choice).disabled) && choice.ariaDisabled !== 'true';
}

/** A card is called by its name, and not by all it says. @param {HTMLElement} choice */
function nameOf(choice) {
  return (choice.querySelector('.name') ?? choice).textContent?.replace(/\s+/g, ' ').trim() ?? '';
}
