import { html } from '../vendor/lit.js';
import { running } from '../lib/transport.js';
import { Face } from './face.js';
import './home-face.js';
import { allowed } from '../lib/storage.js';

/**
 * Faces, and corners of them, that the first view can do without. They are fetched as soon as the first view stands,
 * so that all of them are here long before they are wanted, server or no server.
 * @type {Record<string, () => Promise<unknown>>}
 */
const later = {
  before: () => import('./before-face.js'),
  session: () => import('./session-face.js'),
  keys: () => import('./keys-face.js'),
  after: () => import('./after-face.js'),
  journal: () => import('./journal-face.js'),
  waiting: () => import('./waiting-face.js'),
  scripts: () => import('./shelf-face.js'),
  breathing: () => import('./breathing-face.js'),
  language: () => import('./language-choice.js'),
  gone: () => import('./gone-face.js'),
  settings: () => import('./settings-face.js'),
  plan: () => import('./home-plan.js'),
  note: () => import('./safety-note.js'),
};

/** The faces an address leads to. */
const addressed = ['before', 'breathing', 'scripts', 'settings', 'journal', 'keys'];

const sheets = ['before', 'breathing', 'sound', 'shelf', 'figure', 'breath', 'tools', 'session', 'check-in', 'journal', 'pictures', 'keys', 'gone'];

const PAINTED = 50; // ms for the first view, also in a hidden window, which paints nothing
const UNDRESSED = 1000; // ms a face waits for its looks at the most
const AGAIN = 2000; // ms until a face that could not be fetched is asked for again
const SEEN = 'stillpoint.seen';

/**
 * The whole window: chooses the face. A session that runs comes before
 * everything; otherwise the address says where the person is.
 */
class StillPoint extends Face {
  /** The face that was shown last. @type {string | undefined} */
  shown;
  /** The session that ran last, other than a grounding that put it aside. */
  practised = '';
  tab = allowed('sessionStorage');
  /** The faces that are here. */
  ready = new Set(['home']);

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
    return addressed.includes(face) ? [face, about] : ['home', ''];
  }

  render() {
    const [face, about] = this.where();
    document.body.dataset.face = face;
    return this.ready.has(face) ? this.face(face, about) : this.bare(face);
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

  /** @param {string} face @param {string} about */
  face(face, about) {
    const { here } = this;
    switch (face) {
      case 'session':
        return html`<session-face .here=${here}></session-face>`;
      case 'after':
        return html`<after-face .here=${here} .leave=${this.leave} .session=${this.practised}></after-face>`;
      case 'waiting':
        return html`<waiting-face .here=${here}></waiting-face>`;
      case 'before':
        return html`<before-face .here=${here} .about=${here.library.forReader(about)}></before-face>`;
      case 'breathing':
        return html`<breathing-face .here=${here}></breathing-face>`;
      case 'journal':
        return html`<journal-face .here=${here} .about=${about}></journal-face>`;
      case 'settings':
        return html`<settings-face .here=${here} .about=${about}></settings-face>`;
      case 'keys':
        return html`<keys-face .here=${here}></keys-face>`;
      case 'gone':
        return html`<gone-face .here=${here}></gone-face>`;
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
    setTimeout(() => this.fetchRest(), PAINTED);
  }

  fetchRest() {
    performance.mark('first view');
    const wanted = document.body.dataset.face;
    const names = Object.keys(later).sort((a, b) => Number(b === wanted) - Number(a === wanted));
    const dressed = Promise.all(sheets.map((name) => patient(() => sheet(name))));
    for (const name of names) void this.fetch(name, dressed);
    void patient(async () => (await import('../lang/follow.js')).follow(this.here));
    void patient(async () => new (await import('../lib/night.js')).Night(this.here.room, this.here.wishes));
    void patient(async () => new (await import('./one-key.js')).OneKey(this.here));
    void patient(async () => this.here.sound.equip(await import('../lib/player.js')));
    void patient(async () => new (await import('../lib/standin.js')).StandIn(this.here.room));
    void patient(() => import('../lib/installing.js'));
    void patient(async () => (await import('../lib/shell.js')).keepShell());
  }

  /** @param {string} name @param {Promise<unknown>} dressed */
  async fetch(name, dressed) {
    await Promise.all([patient(later[name]), Promise.race([dressed, wait(UNDRESSED)])]);
    this.ready.add(name);
    this.requestUpdate();
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

/** @param {number} ms */
const wait = (ms) => new Promise((done) => setTimeout(done, ms));

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

/** @param {string} name @returns {Promise<unknown>} */
function sheet(name) {
  const link = document.createElement('link');
  link.rel = 'stylesheet';
  link.href = `/style/${name}.css`;
  document.head.append(link);
  return new Promise((resolve, reject) => {
    link.onload = resolve;
    link.onerror = () => {
      link.remove();
      reject(new Error(`style: ${name} did not come`));
    };
  });
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
