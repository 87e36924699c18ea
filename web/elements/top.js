import { html } from '../vendor/lit.js';

/**
 * The top of a face where nothing runs: the way back, and the way back to the room.
 * @param {import('./face.js').Here} here @param {string} [back] an address
 */
export function top({ t, room, sound }, back = '#') {
  const ground = () => {
    sound.begin();
    room.ground();
  };
  return html`<header class="top">
    <a class="way back" data-choice="3" href=${back}>${t('back')}</a>
    <button class="plain" data-choice="2" @click=${ground}>${t('home.ground')}</button>
  </header>`;
}
