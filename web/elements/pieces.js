/**
 * What the page is made of beyond its first view, and how it is asked for. A phone on a
 * slow line has room for little at a time: what is wanted is asked for at once and whole.
 */

/**
 * A face that the first view can do without, or a corner of one.
 * @typedef {object} Piece
 * @property {() => Promise<any>} fetch its own module
 * @property {string[]} [made] every other module it is made of, but for those of the first view: a
 *   phone on a slow line asks for all of them at once. pieces.test.js holds this to what is imported.
 * @property {string[]} [worn] the sheets it cannot be seen without, of SHEETS
 * @property {string[]} [corners] what comes next while it is shown, and before any other face
 */

/** @type {Record<string, Piece>} */
export const pieces = {
  session: {
    fetch: () => import('./session-face.js'),
    made: ['lib/timeline', 'elements/fading', 'elements/session-state', 'elements/body-figure', 'elements/figure-map', 'elements/breath-disc', 'elements/session-tools'],
    worn: ['figure', 'breath', 'tools', 'session', 'session-fit'],
    corners: ['company'],
  },
  before: {
    fetch: () => import('./before-face.js'),
    made: ['lib/beginning', 'lib/later', 'lib/foresight', 'lib/voices', 'elements/choice', 'elements/places', 'elements/session-state', 'elements/top', 'elements/sound-trial'],
    worn: ['before'],
    corners: ['page'],
  },
  home: { fetch: async () => {}, corners: ['note', 'language', 'plan'] },
  after: {
    fetch: () => import('./after-face.js'),
    made: ['lib/journal', 'lib/check-in', 'elements/fading', 'elements/session-state', 'elements/after-note', 'elements/check-in-form', 'elements/body-figure', 'elements/figure-map', 'elements/body-words', 'lib/place-names', 'elements/scale-steps', 'elements/finder-question', 'lib/finder'],
    worn: ['tools', 'after', 'check-in', 'figure'],
  },
  waiting: {
    fetch: () => import('./waiting-face.js'),
    made: ['elements/quiet-corner', 'elements/looks', 'elements/sounding-here'],
    worn: ['session', 'keys'],
  },
  display: {
    fetch: () => import('./display-face.js'),
    made: ['elements/session-face', 'lib/timeline', 'elements/fading', 'elements/session-state', 'elements/body-figure', 'elements/figure-map', 'elements/breath-disc', 'elements/session-tools', 'elements/quiet-corner', 'elements/looks', 'elements/sounding-here'],
    worn: ['figure', 'breath', 'tools', 'session', 'session-fit', 'display'],
    corners: ['company'],
  },
  remote: {
    fetch: () => import('./remote-face.js'),
    made: ['lib/wake'],
    worn: ['session', 'remote'],
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
    worn: ['journal', 'check-in'],
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
    made: ['elements/one-key', 'lib/in-turn', 'lib/later', 'lib/timeline', 'elements/top'],
    worn: ['keys'],
  },
  gone: {
    fetch: () => import('./gone-face.js'),
    made: ['elements/quiet-corner', 'elements/looks', 'elements/safety-note'],
    worn: ['gone'],
  },
  company: {
    fetch: () => import('./session-company.js'),
    made: ['lib/media', 'lib/vibration', 'lib/later', 'lib/timeline', 'lib/wake', 'elements/anchor-choice', 'elements/finder-question', 'lib/finder', 'elements/session-choices', 'elements/session-state', 'elements/time-left', 'lib/time'],
  },
  page: {
    fetch: () => import('./before-page.js'),
    made: ['lib/breaths', 'lib/ribbon', 'lib/voices', 'lib/later', 'elements/advice', 'elements/coming', 'lib/time', 'elements/decisions', 'lib/lengths', 'elements/anchor-choice', 'elements/places', 'elements/row', 'elements/sound-mix', 'lib/vibration', 'lib/timeline', 'elements/leave-out', 'elements/figure-map', 'elements/body-figure', 'elements/length-choice', 'elements/own-pace', 'lib/tapping', 'elements/sound-beneath', 'elements/sound-choice', 'elements/voice-choice', 'elements/reading', 'elements/check-in', 'lib/check-in', 'lib/journal', 'lib/noted', 'elements/check-in-form', 'elements/body-words', 'lib/place-names', 'elements/scale-steps', 'elements/coming-ribbon', 'elements/safety-note', 'elements/take-home', 'lib/taking', 'lib/night'],
    worn: ['before', 'sound', 'shelf', 'figure', 'check-in'],
  },
  more: {
    fetch: () => import('./settings-more.js'),
    made: ['lib/voices', 'lib/later', 'elements/figure-map', 'elements/row', 'elements/safety-note', 'elements/install-app', 'lib/installing', 'elements/leave-out', 'elements/places', 'elements/body-figure', 'elements/network-switch', 'lib/network', 'lib/asking', 'lib/joining', 'elements/sound-choice', 'elements/sound-mix', 'lib/vibration', 'lib/timeline', 'elements/sound-trial', 'elements/session-state', 'elements/voice-choice'],
    worn: ['before', 'sound', 'shelf', 'figure', 'device'],
  },
  entries: {
    fetch: () => import('./journal-entries.js'),
    made: ['lib/journal', 'lib/check-in', 'lib/telling', 'elements/tongue', 'elements/journal-filter', 'lib/sharing', 'lib/account', 'lib/place-names'],
    worn: ['journal'],
  },
  room: {
    fetch: () => import('./room-set-up.js'),
    made: ['lib/lengths', 'lib/rooms', 'lib/later', 'lib/place-names', 'lib/time', 'elements/before-face', 'lib/beginning', 'lib/foresight', 'lib/voices', 'elements/choice', 'elements/places', 'elements/session-state', 'elements/top', 'elements/sound-trial', 'elements/decisions', 'elements/anchor-choice', 'elements/coming', 'elements/row', 'elements/sound-mix', 'lib/vibration', 'lib/timeline', 'elements/leave-out', 'elements/figure-map', 'elements/body-figure', 'elements/length-choice', 'elements/own-pace', 'lib/tapping', 'elements/sound-beneath', 'elements/sound-choice', 'elements/voice-choice', 'elements/room-checks', 'elements/room-client', 'elements/room-ribbon', 'lib/treatment'],
    worn: ['before', 'sound', 'shelf', 'figure', 'room', 'room-around'],
    corners: ['treatment', 'treated', 'devices'],
  },
  devices: {
    fetch: () => import('./room-devices.js'),
    made: ['lib/devices', 'lib/asking', 'lib/later', 'lib/network', 'lib/joining', 'lib/rooms', 'elements/row', 'elements/device-add', 'elements/device-row', 'elements/network-switch'],
    worn: ['before', 'device'],
  },
  treatment: {
    fetch: () => import('./room-face.js'),
    made: ['lib/lock', 'lib/later', 'lib/place-names', 'lib/rooms', 'lib/timeline', 'elements/room-client', 'elements/sound-mix', 'lib/vibration', 'elements/session-face', 'elements/fading', 'elements/session-state', 'elements/body-figure', 'elements/figure-map', 'elements/breath-disc', 'elements/session-tools', 'elements/room-clock', 'lib/time', 'lib/treatment', 'elements/giving-way', 'elements/room-ribbon', 'elements/room-cue', 'elements/room-edge', 'elements/room-lock', 'elements/room-tools', 'lib/twice'],
    worn: ['sound', 'figure', 'breath', 'tools', 'session', 'session-fit', 'room', 'room-reading'],
    corners: ['company'],
  },
  treated: {
    fetch: () => import('./room-after.js'),
    made: ['lib/account', 'lib/rooms', 'lib/later', 'elements/fading', 'elements/session-state', 'elements/tongue'],
    worn: ['after', 'check-in', 'room', 'room-around'],
  },
  rooms: {
    fetch: () => import('./rooms-face.js'),
    made: ['lib/rooms', 'lib/later', 'elements/top', 'elements/rooms-room', 'lib/telling', 'lib/check-in', 'elements/tongue'],
    worn: ['shelf', 'check-in', 'rooms'],
  },
  language: { fetch: () => import('./language-choice.js') },
  plan: { fetch: () => import('./home-plan.js') },
  note: { fetch: () => import('./safety-note.js') },
};

