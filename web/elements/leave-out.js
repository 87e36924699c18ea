import { html, nothing } from '../vendor/lit.js';
import { Face } from './face.js';
import { freshPlaces, included, partsOf, withKey } from './places.js';
import { isPaired } from './figure-map.js';
import { figureShapes } from './body-figure.js';

const VIEWS = /** @type {const} */ (['front', 'back']);

/** Regions that are not one place of the body: left out by name alone. */
const WHOLE = ['support', 'outline'];

/**
 * Leaving places out, on the body or by name, for today or always. Silent about
 * reasons. Dispatches 'places' with the new choice; what holds always is kept at once.
 */
class LeaveOut extends Face {
  static properties = {
    ...Face.properties,
    script: { attribute: false },
    places: { attribute: false },
    always: { state: true },
    ever: { type: Boolean },
    today: { type: Boolean },
    touched: { state: true },
  };

  constructor() {
    super();
    /** @type {Pick<import('../protocol.js').ScriptSummary, 'regions' | 'optIn'>} */
    this.script;
    this.places = freshPlaces();
    this.always = false;
    /** Whether it is about every session there will be. */
    this.ever = false;
    /** Whether it is about somebody else's session, of which this browser keeps nothing. */
    this.today = false;
    /** The place that was touched last. */
    this.touched = '';
  }

  /** @param {string} key */
  isIn(key) {
    return included(this.script, this.places, this.today ? [] : this.here.wishes.kept.leaveOut, key);
  }

  /** @param {string} key @param {boolean} included */
  set(key, included) {
    const { wishes } = this.here;
    const optIn = this.script.optIn.some((opt) => opt.split('.')[0] === key.split('.')[0]);
    let { away, welcome } = this.places;
    if (included) {
      away = withKey(away, key, false);
      if (!this.today) wishes.keep({ leaveOut: [...withKey(wishes.kept.leaveOut, key, false)] });
      if (optIn) welcome = withKey(welcome, key, true);
    } else {
      if (optIn) welcome = withKey(welcome, key, false);
      if (this.always || this.ever) wishes.keep({ leaveOut: [...withKey(wishes.kept.leaveOut, key, true)] });
      else if (!optIn) away = withKey(away, key, true);
    }
    this.touched = key;
    this.dispatchEvent(new CustomEvent('places', { detail: { away, welcome } }));
  }

  render() {
    const parts = partsOf(this.script);
    const keys = parts.filter((id) => !WHOLE.includes(id)).flatMap((id) => (isPaired(id) ? [`${id}.left`, `${id}.right`] : [id]));
    const lit = keys.filter((key) => this.isIn(key));
    const pick = (/** @type {CustomEvent<string>} */ event) => {
      if (keys.includes(event.detail)) this.set(event.detail, !this.isIn(event.detail));
    };
    return html`
      ${figureShapes()}
      <h2 class="unseen">${this.t('places.title')}</h2>
      <div class="figures" aria-hidden="true">
        ${VIEWS.map((view) => html`<div>
          <body-figure view=${view} .lit=${lit} .pickable=${keys} @pick=${pick}></body-figure>
          <span class="quiet">${this.t(`places.${view}`)}</span>
        </div>`)}
      </div>
      <p class="quiet hint" role="status">${this.touched ? this.said(this.touched) : this.t(this.ever ? 'places.hint.ever' : 'places.hint')}</p>
      ${this.ever || this.today ? nothing : html`<fieldset class="span-of">
        <legend class="unseen">${this.t('places.how-long')}</legend>
        <div class="chips">${[false, true].map((always) => this.howLong(always))}</div>
      </fieldset>`}
      <details>
        <summary>${this.t('places.by-name')}</summary>
        <ul class="by-name">${parts.map((id) => this.row(id))}</ul>
      </details>
    `;
  }

  /** What holds of a place now. @param {string} key */
  said(key) {
    const [id, side] = key.split('.');
    const place = side ? this.t('places.side', { place: this.t(`region.${id}`), side: this.t(`side.${side}`) }) : this.t(`region.${id}`);
    return this.t(this.isIn(key) ? 'places.included' : 'places.rests', { place });
  }

  /** @param {boolean} always */
  howLong(always) {
    return html`<label>
      <input type="radio" name="how-long" .checked=${this.always === always} @change=${() => (this.always = always)} />
      ${this.t(always ? 'places.always' : 'places.today')}
    </label>`;
  }

  /** @param {string} id */
  row(id) {
    const sides = isPaired(id) ? ['left', 'right'] : [''];
    return html`<li>
      <span aria-hidden="true">${this.t(`region.${id}`)}</span>
      <span class="chips">
        ${sides.map((side) => {
          const key = side ? `${id}.${side}` : id;
          return html`<label>
            <input type="checkbox" .checked=${this.isIn(key)}
              @change=${(/** @type {Event} */ event) => this.set(key, /** @type {HTMLInputElement} */ (event.target).checked)} />
            <span class="unseen">${this.t(`region.${id}`)},</span> ${this.t(side ? `side.${side}` : 'places.in')}
          </label>`;
        })}
      </span>
    </li>`;
  }
}

customElements.define('leave-out', LeaveOut);
