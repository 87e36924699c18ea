import { load } from '../lib/words.js';
import { languageFor, speak } from './languages.js';

/** @import {Here} from '../elements/face.js' */

/**
 * Keeps the page in the language that is wished for. What sounds is not touched.
 * @param {Here} here
 * @param {typeof load} [fetch]
 */
export function follow(here, fetch = load) {
  const { wishes } = here;
  const wanted = () => languageFor(wishes.kept.language);
  const look = async () => {
    const language = wanted();
    if (language === here.t.language) return;
    const t = await fetch(language).catch(() => null); // without it the page stays as it is
    if (!t || language !== wanted()) return;
    here.t = t;
    speak(here);
    wishes.dispatchEvent(new Event('change'));
  };
  wishes.addEventListener('change', look);
  void look(); // it may have been wished already
}
