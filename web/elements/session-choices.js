import { html, nothing } from '../vendor/lit.js';
import { mayResume } from '../lib/keys.js';
import { at } from '../lib/timeline.js';
import { Face } from './face.js';
import { agreementOf } from './session-state.js';

const LOOK = 250; // ms

/** What a paused session offers to one key, one choice after another. It is there only while a key asked for it. */
class SessionChoices extends Face {
  static properties = { ...Face.properties, scene: { attribute: false } };

  constructor() {
    super();
    /** @type {import('../lib/timeline.js').Scene} */
    this.scene;
  }

  /** On from a pause; and from where the session waits for somebody, unless anything else is asked for on the way there. */
  goOn = async () => {
    const { room } = this.here;
    const { waiting } = this.scene;
    await room.do('resume', agreementOf(room) ? { agreed: /** @type {const} */ (true) } : {}).catch(() => {});
    while (waiting) {
      await new Promise((done) => setTimeout(done, LOOK));
      if (!room.timeline || room.transport?.state !== 'playing' || room.transport.why !== 'resume') return;
      if (at(room.timeline, room.position()).waiting) return void room.do('go-on');
    }
  };

  /** Without this place, and on. */
  skip = async () => {
    const { room } = this.here;
    await room.do('skip').catch(() => {});
    if (mayResume(room)) room.do('resume');
  };

  render() {
    const { room } = this.here;
    const agreed = agreementOf(room);
    const changes = room.you?.role !== 'display' && this.scene.scan?.length;
    return html`<div class="turns">
      ${mayResume(room) || agreed ? this.choice(agreed ? 'paused.agreed' : 'tool.go-on', this.goOn) : nothing}
      ${changes ? this.choice('tool.skip', this.skip) : nothing}
      ${room.session?.kind === 'grounding' ? nothing : this.choice('home.ground', () => room.ground())}
      ${this.choice('stop', () => room.stop())}
    </div>`;
  }

  /** @param {string} name @param {() => void} act */
  choice(name, act) {
    return html`<button data-choice="1" @click=${act}>${this.t(name)}</button>`;
  }
}

customElements.define('session-choices', SessionChoices);
