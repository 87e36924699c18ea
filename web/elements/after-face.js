import { html, nothing } from '../vendor/lit.js';
import { Face } from './face.js';
import { mayResume } from '../lib/keys.js';
import { agreementOf } from './session-state.js';
import './finder-question.js';

/** After a session: silence, and three choices of equal weight. Nothing starts by itself. */
class AfterFace extends Face {
  static properties = { ...Face.properties, leave: { attribute: false }, sorry: { state: true } };

  constructor() {
    super();
    /** Leaves this face. @type {() => void} */
    this.leave = () => {};
    this.sorry = '';
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
    this.here.room.do('return', agreed).catch((refusal) => (this.sorry = refusal.text));
  };

  ground = () => {
    this.here.sound.begin();
    this.here.room.ground();
  };

  /** The stop has not reached the room yet, and the room sounds from elsewhere. */
  get unheard() {
    const { room, sound } = this.here;
    return room.status === 'lost' && room.asking && sound.from !== 'me' && sound.from !== 'none';
  }

  render() {
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
          <button @click=${this.done}>${this.t('after.done')}</button>
          ${back ? html`<button @click=${this.goBack}>${this.t(guest ? 'after.back.agreed' : 'after.back')}</button>` : nothing}
          ${again ? html`<button @click=${this.again}>${this.t('after.again')}</button>` : nothing}
          <button @click=${this.ground}>${this.t('after.ground')}</button>
        </div>
        <p class="quiet" role="status">${this.sorry || (room.status === 'lost' ? this.t('lost.before') : '')}</p>
      </main>
      <footer class="foot centre"><p class="quiet">${this.t(stopped ? 'after.ended' : 'after.nothing')}</p></footer>
    `;
  }
}

customElements.define('after-face', AfterFace);
