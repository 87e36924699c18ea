import { html } from '../vendor/lit.js';
import { Face } from './face.js';
import './quiet-corner.js';
import './safety-note.js';

/** A page opened without its server: says so, what may be done, and has words to come back by. */
class GoneFace extends Face {
  static properties = { ...Face.properties, lines: { state: true } };

  constructor() {
    super();
    /** @type {string[]} */
    this.lines = [];
    /** Whose lines they are. */
    this.language = '';
  }

  willUpdate() {
    const { language } = this.here.t;
    if (language !== this.language) void this.find((this.language = language));
  }

  /** The service worker keeps the words. @param {string} language */
  async find(language) {
    const id = language === 'en' ? 'grounding' : `grounding.${language}`;
    const lines = await fetch(`/api/scripts/${id}`)
      .then((answer) => answer.json())
      .then(({ transcript }) => transcript.flatMap((/** @type {{lines: string[]}} */ part) => part.lines))
      .catch(() => [this.t('safety.back')]);
    if (language === this.language) this.lines = lines;
  }

  render() {
    return html`
      <header class="top">
        <span class="brand">${this.t('name')}</span>
        <quiet-corner .here=${this.here}></quiet-corner>
      </header>
      <main class="gone">
        <div>
          <h1 tabindex="-1"><span role="status">${this.t('gone.title')}</span></h1>
          <p class="quiet">${this.t('gone.what')}</p>
        </div>
        <section aria-labelledby="gone-back">
          <h2 class="label" id="gone-back">${this.t('gone.back')}</h2>
          ${this.lines.map((line) => html`<p class="prompt">${line}</p>`)}
        </section>
      </main>
      <footer class="foot centre"><safety-note .here=${this.here}></safety-note></footer>
    `;
  }
}

customElements.define('gone-face', GoneFace);
