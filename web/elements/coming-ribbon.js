import { html, nothing, svg } from '../vendor/lit.js';
import { shares, silences, stretches, wave } from '../lib/ribbon.js';
import { spokenTime } from '../lib/time.js';
import { Face } from './face.js';

const HEIGHT = 44;
const MIDDLE = 28; // where the line runs
const BELLS = 7;

/**
 * What is coming, as one line from the beginning to the end: it is thick where there
 * are words, swells with a breath, and runs thin where it is silent.
 */
class ComingRibbon extends Face {
  static properties = { ...Face.properties, timeline: { attribute: false } };

  constructor() {
    super();
    /** @type {import('../protocol.js').Timeline | null} */
    this.timeline = null;
  }

  render() {
    const { timeline } = this;
    return html`<figure>
      <svg viewBox="0 0 ${timeline?.length ?? 1} ${HEIGHT}" preserveAspectRatio="none" role="img" aria-label=${this.told()}>
        ${timeline ? this.line(timeline) : nothing}
      </svg>
      <figcaption class="quiet">${timeline ? this.legend(timeline) : nothing}</figcaption>
    </figure>`;
  }

  /** @param {import('../protocol.js').Timeline} timeline */
  line(timeline) {
    return svg`
      ${silences(timeline).map(({ from, to }) => svg`<path class="silence" d="M${from} ${MIDDLE}H${to}"></path>`)}
      ${stretches(timeline).map((stretch) => stretch.kind === 'words'
        ? svg`<path class="words" d="M${stretch.from} ${MIDDLE}H${stretch.to}"></path>`
        : svg`<path class="breath" d=${wave(timeline, stretch, MIDDLE + 7, MIDDLE - 7)}></path>`)}
      ${timeline.cues.filter(({ kind }) => kind === 'bell').map(({ at }) => svg`<path class="bell" d="M${at} ${BELLS}h0"></path>`)}
    `;
  }

  /** The parts in words, for whoever cannot see them. */
  told() {
    const { timeline } = this;
    if (!timeline) return this.t('ribbon.title');
    const parts = timeline.sections.filter(({ title }) => title).map(({ title, from, to }) => `${title}: ${spokenTime(this.here.t, to - from)}`);
    return [this.t('ribbon.title'), ...parts].join('. ');
  }

  /** @param {import('../protocol.js').Timeline} timeline */
  legend(timeline) {
    const { words, breath, longest } = shares(timeline);
    const time = (/** @type {number} */ ms) => spokenTime(this.here.t, ms);
    return html`
      ${words ? this.sign('words', this.t('ribbon.words', { time: time(words) })) : nothing}
      ${breath ? this.sign('breath', this.t('ribbon.breath', { time: time(breath) })) : nothing}
      ${timeline.cues.some(({ kind }) => kind === 'bell') ? this.sign('bell', this.t('ribbon.bells')) : nothing}
      ${longest ? this.sign('silence', this.t('ribbon.silence', { n: Math.round(longest / 1000) })) : nothing}
    `;
  }

  /** @param {string} kind @param {string} words */
  sign(kind, words) {
    const d = kind === 'breath' ? 'M0 17C5 17 5 7 10 7S15 17 20 17' : kind === 'bell' ? 'M10 12h0' : 'M0 12H20';
    return html`<span class="sign"><svg viewBox="0 0 20 24" aria-hidden="true"><path class=${kind} d=${d}></path></svg>${words}</span>`;
  }
}

customElements.define('coming-ribbon', ComingRibbon);
