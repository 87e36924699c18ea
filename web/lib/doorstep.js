/**
 * Whether a device of the network is still what it was when its page was opened. One
 * that is not known any more falls silent and stands at the door; one that has become
 * another opens the page anew, as that. A page of this computer learns that it is one, and asks no more.
 */

/** @import {Here} from '../here.js' */
/** @import {Me} from '../protocol.js' */
/** @import {StandIn} from './standin.js' */
import { me, pageOf } from './joining.js';

const AGAIN = 3000; // ms until it is asked again while the line is lost
const FADED = 200; // ms in which what sounded has died away

/**
 * What is to become of a page: the address it goes to, or '' to stay.
 * @param {Me | null} who null for a stranger
 * @param {string} role what the page was opened as
 */
export function leadsTo(who, role) {
  if (!who) return '/join?left';
  return who.local || who.device.role === role ? '' : pageOf(who.device);
}

/** Looks after it for as long as the window is open. @param {Here} here @param {(address: string) => void} [go] */
export function stands(here, go = (address) => location.replace(address)) {
  const { room } = here;
  let asking = false;
  const look = async () => {
    if (asking || room.status !== 'lost') return;
    asking = true;
    const who = await me().catch(() => undefined); // the line is lost, and that is all
    if (who?.local) return;
    const address = who === undefined ? '' : leadsTo(who, here.role);
    if (address) return leave(here, () => go(address));
    await wait(AGAIN);
    asking = false;
    void look();
  };
  room.addEventListener('change', look);
  void look();
}

/** Silence first; and nothing of the session goes along. @param {Here} here @param {() => void} go */
async function leave({ room, sound }, go) {
  sound.silence();
  await wait(FADED);
  sound.close();
  room.close();
  /** @type {StandIn | null} */ (room.standIn)?.close(); // or it would keep the session for the next page
  sessionStorage.clear();
  go();
}

/** @param {number} ms */
const wait = (ms) => new Promise((done) => setTimeout(done, ms));
