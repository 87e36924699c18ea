import { html, live } from '../vendor/lit.js';
import { LANGUAGES } from '../lang/languages.js';
import { Face } from './face.js';

/** Which language the page is in: each by its own name, so that whoever reads it finds it. */
class LanguageChoice extends Face {
  static properties = { ...Face.properties, small: { type: Boolean } };

  constructor() {
    super();
    /** Just the languages, for a person who is new here. */
    this.small = false;
  }

  render() {
    return this.small ? this.few() : this.whole();
  }

  whole() {
    const { wishes } = this.here;
    const one = (/** @type {string} */ language, /** @type {string} */ name) => html`<label lang=${language || this.here.t.language}>
      <input type="radio" name="language" value=${language} .checked=${live(wishes.kept.language === language)}
        @change=${() => wishes.keep({ language })} />${name}
    </label>`;
    return html`<fieldset>
      <legend>${this.t('language.title')}</legend>
      <div class="chips">
        ${one('', this.t('language.browser'))} ${Object.entries(LANGUAGES).map(([language, name]) => one(language, name))}
      </div>
    </fieldset>`;
  }

  few() {
    const { t, wishes } = this.here;
    return html`<select class="plain" aria-label=${t('language.title')}
        @change=${(/** @type {Event} */ event) => wishes.keep({ language: /** @type {HTMLSelectElement} */ (event.target).value })}>
      ${Object.entries(LANGUAGES).map(([language, name]) => html`<option value=${language} lang=${language} .selected=${language === t.language}>${name}</option>`)}
    </select>`;
  }
}

customElements.define('language-choice', LanguageChoice);
