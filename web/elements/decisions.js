import { html, live, nothing } from '../vendor/lit.js';
import { lengths, wanted } from '../lib/lengths.js';
import { spokenTime } from '../lib/time.js';
import { BROWSER, called, WORDS } from '../lib/voices.js';
import { ANCHORS } from './anchor-choice.js';
import { soundsIn, withBeneath } from './coming.js';
import { placesAway } from './places.js';
import { row } from './row.js';
import { PARTS } from './sound-mix.js';
import './leave-out.js';
import './length-choice.js';
import './own-pace.js';
import './sound-beneath.js';
import './sound-choice.js';
import './voice-choice.js';

export const MINUTE = 60_000; // ms

/**
 * The decisions of the page before a session, one under the other, each folded but the length.
 * @typedef {import('./before-face.js').BeforeFace} BeforeFace
 * @typedef {import('../protocol.js').ScriptSummary} ScriptSummary
 */

/** @param {BeforeFace} face @param {ScriptSummary} script */
export function decisions(face, script) {
  return html`<div class="rows">
    ${length(face, script)} ${script.ownPace ? pace(face) : nothing} ${places(face, script)} ${anchors(face)} ${sound(face, script)}
  </div>`;
}

/** @param {BeforeFace} face @param {ScriptSummary} script */
function length(face, script) {
  if (!lengths(script.length, true)) return nothing;
  return row(face.t('before.length'), spokenTime(face.here.t, minutesOf(face, script) * MINUTE), html`
    <length-choice .here=${face.here} .length=${script.length} .minutes=${minutesOf(face, script)}
      @minutes=${(/** @type {CustomEvent<number>} */ event) => face.choose({ minutes: event.detail })}></length-choice>`, true);
}

/** How long it is to be. @param {BeforeFace} face @param {ScriptSummary} script */
export function minutesOf(face, script) {
  return face.choice.minutes || wanted(script.length);
}

/** @param {BeforeFace} face */
function pace(face) {
  const { ownPace } = face.choice;
  return row(face.t('pace.own'), face.t('pace.breaths', { n: ownPace }), html`
    <own-pace .here=${face.here} .rate=${ownPace}
      @pace=${(/** @type {CustomEvent<number>} */ event) => face.choose({ ownPace: event.detail })}></own-pace>`, true);
}

/** Where there is room, the body stands beside all this. @param {BeforeFace} face @param {ScriptSummary} script */
function places(face, script) {
  const { n, of } = placesIn(face, script);
  if (!(script.regions.length + script.optIn.length) || face.wide.matches) return nothing;
  return row(face.t('places.title'), n === of ? face.t('coming.places', { n }) : face.t('places.some', { n, of }), placesOf(face, script));
}

/** The body, on which they are left out. @param {BeforeFace} face @param {ScriptSummary} script */
export function placesOf(face, script) {
  return html`<leave-out .here=${face.here} .script=${script} .places=${face.choice.places}
    @places=${(/** @type {CustomEvent} */ event) => face.choose({ places: event.detail })}></leave-out>`;
}

/** How many places attention will go to, and of how many. @param {BeforeFace} face @param {ScriptSummary} script */
export function placesIn(face, script) {
  const of = script.regions.length;
  return { n: of - placesAway(script, face.choice.places, face.always), of };
}

/** @param {BeforeFace} face */
function anchors(face) {
  const anchor = face.steady;
  return row(face.t('anchor.title'), face.t(`anchor.${anchor}`), html`<fieldset>
    <legend class="unseen">${face.t('anchor.title')}</legend>
    <div class="chips">
      ${ANCHORS.map((each) => html`<label>
        <input type="radio" name="anchor" value=${each} .checked=${live(anchor === each)} @change=${() => face.choose({ anchor: each })} />
        ${face.t(`anchor.${each}`)}
      </label>`)}
    </div>
  </fieldset>`);
}

/** @param {BeforeFace} face @param {ScriptSummary} script */
function sound(face, script) {
  const { here, choice } = face;
  return row(face.t('sound.row'), soundValue(face), html`
    ${speaking(face, script)}
    <sound-choice .here=${here}></sound-choice>
    <div class="more">
      <sound-beneath .here=${here} .script=${script} .beneath=${choice.beneath}
        @beneath=${(/** @type {CustomEvent} */ event) => face.choose({ beneath: event.detail })}></sound-beneath>
      <sound-mix .here=${here} .parts=${partsOf(face, withBeneath(script, choice.beneath))}></sound-mix>
    </div>`);
}

/** What there will be to hear. @param {BeforeFace} face @param {ScriptSummary} script */
function partsOf(face, script) {
  const sounds = { voice: face.speaks, breath: script.paced, ...soundsIn(script) };
  return PARTS.filter((part) => sounds[part]);
}

/** Who speaks and where, in two or three words. @param {BeforeFace} face */
function soundValue(face) {
  const { offers } = face.voices;
  const { from } = face.here.sound;
  if (from === 'none') return face.t('sound.none');
  const where = ['host', 'me'].includes(from) ? face.t(`sound.${from}`) : face.t('sound.other');
  const who = face.who === BROWSER ? face.t('voice.own') : face.who === WORDS ? face.t('voice.words') : called(face.here.t, offers?.voices.find(({ id }) => id === face.who));
  return face.says && who ? face.t('sound.both', { who, where }) : where;
}

/** @param {BeforeFace} face @param {ScriptSummary} script */
export function speaking(face, script) {
  const { offers, own } = face.voices;
  if (!face.says || !offers) return nothing;
  return html`<voice-choice .here=${face.here} .script=${script} .offers=${offers} .own=${own} .who=${face.who}
    .words=${face.text?.transcript.find(({ lines }) => lines.length)?.lines[0] ?? ''}></voice-choice>`;
}
