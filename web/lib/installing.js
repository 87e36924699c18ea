/**
 * Whether the browser offers to put Stillpoint among this device's programs. It
 * offers once, at a moment of its own, so this listens from early on; nothing is
 * shown until somebody looks for it in the settings.
 */

/** @typedef {Event & {prompt(): Promise<unknown>}} Offer */

/** Fires `change` when `offered` has changed. */
export class Installing extends EventTarget {
  /** @type {Offer | null} */
  #offer = null;

  /** @param {EventTarget} window */
  constructor(window) {
    super();
    window.addEventListener('beforeinstallprompt', (offer) => {
      offer.preventDefault(); // no banner over a person's evening
      this.#tell(/** @type {Offer} */ (offer));
    });
    window.addEventListener('appinstalled', () => this.#tell(null));
  }

  get offered() {
    return this.#offer !== null;
  }

  /** Lets the browser ask. An offer can be taken up once. To be called in a tap. */
  async install() {
    const offer = this.#offer;
    this.#tell(null);
    await offer?.prompt();
  }

  /** @param {Offer | null} offer */
  #tell(offer) {
    this.#offer = offer;
    this.dispatchEvent(new Event('change'));
  }
}

export const installing = new Installing(globalThis.window ?? new EventTarget());
