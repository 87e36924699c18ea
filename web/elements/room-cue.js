import { html, nothing } from '../vendor/lit.js';
import { allowed } from '../lib/storage.js';
import { spokenTime } from '../lib/time.js';
import { at } from '../lib/timeline.js';
import { felt, glows, nextCue, nextLook } from '../lib/treatment.js';
import { Face } from './face.js';
import { givingWay } from './giving-way.js';
import { guideCue } from './session-state.js';

const FELT = 'stillpoint.felt';
const PULSE = [70, 110, 70]; // ms: told apart from every phase of a breath
const LATE = 8; // ms after an edge, so that it is surely over
const LONGEST = 2 ** 31 - 1; // ms a timer can wait

/**
 * What is for the guide's eyes alone: the words of now, what comes next, a slow glow at
 * the edge of sight and a pulse in the hand. It is never a sound, and never in a region
 * that a screen reader would speak by itself into the room.
 */
class RoomCue extends Face {
  constructor() {
    super();
    this.tab = allowed('sessionStorage');
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    clearTimeout(this.alarm);
  }

  /** @param {Map<PropertyKey, unknown>} changed */
  update(changed) {
    givingWay(() => this.querySelector('.now'), () => super.update(changed));
  }

  render() {
    const { room } = this.here;
    const { timeline, transport } = room;
    if (!timeline || !transport) return nothing;
    const position = room.position();
    const since = at(timeline, position).section?.from ?? 0;
    const now = guideCue(timeline, position, since);
    const next = nextCue(timeline, position);
    const playing = transport.state === 'playing' && room.now() >= transport.at;
    this.feel();
    this.wake(timeline, position);
    return html`<i class="edge" aria-hidden="true" data-lit=${playing && glows(timeline, position)}></i>
      <aside class="private" aria-label=${this.t('room.cue')} tabindex="0">
        <div class="stack"><div class="now">${now.texts.map((text) => html`<p>${text}</p>`)}</div></div>
        ${next ? html`<p class="next quiet"><span>${this.t('room.cue.next', { time: spokenTime(this.here.t, next.away) })}</span> ${next.texts.join(' ')}</p>` : nothing}
      </aside>`;
  }

  /** In the hand, once. */
  feel() {
    const { timeline, transport } = this.here.room;
    if (!timeline || !transport) return;
    const { kept, texts } = felt(this.kept(), { timeline, transport, now: this.here.room.now() });
    this.keep(kept);
    if (texts.length && navigator.userActivation?.hasBeenActive) navigator.vibrate?.(PULSE); // a browser pulses for nobody else
  }

  /** @returns {import('../lib/treatment.js').Reached | null} */
  kept() {
    try {
      return JSON.parse(this.tab?.getItem(FELT) ?? 'null') ?? this.reached ?? null;
    } catch {
      return this.reached ?? null;
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

  /** Looks again when something changes by itself. @param {import('../protocol.js').Timeline} timeline @param {number} position */
  wake(timeline, position) {
    clearTimeout(this.alarm);
    const { transport } = this.here.room;
    if (transport?.state !== 'playing') return;
    const lead = transport.at - this.here.room.now();
    const wait = lead > 0 ? lead : nextLook(timeline, position) - position;
    if (wait < LONGEST) this.alarm = setTimeout(() => this.requestUpdate(), wait + LATE);
  }
}

customElements.define('room-cue', RoomCue);
