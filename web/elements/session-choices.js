import { html, nothing } from '../vendor/lit.js';
import { mayResume } from '../lib/keys.js';
import { at } from '../lib/timeline.js';
import { Face } from './face.js';
import { agreementOf, groundIn } from './session-state.js';

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
    const asked = room.do('resume', agreementOf(room) ? { agreed: /** @type {const} */ (true) } : {});
    const own = await asked.then(({ rev }) => Math.max(rev, room.transport?.rev ?? 0), () => -1);
    while (waiting) {
      await new Promise((done) => setTimeout(done, LOOK));
      const { timeline, transport } = room;
      if (!timeline || transport?.state !== 'playing' || transport.rev > own) return;
      if (at(timeline, room.position()).waiting) return void room.do('go-on');
    }
  };

  /** Without this place, and on; where it could not be left out, it stays paused. */
  skip = async () => {
    const { room } = this.here;
    const skipped = await room.do('skip').catch(() => null);
    if (skipped && mayResume(room)) room.do('resume');
  };

  /** As everywhere, when the finger comes down. */
  stop = () => this.here.room.stop();

  /** Whether there is a place here that the room could leave out. */
  get skips() {
    const { status, standIn, you } = this.here.room;
    return status === 'live' && !standIn?.apart && you?.role !== 'display' && this.scene.scan?.length;
  }

  render() {
    const { room } = this.here;
    const agreed = agreementOf(room);
    return html`<div class="turns">
      ${mayResume(room) || agreed ? this.choice(agreed ? 'paused.agreed' : 'tool.go-on', this.goOn) : nothing}
      ${this.skips ? this.choice('tool.skip', this.skip) : nothing}
      ${room.session?.kind === 'grounding' ? nothing : this.choice(agreed ? 'agreed.home' : 'home.ground', () => void groundIn(room))}
      <button data-choice="1" @pointerdown=${this.stop} @click=${this.stop}>${this.t('stop')}</button>
    </div>`;
  }

  /** @param {string} name @param {() => void} act */
  choice(name, act) {
    return html`<button data-choice="1" @click=${act}>${this.t(name)}</button>`;
  }
}

customElements.define('session-choices', SessionChoices);
