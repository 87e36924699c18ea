import { html, nothing } from '../vendor/lit.js';
import { Face } from './face.js';
import { hasKind, wayTo } from './library.js';
import { horizon, standing } from './signs.js';

/** Three ways in, and nothing that asks for more. Beneath them, the first time, what this is. */
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
    this.here.room.do('start').catch((refusal) => (this.sorry = this.why(refusal)));
  };

  render() {
    const { library, wishes } = this.here;
    return html`
      <header class="top">
        <a class="brand" href="#">${this.t('name')}</a>
        <nav>
          <a class="way" href="#journal">${this.t('home.journal')}</a>
          <a class="way" href="#settings">${this.t('settings.title')}</a>
        </nav>
      </header>
      <main class="home">
        <h1 tabindex="-1">${this.t('home.question')}</h1>
        <div class="ways">
          ${this.way('scan', wayTo(library, 'body scan'), standing())}
          ${this.way('breathing', wayTo(library, 'breathing'), html`<i class="disc"></i>`)}
          <button class="card" data-choice="2" @click=${this.ground}>
            <span class="picture" aria-hidden="true">${horizon()}</span>
            <span class="name">${this.t('home.ground')}</span>
            <span class="quiet">${this.t('home.ground.more')}</span>
          </button>
        </div>
        <p class="also">${this.also(library.scripts)}</p>
        <p class="quiet" role="status">${this.sorry || this.missing() || this.status()}</p>
        ${wishes.first ? this.first() : nothing}
        <home-plan .here=${this.here}></home-plan>
      </main>
      ${wishes.first ? nothing : html`<footer class="foot">
        <p class="quiet">${this.t('home.foot')}</p>
        <safety-note .here=${this.here}></safety-note>
      </footer>`}
    `;
  }

  /** The keyboard goes on from the top of the page. */
  putAway = () => {
    this.here.wishes.meet();
    this.querySelector('h1')?.focus();
  };

  /** @param {'scan' | 'breathing'} name @param {string} address @param {unknown} picture */
  way(name, address, picture) {
    return html`<a class="card" data-choice="2" href=${address}>
      <span class="picture" aria-hidden="true">${picture}</span>
      <span class="name">${this.t(`home.${name}`)}</span>
      <span class="quiet">${this.t(`home.${name}.more`)}</span>
    </a>`;
  }

  /** What there is besides; what is ready and what was last come first. @param {import('../protocol.js').ScriptSummary[]} scripts */
  also(scripts) {
    const { wishes, room } = this.here;
    const { last } = wishes;
    return html`
      ${room.transport?.state === 'ready' && room.session
        ? html`<button data-choice="1" @click=${this.begin}>${this.t('home.ready', { title: room.session.title })}</button>`
        : nothing}
      ${last ? html`<a class="way last" data-choice="1" href="#before/${last.script}">${this.t('home.last', { title: last.title })}</a>` : nothing}
      ${wishes.first ? nothing : this.besides(scripts)}
    `;
  }

  /** @param {import('../protocol.js').ScriptSummary[]} scripts */
  besides(scripts) {
    return html`${hasKind(scripts, 'breathing') ? html`<a class="way" href="#breathing">${this.t('breathing.all')}</a>` : nothing}
      ${scripts.length > 2 ? html`<a class="way" href="#scripts">${this.t('home.all')}</a>` : nothing}
      <a class="way" href="#rooms">${this.t('home.rooms')}</a>`;
  }

  /** The first time here. Whatever is done puts it away for good. */
  first() {
    return html`<section class="first-words" aria-label=${this.t('first.title')}>
      ${['what', 'halts', 'kept'].map((line) => html`<p>${this.t(`first.${line}`)}</p>`)}
      <div class="chips">
        <button @click=${this.ground}>${this.t('first.begin')}</button>
        <button class="plain" @click=${this.putAway}>${this.t('first.away')}</button>
        <safety-note .here=${this.here}></safety-note>
        <language-choice .here=${this.here} small></language-choice>
      </div>
    </section>`;
  }

  status() {
    return this.here.room.status === 'lost' ? this.t('lost.before') : '';
  }
}

customElements.define('home-face', HomeFace);
