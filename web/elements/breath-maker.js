import { html, live, nothing, styleMap } from '../vendor/lit.js';
import { BOUNDS, KINDS, levelOf, phasesOf, refused, scriptOfOwn, scriptOfRamp, shortest, STEP, unheld } from '../lib/breaths.js';
import { breathShape, inWords } from './breath-shape.js';
import { Face } from './face.js';

/** @import {Long, Own} from '../lib/breaths.js' */

const LONG = { min: [1, 20], breaths: [1, 60] };
const RAMP = { from: [0, ...range(4.5, 20)], to: range(4.5, 20) };

/** A breath of one's own, in half seconds, with its shape as it becomes; or a pace that changes on the way. */
class BreathMaker extends Face {
  static properties = {
    ...Face.properties,
    own: { state: true },
    long: { state: true },
    ramp: { state: true },
    title: { state: true },
    said: { state: true },
  };

  constructor() {
    super();
    /** @type {Own} */
    this.own = [4000, 0, 6000, 0];
    /** @type {Long} */
    this.long = { n: 5, unit: 'min' };
    /** A change of pace instead of one breath; null for none. @type {{from: number, to: number, minutes: number, outLonger: boolean} | null} */
    this.ramp = null;
    this.title = '';
    /** What became of keeping it. */
    this.said = '';
  }

  get reason() {
    return this.ramp ? '' : refused(this.own);
  }

  get script() {
    return this.ramp ? scriptOfRamp(this.ramp) : scriptOfOwn(this.own, this.long);
  }

  /** @param {number} i @param {number} ms */
  set(i, ms) {
    const [least, most] = i % 2 ? [0, BOUNDS.hold] : BOUNDS.phase;
    this.own = /** @type {Own} */ (this.own.map((each, j) => (j === i ? Math.min(most, Math.max(least, ms)) : each)));
    this.said = '';
  }

  /** @param {Partial<NonNullable<BreathMaker['ramp']>>} part A change of pace is given the time that it needs. */
  change(part) {
    const ramp = { from: 10, to: 6, minutes: 5, outLonger: true, ...this.ramp, ...part };
    this.ramp = { ...ramp, minutes: Math.max(ramp.minutes, leastMinutes(ramp)) };
    this.said = '';
  }

  render() {
    return html`
      <div class="becoming">
        ${this.ramp ? this.paces() : html`${breathShape(phasesOf(this.own))} <p class="quiet">${inWords(this.here.t, phasesOf(this.own))}</p>`}
      </div>
      <div class="chips" role="group" aria-label=${this.t('own.kind')}>
        <button aria-pressed=${!this.ramp} @click=${() => (this.ramp = null)}>${this.t('own.steady')}</button>
        <button aria-pressed=${Boolean(this.ramp)} @click=${() => this.change({})}>${this.t('own.ramp')}</button>
      </div>
      ${this.ramp ? this.rampChoice(this.ramp) : this.breathChoice()}
      <p role="status">${this.reason ? this.t(`own.why.${this.reason}`) : this.advice()}</p>
      <div class="chips">${this.reason ? this.wayOut() : this.ways()}</div>
      ${this.reason ? nothing : this.keeping()}
    `;
  }

  paces() {
    const { from, to } = /** @type {NonNullable<BreathMaker['ramp']>} */ (this.ramp);
    const breath = (/** @type {number} */ rate) => /** @type {const} */ ([['inhale', 24_000 / rate], ['exhale', 36_000 / rate]]);
    return html`${breathShape([...breath(from || BOUNDS.usual), ...breath(to)].map(([kind, ms]) => [kind, ms]))}
      <p class="quiet">${this.t(from ? 'own.from-to' : 'own.from-own', { from, to })}</p>`;
  }

  breathChoice() {
    return html`
      ${KINDS.map((kind, i) => this.stepper(`own-${kind}`, this.t(`own.${kind}`), this.own[i] ? this.t('own.seconds', { n: this.own[i] / 1000 }) : this.t('own.none'), {
        value: this.own[i], least: i % 2 ? 0 : BOUNDS.phase[0], most: i % 2 ? BOUNDS.hold : BOUNDS.phase[1], step: STEP, set: (ms) => this.set(i, ms),
      }))}
      ${this.stepper('own-long', this.t('breathing.long'), this.t(`breathing.${this.long.unit}`, { n: this.long.n }), {
        value: this.long.n, least: LONG[this.long.unit][0], most: LONG[this.long.unit][1], step: 1, set: (n) => (this.long = { ...this.long, n: clamp(n, LONG[this.long.unit]) }),
      })}
      <div class="chips" role="group" aria-label=${this.t('breathing.long')}>
        ${/** @type {const} */ (['min', 'breaths']).map((unit) => html`<button aria-pressed=${this.long.unit === unit}
          @click=${() => (this.long = { unit, n: unit === 'min' ? 5 : 12 })}>${this.t(`own.${unit}`)}</button>`)}
      </div>`;
  }

