/**
 * What a screen reader is told while a session is shown: what matters at once, and the names of
 * its sections with so much room between them that nobody is talked to all the time.
 */

const APART = 20_000; // ms between two names

export class Announced {
  #words = '';
  #at = -Infinity;
  #mattered = false;

  /**
   * The words to be told, which stay as they were where it is too early for other ones.
   * After something that mattered the next name tells that it goes on.
   * @param {string} words
   * @param {{matters: boolean, now: number}} how now: ms on this device
   */
  next(words, { matters, now }) {
    if (words !== this.#words && (matters || this.#mattered || now - this.#at >= APART)) {
      this.#words = words;
      this.#at = now;
      this.#mattered = matters;
    }
    return this.#words;
  }
}
