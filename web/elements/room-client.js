import { html, live } from '../vendor/lit.js';
import { Face } from './face.js';
import './sound-mix.js';

/** @typedef {import('../protocol.js').Show} Show */

/** What is as loud as a client likes. */
const HEARD = /** @type {const} */ (['voice', 'bells', 'ambience']);

/** What a device without a name is called. */
const NAMELESS = ['guide', 'guest', 'display'];

const SHOWS = /** @type {const} */ (['session', 'glow', 'dark']);

/** A device that shows something to a client. @param {import('../protocol.js').Participant} person */
const shows = ({ role }) => role === 'guest' || role === 'display';

/**
 * Where the room sounds, in a word or two: a device by its name.
 * @param {import('./face.js').Here} here @param {string} [by] a participant's id or host; absent: where it sounds now
 */
export function soundsFrom({ t, room }, by = room.coming || room.sound) {
  if (!by) return t('sound.none');
  if (by === 'host') return t('sound.host');
  if (by === room.you?.id) return t('sound.me');
  return room.people.find(({ id }) => id === by)?.name || t('sound.other');
}

/** What the client sees now. @param {import('./face.js').Here} here */
function sees({ t, room: { people, show } }) {
  if (!people.some(shows)) return t('room.sees.none');
  return t(show.time ? 'room.sees.time' : 'room.sees', { what: t(`room.show.${show.what}`) });
}

/** What the client hears now, in a word or two. @param {import('./face.js').Here} here */
function hears(here) {
  const { t, room } = here;
  const { timeline, transport, mix } = room;
  const from = soundsFrom(here);
  if (!(room.coming || room.sound)) return from;
  const position = room.position();
  const beneath = timeline?.cues.findLast(({ kind, at }) => kind === 'ambience' && at <= position)?.name;
  if (transport?.state !== 'playing' || !beneath || !t.has(`beneath.${beneath}`) || beneath === 'none' || !mix.ambience) return from;
  return t('sound.both', { who: t(`beneath.${beneath}`), where: from });
}

/** What the client sees and hears now, in one line. @param {import('./face.js').Here} here */
export const clientLine = (here) => `${sees(here)} · ${hears(here)}`;

/** What the client is to see, and where it is to sound: each choice holds at once. */
class RoomClient extends Face {
  static properties = { ...Face.properties, sorry: { state: true } };

  constructor() {
    super();
    this.sorry = '';
  }

  /** @param {Promise<unknown>} answer */
  async tell(answer) {
    this.sorry = '';
    await answer.catch((refusal) => (this.sorry = this.why(refusal)));
  }

  /** @param {Partial<Show>} part */
  show(part) {
    const { room } = this.here;
    this.tell(room.do('show', { show: { ...room.show, ...part } }));
  }

  /** @param {string} by */
  sound(by) {
    const { sound, room } = this.here;
    this.tell(by === 'host' || by === 'me' || by === 'none' ? sound.choose(by) : room.do('sound', { by }));
  }

  render() {
    const { show, lost } = this.here.room;
    return html`<fieldset>
        <legend>${this.t('room.shows')}</legend>
        <div class="chips">
          ${SHOWS.map((what) => this.chip('show', this.t(`room.show.${what}`), show.what === what, () => this.show({ what })))}
          <label><input type="checkbox" .checked=${live(show.time)}
            @change=${(/** @type {Event} */ event) => this.show({ time: /** @type {HTMLInputElement} */ (event.target).checked })} />${this.t('room.show.time')}</label>
        </div>
      </fieldset>
      <fieldset>
        <legend>${this.t('sound.title')}</legend>
        <div class="chips">${this.places().map(([by, name, chosen]) => this.chip('sound', name, chosen, () => this.sound(by)))}</div>
      </fieldset>
      <sound-mix .here=${this.here} .parts=${HEARD} today></sound-mix>
      <p class="quiet" role="status">${this.sorry || (lost ? lostLine(this.here) : '')}</p>`;
  }

  /** @param {string} group @param {string} words @param {boolean} chosen @param {() => void} choose */
  chip(group, words, chosen, choose) {
    return html`<label><input type="radio" name=${group} .checked=${live(chosen)} @change=${choose} />${words}</label>`;
  }

  /** Where it may sound: here, at the host, or from a device that was tapped. @returns {[string, string, boolean][]} */
  places() {
    const { here } = this;
    const { host, people, you, sound, coming } = here.room;
    const from = coming || sound;
    const others = people.filter(({ id, armed, role }) => id !== you?.id && role !== 'remote' && (armed || id === from));
    return [
      ...(host ? [/** @type {[string, string, boolean]} */ (['host', here.t('sound.host'), from === 'host'])] : []),
      ...others.map(({ id }) => /** @type {[string, string, boolean]} */ ([id, soundsFrom(here, id), from === id])),
      ['me', here.t('sound.me'), from !== '' && from === you?.id],
      ['none', here.t('sound.none'), from === ''],
    ];
  }
}

/** What was the sound and is gone; or is the sound and says nothing, and may sound on. @param {import('./face.js').Here} here */
export function lostLine({ t, room: { lost, sound } }) {
  const name = lost === 'host' ? t('sound.host') : NAMELESS.includes(lost) ? t('sound.other') : lost;
  return t(sound ? 'unheard' : 'room.lost', { name });
}

customElements.define('room-client', RoomClient);
