import { html, live, nothing } from '../vendor/lit.js';
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

  /** What is chosen: in small, whatever the page is in. */
  get chosen() {
    const { t, wishes } = this.here;
    return this.small ? t.language : wishes.kept.language;
  }

  render() {
    const title = this.t('language.title');
    return html`<fieldset aria-label=${this.small ? title : nothing}>
      ${this.small ? nothing : html`<legend>${title}</legend>`}
      <div class="chips">
        ${this.small ? nothing : this.one('', this.t('language.browser'))}
        ${Object.entries(LANGUAGES).map(([language, name]) => this.one(language, name))}
      </div>
    </fieldset>`;
  }

  /** @param {string} language @param {string} name */
  one(language, name) {
    return html`<label lang=${language || nothing}>
      <input type="radio" name=${this.small ? 'language-small' : 'language'} value=${language} .checked=${live(this.chosen === language)}
        @change=${() => this.here.wishes.keep({ language })} />${name}
    </label>`;
  }
}

customElements.define('language-choice', LanguageChoice);
