import { html, styleMap } from '../vendor/lit.js';
import { breathScale } from '../lib/timeline.js';
import { Face } from './face.js';

const DRIFT = 10; // ms by which the disc may differ from the position
const STEP = 1000; // ms a mark of the still ring stands for

/**
 * The breath as a soft disc between two fine circles: it grows towards the outer
 * one, and returns to the inner one. Where motion is kept still, a ring of marks
 * fills slowly, one for each second. Either way the words beside it say the phase.
 */
class BreathDisc extends Face {
  static properties = {
    ...Face.properties,
    phase: { attribute: false },
    position: { attribute: false },
    still: { attribute: false },
    paused: { attribute: false },
  };

  constructor() {
    super();
    /** @type {import('../lib/timeline.js').Phase | null} nothing while the breath is its own */
    this.phase = null;
    /** @type {() => number} asked for the place in the session, ms */
    this.position = () => 0;
    this.still = false;
    this.paused = false;
    this.shown = '';
    /** @type {Animation[]} */
    this.moving = [];
  }

  render() {
    const { phase } = this;
    const towards = phase && phase.end > phase.start ? 'out' : phase && phase.end < phase.start ? 'in' : 'none';
    return html`<div class="breath" data-towards=${towards} data-still=${this.still} aria-hidden="true">
      ${this.still
        ? this.ring()
        : html`<i class="bound outer"></i><i class="bound inner"></i>
            <div class="swell"><i class="halo-disc"></i><i class="disc"></i></div>`}
    </div>`;
  }

  ring() {
    const count = this.phase ? Math.max(1, Math.round((this.phase.to - this.phase.from) / STEP)) : 0;
    return html`<i class="bound outer"></i>
      ${Array.from({ length: count }, (_, i) => {
        const turn = `${((i + 0.5) / count) * 360}deg`;
        return html`<i class="mark" style=${styleMap({ '--turn': turn })}><i></i></i>`;
      })}`;
  }

  updated() {
    const { phase } = this;
    const shown = phase ? `${phase.from}-${phase.to}-${phase.start}-${phase.end}-${this.still}` : `-${this.still}`;
    if (shown !== this.shown) {
      this.shown = shown;
      this.moving.forEach((animation) => animation.cancel());
      this.moving = phase ? (this.still ? this.step(phase) : this.swell(phase)) : [];
    }
    this.follow();
  }

  /** @param {import('../lib/timeline.js').Phase} phase */
  swell(phase) {
    const disc = this.querySelector('.swell');
    if (!disc) return [];
    const scale = [breathScale(phase, phase.from), breathScale(phase, phase.to - 1)];
    const easing = 'cubic-bezier(0.364, 0, 0.636, 1)'; // a half wave of a sine
    return [disc.animate({ scale: scale.map(String) }, { duration: phase.to - phase.from, easing, fill: 'both' })];
  }

  /** @param {import('../lib/timeline.js').Phase} phase */
  step(phase) {
    const marks = [...this.querySelectorAll('.mark i')];
    const step = (phase.to - phase.from) / marks.length;
    return marks.map((mark, i) => mark.animate({ opacity: [0, 1] }, { duration: step, delay: i * step, fill: 'both' }));
  }

  /** Sets the movement to the position; small differences are left alone. */
  follow() {
    if (!this.phase) return;
    const at = this.position() - this.phase.from;
    for (const animation of this.moving) {
      if (this.paused) {
        animation.pause();
        animation.currentTime = at;
      } else if (animation.startTime === null || Math.abs(performance.now() - Number(animation.startTime) - at) > DRIFT) {
        animation.play();
        animation.startTime = performance.now() - at; // said at once: left to itself it begins a frame late
      }
    }
  }
}

customElements.define('breath-disc', BreathDisc);
