/** What a page gives to its room and to its faces. */

import type { Library } from './elements/library.js';
import type { Wishes } from './elements/wishes.js';
import type { Keys } from './lib/keys.js';
import type { Room } from './lib/room.js';
import type { Sound } from './lib/sound.js';
import type { Words } from './lib/words.js';
import type { Role } from './protocol.js';

/** The room, its sound, the library, the wishes and the words. */
export interface Here {
  room: Room;
  sound: Sound;
  keys: Keys;
  library: Library;
  wishes: Wishes;
  t: Words;
  /** what the address asks to be */
  role: Role;
}

export interface RoomOptions {
  /** of the WebSocket; this page's own server when absent */
  url?: string;
  role?: Role;
  /** what this device is called */
  name?: string;
  /** `home` when absent */
  room?: string;
  WebSocket?: typeof globalThis.WebSocket;
  /** monotonic ms */
  local?: () => number;
  /** per tab: keeps who we are */
  storage?: Pick<Storage, 'getItem' | 'setItem'> | null;
  /** where waking up is heard of */
  window?: EventTarget;
  random?: () => number;
}
