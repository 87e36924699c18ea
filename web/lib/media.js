/**
 * Headset buttons and the lock screen, by the browser's Media Session, while
 * this device is the room's sound.
 */

/** @import {Transport, Timeline} from '../protocol.js' */
/** @import {Room} from './room.js' */

/** @typedef {Pick<MediaSession, 'metadata' | 'playbackState' | 'setActionHandler'> & Partial<Pick<MediaSession, 'setPositionState'>>} Panel */

const ARTIST = 'Stillpoint';

/**
 * No seeking among them: where a session is, is the room's to say. Going on and pausing is what
 * any pedal's key does; a button that is behind what happened does nothing.
 * @type {Record<string, (room: Pick<Room, 'do' | 'transport'>, press: () => void) => unknown>}
 */
const actions = {
  play: ({ transport }, press) => transport?.state === 'paused' && press(),
  pause: ({ transport }, press) => transport?.state === 'playing' && press(),
  stop: (room) => room.do('stop'),
  previoustrack: (room) => room.do('previous'),
  nexttrack: (room) => room.do('next'),
};

export class Media {
  #panel;
  #room;
  #press;
  #Metadata;
  #shown = false;
  #title = '';
  /** @type {[Transport | null, Timeline | null] | []} what the place shown was worked out from */
  #placed = [];

  /**
   * @param {EventTarget & Pick<Room, 'do' | 'sound' | 'you' | 'transport' | 'timeline' | 'session' | 'position'>} room
   * @param {() => void} press what any pedal's key does
   * @param {Panel} [panel] none where the browser has none
   * @param {new (init: MediaMetadataInit) => MediaMetadata} [Metadata]
   */
  constructor(room, press, panel = globalThis.navigator?.mediaSession, Metadata = globalThis.MediaMetadata) {
    this.#room = room;
    this.#press = press;
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
    if (wanted !== this.#shown || title !== this.#title) this.#panel.metadata = wanted ? new this.#Metadata({ title, artist: ARTIST }) : null;
    this.#panel.playbackState = !wanted ? 'none' : transport?.state === 'playing' ? 'playing' : 'paused';
    this.#shown = wanted;
    this.#title = title;
    this.#place(wanted);
  }

  /** The place runs on by itself from where a transport set out. @param {boolean} wanted */
  #place(wanted) {
    const { transport, timeline } = this.#room;
    const from = wanted ? [transport, timeline] : [];
    if (from.length === this.#placed.length && from.every((one, i) => one === this.#placed[i])) return;
    this.#placed = /** @type {[Transport | null, Timeline | null]} */ (from);
    if (!wanted || !timeline) return this.#panel?.setPositionState?.();
    const position = Math.min(this.#room.position(), timeline.length) / 1000;
    this.#panel?.setPositionState?.({ duration: timeline.length / 1000, position, playbackRate: 1 });
  }

  /** @param {boolean} wanted */
  #listen(wanted) {
    for (const [name, act] of Object.entries(actions)) {
      try {
        this.#panel?.setActionHandler(/** @type {MediaSessionAction} */ (name), wanted ? () => void act(this.#room, this.#press) : null);
      } catch {
        // A browser that does not know this button works without it.
      }
    }
  }
}
