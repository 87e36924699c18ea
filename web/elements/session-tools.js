import { html, nothing } from '../vendor/lit.js';
import { Face } from './face.js';
import { agreementOf } from './session-state.js';

const MINUTE = 60_000;

/**
 * What may be changed while a session runs: within a thumb's reach, and never needed. A few at a
 * time, what suits the present scene; the rest takes their place behind one More. Dispatches
 * 'told' with what a screen reader is to hear.
 */
class SessionTools extends Face {
  static properties = { ...Face.properties, scene: { attribute: false }, sorry: { state: true }, more: { state: true } };

  constructor() {
    super();
    /** @type {import('../lib/timeline.js').Scene} */
    this.scene;
    this.sorry = '';
    /** Whether the rest is shown. */
    this.more = false;
    this.told = '';
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
    if (!session) return;
    const [{ BROWSER }, { hasVoice }] = await Promise.all([import('../lib/voices.js'), import('../lib/voice.js')]);
    if (session.settings.voice === BROWSER && !(await hasVoice(session.language))) this.sorry = this.t('coming.nobody.asked');
  }

  /** The numbers and the pulse of each second go, or come back: the words and the shape stay. */
  count = () => {
    const { room, wishes } = this.here;
    const numbers = !this.counted;
    wishes.keep({ numbers });
    if (!this.guides || numbers === room.mix.count || (numbers && !wishes.kept.mix?.count)) return;
    room.do('mix', { mix: { ...room.mix, count: numbers } });
  };

  get guides() {
    return this.here.room.you?.role === 'guide';
  }

  get counted() {
    const { room, wishes } = this.here;
    return wishes.kept.numbers || (this.guides && room.mix.count);
  }

  turn = () => {
    this.more = !this.more;
  };

  render() {
    const words = this.sorry || this.coming();
    return html`<div class="tools">
        ${this.sound()}
        ${agreementOf(this.here.room)
          ? html`<button class="agree" @click=${this.ask('resume', { agreed: true })}>${this.t('paused.agreed')}</button> ${this.back()}`
          : this.more ? this.rest() : html`${this.few()} ${this.back()}`}
        <button class="plain dots" aria-expanded=${this.more} @click=${this.turn}><span class="unseen">${this.t('tool.more')}</span><i></i></button>
      </div>
      <p class="quiet sorry" ?hidden=${!words}>${words}</p>`;
  }

  updated() {
    const words = this.sorry || this.coming();
    if (words === this.told) return;
    this.told = words;
    this.dispatchEvent(new CustomEvent('told', { detail: words }));
  }

  back() {
    if (this.here.room.session?.kind === 'grounding') return nothing;
    return html`<button @click=${this.ground}>${this.t('tool.ground')}</button>`;
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

  /** A therapist's plan is moved along more often than it is changed. */
  get treating() {
    return this.guides && this.here.room.session?.kind === 'treatment';
  }

  /** What suits the present scene. */
  few() {
    if (!this.treating) return this.changes();
    return html`${this.tool('shorter', 'extend', { by: -MINUTE })} ${this.tool('longer', 'extend', { by: MINUTE })} ${this.tool('next', 'next')}`;
  }

  changes() {
    const { scan, waiting, breath } = this.scene;
    return html`
      ${scan?.length ? this.tool('skip', 'skip') : nothing}
      ${waiting ? this.tool('go-on', 'go-on') : nothing}
      ${breath ? html`${this.tool('easier', 'pace', { to: 'easier' })} ${this.tool('slower', 'pace', { to: 'slower' })}` : nothing}
      ${breath || waiting ? nothing : this.tool('stay', 'stay')}
    `;
  }

  /** What is wanted less often. */
  rest() {
    const { breath } = this.scene;
    return html`
      ${this.treating ? this.changes() : nothing}
      ${breath
        ? html`${this.tool('hold', 'pace', { to: 'hold' })} <button aria-pressed=${this.counted} @click=${this.count}>${this.t('tool.numbers')}</button>`
        : nothing}
      <anchor-choice .here=${this.here}></anchor-choice>
    `;
  }

  /** @param {string} name @param {import('../protocol.js').Verb} verb @param {import('../protocol.js').CommandFields} [fields] */
  tool(name, verb, fields) {
    return html`<button @click=${this.ask(verb, fields)}>${this.t(`tool.${name}`)}</button>`;
  }
}

customElements.define('session-tools', SessionTools);
