/**
 * Keeps the screen awake while a session plays, where the browser can. Fires
 * `change` when `state` has changed.
 */

/**
 * - `off`: not wanted
 * - `on`: the screen stays on
 * - `waiting`: wanted; the page is hidden, or the answer is on its way
 * - `refused`: the device says no (a low battery, for one)
 * - `unsupported`: this browser cannot, or the page is not on a secure address
 * @typedef {'off' | 'on' | 'waiting' | 'refused' | 'unsupported'} WakeState
 */

/** @typedef {{request(type: 'screen'): Promise<{released: boolean, release(): Promise<void>} & EventTarget>}} Locks */

export class Wake extends EventTarget {
  /** @type {WakeState} */
  state = 'off';

  #locks;
  #document;
  #wanted = false;
  #asking = false;
  /** @type {({released: boolean, release(): Promise<void>} & EventTarget) | null} */
  #lock = null;

  /**
   * @param {object} [options]
   * @param {Locks} [options.locks]
   * @param {EventTarget & Pick<Document, 'visibilityState'>} [options.document]
   */
  constructor({ locks = globalThis.navigator?.wakeLock, document = globalThis.document } = {}) {
    super();
    this.#locks = locks;
    this.#document = document;
    // A browser lets go of the lock whenever the page is hidden.
    document?.addEventListener('visibilitychange', this.#look);
  }

  /**
   * Whether the screen is to stay on from now.
   * @param {boolean} wanted
   */
  want(wanted) {
    if (wanted === this.#wanted) return;
    this.#wanted = wanted;
    this.#look();
  }

  close() {
    this.want(false);
    this.#document?.removeEventListener('visibilitychange', this.#look);
  }

  #look = () => {
    if (!this.#wanted) {
      this.#lock?.release().catch(() => {});
      this.#lock = null;
      return this.#now('off');
    }
    if (!this.#locks) return this.#now('unsupported');
    if (this.#lock && !this.#lock.released) return this.#now('on');
    this.#now('waiting');
    if (this.#document?.visibilityState !== 'hidden' && !this.#asking) void this.#ask(this.#locks);
  };

  /** @param {Locks} locks */
  async #ask(locks) {
    this.#asking = true;
    try {
      const lock = await locks.request('screen');
      lock.addEventListener('release', this.#look, { once: true });
      this.#lock = lock;
      this.#asking = false;
      this.#look();
    } catch {
      this.#asking = false;
      this.#now(this.#wanted ? 'refused' : 'off');
    }
  }

  /** @param {WakeState} state */
  #now(state) {
    if (state === this.state) return;
    this.state = state;
    this.dispatchEvent(new Event('change'));
  }
}
