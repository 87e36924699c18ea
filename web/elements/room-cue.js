import { html, nothing } from '../vendor/lit.js';
import { spokenTime } from '../lib/time.js';
import { at } from '../lib/timeline.js';
import { nextCue } from '../lib/treatment.js';
import { Face } from './face.js';
import { givingWay } from './giving-way.js';
import { guideCue } from './session-state.js';

const OFTEN = 1000; // ms between two looks at what is next

/**
 * The words for the guide's eyes alone: those of now, and what comes next. They are never in a
 * region that a screen reader would speak by itself into the room.
 */
class RoomCue extends Face {
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
    givingWay(() => this.querySelector('.now'), () => super.update(changed));
  }

  render() {
    const { room, t } = this.here;
    const { timeline } = room;
    if (!timeline) return nothing;
    const position = room.position();
    const now = guideCue(timeline, position, at(timeline, position).section?.from ?? 0);
    const next = nextCue(timeline, position);
    return html`<aside class="private" aria-label=${t('room.cue')} tabindex="0">
      <div class="stack"><div class="now">${now.texts.map((text) => html`<p>${text}</p>`)}</div></div>
      ${next ? html`<p class="next quiet"><span>${t('room.cue.next', { time: spokenTime(t, next.away) })}</span> ${next.texts.join(' ')}</p>` : nothing}
    </aside>`;
  }
}

customElements.define('room-cue', RoomCue);
