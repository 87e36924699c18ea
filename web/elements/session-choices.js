import { html, nothing } from '../vendor/lit.js';
import { mayResume } from '../lib/keys.js';
import { Face } from './face.js';
import { agreementOf } from './session-state.js';

/** What a paused session offers to one key, one choice after another. It is there only while a key asked for it. */
class SessionChoices extends Face {
  static properties = { ...Face.properties, scene: { attribute: false } };

  constructor() {
    super();
    /** @type {import('../lib/timeline.js').Scene} */
    this.scene;
  }

  goOn = () => {
    this.here.room.do('resume', agreementOf(this.here.room) ? { agreed: /** @type {const} */ (true) } : {});
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
