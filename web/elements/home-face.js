import { html, nothing } from '../vendor/lit.js';
import { Face } from './face.js';
import { hasKind, wayTo } from './library.js';
import { horizon, standing } from './signs.js';

/** Three ways in, and nothing that asks for more. */
class HomeFace extends Face {
  static properties = { ...Face.properties, sorry: { state: true } };

  constructor() {
    super();
    this.sorry = '';
  }

  ground = () => {
    this.here.sound.begin();
    this.here.room.ground();
  };

  begin = () => {
    this.here.sound.begin();
    this.here.room.do('start').catch((refusal) => (this.sorry = refusal.text));
  };

  render() {
    const { room, library: { scripts } } = this.here;
    return html`
      <header class="top">
        <a class="brand" href="#">${this.t('name')}</a>
        <quiet-corner .here=${this.here}></quiet-corner>
      </header>
      <main class="home">
        <h1 tabindex="-1">${this.t('home.question')}</h1>
        <div class="ways">
          ${this.way('scan', wayTo(scripts, 'body scan'), standing())}
          ${this.way('breathing', wayTo(scripts, 'breathing'), html`<i class="disc"></i>`)}
          <button class="card" @click=${this.ground}>
            <span class="picture" aria-hidden="true">${horizon()}</span>
            <span class="name">${this.t('home.ground')}</span>
            <span class="quiet">${this.t('home.ground.more')}</span>
          </button>
        </div>
        <p class="also">${this.also(scripts, room)}</p>
        <p class="quiet" role="status">${this.sorry || this.missing() || this.status()}</p>
      </main>
      <footer class="foot">
        <p class="quiet">${this.t('home.foot')}</p>
        <safety-note .here=${this.here}></safety-note>
      </footer>
    `;
  }

  /** @param {'scan' | 'breathing'} name @param {string} address @param {unknown} picture */
  way(name, address, picture) {
    return html`<a class="card" href=${address}>
      <span class="picture" aria-hidden="true">${picture}</span>
      <span class="name">${this.t(`home.${name}`)}</span>
      <span class="quiet">${this.t(`home.${name}.more`)}</span>
    </a>`;
  }

  /** @param {import('../protocol.js').ScriptSummary[]} scripts @param {import('../lib/room.js').Room} room */
  also(scripts, room) {
    const { last } = this.here.wishes;
    return html`
      ${last ? html`<span class="quiet">${this.t('home.last', { title: last })}</span>` : nothing}
      ${room.transport?.state === 'ready' && room.session
        ? html`<button @click=${this.begin}>${this.t('home.ready', { title: room.session.title })}</button>`
        : nothing}
      ${hasKind(scripts, 'breathing') ? html`<a class="way" href="#breathing">${this.t('breathing.all')}</a>` : nothing}
      ${scripts.length > 2 ? html`<a class="way" href="#scripts">${this.t('home.all')}</a>` : nothing}
      ${hasKind(scripts, 'treatment')
        ? html`<a class="way" href="#scripts/treatment">${this.t('home.treatment')}</a>`
        : nothing}
    `;
  }

  status() {
    return this.here.room.status === 'lost' ? this.t('lost.before') : '';
  }
}

customElements.define('home-face', HomeFace);
