import { html, nothing } from '../vendor/lit.js';
import { Face } from './face.js';
import { mayResume } from '../lib/keys.js';
import { journal } from '../lib/journal.js';
import { comes } from './fading.js';
import { agreementOf, groundIn } from './session-state.js';
import './after-note.js';
import './check-in-form.js';
import './finder-question.js';

/** After a session: silence, and three choices of equal weight. Nothing starts by itself. */
class AfterFace extends Face {
  static properties = { ...Face.properties, leave: { attribute: false }, session: {}, noting: { state: true }, sorry: { state: true } };

  constructor() {
    super();
    /** Leaves this face. @type {() => void} */
    this.leave = () => {};
    /** The session this is after; where a grounding put one aside, that one. */
    this.session = '';
    /** The entry that is being noted in. @type {import('../protocol.js').Entry | null} */
    this.noting = null;
    this.sorry = '';
  }

  /** The end comes by itself, a stop does not. */
  firstUpdated() {
    if (this.here.room.transport?.state === 'finished') comes(this.querySelector('main'));
  }

  /** Being done ends even the last bell, where it rings here. */
  done = () => {
    this.here.sound.silence();
    location.hash = '';
    this.leave();
  };

  again = () => {
    location.hash = `before/${this.here.room.session?.script ?? ''}`;
    this.leave();
  };

  goBack = () => {
    const agreed = agreementOf(this.here.room) ? { agreed: /** @type {const} */ (true) } : {};
    this.here.room.do('return', agreed).catch((refusal) => (this.sorry = this.why(refusal)));
  };

  ground = () => {
    this.here.sound.begin();
    groundIn(this.here.room).catch((refusal) => (this.sorry = this.why(refusal)));
  };

  /** @param {CustomEvent<import('../protocol.js').CheckIn>} event */
  keep = async ({ detail }) => {
    try {
      await journal.note(this.noting?.id ?? '', 'after', detail);
      this.close();
    } catch (refusal) {
      this.sorry = this.why(/** @type {{text?: string}} */ (refusal));
    }
  };

  close = () => {
    this.noting = null;
    this.sorry = '';
    this.heading();
  };

  heading() {
    void this.updateComplete.then(() => this.querySelector('h1')?.focus());
  }

  /** @param {CustomEvent<import('../protocol.js').Entry>} event */
  note = ({ detail }) => {
    this.noting = detail;
    this.heading();
  };

  /** After a reload nobody remembers the one put aside. */
  get about() {
    const { session } = this.here.room;
    return this.session || (session?.aside ? '' : session?.session ?? '');
  }

  /** How it is, on one screen of its own; the way to the room stays. */
  check() {
    return html`
      <header class="top">
        <span class="brand">${this.t('name')}</span>
        <button class="plain" @click=${this.ground}>${this.t('home.ground')}</button>
      </header>
      <main class="checking">
        <h1 tabindex="-1">${this.t('check.title')}</h1>
        <p class="quiet">${this.t('check.hint')}</p>
        <check-in-form .here=${this.here} .value=${this.noting?.after ?? {}} .sorry=${this.sorry}
          @keep=${this.keep} @leave=${this.close}></check-in-form>
      </main>
    `;
  }

  /** The stop has not reached the room yet, and the room sounds from elsewhere. */
  get unheard() {
    const { room, sound } = this.here;
    return room.status === 'lost' && room.asking && sound.from !== 'me' && sound.from !== 'none';
  }

  render() {
    return this.noting ? this.check() : this.quiet();
  }

  quiet() {
    const { room } = this.here;
    const stopped = room.transport?.state === 'stopped';
    const guest = agreementOf(room);
    const back = (stopped || room.session?.aside) && (mayResume(room) || guest);
    const again = !stopped && !room.session?.aside && room.you?.role === 'guide';
    return html`
      <main class="after">
        <h1 tabindex="-1">
          <span role="status" aria-live=${stopped ? 'assertive' : 'polite'}>${this.t(this.unheard ? 'after.unheard' : 'after.quiet')}</span>
          <span class="quiet">${this.t('after.hurry')}</span>
        </h1>
        ${guest ? html`<p>${this.t('after.agree', { name: guest.name || this.t('someone') })}</p>` : nothing}
        <finder-easiest .here=${this.here} .leave=${this.leave}></finder-easiest>
        <div class="choices">
          <button data-choice="1" @click=${this.done}>${this.t('after.done')}</button>
          ${back ? html`<button data-choice="1" @click=${this.goBack}>${this.t(guest ? 'after.back.agreed' : 'after.back')}</button>` : nothing}
          ${again ? html`<button data-choice="1" @click=${this.again}>${this.t('after.again')}</button>` : nothing}
          <button data-choice="1" @click=${this.ground}>${this.t(guest ? 'agreed.ground' : 'after.ground')}</button>
        </div>
        ${room.you?.role === 'guide'
          ? html`<after-note .here=${this.here} session=${this.about} @note=${this.note} @away=${this.leave}></after-note>`
          : nothing}
        <p class="quiet" role="status">${this.sorry || (room.status === 'lost' ? this.t('lost.before') : '')}</p>
      </main>
      <footer class="foot centre"><p class="quiet">${this.t(stopped ? 'after.ended' : 'after.nothing')}</p></footer>
    `;
  }
}

customElements.define('after-face', AfterFace);