  /** @param {NonNullable<BreathMaker['ramp']>} ramp */
  rampChoice(ramp) {
    const least = leastMinutes(ramp);
    const pick = (/** @type {'from' | 'to'} */ end) => html`<label class="pick">${this.t(`own.${end}`)}
      <select @change=${(/** @type {Event} */ { target }) => this.change({ [end]: Number(/** @type {HTMLSelectElement} */ (target).value) })}>
        ${RAMP[end].map((rate) => html`<option value=${rate} .selected=${rate === ramp[end]}>${rate ? this.t('own.rate', { rate }) : this.t('own.mine')}</option>`)}
      </select></label>`;
    return html`<div class="picks">${pick('from')} ${pick('to')}</div>
      ${this.stepper('own-over', this.t('own.over'), this.t('breathing.min', { n: ramp.minutes }), {
        value: ramp.minutes, least, most: 20, step: 1, set: (minutes) => this.change({ minutes: clamp(minutes, [least, 20]) }),
      })}
      <div class="chips"><label><input type="checkbox" .checked=${live(ramp.outLonger)}
        @change=${() => this.change({ outLonger: !ramp.outLonger })} />${this.t('own.out-longer')}</label></div>`;
  }

  /**
   * A value by slider, and by a button on either side.
   * @param {string} id @param {string} label @param {string} words
   * @param {{value: number, least: number, most: number, step: number, set: (value: number) => void}} of
   */
  stepper(id, label, words, { value, least, most, step, set }) {
    return html`<div class="step">
      <p><label for=${id}>${label}</label> <output for=${id}>${words}</output></p>
      <button @click=${() => set(value - step)} .disabled=${value <= least} aria-label=${this.t('own.less', { what: label })}>−</button>
      <input id=${id} type="range" min=${least} max=${most} step=${step} .value=${live(String(value))} aria-valuetext=${words}
        style=${styleMap({ '--share': String((value - least) / (most - least)) })}
        @input=${(/** @type {Event} */ { target }) => set(Number(/** @type {HTMLInputElement} */ (target).value))} />
      <button @click=${() => set(value + step)} .disabled=${value >= most} aria-label=${this.t('own.more', { what: label })}>+</button>
    </div>`;
  }

  /** What is good to know first. */
  advice() {
    const level = this.ramp ? Number(Math.min(this.ramp.from || BOUNDS.usual, this.ramp.to) < 5.5) : levelOf(this.own);
    return level ? this.t(level === 2 ? 'advisory.holds' : 'advisory.slow') : nothing;
  }

  /** From a breath that is not offered to the nearest that is. */
  wayOut() {
    return html`<button @click=${() => (this.own = nearest(this.own))}>${this.t('own.mend')}</button>`;
  }

  ways() {
    const held = !this.ramp && levelOf(this.own) === 2;
    return html`${held ? html`<button @click=${() => (this.own = nearest(unheld(phasesOf(this.own))))}>${this.t('advisory.without')}</button>` : nothing}
      <a class="button act" href="#before/${this.script}">${this.t('breathing.choose')}</a>`;
  }

  keeping() {
    return html`<div class="keep">
      <label for="own-title">${this.t('own.name')}</label>
      <input id="own-title" type="text" maxlength="80" autocomplete="off" .value=${live(this.title)}
        @input=${(/** @type {Event} */ { target }) => (this.title = /** @type {HTMLInputElement} */ (target).value)} />
      <button @click=${this.keep}>${this.t('own.keep')}</button>
      <p class="quiet" role="status">${this.said}</p>
    </div>`;
  }

  keep = async () => {
    try {
      const body = JSON.stringify({ title: this.title, breathe: this.script.replace('breathe:', ''), language: this.here.t.language });
      const answer = await fetch('/api/scripts', { method: 'POST', headers: { 'Content-Type': 'application/json' }, body });
      const { title, ...refusal } = await answer.json();
      this.said = answer.ok ? this.t('own.is-kept', { title }) : this.why(refusal);
      if (answer.ok) this.title = '';
    } catch {
      this.said = this.t('sorry');
    }
    await this.here.library.load();
  };
}

/** Half steps between two paces. @param {number} from @param {number} to */
function range(from, to) {
  return Array.from({ length: (to - from) * 2 + 1 }, (_, i) => from + i / 2);
}

/** @param {number} n @param {readonly number[]} bounds */
const clamp = (n, [least, most]) => Math.min(most, Math.max(least, n));

/** @param {{from: number, to: number}} ramp */
const leastMinutes = ({ from, to }) => Math.max(1, Math.ceil(shortest(from, to) / 60_000));

/** The nearest breath that is offered: holds shrink first, then what is long, and what is short grows. @param {Own} own @returns {Own} */
export function nearest(own) {
  const next = /** @type {Own} */ ([...own]);
  for (let tries = 0; refused(next) && tries < 200; tries++) {
    const why = refused(next);
    if (why === 'held') next[next[1] >= next[3] ? 1 : 3] -= STEP;
    else if (why === 'slow') next[next.indexOf(Math.max(...next))] -= STEP;
    else if (why === 'in') next[0] += next[0] < BOUNDS.phase[0] ? STEP : -STEP;
    else next[2] += STEP;
  }
  return next;
}

customElements.define('breath-maker', BreathMaker);
