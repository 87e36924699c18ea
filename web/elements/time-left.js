import { html } from '../vendor/lit.js';
import { machineTime, timeLeft } from '../lib/time.js';
import { Face } from './face.js';

/** What is left of the session, for whoever asked to see it. It is never announced. */
class TimeLeft extends Face {
  connectedCallback() {
    super.connectedCallback();
    this.beat = setInterval(() => this.requestUpdate(), 1000);
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    clearInterval(this.beat);
  }

  render() {
    const { room } = this.here;
    const left = (room.timeline?.length ?? 0) - room.position();
    return html`<time class="numbers quiet" role="timer" datetime=${machineTime(left)}>${this.t('session.left', { time: timeLeft(left) })}</time>`;
  }
}

customElements.define('time-left', TimeLeft);
