import { html, nothing } from '../vendor/lit.js';
import { allowed } from '../lib/storage.js';
import { felt, glows, nextLook } from '../lib/treatment.js';
import { Face } from './face.js';

const FELT = 'stillpoint.felt';
const PULSE = [70, 110, 70]; // ms: told apart from every phase of a breath
const LATE = 8; // ms after an edge, so that it is surely over
const LONGEST = 2 ** 31 - 1; // ms a timer can wait

/** A private cue as it comes to a guide who looks elsewhere: a slow glow at the edge of sight, and once a pulse in the hand. It is never a sound. */
class RoomEdge extends Face {
  constructor() {
    super();
    this.tab = allowed('sessionStorage');
    /** How far the session was felt, for this page. @type {import('../lib/treatment.js').Reached | null} */
    this.reached = null;
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    clearTimeout(this.alarm);
  }

  render() {
    const { room } = this.here;
    const { timeline, transport } = room;
    if (!timeline || !transport) return nothing;
    const position = room.position();
    const playing = transport.state === 'playing' && room.now() >= transport.at;
    this.feel(timeline, transport);
    this.wake(timeline, transport, position);
    return html`<i class="edge" aria-hidden="true" data-lit=${playing && glows(timeline, position)}></i>`;
  }

  /** A browser pulses for nobody who has not touched it. @param {import('../protocol.js').Timeline} timeline @param {import('../protocol.js').Transport} transport */
  feel(timeline, transport) {
    const { kept, texts } = felt(this.kept(), { timeline, transport, now: this.here.room.now() });
    this.keep(kept);
    if (texts.length && navigator.userActivation?.hasBeenActive) navigator.vibrate?.(PULSE);
  }

  /** @returns {import('../lib/treatment.js').Reached | null} */
  kept() {
    if (this.reached) return this.reached;
    try {
      return JSON.parse(this.tab?.getItem(FELT) ?? 'null');
    } catch {
      return null;
    }
  }

  /** Also for a page that is opened anew. @param {import('../lib/treatment.js').Reached} reached */
  keep(reached) {
    this.reached = reached;
    try {
      this.tab?.setItem(FELT, JSON.stringify(reached));
    } catch {
      // It holds for as long as this page.
    }
  }

  /**
   * Looks again when something changes by itself.
   * @param {import('../protocol.js').Timeline} timeline @param {import('../protocol.js').Transport} transport @param {number} position
   */
  wake(timeline, transport, position) {
    clearTimeout(this.alarm);
    if (transport.state !== 'playing') return;
    const lead = transport.at - this.here.room.now();
    const wait = lead > 0 ? lead : nextLook(timeline, position) - position;
    if (wait < LONGEST) this.alarm = setTimeout(() => this.requestUpdate(), wait + LATE);
  }
}

customElements.define('room-edge', RoomEdge);
