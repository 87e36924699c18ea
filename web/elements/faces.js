import { html, nothing } from '../vendor/lit.js';
import { patient, wait } from './still-point.js';

/** @import {Role} from '../protocol.js' */
/** @import {StillPoint} from './still-point.js' */

/**
 * A face that the first view can do without, or a corner of one.
 * @typedef {object} Part
 * @property {() => Promise<any>} fetch its own module
 * @property {string[]} [made] every other module it is made of, but for those of the first view: a
 *   phone on a slow line asks for all of them at once. faces.test.js holds this to what is imported.
 * @property {string[]} [worn] the sheets it cannot be seen without, of SHEETS
 * @property {string[]} [corners] what comes next while it is shown, and before any other face
 */

/** @type {Record<string, Part>} */
export const parts = {
  session: {
    fetch: () => import('./session-face.js'),
    made: ['lib/announced', 'lib/timeline', 'lib/media', 'lib/vibration', 'lib/deck', 'lib/wake', 'elements/fading', 'elements/session-state', 'elements/body-figure', 'elements/figure-map', 'elements/figure-near', 'elements/breath-disc', 'elements/finder-question', 'lib/finder', 'elements/lost-line', 'elements/session-choices', 'elements/session-tools', 'lib/voices', 'elements/anchor-choice', 'elements/time-left', 'lib/time'],
    worn: ['sound', 'figure', 'breath', 'tools', 'session', 'session-fit'],
  },
  before: {
    fetch: () => import('./before-face.js'),
    made: ['lib/beginning', 'lib/deck', 'lib/foresight', 'lib/night', 'lib/voices', 'elements/choice', 'elements/places', 'elements/top', 'elements/sound-trial'],
    worn: ['before'],
    corners: ['page'],
  },
  home: { fetch: async () => {}, corners: ['note', 'language', 'plan'] },
  after: {
    fetch: () => import('./after-face.js'),
    made: ['lib/journal', 'lib/check-in', 'elements/fading', 'elements/session-state', 'elements/after-note', 'elements/check-in-form', 'elements/body-figure', 'elements/figure-map', 'elements/figure-near', 'elements/body-words', 'lib/place-names', 'elements/scale-steps', 'elements/finder-question', 'lib/finder'],
    worn: ['tools', 'after', 'check-in', 'figure'],
  },
  waiting: {
    fetch: () => import('./waiting-face.js'),
    made: ['elements/quiet-corner', 'elements/looks'],
    worn: ['session', 'keys'],
  },
  breathing: {
    fetch: () => import('./breathing-face.js'),
    made: ['lib/breaths', 'lib/time', 'elements/breath-shape', 'elements/top', 'elements/breath-maker'],
    worn: ['before', 'breathing'],
  },
  scripts: {
    fetch: () => import('./shelf-face.js'),
    made: ['lib/time', 'elements/top'],
    worn: ['shelf'],
  },
  journal: {
    fetch: () => import('./journal-face.js'),
    made: ['lib/journal', 'lib/check-in'],
    worn: ['journal'],
    corners: ['entries'],
  },
  settings: {
    fetch: () => import('./settings-face.js'),
    made: ['elements/looks', 'elements/top', 'elements/language-choice'],
    worn: ['shelf'],
    corners: ['more'],
  },
  keys: {
    fetch: () => import('./keys-face.js'),
    made: ['elements/one-key', 'lib/in-turn', 'lib/deck', 'lib/timeline', 'elements/top'],
    worn: ['keys'],
  },
  gone: {
    fetch: () => import('./gone-face.js'),
    made: ['elements/quiet-corner', 'elements/looks', 'elements/safety-note'],
    worn: ['gone'],
  },
  page: {
    fetch: () => import('./before-page.js'),
    made: ['lib/breaths', 'lib/ribbon', 'lib/voices', 'lib/deck', 'elements/advice', 'elements/coming', 'lib/time', 'elements/decisions', 'lib/lengths', 'elements/anchor-choice', 'elements/places', 'elements/row', 'elements/sound-mix', 'lib/vibration', 'lib/timeline', 'elements/leave-out', 'elements/figure-map', 'elements/figure-near', 'elements/body-figure', 'elements/length-choice', 'elements/own-pace', 'lib/tapping', 'elements/sound-beneath', 'elements/sound-choice', 'elements/voice-choice', 'elements/reading', 'elements/check-in', 'lib/check-in', 'lib/journal', 'lib/noted', 'elements/check-in-form', 'elements/body-words', 'lib/place-names', 'elements/scale-steps', 'elements/coming-ribbon', 'elements/safety-note', 'elements/take-home', 'lib/taking'],
    worn: ['before', 'sound', 'shelf', 'figure', 'check-in'],
  },
  more: {
    fetch: () => import('./settings-more.js'),
    made: ['lib/voices', 'lib/deck', 'elements/figure-map', 'elements/figure-near', 'elements/row', 'elements/safety-note', 'elements/install-app', 'lib/installing', 'elements/leave-out', 'elements/places', 'elements/body-figure', 'elements/sound-choice', 'elements/sound-mix', 'lib/vibration', 'lib/timeline', 'elements/sound-trial', 'elements/voice-choice'],
    worn: ['before', 'sound', 'shelf', 'figure'],
  },
  entries: {
    fetch: () => import('./journal-entries.js'),
    made: ['lib/journal', 'lib/check-in', 'lib/telling', 'elements/tongue', 'elements/journal-filter', 'lib/sharing', 'lib/account', 'lib/place-names'],
    worn: ['journal'],
  },
  language: { fetch: () => import('./language-choice.js') },
  plan: { fetch: () => import('./home-plan.js') },
  note: { fetch: () => import('./safety-note.js') },
};

