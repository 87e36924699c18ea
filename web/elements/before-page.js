import { html, nothing } from '../vendor/lit.js';
import { withoutHolds } from '../lib/breaths.js';
import { usesBreath } from '../lib/ribbon.js';
import { BROWSER, called } from '../lib/voices.js';
import { advice } from './advice.js';
import { coming, speakingLine, withBeneath } from './coming.js';
import { decisions, minutesOf, placesIn, placesOf, MINUTE } from './decisions.js';
import { firstOf } from './library.js';
import { another, transcript } from './reading.js';
import './check-in.js';
import './coming-ribbon.js';
import './safety-note.js';
import './take-home.js';
export { atThisHour } from '../lib/night.js';

/**
 * What stands between the title of the page before a session and the way to begin.
 * @typedef {import('./before-face.js').BeforeFace} BeforeFace
 * @typedef {import('../protocol.js').ScriptSummary} ScriptSummary
 */

/** What is coming. @param {BeforeFace} face @param {ScriptSummary} script */
export function told(face, script) {
  const { here, foresight } = face;
  return html`${advice(here.t, script)}
    <coming-ribbon .here=${here} .timeline=${foresight.timeline}></coming-ribbon>
    <ul class="coming quiet">${lines(face, script).map((line) => html`<li>${line}</li>`)}</ul>`;
}

/** What may be decided, and read; all of it can be left. @param {BeforeFace} face @param {ScriptSummary} script */
export function asked(face, script) {
  const body = script.regions.length + script.optIn.length > 0;
  return html`
    ${body && face.wide.matches && face.laid > 1 ? placesOf(face, script) : nothing}
    <div class="choosing">
      ${face.laid > 1 ? decisions(face, script) : nothing}
      ${face.laid > 2 ? further(face, script) : nothing}
    </div>`;
}

/** What may be read, noted and taken along. @param {BeforeFace} face @param {ScriptSummary} script */
function further(face, script) {
  const { t, library } = face.here;
  return html`
    <check-in .here=${face.here} .script=${script.id} when="before"></check-in>
    <div class="more">
      ${transcript(t, face.text)}
      <take-home .here=${face.here} .script=${script.id} .order=${face.order} .hint=${fileHint(face)}></take-home>
      ${another(t, library.scripts, script)}
      <p class="chips"><a class="way" href="#settings/before/${face.about}">${t('settings.title')}</a>
        <safety-note .here=${face.here}></safety-note></p>
    </div>`;
}

/** Where the breath is held, the way without holds stands first. @param {BeforeFace} face */
export function eitherWay(face) {
  const easy = withoutHolds(face.script) ?? firstOf(face.here.library.scripts, 'breathing')?.id;
  return html`
    ${easy ? html`<a class="button" data-choice="1" href="#before/${easy}">${face.t('advisory.without')}</a>` : nothing}
    <button data-choice="1" @click=${() => (face.willing = true)}>${face.t('advisory.continue')}</button>`;
}

/** @param {BeforeFace} face @param {ScriptSummary} script */
function lines(face, script) {
  const { offers, own, said } = face.voices;
  const { t, sound, wishes } = face.here;
  const { timeline } = face.foresight;
  const speaking = face.says ? speakingLine(t, { offers, own, said, who: face.who ?? '', wish: wishes.kept.voice, from: sound.from }) : '';
  return coming(t, withBeneath(script, face.choice.beneath), {
    length: minutesOf(face, script) * MINUTE,
    places: placesIn(face, script).n,
    speaking,
    breath: timeline ? usesBreath(timeline) : script.kind === 'breathing',
    drawn: timeline !== null,
  });
}

/** What a file will have otherwise than the session here. @param {BeforeFace} face */
function fileHint(face) {
  const { offers } = face.voices;
  if (face.who !== BROWSER || !face.says) return '';
  const name = called(face.here.t, offers?.voices.find(({ id }) => id === offers.best));
  return name ? face.t('take.other', { name }) : face.t('take.words');
}
