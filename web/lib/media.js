/**
 * Headset buttons and the lock screen, by the browser's Media Session, while
 * this device is the room's sound.
 */

/** @import {Room} from './room.js' */

/** @typedef {Pick<MediaSession, 'metadata' | 'playbackState' | 'setActionHandler'>} Panel */

/** @type {Record<string, (room: Pick<Room, 'do'>) => unknown>} */
const actions = {
  play: (room) => room.do('resume'),
  pause: (room) => room.do('pause'),
  stop: (room) => room.do('stop'),
  previoustrack: (room) => room.do('previous'),
  nexttrack: (room) => room.do('next'),
};

export class Media {
  #panel;
  #room;
  #Metadata;
  #shown = false;
  #title = '';

  /**
   * @param {EventTarget & Pick<Room, 'do' | 'sound' | 'you' | 'transport' | 'session'>} room
   * @param {Panel} [panel] none where the browser has none
   * @param {new (init: MediaMetadataInit) => MediaMetadata} [Metadata]
   */
  constructor(room, panel = globalThis.navigator?.mediaSession, Metadata = globalThis.MediaMetadata) {
    this.#room = room;
    this.#panel = panel;
    this.#Metadata = Metadata;
    room.addEventListener('change', this.#look);
    this.#look();
  }

  /** Takes everything away. */
  close() {
    this.#room.removeEventListener('change', this.#look);
    this.#show(false);
  }

  #look = () => {
    const { sound, you, transport } = this.#room;
    this.#show(transport !== null && sound !== '' && sound === you?.id);
  };

  /** @param {boolean} wanted */
  #show(wanted) {
    if (!this.#panel || (!wanted && !this.#shown)) return;
    const { transport, session } = this.#room;
    const title = session?.title ?? '';
    if (wanted !== this.#shown) this.#listen(wanted);
    if (wanted !== this.#shown || title !== this.#title) this.#panel.metadata = wanted ? new this.#Metadata({ title }) : null;
    this.#panel.playbackState = !wanted ? 'none' : transport?.state === 'playing' ? 'playing' : 'paused';
    this.#shown = wanted;
    this.#title = title;
  }

  /** @param {boolean} wanted */
  #listen(wanted) {
    for (const [name, act] of Object.entries(actions)) {
      try {
        this.#panel?.setActionHandler(/** @type {MediaSessionAction} */ (name), wanted ? () => void act(this.#room) : null);
      } catch {
        // A browser that does not know this button works without it.
      }
    }
  }
}
