/** A file of entries brought into the journal: how far it is, and what came of it. */

/** @typedef {{entries: number, new: number}} Brought */

/** Fires `change` when anything below has changed. */
export class Bringing extends EventTarget {
  /** @type {'idle' | 'bringing' | 'done' | 'gone'} */
  state = 'idle';
  /** How much of the file has been handed over, 0–1. */
  share = 0;
  /** done: what was in it. @type {Brought | null} */
  brought = null;
  /** gone: why, a sentence; '' where nobody answered */
  why = '';

  #Request;
  /** @type {XMLHttpRequest | null} */
  #request = null;

  /** @param {{Request?: typeof XMLHttpRequest}} [options] it tells how far it is, which fetch does not */
  constructor({ Request = globalThis.XMLHttpRequest } = {}) {
    super();
    this.#Request = Request;
  }

  /** Begins to bring a file in; another that is on its way is given up for it. @param {Blob & {name: string}} file */
  bring(file) {
    this.cancel();
    const request = (this.#request = new this.#Request());
    request.open('POST', '/api/journal/import');
    request.setRequestHeader('Content-Type', typeOf(file.name));
    request.upload.onprogress = ({ loaded, total }) => this.#request === request && this.#tell({ share: total ? loaded / total : 0 });
    request.onload = () => this.#request === request && this.#answered(request);
    request.onerror = () => this.#request === request && this.#tell({ state: 'gone', why: '' });
    this.#tell({ state: 'bringing', share: 0, why: '', brought: null });
    request.send(file);
  }

  /** Gives it up: then nothing of it is kept. */
  cancel() {
    const request = this.#request;
    this.#request = null;
    request?.abort();
    if (this.state !== 'idle') this.#tell({ state: 'idle' });
  }

  /** @param {XMLHttpRequest} request */
  #answered({ status, responseText }) {
    this.#request = null;
    const said = parsed(responseText);
    if (status === 200 && said) this.#tell({ state: 'done', brought: said });
    else this.#tell({ state: 'gone', why: said?.text ?? '' });
  }

  /** @param {Partial<Bringing>} news */
  #tell(news) {
    Object.assign(this, news);
    this.dispatchEvent(new Event('change'));
  }
}

/** @param {string} name */
const typeOf = (name) => (/\.csv$/i.test(name) ? 'text/csv' : 'application/json');

/** @param {string} text */
function parsed(text) {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
