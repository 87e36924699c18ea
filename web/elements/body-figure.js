import { html, nothing, repeat, svg } from '../vendor/lit.js';
import { Face } from './face.js';
import { NEAR, nearOf, nearOutline, outlines, regionAt, shapesOf, viewOf } from './figure-map.js';
import { HEIGHT, WIDTH } from './figure-body.js';

const FADE = 1400; // ms; no change of brightness takes less than a second
const PULSE = 5600; // ms for one slow glow and back

/** @typedef {import('./figure-map.js').View} View */
/** @typedef {import('./figure-map.js').Shape} Shape */
/** @typedef {{id: number, keys: string[], view: View, leaving: boolean}} Light */

/**
 * The body: a soft outline, the present region lit from inside. It is told where
 * attention is (`present`); or, where places are chosen, which of them are `lit`
 * and which may be picked, and then dispatches 'pick' with the region's key.
 */
class BodyFigure extends Face {
  static properties = {
    ...Face.properties,
    view: {},
    present: { attribute: false },
    lit: { attribute: false },
    pickable: { attribute: false },
    near: { attribute: false },
    still: { attribute: false },
    paused: { attribute: false },
    dim: { attribute: false },
  };

  constructor() {
    super();
    /** @type {View} */
    this.view = 'front';
    /** @type {string[]} */
    this.present = [];
    /** @type {string[]} */
    this.lit = [];
    /** @type {string[]} */
    this.pickable = [];
    this.near = false;
    this.still = false;
    this.paused = false;
    this.dim = false;
    /** @type {Light[]} */
    this.lights = [];
    this.lighted = 0;
  }

  /** @param {Map<string, unknown>} changed */
  willUpdate(changed) {
    if (!changed.has('present')) return;
    const keys = this.present;
    const now = this.lights.find((light) => !light.leaving);
    if (now?.keys.join() === keys.join()) return;
    this.lights.forEach((light) => (light.leaving = true));
    if (!keys.length) return;
    this.view = viewOf(keys, this.view);
    this.lights.push({ id: ++this.lighted, keys, view: this.view, leaving: false });
  }

  render() {
    return html`<div class="figure" data-near=${this.nearing() ? 'yes' : 'no'} data-dim=${this.dim} @click=${this.pick}>
      ${this.stone('front')} ${this.stone('back')}
      ${this.lit.length + this.pickable.length ? this.included() : nothing}
      ${repeat(this.lights, (light) => light.id, (light) => this.light(light))}
    </div>`;
  }

  nearing() {
    const now = this.lights.find((light) => !light.leaving);
    return this.near && now !== undefined && nearOf(now.keys) !== null;
  }

  /** @param {View} view */
  stone(view) {
    return html`<svg class="stone" data-on=${this.view === view} viewBox="0 0 ${WIDTH} ${HEIGHT}" aria-hidden="true">
      <use href="#outline-${view}"></use>
    </svg>`;
  }

  /** The places that are included, lit evenly; the others keep the colour of the body. Light comes and goes slowly. */
  included() {
    const keys = [...new Set([...this.pickable, ...this.lit])];
    return html`<svg class="included" viewBox="0 0 ${WIDTH} ${HEIGHT}" aria-hidden="true">
      <g clip-path="url(#clip-${this.view})"><g class="soft">
        ${keys.map((key) => svg`<g data-on=${this.lit.includes(key)}>${ellipses(shapesOf(key, this.view), 4)}</g>`)}
      </g></g>
    </svg>`;
  }

  /** @param {Light} light */
  light(light) {
    const near = this.near ? nearOf(light.keys) : null;
    return html`<div class="light" data-id=${light.id}>
      <div class="pulse">${this.glow(light)} ${near ? this.lens(near) : nothing}</div>
    </div>`;
  }

  /** @param {Light} light */
  glow({ keys, view }) {
    if (keys.includes('outline') || keys.includes('support')) return glowingEdge(view, keys.includes('outline'));
    return glowing(keys.flatMap((key) => shapesOf(key, view)), view, `0 0 ${WIDTH} ${HEIGHT}`, false);
  }

  /** @param {NonNullable<ReturnType<typeof nearOf>>} near */
  lens({ near, mirror, shapes }) {
    const outline = nearOutline[near];
    return html`<div class="lens" data-near=${outline} data-mirror=${mirror}>
      <svg class="stone" data-on="true" viewBox="0 0 ${NEAR} ${NEAR}" aria-hidden="true"><use href="#outline-${outline}"></use></svg>
      ${glowing(shapes, outline, `0 0 ${NEAR} ${NEAR}`, true)}
    </div>`;
  }

