import { html, nothing } from '../vendor/lit.js';
import { Face } from './face.js';

const MINUTE = 60_000;

/** What a therapist suggests for home, as more ways in. Nothing is counted. */
class HomePlan extends Face {
  static properties = { ...Face.properties, plan: { state: true } };

  constructor() {
    super();
    /** @type {import('../protocol.js').Plan | null} */
    this.plan = null;
  }

  connectedCallback() {
    super.connectedCallback();
    void this.find();
  }

  async find() {
    try {
      const answer = await fetch('/api/plan');
      if (answer.ok) this.plan = await answer.json();
    } catch {
      // Home is whole without.
    }
  }

  render() {
    const { items = [], from = '', note = '', faults = [] } = this.plan ?? {};
    if (!items.length && !faults.length) return nothing;
    return html`<section class="home-plan">
      <h2>${from ? this.t('plan.from', { from }) : this.t('plan.title')}</h2>
      ${note ? html`<p class="quiet">${note}</p>` : nothing}
      <ul>${items.map((item) => html`<li><a class="button" data-choice="3" href=${wayTo(item)}>${this.called(item)}<span class="quiet">${this.often(item)}</span></a></li>`)}</ul>
      ${faults.length ? html`<details><summary>${this.t('plan.faults')}</summary>${faults.map((fault) => html`<p class="quiet">${fault}</p>`)}</details>` : nothing}
    </section>`;
  }

  /** As the reader's language calls it. @param {import('../protocol.js').PlanItem} item */
  called({ script, title }) {
    const found = this.here.library.find(script);
    return found?.original === script ? found.title : title;
  }

  /** @param {import('../protocol.js').PlanItem} item */
  often({ times, length }) {
    const often = this.t(times ? 'plan.often' : 'plan.like', { n: times, count: times && times <= 20 ? this.t(`number.${times}`) : String(times) });
    const minutes = Math.round(length / MINUTE);
    return minutes ? `${often}, ${this.t('plan.minutes', { n: minutes })}` : often;
  }
}

/** @param {import('../protocol.js').PlanItem} item */
function wayTo({ script, length }) {
  const minutes = Math.round(length / MINUTE);
  return `#before/${script}${minutes ? `/${minutes}` : ''}`;
}

customElements.define('home-plan', HomePlan);
