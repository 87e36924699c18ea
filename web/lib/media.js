/**
 * Headset buttons and the lock screen, by the browser's Media Session, while
 * this device sounds.
 */

/** @import {Transport} from '../protocol.js' */
/** @import {Room} from './room.js' */

/** @typedef {Pick<MediaSession, 'metadata' | 'playbackState' | 'setActionHandler'>} Panel */

export class Media {
  #panel;
  #room;
  #Metadata;
  #shown = false;
  #title = '';

  /**
   * @param {Pick<Room, 'do' | 'pause' | 'stop'>} room
   * @param {Panel} [panel] none where the browser has none
   * @param {new (init: MediaMetadataInit) => MediaMetadata} [Metadata]
   */
  constructor(room, panel = globalThis.navigator?.mediaSession, Metadata = globalThis.MediaMetadata) {
    this.#room = room;
    this.#panel = panel;
    this.#Metadata = Metadata;
  }

  /**
   * Shows what plays; null takes it away.
   * @param {Transport | null} transport
   * @param {string} [title]
   */
  follow(transport, title = '') {
    if (!this.#panel) return;
    const wanted = transport !== null;
    if (wanted !== this.#shown) this.#listen(wanted);
    if (wanted !== this.#shown || title !== this.#title) {
      this.#panel.metadata = wanted ? new this.#Metadata({ title }) : null;
    }
    this.#panel.playbackState = !wanted ? 'none' : transport.state === 'playing' ? 'playing' : 'paused';
    this.#shown = wanted;
    this.#title = title;
  }

  /** @param {boolean} wanted */
  #listen(wanted) {
    const room = this.#room;
    /** @type {[MediaSessionAction, () => void][]} */
    const actions = [
      ['play', () => void room.do('resume')],
      ['pause', () => void room.pause()],
      ['stop', () => void room.stop()],
      ['previoustrack', () => void room.do('previous')],
      ['nexttrack', () => void room.do('next')],
    ];
    for (const [action, act] of actions) this.#panel?.setActionHandler(action, wanted ? act : null);
  }
}
