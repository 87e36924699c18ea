import { html } from '../vendor/lit.js';
import { running } from '../lib/transport.js';
import { Face } from './face.js';
import './home-face.js';
import { allowed } from '../lib/storage.js';

/** The faces an address leads to. */
const addressed = ['before', 'breathing', 'scripts', 'settings', 'journal', 'keys', 'rooms'];

const PAINTED = 50; // ms for the first view, also in a hidden window, which paints nothing
const AGAIN = 2000; // ms until a face that could not be fetched is asked for again
const SEEN = 'stillpoint.seen';

/**
 * The whole window: chooses the face. A session that runs comes before
 * everything; otherwise the address says where the person is.
 */
export class StillPoint extends Face {
  /** The face that was shown last. @type {string | undefined} */
  shown;
  /** The session that ran last, other than a grounding that put it aside, while it or its end is shown. */
  practised = '';
  tab = allowed('sessionStorage');
  /** The faces that are here, each with its module. */
  ready = new Map([['home', {}]]);
  /** What draws the others. @type {typeof import('./faces.js') | undefined} */
  rest;

  connectedCallback() {
    super.connectedCallback();
    window.addEventListener('hashchange', () => this.look());
    this.look(); // it may have begun already
  }

  look() {
    const { transport, session } = this.here.room;
    if (running(transport) && session) {
      this.tab?.setItem(SEEN, session.session);
      if (!session.aside) {
        this.here.wishes.last = session;
        this.practised = session.session;
      }
    }
    if (['session', ...addressed].includes(this.where()[0])) this.here.wishes.meet();
    super.look();
  }

  leave = () => {
    this.tab?.removeItem(SEEN);
    this.requestUpdate();
  };

  /** @returns {[string, string]} the face and what it is about */
  where() {
    const { transport, session, you, status, standIn } = this.here.room;
    if (running(transport)) return ['session', ''];
    const ended = transport?.state === 'stopped' || transport?.state === 'finished';
    if (ended && session && this.tab?.getItem(SEEN) === session.session) return ['after', ''];
    if (status === 'lost' && !you && standIn && this.ready.has('gone')) return ['gone', ''];
    if ((you?.role ?? this.here.role) !== 'guide') return ['waiting', ''];
    const [, face, about = ''] = /^(\w*)\/?(.*)$/s.exec(address()) ?? [];
    return addressed.includes(face) ? [face, about] : [this.here.room.name === 'home' ? 'home' : 'room', ''];
  }

  render() {
    const [face, about] = this.where();
    document.body.dataset.face = face;
    if (face === 'home') return html`<home-face .here=${this.here}></home-face>`;
    return this.rest?.draw(this, face, about) ?? this.bare(face);
  }

  /** Until a face has come: at least the way to silence. @param {string} face */
  bare(face) {
    const { room } = this.here;
    return html`<header class="top"><span class="brand">${this.t('name')}</span></header>
      ${face === 'session' ? html`<main class="bare">
        <button @click=${() => room.pause()}>${this.t('pause')}</button>
        <button @pointerdown=${() => room.stop()} @click=${() => room.stop()}>${this.t('stop')}</button>
      </main>` : ''}`;
  }

  firstUpdated() {
    setTimeout(() => this.fetchRest(), this.ready.has(this.where()[0]) ? PAINTED : 0);
  }

  /** All other faces are fetched as soon as this one stands, so that they are here long before they are wanted, server or no server. */
  async fetchRest() {
    this.rest = await patient(() => import('./faces.js'));
    void this.rest.fetchAll(this);
  }

  /** On another face, the keyboard and the screen reader start from its heading. */
  updated() {
    const face = document.body.dataset.face;
    if (face !== 'session' && face !== 'after') this.practised = '';
    if (!face || face === this.shown || !this.ready.has(face)) return;
    const first = this.shown === undefined;
    this.shown = face;
    if (!first) requestAnimationFrame(() => this.querySelector('h1')?.focus());
  }
}

customElements.define('still-point', StillPoint);

/** @param {number} ms */
export const wait = (ms) => new Promise((done) => setTimeout(done, ms));

/** @template T @param {() => Promise<T>} fetch @returns {Promise<T>} */
export async function patient(fetch) {
  for (;;) {
    try {
      return await fetch();
    } catch {
      await wait(AGAIN);
    }
  }
}

/** What the address says behind its #; nothing where that cannot be read. */
function address() {
  try {
    return decodeURIComponent(location.hash.slice(1));
  } catch {
    return '';
  }
}

/** Puts the one element of the page in its place. @param {import('./face.js').Here} here */
export function stillPoint(here) {
  const face = new StillPoint();
  face.here = here;
  document.body.replaceChildren(face);
}
