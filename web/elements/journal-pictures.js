import { html, nothing, svg } from '../vendor/lit.js';
import { dayText, earliest, hoursOf, notedOf, today, weeksOf } from '../lib/journal-days.js';
import { journal } from '../lib/journal.js';
import { when } from '../lib/telling.js';
import { Face } from './face.js';
import { placeName } from '../lib/place-names.js';
import { tongue } from './tongue.js';
import './noted-body.js';
import './picture-pairs.js';

/** @typedef {import('../protocol.js').Marks} Marks */

const SPAN = 52; // weeks shown at a time, in two halves
const HALF = SPAN / 2;
const STEP = 12; // in the picture's own units, from dot to dot
const MUCH = 45; // minutes of a day, from which its dot grows no more
const MOST_ROWS = 60; // of a table beside a picture

/** Calm pictures of what was practised and noted. No verdicts: each is what it is, and is also a table. */
class JournalPictures extends Face {
  static properties = { ...Face.properties, marks: { state: true }, until: { state: true }, sorry: { state: true } };

  constructor() {
    super();
    /** @type {Marks | null} */
    this.marks = null;
    /** The day whose week is shown last. */
    this.until = today(new Date());
    this.sorry = '';
  }

  connectedCallback() {
    super.connectedCallback();
    journal.marks().then(
      (marks) => (this.marks = marks),
      (refusal) => (this.sorry = this.why(refusal)),
    );
  }

  updated() {
    if (this.marks) performance.mark('pictures');
  }

  render() {
    const { marks } = this;
    if (!marks) return html`<p class="quiet" role="status">${this.sorry}</p>`;
    if (!marks.began.length) return html`<p class="quiet">${this.t('pictures.none')}</p>`;
    return html`
      ${this.weeks(marks)}
      <picture-pairs .here=${this.here} .marks=${marks}></picture-pairs>
      ${this.hours(marks)} ${this.body(marks)}
    `;
  }

  /** @param {Marks} marks */
  weeks(marks) {
    const weeks = weeksOf(marks, { until: this.until, count: SPAN, firstDay: firstDayOf(tongue()) });
    const first = earliest(marks);
    const go = (/** @type {number} */ by) => () => (this.until = Math.min(today(new Date()), this.until + 7 * by));
    const span = this.t('pictures.span', { from: month(weeks[0].from), to: month(this.until) });
    const days = weeks.flatMap((week) => week.days).reverse();
    return html`<section class="drawn">
      <h2>${this.t('pictures.weeks')}</h2>
      <p class="quiet">${this.t('pictures.weeks.what')}</p>
      <div class="halves" aria-hidden="true">${[weeks.slice(0, HALF), weeks.slice(HALF)].map(half)}</div>
      <div class="turning">
        <button class="plain" .disabled=${first >= weeks[0].from} @click=${go(-HALF)}>${this.t('pictures.earlier')}</button>
        <span class="quiet" role="status">${span}</span>
        <button class="plain" .disabled=${this.until >= today(new Date())} @click=${go(HALF)}>${this.t('pictures.later')}</button>
      </div>
      ${this.table(['day', 'sessions', 'minutes'], days.map(({ day, count, minutes }) => [onDay(day, DATE), count, minutes]))}
    </section>`;
  }

  /** @param {Marks} marks */
  hours(marks) {
    const hours = hoursOf(marks);
    const clock = (/** @type {number} */ hour) => when(`2000-01-01T${String(hour).padStart(2, '0')}:00`, tongue(), { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
    const rows = hours.flatMap((n, hour) => (n ? [[clock(hour), n]] : []));
    return html`<section class="drawn">
      <h2>${this.t('pictures.hours')}</h2>
      <p class="quiet">${this.t('pictures.hours.what')}</p>
      ${day(hours)}
      <p class="hours-of quiet numbers" aria-hidden="true">${[0, 6, 12, 18].map((hour) => html`<span>${clock(hour)}</span>`)}</p>
      ${this.table(['hour', 'sessions'], rows)}
    </section>`;
  }

  /** @param {Marks} marks */
  body(marks) {
    const noted = notedOf(marks);
    return html`<section class="drawn">
      <h2>${this.t('pictures.body')}</h2>
      <p class="quiet">${this.t(noted.length ? 'pictures.body.what' : 'pictures.body.none')}</p>
      ${noted.length
        ? html`<noted-body .here=${this.here} .noted=${noted}></noted-body>
          ${this.table(['place', 'before', 'after'], noted.map(({ key, before, after }) => [placeName(this.here.t, key), before, after]))}`
        : nothing}
    </section>`;
  }

  /** The same in words and numbers. @param {string[]} columns @param {(string | number)[][]} rows */
  table(columns, rows) {
    return html`<details>
      <summary>${this.t('pictures.table')}</summary>
      <table class="numbers">
        <thead><tr>${columns.map((column) => html`<th scope="col">${this.t(`pictures.${column}`)}</th>`)}</tr></thead>
        <tbody>${rows.slice(0, MOST_ROWS).map((row) => html`<tr>${row.map((cell) => html`<td>${cell}</td>`)}</tr>`)}</tbody>
      </table>
      ${rows.length > MOST_ROWS ? html`<p class="quiet">${this.t('pictures.table.more', { n: MOST_ROWS })}</p>` : nothing}
    </details>`;
  }
}

/** @type {Intl.DateTimeFormatOptions} */
const DATE = { dateStyle: 'medium' };

/** @param {number} day @param {Intl.DateTimeFormatOptions} how */
const onDay = (day, how) => when(`${dayText(day)}T12:00`, tongue(), how);

/** @param {number} day */
const month = (day) => onDay(day, { month: 'short', year: 'numeric' });

/** Half a year: a column for each week, a dot for each day on which something was practised. @param {import('../lib/journal-days.js').Week[]} weeks */
function half(weeks) {
  return svg`<svg viewBox="0 0 ${weeks.length * STEP} ${7 * STEP + 16}">
    ${weeks.map((week, column) => svg`
      ${Number(dayText(week.from).slice(8)) <= 7 ? svg`<text x=${column * STEP} y="10">${onDay(week.from, { month: 'short' })}</text>` : nothing}
      ${week.days.map(({ row, minutes }) => svg`<circle cx=${(column + 0.5) * STEP} cy=${16 + (row + 0.5) * STEP} r=${sized(minutes / MUCH, 2, 5)}></circle>`)}
    `)}
  </svg>`;
}

/** The day as a line, with a dot at each hour in which sessions began. @param {number[]} hours */
function day(hours) {
  const most = Math.max(...hours);
  return html`<svg class="day" viewBox="0 0 480 36" aria-hidden="true">
    <path d="M10 18H470"></path>
    ${hours.map((n, hour) => (n ? svg`<circle cx=${10 + hour * 20} cy="18" r=${sized(n / most, 2.5, 9.5)}></circle>` : nothing))}
  </svg>`;
}

/** A radius whose area grows with a share, between two bounds. @param {number} share @param {number} least @param {number} most */
function sized(share, least, most) {
  return Math.max(least, Math.sqrt(Math.min(1, share)) * most).toFixed(1);
}

/** The day weeks begin with. @param {string} language */
function firstDayOf(language) {
  const locale = /** @type {{getWeekInfo?: () => {firstDay: number}}} */ (/** @type {unknown} */ (new Intl.Locale(language === 'en' ? 'en-GB' : language)));
  return locale.getWeekInfo?.().firstDay ?? 1;
}

customElements.define('journal-pictures', JournalPictures);
