import { html, nothing } from '../vendor/lit.js';
import { at } from '../lib/timeline.js';
import { clockTime, machineTime, timeLeft } from '../lib/time.js';
import { untilOf } from '../lib/transport.js';
import { overrunSign, timed, times } from '../lib/treatment.js';
import { Face } from './face.js';
import { givingWay, Moves } from './giving-way.js';
import './room-ribbon.js';

const MINUTE = 60_000;
const SECOND = 1000;
const LATE = 8; // ms after a second, so that it is surely the next one

/** Which part of the treatment it is and how long, to be read from both ends of a table in the dark. */
class RoomClock extends Face {
  moves = new Moves();

  disconnectedCallback() {
    super.disconnectedCallback();
    clearTimeout(this.beat);
  }

  /** @param {Map<PropertyKey, unknown>} changed */
  update(changed) {
    givingWay(() => this.querySelector('h1'), () => super.update(changed), this.moves.since(this.here.room));
  }

  render() {
    const { room } = this.here;
    const { timeline, transport, session } = room;
    if (!timeline || !transport || !session) return nothing;
    const position = room.position();
    const all = times({ timeline, transport, now: room.now(), began: session.began, planned: session.planned });
    const part = timed(timeline, position).find(({ present }) => present);
    this.again(part?.remaining ?? 0, all);
    return html`<room-ribbon .here=${this.here} .timeline=${timeline} .position=${position} .overrun=${all.overrun}></room-ribbon>
      <div class="named" data-long=${(part?.title.length ?? 0) > 30}><h1 tabindex="-1" lang=${session.language}>${part?.title || session.title}</h1></div>
      <div class="times numbers">
        ${this.phase(position, part?.remaining ?? all.remaining, all.held)}
        ${this.figure('to-go', `${Math.ceil(all.remaining / MINUTE)}`, all.remaining)}
        ${this.figure('gone', `${Math.floor(all.elapsed / MINUTE)}`, all.elapsed)}
        ${overrunSign(all.overrun) ? this.figure('over', overrunSign(all.overrun), all.overrun) : html`<span class="time"></span>`}
      </div>`;
  }

  /** What is left of this part, or for how long it has been held. @param {number} position @param {number} remaining @param {number} held */
  phase(position, remaining, held) {
    const timeline = /** @type {import('../protocol.js').Timeline} */ (this.here.room.timeline);
    const { waiting, section } = at(timeline, position);
    if (waiting) return this.figure('held', clockTime(held), held);
    const until = untilOf(timeline, position);
    const holds = until < timeline.length && until < (section?.to ?? 0);
    return this.figure(holds ? 'holds' : 'left', timeLeft(holds ? until - position : remaining), remaining);
  }

  /** @param {string} name @param {string} text @param {number} ms */
  figure(name, text, ms) {
    return html`<time class="time" role="timer" data-name=${name} datetime=${machineTime(ms)}>
      <b>${text}</b> <span class="quiet">${this.t(`room.time.${name}`)}</span></time>`;
  }

  /** Looks again when the next second of anything is over. @param {number} remaining of this part @param {import('../lib/treatment.js').Times} all */
  again(remaining, { elapsed, held }) {
    clearTimeout(this.beat);
    const { transport } = this.here.room;
    const runs = transport?.state === 'playing' && !held && remaining > 0;
    const left = runs ? remaining % SECOND || SECOND : SECOND - ((held || elapsed) % SECOND);
    this.beat = setTimeout(() => this.requestUpdate(), left + LATE);
  }
}

customElements.define('room-clock', RoomClock);
