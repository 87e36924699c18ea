/** What a browser remembers of a person's wishes. */

import type { Mix } from './protocol.js';
import type { Hours } from './lib/night.js';

export type Theme = 'dusk' | 'day' | 'low' | 'sound';

export interface Kept {
  /** of the page; '' as the browser says */
  language: string;
  theme: Theme;
  /** reduce motion, whatever the system says */
  still: boolean;
  /** show the time in a session */
  time: boolean;
  /** region keys left out always */
  leaveOut: string[];
  /** how loud; nothing while any room's levels will do */
  mix: Mix | null;
  /** who speaks: a voice's id, `browser` or `words`; '' for whoever says the most */
  voice: string;
  /** when it is to be quieter */
  night: Hours;
  /** feel each phase of a breath */
  vibrate: boolean;
  keys: KeyWishes;
  /** show how long each phase of a breath is */
  numbers: boolean;
}

/** What a key may ask for. */
export type KeyVerb = 'pause-or-resume' | 'stop' | 'next' | 'stay' | 'ground' | 'easier' | 'slower'
  /** the key is in the client's hand: it pauses as the client */
  | 'client';

/** What a person has chosen about keys. */
export interface KeyWishes {
  /** keys of one's own, by name */
  learnt: Record<string, KeyVerb>;
  /** whether single letters and signs mean anything */
  letters: boolean;
  /** whether more of them do */
  more: boolean;
}
