import { html, nothing } from '../vendor/lit.js';
import { keyVerb } from '../lib/keys.js';
import { Face } from './face.js';
import { figureShapes } from './body-figure.js';
import { mayResume, running } from './session-state.js';
import './home-face.js';

/**
 * Faces that home can do without. They are fetched right after the first view, so
 * that all of them are here long before they are wanted, server or no server.
 * @type {Record<string, () => Promise<unknown>>}
 */
const later = {
  session: () => import('./session-face.js'),
  after: () => import('./after-face.js'),
  before: () => import('./before-face.js'),
  waiting: () => import('./waiting-face.js'),
  scripts: () => import('./shelf-face.js'),
};

const AGAIN = 2000; // ms until a face that could not be fetched is asked for again
const SEEN = 'stillpoint.seen';

/**
 * The whole window: chooses the face. A session that runs comes before
 * everything; otherwise the address says where the person is.
 */
class StillPoint extends Face {
  /** The face that was shown last. @type {string | undefined} */
  shown;
  /** The faces that are here. */
  ready = new Set(['home']);

  connectedCallback() {
    super.connectedCallback();
    window.addEventListener('hashchange', () => this.look());
    window.addEventListener('keydown', this.key, { capture: true });
    window.addEventListener('keyup', this.key, { capture: true });
  }

  look() {
    const { transport, session } = this.here.room;
    if (running(transport) && session) {
      sessionStorage.setItem(SEEN, session.session);
      if (!session.aside) this.here.wishes.last = session.title;
    }
    super.look();
  }

  /**
   * Keys belong to the whole window while a session runs, whichever button has
   * the focus; the key-up is swallowed too, or Space would press that button.
   * @param {KeyboardEvent} event
   */
  key = (event) => {
    const { room } = this.here;
    const verb = running(room.transport) ? keyVerb(event) : null;
    if (!verb) return;
    event.preventDefault();
    event.stopPropagation();
    if (event.type !== 'keydown') return;
    if (verb === 'stop') room.stop();
    else if (verb !== 'pause-or-resume') room.do(verb).catch(() => {});
    else if (room.transport?.state === 'playing') room.pause();
    else if (mayResume(room)) room.do('resume').catch(() => {});
  };

  leave = () => {
    sessionStorage.removeItem(SEEN);
    this.requestUpdate();
  };

  /** @returns {[string, string]} the face and what it is about */
  where() {
    const { transport, session, you } = this.here.room;
    if (running(transport)) return ['session', ''];
    const ended = transport?.state === 'stopped' || transport?.state === 'finished';
    if (ended && session && sessionStorage.getItem(SEEN) === session.session) return ['after', ''];
    if ((you?.role ?? this.here.role) !== 'guide') return ['waiting', ''];
    const [face, about = ''] = decodeURIComponent(location.hash.slice(1)).split('/');
    return face === 'before' || face === 'scripts' ? [face, about] : ['home', ''];
  }

  render() {
    const [face, about] = this.where();
    document.body.dataset.face = face;
    return html`${figureShapes()} ${this.ready.has(face) ? this.face(face, about) : nothing}`;
  }

  /** @param {string} face @param {string} about */
  face(face, about) {
    const { here } = this;
    switch (face) {
      case 'session':
        return html`<session-face .here=${here}></session-face>`;
      case 'after':
        return html`<after-face .here=${here} .leave=${this.leave}></after-face>`;
      case 'waiting':
        return html`<waiting-face .here=${here}></waiting-face>`;
      case 'before':
        return html`<before-face .here=${here} .script=${about}></before-face>`;
      case 'scripts':
        return html`<shelf-face .here=${here} .kind=${about}></shelf-face>`;
      default:
        return html`<home-face .here=${here}></home-face>`;
    }
  }

  updated() {
    this.arrive();
    const title = this.here.room.session?.title;
    const session = document.body.dataset.face === 'session';
    document.title = session && title ? this.t('window.running', { title }) : this.t('window.title');
  }

  firstUpdated() {
    const wanted = document.body.dataset.face;
    const names = Object.keys(later).sort((a, b) => Number(b === wanted) - Number(a === wanted));
    setTimeout(() => names.forEach((name) => this.fetch(name)));
  }

  /** @param {string} name */
  async fetch(name) {
    try {
      await later[name]();
      this.ready.add(name);
      this.requestUpdate();
    } catch {
      setTimeout(() => this.fetch(name), AGAIN);
    }
  }

  /** On another face, the keyboard and the screen reader start from its heading. */
  arrive() {
    const face = document.body.dataset.face;
    if (!face || face === this.shown || !this.ready.has(face)) return;
    const first = this.shown === undefined;
    this.shown = face;
    if (!first) requestAnimationFrame(() => this.querySelector('h1')?.focus());
  }
}

customElements.define('still-point', StillPoint);

/**
 * Puts the one element of the page in its place.
 * @param {import('./face.js').Here} here
 */
export function stillPoint(here) {
  const face = new StillPoint();
  face.here = here;
  document.body.append(face);
  return face;
}