/** In the order in which one counts before another. */
export const SHEETS = ['before', 'breathing', 'sound', 'shelf', 'figure', 'breath', 'tools', 'session', 'session-fit', 'after', 'check-in', 'journal', 'pictures', 'keys', 'gone'];

const UNDRESSED = 1000; // ms a face waits for its looks at the most
const FIRST = 3000; // ms the others wait at the most for the face that is wanted now
const PAINTED = 50; // ms for a face, also in a hidden window, which paints nothing

/** Draws a face that is ready. @param {StillPoint} point @param {string} face @param {string} about */
export function draw(point, face, about) {
  const { here } = point;
  switch (face) {
    case 'session':
      return html`<session-face .here=${here}></session-face>`;
    case 'after':
      return html`<after-face .here=${here} .leave=${point.leave} .session=${point.practised}></after-face>`;
    case 'waiting':
      return html`<waiting-face .here=${here}></waiting-face>`;
    case 'before':
      return html`<before-face .here=${here} .about=${about} .page=${point.ready.get('page')}></before-face>`;
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
  }
  return nothing;
}

/** Asks for all of the face that an address wants, while the first view is on its way. @param {Role} role */
export function ahead(role) {
  const [name] = /^\w*/.exec(location.hash.slice(1)) ?? [''];
  const wanted = role === 'guide' ? name : 'session'; // which a guest has come for
  if (Object.hasOwn(parts, wanted)) void fetchPart(wanted);
}

/** Fetches everything there is, what is wanted now first: a phone on a slow line has room for little at a time. @param {StillPoint} point */
export async function fetchAll(point) {
  const wanted = document.body.dataset.face ?? '';
  await first(point, [wanted]);
  company(point);
  await first(point, parts[wanted]?.corners ?? []);
  for (const name of Object.keys(parts)) void ready(point, name);
  for (const name of SHEETS) void patient(() => sheet(name));
  void patient(() => import('../lib/installing.js'));
  void patient(async () => (await import('../lib/shell.js')).keepShell());
}

/** @param {StillPoint} point @param {string[]} names */
async function first(point, names) {
  const known = names.filter((name) => Object.hasOwn(parts, name) && !point.ready.has(name));
  if (!known.length) return;
  await Promise.race([Promise.all(known.map((name) => ready(point, name))), wait(FIRST)]);
  await wait(PAINTED);
}

/** What goes with every face. @param {StillPoint} point */
function company({ here }) {
  const { room, sound, wishes } = here;
  void patient(async () => (await import('../lang/follow.js')).follow(here));
  void patient(async () => new (await import('../lib/night.js')).Night(room, wishes));
  void patient(async () => new (await import('./one-key.js')).OneKey(here));
  void patient(async () => {
    const [{ StandIn }, player] = await Promise.all([import('../lib/standin.js'), import('../lib/player.js')]);
    new StandIn(room); // first: a stop that is still owed comes before any sound
    sound.equip(player);
  });
}

/** @param {StillPoint} point @param {string} name */
async function ready(point, name) {
  const module = await fetchPart(name);
  point.ready.set(name, module);
  point.requestUpdate();
}

/** @param {string} name */
async function fetchPart(name) {
  const { fetch, made = [], worn = [] } = parts[name];
  for (const module of made) preload(module);
  const dressed = Promise.all(worn.map((name) => patient(() => sheet(name))));
  const [module] = await Promise.all([patient(fetch), Promise.race([dressed, wait(UNDRESSED)])]);
  return module;
}

/** @type {Set<string>} */
const preloaded = new Set();

/** @param {string} module */
function preload(module) {
  if (preloaded.has(module)) return;
  preloaded.add(module);
  document.head.append(Object.assign(document.createElement('link'), { rel: 'modulepreload', href: `/${module}.js` }));
}

/** Every sheet has its place from the beginning, whichever is wanted first. @type {Map<string, {link: HTMLLinkElement, come?: Promise<void>}>} */
const links = new Map();

/** @param {string} name @returns {Promise<void>} */
function sheet(name) {
  if (!links.size) {
    for (const each of SHEETS) links.set(each, { link: Object.assign(document.createElement('link'), { rel: 'stylesheet' }) });
    document.head.append(...[...links.values()].map(({ link }) => link));
  }
  const one = /** @type {NonNullable<ReturnType<typeof links.get>>} */ (links.get(name));
  return (one.come ??= new Promise((resolve, reject) => {
    one.link.onload = () => resolve();
    one.link.onerror = () => {
      one.link.removeAttribute('href');
      one.come = undefined;
      reject(new Error(`style: ${name} did not come`));
    };
    one.link.href = `/style/${name}.css`;
  }));
}
