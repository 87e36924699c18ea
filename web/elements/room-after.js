import { html, nothing } from '../vendor/lit.js';
import { deedText } from '../lib/account.js';
import { mayResume } from '../lib/keys.js';
import { rooms } from '../lib/rooms.js';
import { comes } from './fading.js';
import { Face } from './face.js';
import { agreementOf, groundIn } from './session-state.js';
import { tongue } from './tongue.js';

const LONGEST = 500; // letters of a note
const NAMED = 60; // letters of a code name

/** After a treatment, for its guide: silence, what happened, and the choice to keep it under a name that is nobody's. */
class RoomAfter extends Face {
  static properties = { ...Face.properties, leave: { attribute: false }, saved: { state: true }, sorry: { state: true }, named: { state: true } };

  constructor() {
    super();
    /** Leaves this face. @type {() => void} */
    this.leave = () => {};
    /** The name it was saved under; '' while it was not. */
    this.saved = '';
    this.sorry = '';
    /** What is written as a code name so far. */
    this.named = '';
  }

  /** The end comes by itself, a stop does not. */
  firstUpdated() {
    if (this.here.room.transport?.state === 'finished') comes(this.querySelector('main'));
  }

  done = () => {
    this.here.sound.silence();
    location.hash = '';
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

  save = async (/** @type {Event} */ event) => {
    event.preventDefault();
    const codeName = this.named.trim();
    const note = /** @type {HTMLTextAreaElement} */ (this.querySelector('textarea')).value.trim();
    this.sorry = '';
    try {
      await rooms.save(this.here.room.name, { codeName, ...(note ? { note } : {}) });
      this.saved = codeName;
    } catch (refusal) {
      this.sorry = this.why(/** @type {{text?: string}} */ (refusal));
    }
  };

  render() {
    const { room } = this.here;
    const stopped = room.transport?.state === 'stopped';
    const guest = agreementOf(room);
    const back = (stopped || room.session?.aside) && (mayResume(room) || guest);
    return html`
      <main class="after room-after">
        <h1 tabindex="-1">
          <span role="status" aria-live=${stopped ? 'assertive' : 'polite'}>${this.t('after.quiet')}</span>
          <span class="quiet">${this.t('after.hurry')}</span>
        </h1>
        ${guest ? html`<p>${this.t('room.stopped.agree', { name: guest.name || this.t('room.client') })}</p>` : nothing}
        <div class="choices">
          <button data-choice="1" @click=${this.done}>${this.t('after.done')}</button>
          ${back ? html`<button data-choice="1" @click=${this.goBack}>${this.t(guest ? 'room.agreed.back' : 'room.back')}</button>` : nothing}
          <button data-choice="1" @click=${this.ground}>${this.t(guest ? 'agreed.ground' : 'after.ground')}</button>
        </div>
        ${this.account()} ${this.saved ? html`<p role="status">${this.t('room.saved', { name: this.saved })}</p>` : this.form()}
        <p class="quiet" role="status">${this.sorry || (room.status === 'lost' ? this.t('lost.before') : '')}</p>
      </main>
    `;
  }

  account() {
    const { room, t } = this.here;
    if (!room.account || room.account.session !== room.session?.session && !room.session?.aside) return nothing;
    const when = (/** @type {number} */ at) => new Date(Date.now() - room.now() + at);
    const clock = new Intl.DateTimeFormat(tongue(), { hour: '2-digit', minute: '2-digit', hour12: false });
    return html`<details class="account" open>
      <summary>${t('deed.title')}</summary>
      <ol>${room.account.lines.map((deed) => html`<li><time class="numbers">${clock.format(when(deed.at))}</time> <span>${deedText(t, deed)}</span></li>`)}</ol>
    </details>`;
  }

  /** Nothing is kept unless somebody says under what name. */
  form() {
    return html`<details class="save">
      <summary>${this.t('room.save')}</summary>
      <form @submit=${this.save}>
        <label class="field"><span>${this.t('room.save.name')}</span>
          <input maxlength=${NAMED} autocomplete="off" .value=${this.named} @input=${(/** @type {Event} */ event) => (this.named = /** @type {HTMLInputElement} */ (event.target).value)} /></label>
        <label class="field"><span>${this.t('room.save.note')}</span><textarea rows="3" maxlength=${LONGEST}></textarea></label>
        <button ?disabled=${!this.named.trim()}>${this.t('room.save')}</button>
      </form>
      <p class="quiet">${this.t('room.save.what')}</p>
    </details>
    <p class="quiet">${this.t('kept.no')}</p>`;
  }
}

customElements.define('room-after', RoomAfter);