  updated() {
    for (const light of this.lights) {
      const element = /** @type {HTMLElement | null} */ (this.querySelector(`.light[data-id="${light.id}"]`));
      if (element) this.kindle(light, element);
    }
  }

  /** Fades a light in or out, and lets it glow while it stays. @param {Light} light @param {HTMLElement} element */
  kindle(light, element) {
    const begun = element.dataset.fade;
    const wanted = light.leaving ? 'out' : 'in';
    const pulse = /** @type {HTMLElement} */ (element.firstElementChild);
    if (begun !== wanted) {
      element.dataset.fade = wanted;
      const to = light.leaving ? 0 : 1;
      const from = begun ? getComputedStyle(element).opacity : '0';
      const fade = element.animate({ opacity: [from, String(to)] }, { duration: FADE, easing: 'ease-in-out', fill: 'forwards' });
      if (light.leaving) fade.finished.then(() => this.forget(light, pulse), () => {});
    }
    if (this.still) return pulse.getAnimations().forEach((animation) => animation.cancel());
    const [glow] = pulse.getAnimations();
    if (glow && this.paused) glow.pause();
    else if (glow?.playState === 'paused') glow.play();
    else if (!glow && !this.paused) {
      pulse.animate({ opacity: [1, 0.58, 1] }, { duration: PULSE, delay: FADE, iterations: Infinity, easing: 'ease-in-out' });
    }
  }

  /** A browser keeps what glows without end, also where it is no longer shown. It may come back at once, to fade. */
  disconnectedCallback() {
    super.disconnectedCallback();
    queueMicrotask(() => this.isConnected || this.querySelectorAll('.pulse').forEach(quench));
  }

  /** @param {Light} light @param {Element} pulse */
  forget(light, pulse) {
    quench(pulse);
    this.lights = this.lights.filter((each) => each !== light);
    this.requestUpdate();
  }

  /** @param {MouseEvent} event */
  pick(event) {
    if (!this.pickable.length) return;
    const stone = /** @type {SVGSVGElement | null} */ (this.querySelector('.stone[data-on="true"]'));
    const seen = stone?.getScreenCTM();
    if (!seen) return;
    const { x, y } = new DOMPoint(event.clientX, event.clientY).matrixTransform(seen.inverse());
    const key = regionAt(this.pickable, this.view, x, y);
    if (key) this.dispatchEvent(new CustomEvent('pick', { detail: key }));
  }
}

/** @param {Element} pulse */
function quench(pulse) {
  pulse.getAnimations().forEach((animation) => animation.cancel());
}

/** @param {readonly Shape[]} shapes @param {number} [grown] */
function ellipses(shapes, grown = 0, share = 1) {
  return shapes.map(
    ([x, y, rx, ry, turn = 0]) => svg`<ellipse cx=${x} cy=${y} rx=${rx * share + grown} ry=${ry * share + grown}
      transform="rotate(${turn} ${x} ${y})"></ellipse>`,
  );
}

/**
 * A light behind the outline, an ember inside it and a pale core. The blurs are
 * drawn once; what is animated is the opacity of the layer around them.
 * @param {readonly Shape[]} shapes @param {string} outline @param {string} box @param {boolean} near
 */
function glowing(shapes, outline, box, near) {
  return html`
    <svg class="halo" viewBox=${box} aria-hidden="true"><g class=${near ? 'wide near' : 'wide'}>${ellipses(shapes, 4)}</g></svg>
    <svg class=${near ? 'ember near' : 'ember'} viewBox=${box} aria-hidden="true">
      <g clip-path="url(#clip-${outline})">
        <g class="soft">${ellipses(shapes, 1)}</g>
        <g class="core">${ellipses(shapes, 0, near ? 0.72 : 0.58)}</g>
      </g>
    </svg>
  `;
}

/** The whole body: light from behind it, as if from what it rests on, and its edge drawn fine. @param {View} view @param {boolean} edge */
function glowingEdge(view, edge) {
  return html`<svg class="edge" viewBox="0 0 ${WIDTH} ${HEIGHT}" aria-hidden="true">
    <use class="wide" href="#outline-${view}"></use>
    ${edge ? svg`<use class="fine" href="#outline-${view}"></use>` : nothing}
  </svg>`;
}

/** Every outline once for the whole page; figures point to them. */
export function figureShapes() {
  return html`<svg class="unseen" aria-hidden="true">
    <defs>
      ${Object.entries(outlines).map(
        ([name, path]) => svg`<clipPath id="clip-${name}"><path id="outline-${name}" d=${path}></path></clipPath>`,
      )}
    </defs>
  </svg>`;
}

customElements.define('body-figure', BodyFigure);
