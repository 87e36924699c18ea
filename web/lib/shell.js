/**
 * The service worker that keeps what the page is made of (sw.js), where the
 * browser has one: it wants https, or this computer's own address. Without it
 * everything works as long as the server does.
 */

const WORKER = '/sw.js';

/**
 * To be called once, when the first view stands: what is kept then is the version it was made of.
 * @param {Pick<ServiceWorkerContainer, 'register' | 'ready'> | undefined} [workers]
 * @param {{createPolicy(name: string, rules: object): {createScriptURL(url: string): unknown}} | undefined} [types]
 */
export async function keepShell(workers = globalThis.navigator?.serviceWorker, types = /** @type {any} */ (globalThis).trustedTypes) {
  if (!workers) return;
  try {
    const policy = types?.createPolicy('stillpoint', { createScriptURL: own });
    await workers.register(/** @type {string} */ (policy?.createScriptURL(WORKER) ?? WORKER));
    (await workers.ready).active?.postMessage('keep');
  } catch {
    // A browser that keeps nothing, or has no room for it, is no reason to say anything.
  }
}

/** No other script may become a worker of this page. @param {string} url */
function own(url) {
  if (url !== WORKER) throw new TypeError(`${url} is no worker of this page`);
  return url;
}
