import { html, nothing } from '../vendor/lit.js';
import { spokenTime } from '../lib/time.js';
import { at } from '../lib/timeline.js';
import { nextCue } from '../lib/treatment.js';
import { Face } from './face.js';
import { givingWay, Moves } from './giving-way.js';
import { guideCue } from './session-state.js';

const OFTEN = 1000; // ms between two looks at what is next

/**
 * The words for the guide's eyes alone: those of now, and what comes next; and beneath them what
 * the client hears said. None are in a region that a screen reader would speak by itself into the room.
 */
class RoomCue extends Face {
  moves = new Moves();

  connectedCallback() {
    super.connectedCallback();
    this.beat = setInterval(() => this.requestUpdate(), OFTEN);
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    clearInterval(this.beat);
  }

  /** @param {Map<PropertyKey, unknown>} changed */
  update(changed) {
    const asked = this.moves.since(this.here.room);
    const aloud = () => givingWay(() => this.querySelector('.aloud'), () => super.update(changed), asked);
    givingWay(() => this.querySelector('.now'), aloud, asked);
  }

  render() {
    const { room, t } = this.here;
    const { timeline, session } = room;
    if (!timeline) return nothing;
    const position = room.position();
    const { section, words } = at(timeline, position);
    const now = guideCue(timeline, position, section?.from ?? 0);
    const next = nextCue(timeline, position);
    return html`<aside class="private" aria-label=${t('room.cue')} tabindex="0">
      <div class="stack"><div class="now">${now.texts.map((text) => html`<p>${text}</p>`)}</div></div>
      ${next ? html`<p class="next quiet"><span>${t('room.cue.next', { time: spokenTime(t, next.away) })}</span> ${next.texts.join(' ')}</p>` : nothing}
    </aside>
    <div class="stack"><p class="aloud quiet" lang=${session?.language ?? nothing}>${words}</p></div>`;
  }
}

customElements.define('room-cue', RoomCue);
