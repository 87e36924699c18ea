import { html, nothing } from '../vendor/lit.js';
import { ask, link, pieces, sheet, SHEETS } from './pieces.js';
import { patient, wait } from './still-point.js';

/** @import {StillPoint} from './still-point.js' */

const UNDRESSED = 1000; // ms a face waits for its looks at the most
const FIRST = 3000; // ms the others wait at the most for the face that is wanted now
const PAINTED = 50; // ms for a face, also in a hidden window, which paints nothing

/**
 * What a face is for whoever looks: a client's screen and a remote have one for all there is, and
 * who guides a treatment has faces of their own.
 * @param {StillPoint} point @param {string} face
 */
function faceFor({ here: { room, role: asked } }, face) {
  const role = room.you?.role ?? asked;
  if (role === 'display' || role === 'remote') return role;
  if (role === 'guest' && face === 'gone') return 'display'; // nothing runs on this device that could be started again
  if (room.name === 'home' || role !== 'guide') return face;
  return { session: 'treatment', after: 'treated' }[face] ?? face;
}

/** Draws a face; not one that has not come yet. @param {StillPoint} point @param {string} face @param {string} about */
export function draw(point, face, about) {
  const { here } = point;
  const own = faceFor(point, face);
  if (!point.ready.has(own)) return undefined;
  switch (own) {
    case 'session':
      return html`<session-face .here=${here} .company=${point.ready.get('company')}></session-face>`;
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
    case 'room':
      return html`<room-set-up .here=${here}></room-set-up>`;
    case 'treatment':
      return html`<room-face .here=${here} .company=${point.ready.get('company')}></room-face>`;
    case 'treated':
      return html`<room-after .here=${here} .leave=${point.leave}></room-after>`;
    case 'rooms':
      return html`<rooms-face .here=${here}></rooms-face>`;
    case 'display':
      return html`<display-face .here=${here} .company=${point.ready.get('company')}></display-face>`;
    case 'remote':
      return html`<remote-face .here=${here}></remote-face>`;
    case 'scripts':
      return html`<shelf-face .here=${here} .kind=${about}></shelf-face>`;
  }
  return nothing;
}

/** Fetches everything there is, what is wanted now first. @param {StillPoint} point */
export async function fetchAll(point) {
  const wanted = faceFor(point, document.body.dataset.face ?? '');
  await first(point, [wanted]);
  always(point);
  await first(point, pieces[wanted]?.corners ?? []);
  for (const name of Object.keys(pieces)) {
    void ready(point, name);
    await wait(0); // a finger comes in between
  }
  for (const name of SHEETS) void patient(() => sheet(name));
  void patient(() => import('../lib/installing.js')).then(() => link('manifest', '/manifest.webmanifest'));
  void patient(async () => (await import('../lib/shell.js')).keepShell());
}

/** @param {StillPoint} point @param {string[]} names */
async function first(point, names) {
  const known = names.filter((name) => Object.hasOwn(pieces, name) && !point.ready.has(name));
  if (!known.length) return;
  known.forEach(ask);
  await Promise.race([Promise.all(known.map((name) => ready(point, name))), wait(FIRST)]);
  await wait(PAINTED);
}

/** What goes with every face. @param {StillPoint} point */
function always({ here }) {
  const { room, sound, wishes, role } = here;
  void patient(async () => (await import('../lang/follow.js')).follow(here));
  void patient(async () => new (await import('../lib/night.js')).Night(room, wishes));
  void patient(async () => new (await import('./one-key.js')).OneKey(here));
  void patient(async () => {
    const [{ StandIn }, player] = await Promise.all([import('../lib/standin.js'), import('../lib/player.js')]);
    new StandIn(room); // first: a stop that is still owed comes before any sound
    sound.equip(player);
  });
  void patient(async () => (await import('../lib/doorstep.js')).stands(here));
  void patient(async () => (await import('../lib/called.js')).answersToItsName(here));
  if (role === 'guide') void patient(async () => Promise.all([import('./network-banner.js'), sheet('device')]).then(([banner]) => banner.bannerFor(here)));
}

/** It is ready with its module and its looks. @param {StillPoint} point @param {string} name */
async function ready(point, name) {
  const { fetch, worn = [] } = pieces[name];
  const dressed = Promise.all(worn.map((each) => patient(() => sheet(each))));
  const [module] = await Promise.all([patient(fetch), Promise.race([dressed, wait(UNDRESSED)])]);
  point.ready.set(name, module);
  point.requestUpdate();
}
