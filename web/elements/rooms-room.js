import { html, nothing } from '../vendor/lit.js';
import { rooms } from '../lib/rooms.js';
import { minutes } from '../lib/telling.js';
import { Face } from './face.js';
import { tongue } from './tongue.js';

const MINUTE = 60_000;
const LONGEST = 40; // letters of a room's name

/** @typedef {import('../protocol.js').TreatmentRoom} TreatmentRoom */

/** One room from afar. */
class RoomsRoom extends Face {
  static properties = { ...Face.properties, room: { attribute: false }, sorry: { state: true } };

  constructor() {
    super();
    /** @type {TreatmentRoom} */
    this.room;
    this.sorry = '';
  }

  /** @param {Promise<unknown>} answer */
  async tell(answer) {
    this.sorry = '';
    await answer.catch((refusal) => (this.sorry = this.why(refusal)));
  }

  rename = (/** @type {Event} */ event) => {
    event.preventDefault();
    const name = /** @type {HTMLInputElement} */ (this.querySelector('.rename input')).value.trim();
    if (name && name !== this.room.name) void this.tell(rooms.alter(this.room.id, { name }));
  };

  render() {
    const { id, name, today } = this.room;
    return html`<article class="room" data-runs=${this.runs}>
      <a class="opens" href="/?room=${encodeURIComponent(id)}"><h2>${name}</h2> ${this.now()}</a>
      <p class="quiet">${this.who()}</p>
      ${today.length ? html`<ol class="today">${today.map((visit) => html`<li>${this.visit(visit)}</li>`)}</ol>` : nothing}
      ${this.changes()}
      <p class="quiet" role="status">${this.sorry}</p>
    </article>`;
  }

  get runs() {
    const state = this.room.session?.state;
    return state === 'playing' || state === 'paused';
  }

  /** What is under way, or planned. */
  now() {
    const { session, plan } = this.room;
    if (!session || !this.runs) return html`<span class="quiet">${plan?.title ?? this.t('rooms.free')}</span>`;
    const left = Math.ceil(Math.max(0, session.length - session.position - this.since()) / MINUTE);
    return html`<span class="under-way">${session.section || session.title}</span>
      <span class="quiet">${this.how()} · ${this.t('rooms.left', { n: left })}</span>`;
  }

  /** ms that have played since the room was last told of, by this page's own room's clock. */
  since() {
    const { state, at, waiting } = /** @type {import('../protocol.js').RoomSession} */ (this.room.session);
    return state === 'playing' && !waiting ? Math.max(0, this.here.room.now() - at) : 0;
  }

  /** Whether it runs, holds, or was paused and needs somebody. */
  how() {
    const { state, waiting, needs } = /** @type {import('../protocol.js').RoomSession} */ (this.room.session);
    if (state === 'paused') return this.t(needs ? 'rooms.needs' : 'paused.short');
    return this.t(waiting ? 'rooms.holds' : 'rooms.runs');
  }

  /** Who is there, and where it sounds. */
  who() {
    const { people, sound, lost, host } = this.room;
    const here = people.length ? this.t('rooms.here', { n: people.length, names: people.map((each) => each.name || this.t(`rooms.role.${each.role}`)).join(', ') }) : this.t('rooms.nobody');
    const from = sound === 'host' ? this.t('sound.host') : people.find((each) => each.id === sound)?.name || (sound ? this.t('sound.other') : this.t('sound.none'));
    const sounds = lost ? this.t('rooms.lost') : from;
    return [here, sounds, ...(host && sound !== 'host' ? [this.t('rooms.host')] : [])].join(' · ');
  }

  /** @param {import('../protocol.js').Visit} visit */
  visit({ began, title, minutes: long, ended, vetoes }) {
    const clock = new Intl.DateTimeFormat(tongue(), { hour: '2-digit', minute: '2-digit', hour12: false }).format(new Date(began));
    return html`<time class="numbers">${clock}</time> <span>${[
      title, minutes(this.here.t, long * MINUTE), ...(ended === 'stopped' ? [this.t('rooms.stopped')] : []), ...(vetoes ? [this.t('rooms.vetoes', { n: vetoes })] : []),
    ].join(' · ')}</span>`;
  }

  changes() {
    const { id, name, host } = this.room;
    return html`<details class="changes">
      <summary>${this.t('rooms.change')}</summary>
      <form class="rename" @submit=${this.rename}>
        <label class="field"><span>${this.t('rooms.name')}</span><input maxlength=${LONGEST} autocomplete="off" .value=${name} /></label>
        <button>${this.t('rooms.rename')}</button>
      </form>
      <div class="chips">
        ${host ? nothing : html`<button @click=${() => this.tell(rooms.alter(id, { host: true }))}>${this.t('rooms.bring')}</button>`}
        ${this.runs ? nothing : html`<button @click=${() => this.tell(rooms.takeAway(id))}>${this.t('rooms.away')}</button>`}
      </div>
    </details>`;
  }
}

customElements.define('rooms-room', RoomsRoom);
