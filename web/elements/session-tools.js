import { html, nothing } from '../vendor/lit.js';
import { Face } from './face.js';
import { BROWSER } from '../lib/voices.js';
import { agreementOf } from './session-state.js';

/** What may be changed while a session runs: within a thumb's reach, and never needed. */
class SessionTools extends Face {
  static properties = { ...Face.properties, scene: { attribute: false }, sorry: { state: true } };

  constructor() {
    super();
    /** @type {import('../lib/timeline.js').Scene} */
    this.scene;
    this.sorry = '';
  }

  /** @param {import('../protocol.js').Verb} verb @param {import('../protocol.js').CommandFields} [fields] */
  ask(verb, fields) {
    return () => {
      this.sorry = '';
      this.here.room.do(verb, fields).catch((refusal) => (this.sorry = this.why(refusal)));
    };
  }

  ground = () => {
    this.here.room.ground();
  };

  /** Browsers keep sound back until a tap in this window. */
  hear = () => this.here.sound.arm();

  /** From wherever it is now, without a step between. What a device cannot say by itself is told at once. */
  take = () => {
    this.sorry = '';
    this.here.sound.choose('me').catch((refusal) => (this.sorry = this.why(refusal)));
    void this.voice();
  };

  async voice() {
    const { session } = this.here.room;
    if (session?.settings.voice !== BROWSER) return;
    const { hasVoice } = await import('../lib/voice.js');
    if (!(await hasVoice(session.language))) this.sorry = this.t('coming.nobody.asked');
  }

  render() {
    const { room } = this.here;
    const words = this.sorry || this.coming();
    return html`<div class="tools">
        ${this.sound()}
        ${agreementOf(room)
          ? html`<button class="agree" @click=${this.ask('resume', { agreed: true })}>${this.t('paused.agreed')}</button>`
          : this.changes()}
        ${room.session?.kind === 'grounding' ? nothing : html`<button @click=${this.ground}>${this.t('tool.ground')}</button>`}
      </div>
      <p class="quiet sorry" role="status" ?hidden=${!words}>${words}</p>`;
  }

  /** One tap lets this window sound: where the browser keeps it back, or where the room sounds from elsewhere or not at all. */
  sound() {
    const { sound, coming, you } = this.here.room;
    if (!you) return nothing;
    if (you.id !== sound && you.id !== coming) return html`<button class="plain" @click=${this.take}>${this.t('tool.here')}</button>`;
    return this.here.sound.blocked ? html`<button class="act" @click=${this.hear}>${this.t('tool.hear')}</button>` : nothing;
  }

  /** For a moment a sound that was taken over is nobody's. */
  coming() {
    const { coming, you } = this.here.room;
    return coming && coming === you?.id ? this.t('sound.coming') : '';
  }

  changes() {
    const { scene } = this;
    const { you, session } = this.here.room;
    return html`
      ${scene.scan?.length ? this.tool('skip', 'skip') : nothing}
      ${scene.waiting ? this.tool('go-on', 'go-on') : this.tool('stay', 'stay')}
      ${scene.breath ? html`${this.tool('easier', 'pace', { to: 'easier' })} ${this.tool('slower', 'pace', { to: 'slower' })}` : nothing}
      ${session?.kind === 'treatment' && you?.role === 'guide'
        ? html`${this.tool('shorter', 'extend', { by: -60_000 })} ${this.tool('longer', 'extend', { by: 60_000 })} ${this.tool('next', 'next')}`
        : nothing}
    `;
  }

  /** @param {string} name @param {import('../protocol.js').Verb} verb @param {import('../protocol.js').CommandFields} [fields] */
  tool(name, verb, fields) {
    return html`<button @click=${this.ask(verb, fields)}>${this.t(`tool.${name}`)}</button>`;
  }
}

customElements.define('session-tools', SessionTools);
