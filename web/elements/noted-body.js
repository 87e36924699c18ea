import { html, svg } from '../vendor/lit.js';
import { Face } from './face.js';
import { figureShapes } from './body-figure.js';
import { HEIGHT, WIDTH } from './figure-body.js';
import { shapesOf } from './figure-map.js';

const FAINTEST = 0.3; // of what was noted once, beside what was noted most

/** The body, front and back, with a light for every place that was noted: the oftener, the brighter. */
class NotedBody extends Face {
  static properties = { ...Face.properties, noted: { attribute: false } };

  constructor() {
    super();
    /** @type {{key: string, before: number, after: number}[]} the oftenest first */
    this.noted = [];
  }

  render() {
    return html`${figureShapes()}
      <div class="figures" aria-hidden="true">${this.side('front')} ${this.side('back')}</div>`;
  }

  /** @param {import('./figure-map.js').View} view */
  side(view) {
    const [{ before: b, after: a }] = this.noted;
    return html`<div class="figure">
      <svg class="stone" data-on="true" viewBox="0 0 ${WIDTH} ${HEIGHT}"><use href="#outline-${view}"></use></svg>
      <svg viewBox="0 0 ${WIDTH} ${HEIGHT}"><g clip-path="url(#clip-${view})">
        ${this.noted.map(({ key, before, after }) => svg`<g class="soft" opacity=${FAINTEST + (1 - FAINTEST) * ((before + after) / (b + a))}>
          ${shapesOf(key, view).map(([x, y, rx, ry, turn = 0]) => svg`<ellipse cx=${x} cy=${y} rx=${rx} ry=${ry} transform="rotate(${turn} ${x} ${y})"></ellipse>`)}
        </g>`)}
      </g></svg>
    </div>`;
  }
}

customElements.define('noted-body', NotedBody);
