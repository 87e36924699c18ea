import { html, nothing } from '../vendor/lit.js';
import { at } from '../lib/timeline.js';
import { untilOf } from '../lib/transport.js';
import { Twice } from '../lib/twice.js';
import { leadsTo, overrunSign, times } from '../lib/treatment.js';
import { Face } from './face.js';
import { agreementOf } from './session-state.js';

const MINUTE = 60_000;
const OFTEN = 2000; // ms between two looks at where it is
const SOON = 600; // ms after a pause: who strikes twice in a fright agrees to nothing

/**
 * What a knuckle may do while a treatment runs. Going to another part takes two taps, of which the
 * first says where to; everything else can be taken back. Dispatches 'told' with what went otherwise.
 */
class RoomTools extends Face {
  static properties = { ...Face.properties, locked: { type: Boolean } };

  constructor() {
    super();
    this.locked = false;
    this.twice = new Twice();
  }

  connectedCallback() {
    super.connectedCallback();
    this.twice.addEventListener('change', () => this.requestUpdate(), { signal: this.leaving?.signal });
    this.beat = setInterval(() => this.requestUpdate(), OFTEN);
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.twice.end();
    clearInterval(this.beat);
  }

  /** @param {import('../protocol.js').Verb} verb @param {import('../protocol.js').CommandFields} [fields] */
  ask(verb, fields) {
    this.tell('');
    this.here.room.do(verb, fields).catch((refusal) => this.tell(this.why(refusal)));
  }

  /** @param {string} detail */
  tell(detail) {
    this.dispatchEvent(new CustomEvent('told', { detail }));
  }

  /** @param {'next' | 'previous'} verb */
  go(verb) {
    if (this.twice.tap(verb)) this.ask(verb);
  }

  agree = () => {
    const { room } = this.here;
    if (room.now() - room.haltedAt > SOON) this.ask('resume', { agreed: true });
  };

  render() {
    if (agreementOf(this.here.room)) return html`<div class="knuckles"><button class="agree" data-choice="1" ?disabled=${this.locked} @click=${this.agree}>${this.t('room.agreed')}</button></div>`;
    return html`<div class="knuckles">
      ${this.way('previous')} ${this.minute('shorter', -MINUTE)} ${this.hold()} ${this.minute('longer', MINUTE)} ${this.way('next')} ${this.fit()}
    </div>`;
  }

  /** @param {'next' | 'previous'} verb */
  way(verb) {
    const first = this.twice.first === verb;
    return html`<button class="way-to" aria-pressed=${first} ?disabled=${this.locked || !this.leadsTo(verb)} @click=${() => this.go(verb)}>
      <span>${this.t(first ? 'room.tool.once-more' : `room.tool.${verb}`)}</span> <span class="quiet">${this.leadsTo(verb)}</span></button>`;
  }

  /** The part it leads to; '' where there is none. @param {'next' | 'previous'} verb */
  leadsTo(verb) {
    const { room } = this.here;
    const there = room.timeline && leadsTo(room.timeline, room.position(), verb);
    return there ? there.title || this.t('room.tool.part') : '';
  }

  /** @param {'shorter' | 'longer'} name @param {number} by */
  minute(name, by) {
    return html`<button class="minute ${name}" ?disabled=${this.locked} @click=${() => this.ask('extend', { by })}>${this.t(`tool.${name}`)}</button>`;
  }

  /** Holding at the end of what is under way, and going on; a hold that is still to come is taken back. */
  hold() {
    const { room } = this.here;
    const timeline = /** @type {import('../protocol.js').Timeline} */ (room.timeline);
    const position = room.position();
    const { waiting, section } = at(timeline, position);
    const until = untilOf(timeline, position);
    const holds = !waiting && until < timeline.length && until < (section?.to ?? 0);
    const name = waiting ? 'go-on' : holds ? 'holds' : 'hold';
    return html`<button class=${waiting ? 'going-on' : ''} aria-pressed=${holds} ?disabled=${this.locked} @click=${() => this.ask(waiting || holds ? 'go-on' : 'stay')}>
      ${this.t(`room.tool.${name}`)}</button>`;
  }

  /** It keeps its place, so that nothing moves when it comes. */
  fit() {
    const { room } = this.here;
    const { timeline, transport, session } = room;
    if (!timeline || !transport || !session) return nothing;
    const { overrun } = times({ timeline, transport, now: room.now(), began: session.began, planned: session.planned });
    return html`<button class="fit" ?disabled=${this.locked || !overrunSign(overrun)} @click=${() => this.ask('reflow')}>${this.t('room.tool.fit')}</button>`;
  }
}

customElements.define('room-tools', RoomTools);
