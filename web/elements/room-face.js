import { html, nothing } from '../vendor/lit.js';
import { mayResume } from '../lib/keys.js';
import { Lock } from '../lib/lock.js';
import { placeName } from '../lib/place-names.js';
import { rooms } from '../lib/rooms.js';
import { at } from '../lib/timeline.js';
import { clientLine, lostLine } from './room-client.js';
import { SessionFace } from './session-face.js';
import { whoPaused } from './session-state.js';
import './room-clock.js';
import './room-cue.js';
import './room-edge.js';
import './room-lock.js';
import './room-tools.js';

/**
 * A treatment as the guide reads it. All of it pauses but what is pressed for something else;
 * going on takes the bar below. What a lock holds back is never a pause or a stop.
 */
class RoomFace extends SessionFace {
  static properties = { ...SessionFace.properties, opened: { state: true } };

  constructor() {
    super();
    /** Whether what the client sees and hears is being chosen. */
    this.opened = false;
    this.lock = new Lock();
  }

  connectedCallback() {
    super.connectedCallback();
    const signal = this.leaving?.signal;
    this.lock.addEventListener('change', this.locked, { signal });
    rooms.addEventListener('change', this.again, { signal });
    void rooms.look();
  }

  /** What the room is called where there are several, and whoever guides goes from one to another. */
  get called() {
    const { all } = rooms;
    return (all && all.length > 1 && rooms.find(this.here.room.name)?.name) || '';
  }

  updated() {
    super.updated();
    if (this.called) document.title = this.t('window.running', { title: this.called });
  }

  locked = () => {
    if (this.lock.on) this.opened = false;
    this.requestUpdate();
  };

  /** What stands on this face fades by itself, part by part. @param {Map<string, unknown>} changed */
  update(changed) {
    this.draws(changed);
  }

  open = () => (this.opened = !this.opened);

  ground = () => this.here.room.ground();

  /** What is no button pauses; locked, the upper half does nothing. @param {MouseEvent} event */
  touched = ({ target, clientY }) => {
    const pressed = /** @type {Element} */ (target).closest('button, label, input, summary');
    const brushed = this.lock.on && clientY < innerHeight / 2;
    if (!pressed && !brushed && this.here.room.transport?.state === 'playing') this.here.room.pause();
  };

  render() {
    const { room } = this.here;
    const { timeline, transport, session } = room;
    if (!timeline || !transport || !session) return nothing;
    const position = room.position();
    const scene = at(timeline, position);
    this.wake(scene.next, position);
    const paused = transport.state === 'paused';
    const announced = this.announced(scene);
    return html`
      <main class="session treating" data-state=${transport.state} data-locked=${this.lock.on} data-opened=${this.opened} data-stirred="true">
        <room-edge .here=${this.here}></room-edge>
        <div class="led" @click=${this.touched}>
          ${this.above()}
          <room-clock .here=${this.here}></room-clock>
          <div class="reading">
            ${this.notes()} ${this.opened ? html`<room-client .here=${this.here}></room-client>` : this.words(paused, scene)}
          </div>
          <room-tools .here=${this.here} .locked=${this.lock.on}
            @told=${(/** @type {CustomEvent<string>} */ event) => (this.told = event.detail)}></room-tools>
        </div>
        ${this.halts(paused)}
        <p class="unseen" role="status" lang=${this.tongue(announced, scene)}>${announced}</p>
      </main>
    `;
  }

  /** What the client has, the way back to the room, and the lock. */
  above() {
    return html`<header class="top">
      ${this.lock.on
        ? html`<p class="quiet">${this.t('room.locked')}</p>`
        : html`<button class="plain client" aria-expanded=${this.opened} @click=${this.open}>${this.called ? `${this.called} · ` : ''}${clientLine(this.here)}</button>
          <button class="plain" @click=${this.ground}>${this.t('tool.ground')}</button>`}
      <room-lock .here=${this.here} .lock=${this.lock}></room-lock>
    </header>`;
  }

  /** What is not to be forgotten: places that rest today, a sound that is gone, and what went otherwise. */
  notes() {
    const { session, lost, sound, you } = this.here.room;
    const held = sound !== '' && sound === you?.id && this.here.sound.blocked;
    const rest = session?.settings.leaveOut ?? [];
    return html`<lost-line .here=${this.here}></lost-line>
      ${rest.length ? html`<p class="rests"><span class="quiet">${this.t('room.rests')}</span> ${rest.map((key) => placeName(this.here.t, key)).join(' · ')}</p>` : nothing}
      ${lost ? html`<p class="lost"><span>${lostLine(this.here)}</span>
        <span class="chips">${this.takes('me')} ${this.here.room.host && lost !== 'host' ? this.takes('host') : nothing}</span></p>` : nothing}
      ${held ? html`<p><button class="act" ?disabled=${this.lock.on} @click=${() => this.here.sound.arm()}>${this.t('tool.hear')}</button></p>` : nothing}
      ${this.told ? html`<p class="quiet">${this.told}</p>` : nothing} ${this.dark(this.here.room.transport?.state === 'paused')}`;
  }

  /** One tap, and it sounds from elsewhere. @param {'me' | 'host'} by */
  takes(by) {
    const take = () => this.here.sound.choose(by).catch((refusal) => (this.told = this.why(refusal)));
    return html`<button ?disabled=${this.lock.on} @click=${take}>${this.t(`sound.${by}`)}</button>`;
  }

  /** @param {boolean} paused @param {import('../lib/timeline.js').Scene} scene */
  words(paused, scene) {
    return html`${paused ? html`<p class="prompt">${whoPaused(this.here)}</p>` : nothing}
      ${this.beginning ? html`<p class="prompt quiet">${this.t('beginning')}</p>` : nothing}
      <room-cue .here=${this.here} ?hidden=${paused}></room-cue>
      ${paused ? html`<session-choices .here=${this.here} .scene=${scene}></session-choices>` : nothing}`;
  }

  paused() {
    return whoPaused(this.here);
  }

  /** @param {boolean} paused */
  halts(paused) {
    const may = mayResume(this.here.room) && !this.lock.on;
    return html`
      <button class="pause" data-paused=${paused} .disabled=${paused && !may} @click=${this.pauseOrResume}>
        <span class="surface">${this.t(!paused ? 'pause' : may ? 'resume' : 'paused.short')}</span>
      </button>
      <button class="stop" @pointerdown=${this.stop} @click=${this.stop}>${this.t('stop')}</button>
    `;
  }

  /** What a screen reader hears: parts, pauses, a lost sound and the connection; never what is for the guide alone. @param {import('../lib/timeline.js').Scene} scene */
  announced(scene) {
    const { status, lost } = this.here.room;
    if (status !== 'lost' && lost && !this.told) return this.telling.next(lostLine(this.here), { matters: true, now: performance.now() });
    return super.announced(scene);
  }
}

customElements.define('room-face', RoomFace);
