/**
 * The devices that may come in from the network, asked over HTTP, and looked at again for
 * as long as somebody looks. No DOM here.
 */

/** @import {Device, Invitation, InvitationSeen, Participant, Role} from '../protocol.js' */
import { ask } from './asking.js';
import { later } from './later.js';

const ROOT = '/api/devices';
const INVITATIONS = '/api/invitations';
const OFTEN = 2000; // ms between two looks

/** Fires `change` when they have come. What is asked of it rejects with a {@link import('./asking.js').Refusal}. */
export class Devices extends EventTarget {
  /** @type {Device[] | null} null until they have come */
  all = null;

  #fetch;
  #schedule;
  #watched = 0;
  /** @type {(() => void) | undefined} */
  #endWait;

  /** @param {{fetch?: typeof globalThis.fetch, schedule?: import('./later.js').Schedule}} [options] */
  constructor({ fetch = (...asked) => globalThis.fetch(...asked), schedule = later } = {}) {
    super();
    this.#fetch = fetch;
    this.#schedule = schedule;
  }

  /** Those of a room. @param {string} room */
  of(room) {
    return (this.all ?? []).filter((device) => device.room === room);
  }

  /** Looks again and again, until everybody who watches rests. */
  watch() {
    if (++this.#watched === 1) void this.#round();
  }

  rest() {
    if (--this.#watched === 0) this.#endWait?.();
  }

  async #round() {
    await this.look();
    this.#endWait?.();
    if (this.#watched) this.#endWait = this.#schedule(() => void this.#round(), OFTEN);
  }

  /** What cannot be had stays as it was. */
  async look() {
    const all = await this.#ask(ROOT).catch(() => this.all);
    if (JSON.stringify(all) === JSON.stringify(this.all)) return;
    this.all = all;
    this.dispatchEvent(new Event('change'));
  }

  /** @param {string} id @param {{name?: string, role?: Role, room?: string}} otherwise @returns {Promise<Device>} */
  async alter(id, otherwise) {
    const answer = await this.#ask(pathOf(ROOT, id), 'PATCH', otherwise);
    await this.look();
    return answer;
  }

  /** @param {string} id */
  async putOut(id) {
    await this.#ask(pathOf(ROOT, id), 'DELETE');
    await this.look();
  }

  /** Has a device show what it is called. @param {string} id @returns {Promise<void>} */
  identify(id) {
    return this.#ask(`${pathOf(ROOT, id)}/identify`, 'POST');
  }

  /** @param {string} room @param {Role} role @returns {Promise<Invitation>} */
  invite(room, role) {
    return this.#ask(INVITATIONS, 'POST', { room, role });
  }

  /** How it stands with an invitation. @param {string} id @returns {Promise<InvitationSeen>} */
  invited(id) {
    return this.#ask(pathOf(INVITATIONS, id));
  }

  /** @param {string} id @returns {Promise<void>} */
  withdraw(id) {
    return this.#ask(pathOf(INVITATIONS, id), 'DELETE');
  }

  /** @param {string} path @param {string} [method] @param {unknown} [body] */
  #ask(path, method, body) {
    return ask(path, { method, body, fetch: this.#fetch });
  }
}

/** The address of an invitation's picture. @param {Invitation} invitation @param {string} theme @param {boolean} plain */
export const pictureOf = ({ id }, theme, plain) => `${pathOf(INVITATIONS, id)}/qr.svg?theme=${theme}${plain ? '&plain=1' : ''}`;

/** A number as it is read aloud. @param {string} number */
export const inThrees = (number) => `${number.slice(0, 3)} ${number.slice(3)}`;

/** What a person types who has no camera. @param {string} link */
export const withoutToken = (link) => link.replace(/#.*$/, '');

/**
 * The windows of a room that are no device's: those of this computer.
 * @param {readonly Participant[]} people @param {readonly Device[]} devices
 */
export function ownWindows(people, devices) {
  const theirs = new Set(devices.flatMap((device) => device.people));
  return people.filter(({ id }) => !theirs.has(id));
}

/** @param {string} root @param {string} id */
const pathOf = (root, id) => `${root}/${encodeURIComponent(id)}`;

/** The devices of this page. */
export const devices = new Devices();
