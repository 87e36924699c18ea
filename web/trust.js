/** The page that tells how a device comes to know this computer. It has no state but what the server says. */

import { wishes } from './elements/wishes.js';
import { languageFor } from './lang/languages.js';
import { load } from './lib/words.js';

/** What the server says of its certificate. @typedef {{fingerprint: string, name: string, until: number, secure?: string}} Trust */

/** Where a system says what it is, the first that fits. An iPad may say that it is a Mac; it can be touched. */
const SYSTEMS = [
  ['ios', /iPhone|iPad|iPod/],
  ['android', /Android/],
  ['windows', /Windows/],
  ['mac', /Mac/],
  ['linux', /./],
];

/** @param {string} agent @param {number} touches */
function systemOf(agent, touches) {
  const [system] = SYSTEMS.find(([, sign]) => /** @type {RegExp} */ (sign).test(agent)) ?? SYSTEMS[4];
  return system === 'mac' && touches > 1 ? 'ios' : /** @type {string} */ (system);
}

/** @returns {Promise<Trust | null>} null where there is no certificate yet */
async function trust() {
  const answer = await fetch('/api/trust');
  return answer.ok ? answer.json() : null;
}

/** @template {Element} E @param {string} selector @returns {E} */
const find = (selector) => /** @type {E} */ (document.querySelector(selector));

/** @param {Trust} known @param {string} system */
function show({ fingerprint, secure }, system) {
  const pairs = fingerprint.split(':');
  find('.fingerprint').replaceChildren(...Array.from({ length: pairs.length / 4 }, (_, i) => group(pairs.slice(4 * i, 4 * i + 4))));
  /** @type {HTMLAnchorElement} */ (find('.get a')).href = system === 'ios' ? '/stillpoint-ca.mobileconfig' : '/stillpoint-ca.crt';
  const there = /** @type {HTMLAnchorElement} */ (find('.secure'));
  there.textContent = there.href = secure ?? '';
  /** @type {HTMLElement} */ (find('.then')).hidden = !secure;
}

/** Four bytes, which do not part at the end of a line. @param {string[]} bytes */
function group(bytes) {
  const span = document.createElement('span');
  span.textContent = bytes.join(' ');
  return span;
}

const [t, known] = await Promise.all([load(languageFor(wishes.kept.language)), trust()]);
document.documentElement.lang = t.language;
document.documentElement.dir = t('direction');
for (const element of document.querySelectorAll('[data-text]')) element.textContent = t(/** @type {HTMLElement} */ (element).dataset.text ?? '');
document.title = `${t('trust.title')} · Stillpoint`;
const system = systemOf(navigator.userAgent, navigator.maxTouchPoints);
/** @type {HTMLDetailsElement} */ (find(`#${system}`)).open = true;
if (known) show(known, system);
for (const part of ['.compare', '.get', '.then']) /** @type {HTMLElement} */ (find(part)).hidden ||= !known;
/** @type {HTMLElement} */ (find('.none')).hidden = Boolean(known);
/** @type {HTMLElement} */ (find('.trust')).hidden = false;
