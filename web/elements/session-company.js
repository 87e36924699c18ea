/** What goes with a running session, and comes after its face: headset keys, vibration, a screen that stays lit, and what is wanted now and then. */
export { Media } from '../lib/media.js';
export { Vibration } from '../lib/vibration.js';
export { Wake } from '../lib/wake.js';
import './anchor-choice.js';
import './finder-question.js';
import './session-choices.js';
import './time-left.js';
