import { html, nothing } from '../vendor/lit.js';
import { patient, wait } from './still-point.js';

/** @import {StillPoint} from './still-point.js' */

/**
 * Faces, and corners of them, that the first view can do without.
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
  room: () => Promise.all([import('./room-face.js'), import('./room-set-up.js'), import('./room-after.js'), import('./room-devices.js')]),
  rooms: () => import('./rooms-face.js'),
  note: () => import('./safety-note.js'),
  display: () => import('./display-face.js'),
  remote: () => import('./remote-face.js'),
};

const sheets = ['before', 'breathing', 'sound', 'shelf', 'figure', 'breath', 'tools', 'session', 'session-fit', 'after', 'check-in', 'journal', 'pictures', 'keys', 'gone', 'room', 'rooms', 'display', 'remote', 'device'];

const UNDRESSED = 1000; // ms a face waits for its looks at the most
const FIRST = 1000; // ms the others wait at the most for the face that is wanted now

/** Whether it is a guide's window in a treatment room, and what that needs is here. @param {StillPoint} point */
const treats = ({ here: { room }, ready }) => room.name !== 'home' && room.you?.role === 'guide' && ready.has('room');

/** Draws a face that is ready. @param {StillPoint} point @param {string} face @param {string} about */
export function draw(point, face, about) {
  const { here } = point;
  const role = here.room.you?.role ?? here.role;
  if (role === 'display' || role === 'remote') return ofRole(point, role, face);
  if (role === 'guest' && face === 'gone') return ofRole(point, 'display', face);
  switch (face) {
    case 'session':
      return treats(point) ? html`<room-face .here=${here}></room-face>` : html`<session-face .here=${here}></session-face>`;
    case 'after':
      return treats(point) ? html`<room-after .here=${here} .leave=${point.leave}></room-after>` : html`<after-face .here=${here} .leave=${point.leave} .session=${point.practised}></after-face>`;
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
    case 'room':
      return html`<room-set-up .here=${here}></room-set-up>`;
    case 'rooms':
      return html`<rooms-face .here=${here}></rooms-face>`;
    case 'scripts':
      return html`<shelf-face .here=${here} .kind=${about}></shelf-face>`;
  }
  return nothing;
}

/** Some have one face for all there is. @param {StillPoint} point @param {'display' | 'remote'} role @param {string} face */
function ofRole(point, role, face) {
  if (!point.ready.has(role)) return point.bare(face);
  if (role === 'remote') return html`<remote-face .here=${point.here}></remote-face>`;
  return html`<display-face .here=${point.here}></display-face>`;
}

/** Fetches everything there is, what is wanted now first: a phone on a slow line has room for little at a time. @param {StillPoint} point */
export async function fetchAll(point) {
  const { here } = point;
  const { room, sound, wishes } = here;
  const wanted = here.role in later ? here.role : document.body.dataset.face ?? '';
  const dressed = Promise.all(sheets.map((name) => patient(() => sheet(name))));
  if (wanted in later) await Promise.race([fetchFace(point, wanted, dressed), wait(FIRST)]);
  for (const name of Object.keys(later)) if (name !== wanted) void fetchFace(point, name, dressed);
  void patient(async () => (await import('../lang/follow.js')).follow(point.here));
  void patient(async () => new (await import('../lib/night.js')).Night(room, wishes));
  void patient(async () => new (await import('./one-key.js')).OneKey(point.here));
  void patient(async () => {
    const [{ StandIn }, player] = await Promise.all([import('../lib/standin.js'), import('../lib/player.js')]);
    new StandIn(room); // first: a stop that is still owed comes before any sound
    sound.equip(player);
  });
  if (here.role === 'guide') void patient(async () => (await import('./network-banner.js')).bannerFor(here));
  void patient(async () => (await import('../lib/called.js')).answersToItsName(here));
  void patient(async () => (await import('../lib/doorstep.js')).stands(here));
  void patient(() => import('../lib/installing.js'));
  void patient(async () => (await import('../lib/shell.js')).keepShell());
}

/** @param {StillPoint} point @param {string} name @param {Promise<unknown>} dressed */
async function fetchFace(point, name, dressed) {
  await Promise.all([patient(later[name]), Promise.race([dressed, wait(UNDRESSED)])]);
  point.ready.add(name);
  point.requestUpdate();
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
