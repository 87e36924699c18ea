import { html, nothing } from '../vendor/lit.js';
import { MEASURES, MOST } from '../lib/check-in.js';
import { dayText, pairsOf } from '../lib/journal-days.js';
import { when } from '../lib/telling.js';
import { Face } from './face.js';
import { tongue } from './tongue.js';

const FEW = 30; // pairs shown unless all are wanted
const MOST_ROWS = 60; // of the table
const HEIGHT = 190; // CSS pixels
const NARROW = 6; // pixels from pair to pair, below which they are drawn as lines alone

/** @typedef {{day: number, before: number, after: number}} Pair */

/**
 * What was noted before and after, pair beside pair. A ring and a dot with a line
 * between them: no direction is better than another, and nothing joins one pair to the next.
 */
class PicturePairs extends Face {
  static properties = { ...Face.properties, marks: { attribute: false }, measure: { state: true }, all: { state: true } };

  constructor() {
    super();
    /** @type {import('../protocol.js').Marks} */
    this.marks;
    /** @type {import('../protocol.js').Measure | ''} */
    this.measure = '';
    this.all = false;
    /** @type {Pair[]} */
    this.pairs = [];
    /** @type {import('../vendor/uplot.js').default | null} */
    this.chart = null;
  }

  connectedCallback() {
    super.connectedCallback();
    this.watcher = new ResizeObserver(() => this.fit());
    this.watcher.observe(this);
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.watcher?.disconnect();
    this.chart?.destroy();
    this.chart = null;
  }

  /** The measure that is chosen, or the first there is anything of. */
  chosen() {
    return this.measure || MEASURES.find((measure) => pairsOf(this.marks, measure).length) || MEASURES[0];
  }

  /** @param {Map<string, unknown>} changed */
  willUpdate(changed) {
    if (!['marks', 'measure', 'all'].some((each) => changed.has(each))) return;
    const every = pairsOf(this.marks, this.chosen());
    this.many = every.length > FEW;
    this.pairs = this.all ? every : every.slice(-FEW);
    this.stale = true;
  }

  render() {
    const chosen = this.chosen();
    return html`<section class="drawn">
      <h2>${this.t('pictures.pairs')}</h2>
      <p class="quiet">${this.t(this.pairs.length ? 'pictures.pairs.what' : 'pictures.pairs.none')}</p>
      <fieldset><legend class="unseen">${this.t('pictures.pairs')}</legend><div class="chips">
        ${MEASURES.map((measure) => html`<label><input type="radio" name="pair-measure" .checked=${measure === chosen}
          @change=${() => (this.measure = measure)} />${this.t(`measure.${measure}`)}</label>`)}
        ${this.many ? html`<label><input type="checkbox" .checked=${this.all}
          @change=${() => (this.all = !this.all)} />${this.t('pictures.all')}</label>` : nothing}
      </div></fieldset>
      <div class="chart" aria-hidden="true" ?hidden=${!this.pairs.length}></div>
      ${this.pairs.length ? html`<p class="clock ends-of quiet numbers" aria-hidden="true">${this.ends().map((day) => html`<span>${onDay(day)}</span>`)}</p> ${this.table()}` : nothing}
    </section>`;
  }

  /** The days of the first pair and the last. */
  ends() {
    const [first, last] = [this.pairs[0], this.pairs[this.pairs.length - 1]];
    return first === last ? [first.day] : [first.day, last.day];
  }

  table() {
    const rows = this.pairs.slice(-MOST_ROWS).reverse();
    return html`<details>
      <summary>${this.t('pictures.table')}</summary>
      <table class="numbers">
        <thead><tr>${['day', 'before', 'after'].map((column) => html`<th scope="col">${this.t(`pictures.${column}`)}</th>`)}</tr></thead>
        <tbody>${rows.map(({ day, before, after }) => html`<tr><td>${onDay(day)}</td><td>${before}</td><td>${after}</td></tr>`)}</tbody>
      </table>
      ${this.pairs.length > MOST_ROWS ? html`<p class="quiet">${this.t('pictures.table.more', { n: MOST_ROWS })}</p>` : nothing}
    </details>`;
  }

