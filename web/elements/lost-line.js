import { html } from '../vendor/lit.js';
import { Face } from './face.js';

const MINUTE = 60_000;
const COPIED = 500; // ms in which what was under way of a copy is counted in

/** What a running session can do without its room, said in place. */
class LostLine extends Face {
  disconnectedCallback() {
    super.disconnectedCallback();
    clearTimeout(this.alarm);
  }

  look() {
    super.look();
    clearTimeout(this.alarm);
    if (this.here.room.status === 'lost') this.alarm = setTimeout(() => this.requestUpdate(), COPIED);
  }

  render() {
    const words = this.words();
    return html`<p class="line quiet" ?hidden=${!words}>${words}</p>`;
  }

  words() {
    const { room } = this.here;
    if (room.status === 'lost') return `${this.t('lost')} ${this.sound()}`.trim();
    return room.standIn?.apart && room.transport?.state === 'paused' ? this.t('gone.apart') : '';
  }

  /** How far what sounds here goes on by itself; '' where nothing does. */
  sound() {
    const { room, sound } = this.here;
    if (!room.sound || room.sound !== room.you?.id) return '';
    if (sound.reach === Infinity) return this.t('gone.whole');
    const minutes = Math.floor((sound.reach - room.position()) / MINUTE);
    return minutes >= 1 ? this.t('gone.until', { n: minutes }) : this.t('gone.soundless');
  }
}

customElements.define('lost-line', LostLine);
