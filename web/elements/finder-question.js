import { html, live, nothing, styleMap } from '../vendor/lit.js';
import { FINDER, findingOf, scriptAt, stepAt } from '../lib/finder.js';
import { Face } from './face.js';

/**
 * The comfort finder's question at a wait: how easy that pace was, and whether the head felt light,
 * which leads to the closing and to nothing slower. Nothing of it leaves this window.
 */
class FinderQuestion extends Face {
  static properties = { ...Face.properties, sorry: { state: true } };

  constructor() {
    super();
    this.sorry = '';
  }

  get finding() {
    return findingOf(this.here.room.session?.session ?? '');
  }

  get step() {
    const { room } = this.here;
    return room.timeline ? stepAt(room.timeline, room.position()) : 0;
  }

  /** @param {Event} event */
  ease = ({ target }) => {
    this.finding.ease(this.step, Number(/** @type {HTMLInputElement} */ (target).value));
    this.requestUpdate();
  };

  /** A finger leaves nothing behind that takes a pedal's keys; a keyboard moves on with it. @param {Event} event */
  letGo = (event) => {
    this.ease(event);
    const range = /** @type {HTMLInputElement} */ (event.target);
    if (!range.matches(':focus-visible')) range.blur();
  };

  /** No slower step after this: on to the closing. */
  light = () => {
    this.finding.lightAt(this.step);
    const { room } = this.here;
    this.sorry = '';
    const closing = (room.timeline?.sections.length ?? 0) - 1;
    room.do('next', { section: closing }).catch((refusal) => (this.sorry = this.why(refusal)));
  };

  render() {
    const { room } = this.here;
    if (room.session?.script !== FINDER || room.you?.role !== 'guide') return nothing;
    const ease = this.finding.eases.get(this.step);
    const words = ease === undefined ? this.t('finder.open') : this.t('finder.ease.n', { n: ease });
    return html`<div class="finder">
      <label for="ease">${this.t('finder.ease')}</label>
      <input id="ease" type="range" min="0" max="10" step="1" .value=${live(String(ease ?? 5))} aria-valuetext=${words}
        data-open=${ease === undefined} style=${styleMap({ '--share': String((ease ?? 5) / 10) })} @input=${this.ease} @click=${this.letGo} @change=${this.letGo} />
      <p class="ends quiet" aria-hidden="true"><span>${this.t('finder.least')}</span><span>${this.t('finder.most')}</span></p>
      <div class="chips"><button @click=${this.light}>${this.t('finder.light')}</button></div>
      <p class="quiet" role="status">${this.sorry}</p>
    </div>`;
  }
}

/** After it: the pace that came most easily, to begin with if one likes. It is told, and not kept. */
class FinderEasiest extends Face {
  static properties = { ...Face.properties, leave: { attribute: false } };

  constructor() {
    super();
    /** Leaves the face it stands on. @type {() => void} */
    this.leave = () => {};
  }

  render() {
    const { session } = this.here.room;
    if (session?.script !== FINDER) return nothing;
    const pace = findingOf(session.session).easiest;
    if (!pace) return nothing;
    return html`<p>${this.t('finder.easiest', { pace })}</p>
      <p><a class="button" href="#before/${scriptAt(pace)}" @click=${this.leave}>${this.t('finder.begin')}</a></p>
      <p class="quiet">${this.t('finder.unkept')}</p>`;
  }
}

customElements.define('finder-question', FinderQuestion);
customElements.define('finder-easiest', FinderEasiest);