  /** The library comes when there is something to draw, and colours follow the theme. */
  async updated() {
    const into = /** @type {HTMLElement | null} */ (this.querySelector('.chart'));
    if (!into || !this.pairs.length) return;
    if (!this.stale) return this.chart?.redraw();
    this.stale = false;
    const { pairs } = this;
    const { default: Chart } = await chartLibrary();
    if (pairs !== this.pairs || !this.isConnected) return;
    this.chart?.destroy();
    this.chart = new Chart(this.plan(into.clientWidth), numbersOf(pairs), into);
    performance.mark('pairs');
  }

  fit() {
    const into = this.querySelector('.chart');
    if (this.chart && into?.clientWidth) this.chart.setSize({ width: into.clientWidth, height: HEIGHT });
  }

  /** @param {number} width @returns {import('../vendor/uplot.js').Look} */
  plan(width) {
    const last = this.pairs.length - 1;
    const ink = () => this.colour('--quiet');
    const axis = { stroke: ink, grid: { show: false }, ticks: { show: false }, font: '14px system-ui', gap: 8 };
    return {
      width,
      height: HEIGHT,
      padding: [12, 12, 12, 0],
      legend: { show: false },
      cursor: { show: false },
      scales: { x: { time: false, range: [-0.5, last + 0.5] }, y: { range: [0, MOST] } },
      axes: [
        { show: false },
        { ...axis, size: 44, splits: () => [0, MOST / 2, MOST] },
      ],
      series: [{}, { show: false }, { show: false }],
      hooks: { draw: [(chart) => this.draw(chart)] },
    };
  }

  /** @param {string} role */
  colour(role) {
    return getComputedStyle(this).getPropertyValue(role).trim();
  }

  /** @param {import('../vendor/uplot.js').default} chart */
  draw(chart) {
    const { ctx, bbox } = chart;
    const scale = devicePixelRatio;
    const step = bbox.width / this.pairs.length / scale;
    const at = (/** @type {number} */ value) => chart.valToPos(value, 'y', true);
    const spots = this.pairs.map(({ before, after }, i) => ({ x: chart.valToPos(i, 'x', true), from: at(before), to: at(after) }));
    ctx.save();
    ctx.lineWidth = Math.max(1, Math.min(1.5, step)) * scale;
    ctx.strokeStyle = this.colour('--edge');
    line(ctx, spots);
    if (step >= NARROW) {
      ctx.lineWidth = 2 * scale;
      dots(ctx, spots.map(({ x, to }) => ({ x, y: to })), 4 * scale, this.colour('--ember'), '');
      dots(ctx, spots.map(({ x, from }) => ({ x, y: from })), 5.5 * scale, '', this.colour('--ink'));
    }
    ctx.restore();
  }
}

/** @param {CanvasRenderingContext2D} ctx @param {{x: number, from: number, to: number}[]} spots */
function line(ctx, spots) {
  ctx.beginPath();
  for (const { x, from, to } of spots) {
    ctx.moveTo(x, from);
    ctx.lineTo(x, to);
  }
  ctx.stroke();
}

/** @param {CanvasRenderingContext2D} ctx @param {{x: number, y: number}[]} spots @param {number} radius @param {string} fill @param {string} stroke */
function dots(ctx, spots, radius, fill, stroke) {
  ctx.beginPath();
  for (const { x, y } of spots) {
    ctx.moveTo(x + radius, y);
    ctx.arc(x, y, radius, 0, 2 * Math.PI);
  }
  if (fill) {
    ctx.fillStyle = fill;
    ctx.fill();
  }
  if (stroke) {
    ctx.strokeStyle = stroke;
    ctx.stroke();
  }
}

/** @param {Pair[]} pairs */
function numbersOf(pairs) {
  return [pairs.map((_, i) => i), pairs.map(({ before }) => before), pairs.map(({ after }) => after)];
}

/** @param {number} day */
const onDay = (day) => when(`${dayText(day)}T12:00`, tongue(), { dateStyle: 'medium' });

/** uPlot with its own looks, once. */
function chartLibrary() {
  if (!document.querySelector('link[href="/vendor/uplot.css"]')) {
    const link = document.createElement('link');
    link.rel = 'stylesheet';
    link.href = '/vendor/uplot.css';
    document.head.append(link);
  }
  return import('../vendor/uplot.js');
}

customElements.define('picture-pairs', PicturePairs);
