import { html, nothing, styleMap } from '../vendor/lit.js';
import { allowed } from '../lib/storage.js';
import { spokenTime } from '../lib/time.js';
import { timed } from '../lib/treatment.js';
import { Face } from './face.js';

const FIRST = 'stillpoint.first';
const MINUTE = 60_000;

/**
 * The sections of a treatment side by side, each as long as it is: how many minutes, where
 * it is now, and what of it would come after the hour.
 */
class RoomRibbon extends Face {
  static properties = { ...Face.properties, timeline: { attribute: false }, position: { attribute: false }, overrun: { attribute: false } };

  constructor() {
    super();
    /** @type {import('../protocol.js').Timeline | null} */
    this.timeline = null;
    /** ms; below 0 for a session that is still to be. */
    this.position = -1;
    /** ms by which it ends later than planned. */
    this.overrun = 0;
  }

  render() {
    const { timeline, position, overrun } = this;
    if (!timeline) return nothing;
    const parts = timed(timeline, position, firstOf(timeline));
    const share = (/** @type {number} */ ms) => Math.min(1, Math.max(0, ms / (timeline.length || 1)));
    return html`<div class="phases" role="img" aria-label=${this.told(parts)}>
      <div class="bars">
        ${parts.map(({ present, from, to }) => html`<i data-present=${present} style=${styleMap({ 'flex-grow': `${to - from}` })}></i>`)}
        <i class="over" style=${styleMap({ transform: `scaleX(${share(overrun)})` })}></i>
        <i class="done" style=${styleMap({ transform: `scaleX(${share(position)})` })}></i>
        ${position < 0 ? nothing : html`<i class="here" style=${styleMap({ 'inset-inline-start': `${100 * share(position)}%` })}></i>`}
      </div>
      <div class="minutes numbers">
        ${parts.map((part) => html`<span data-present=${part.present} style=${styleMap({ 'flex-grow': `${part.to - part.from}` })}>${minutesOf(part)}</span>`)}
      </div>
    </div>`;
  }

  /** @param {import('../lib/treatment.js').Timed[]} parts */
  told(parts) {
    const titled = parts.filter(({ title }) => title).map(({ title, from, to }) => `${title}: ${spokenTime(this.here.t, to - from)}`);
    return [this.t('room.ribbon'), ...titled].join('. ');
  }
}

/** In whole minutes, as it is now, and as it was planned where that differs. @param {import('../lib/treatment.js').Timed} part */
function minutesOf({ from, to, planned }) {
  const [now, then] = [to - from, planned].map((ms) => Math.round(ms / MINUTE));
  return now === then ? `${now || ''}` : `${now} (${then})`;
}

/**
 * The sections as this screen saw them first, also after a reload.
 * @param {import('../protocol.js').Timeline} timeline
 * @returns {Pick<import('../protocol.js').Timeline, 'sections'>}
 */
function firstOf({ session, sections }) {
  const tab = allowed('sessionStorage');
  try {
    const kept = JSON.parse(tab?.getItem(FIRST) ?? '{}');
    if (session && kept.session === session) return kept;
    if (session) tab?.setItem(FIRST, JSON.stringify({ session, sections }));
  } catch {
    // Without storage it is as it is now.
  }
  return { sections };
}

customElements.define('room-ribbon', RoomRibbon);
