import { html, live, nothing, repeat } from '../vendor/lit.js';
import { LEARNABLE, MORE, keyName, keyVerb, learnable } from '../lib/keys.js';
import { Face } from './face.js';
import { THE_PAGES } from './one-key.js';
import { top } from './top.js';

/** @import {KeyVerb, KeyWishes} from '../kept.js' */

/** Keys that have a word of their own in the catalogue; others are called what the browser calls them. */
const NAMED = [' ', 'PageUp', 'PageDown', 'ArrowUp', 'ArrowDown', 'ArrowLeft', 'ArrowRight', 'Escape'];

/** Keys, pedals and clickers: what each one does, to be tried, taught and turned off. */
class KeysFace extends Face {
  static properties = { ...Face.properties, teaching: { state: true }, heard: { state: true } };

  constructor() {
    super();
    /** What the next key is to be for. @type {KeyVerb | null} */
    this.teaching = null;
    this.heard = '';
  }

  connectedCallback() {
    super.connectedCallback();
    this.here.keys.learner = this.learn;
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.here.keys.learner = null;
  }

  /** Tells what a key does, or learns what it is to do. It does nothing else here, unless it moves about the page. */
  learn = (/** @type {KeyboardEvent} */ event) => {
    const name = keyName(event);
    const { teaching } = this;
    if (!learnable(name) || event.altKey || event.ctrlKey || event.metaKey || (!teaching && event.repeat)) return false;
    if (teaching && !event.repeat) this.teach(name, teaching);
    const verb = keyVerb({ ...unheld, key: name }, this.wishes);
    this.heard = this.t(verb ? 'keys.does' : 'keys.nothing', { key: this.name(name), does: verb ? this.t(`keys.do.${verb}`) : '' });
    return teaching !== null || (verb !== null && !THE_PAGES.includes(name));
  };

  get wishes() {
    return this.here.wishes.kept.keys;
  }

  /** @param {Partial<KeyWishes>} wish */
  keep(wish) {
    this.here.wishes.keep({ keys: { ...this.wishes, ...wish } });
  }

  /** @param {string} name @param {KeyVerb} verb */
  teach(name, verb) {
    this.teaching = null;
    const { [name]: _, ...others } = this.wishes.learnt;
    this.keep({ learnt: { ...others, [name]: verb } });
  }

  /** @param {string} name */
  forget(name) {
    const { [name]: _, ...learnt } = this.wishes.learnt;
    this.keep({ learnt });
    this.heard = '';
    this.querySelector('h1')?.focus();
  }

  /** @param {KeyVerb} verb */
  ask(verb) {
    this.teaching = this.teaching === verb ? null : verb;
    this.heard = '';
  }

  /** What a key is called. @param {string} name */
  name(name) {
    if (NAMED.includes(name)) return this.t(`key.${name === ' ' ? 'Space' : name}`);
    return name.length === 1 ? name.toUpperCase() : name.replace(/(?<=[a-z])(?=[A-Z])/g, ' ');
  }

  render() {
    return html`${top(this.here, '#settings')}
      <main class="keys">
        <h1 tabindex="-1">${this.t('keys.title')}</h1>
        <p class="quiet">${this.t('keys.hint')}</p>
        <p class="heard" data-on=${Boolean(this.teaching || this.heard)} role="status">${this.status()}</p>
        ${this.always()} ${this.own()} ${this.letters()}
      </main>`;
  }

  status() {
    return this.teaching ? this.t('keys.press') : this.heard || this.t('keys.try');
  }

  always() {
    return html`<section>
      <h2>${this.t('keys.always')}</h2>
      <dl>
        ${this.row(NAMED.slice(0, -1), 'keys.any')} ${this.row([], 'keys.twice')} ${this.row([], 'keys.elsewhere')} ${this.row(['Escape'], 'keys.esc')}
      </dl>
    </section>`;
  }

  /** @param {string[]} names @param {string} words */
  row(names, words) {
    return html`<div>
      ${names.length ? html`<dt>${names.map((name) => html`<kbd>${this.name(name)}</kbd> `)}</dt>` : nothing}
      <dd>${this.t(words)}</dd>
    </div>`;
  }

  /** Keys of one's own. */
  own() {
    return html`<section>
      <h2>${this.t('keys.own')}</h2>
      <p class="quiet">${this.t('keys.own.hint')}</p>
      <div class="teach">
        ${LEARNABLE.map(
          (verb) => html`<button aria-pressed=${this.teaching === verb} @click=${() => this.ask(verb)}>${this.t(`keys.teach.${verb}`)}</button>`,
        )}
      </div>
      <ul>
        ${repeat(Object.entries(this.wishes.learnt), ([name]) => name, ([name, verb]) => html`<li>
          <kbd>${this.name(name)}</kbd> <span>${this.t(`keys.do.${verb}`)}</span>
          <button class="plain" aria-label=${this.t('keys.forget', { key: this.name(name) })} @click=${() => this.forget(name)}>${this.t('keys.forget.short')}</button>
        </li>`)}
      </ul>
    </section>`;
  }

  letters() {
    const { letters, more } = this.wishes;
    return html`<section>
      <h2>${this.t('keys.letters')}</h2>
      <div class="chips">
        ${this.chip('keys.letters.on', letters, (on) => this.keep({ letters: on }))}
        ${letters ? this.chip('keys.more', more, (on) => this.keep({ more: on })) : nothing}
      </div>
      ${letters && more
        ? html`<dl>${Object.entries(MORE).map(([name, verb]) => this.row([name], `keys.do.${verb}`))}</dl>`
        : nothing}
    </section>`;
  }

  /** @param {string} words @param {boolean} on @param {(on: boolean) => void} turn */
  chip(words, on, turn) {
    const turned = (/** @type {Event} */ event) => turn(/** @type {HTMLInputElement} */ (event.target).checked);
    return html`<label><input type="checkbox" .checked=${live(on)} @change=${turned} />${this.t(words)}</label>`;
  }
}

/** A key by itself, pressed on no field. */
const unheld = { repeat: false, altKey: false, ctrlKey: false, metaKey: false, target: null };

customElements.define('keys-face', KeysFace);