/** In the order in which one counts before another. */
export const SHEETS = ['before', 'breathing', 'sound', 'shelf', 'figure', 'breath', 'tools', 'session', 'session-fit', 'after', 'check-in', 'journal', 'pictures', 'keys', 'gone', 'room', 'room-reading', 'room-around', 'rooms', 'display', 'remote', 'device'];

/** Asks for the face that an address wants while the first view is still on its way. */
export function ahead() {
  const role = new URLSearchParams(location.search).get('role') ?? 'guide';
  const come = Object.hasOwn(pieces, role) ? role : 'session'; // which a guest has come for
  const wanted = role === 'guide' ? location.hash.slice(1).split('/')[0] : come;
  if (Object.hasOwn(pieces, wanted)) ask(wanted);
}

/** Asks for all of a piece at once. @param {string} name */
export function ask(name) {
  const { fetch, made = [], worn = [] } = pieces[name];
  fetch().catch(() => {}); // whoever needs it asks again
  for (const each of worn) sheet(each).catch(() => {});
  for (const module of made) preload(module);
}

/** @type {Set<string>} */
const preloaded = new Set();

/** @param {string} module */
function preload(module) {
  if (preloaded.has(module)) return;
  preloaded.add(module);
  link('modulepreload', `/${module}.js`);
}

/** @param {string} rel @param {string} [href] */
export function link(rel, href) {
  const one = Object.assign(document.createElement('link'), { rel, ...(href && { href }) });
  document.head.append(one);
  return one;
}

/** Every sheet has its place from the beginning, whichever is wanted first. @type {Map<string, HTMLLinkElement>} */
const links = new Map();
/** @type {Map<string, Promise<void>>} */
const worn = new Map();

/** @param {string} name @returns {Promise<void>} */
export function sheet(name) {
  if (!links.size) for (const each of SHEETS) links.set(each, link('stylesheet'));
  const come = worn.get(name) ?? put(name, /** @type {HTMLLinkElement} */ (links.get(name)));
  worn.set(name, come);
  return come;
}

/** @param {string} name @param {HTMLLinkElement} on @returns {Promise<void>} */
function put(name, on) {
  return new Promise((resolve, reject) => {
    on.onload = () => resolve();
    on.onerror = () => {
      on.removeAttribute('href');
      worn.delete(name);
      reject(new Error(`style: ${name} did not come`));
    };
    on.href = `/style/${name}.css`;
  });
}
