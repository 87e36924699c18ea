/**
 * Keeps what a page is made of, so that a window opens when the server is gone.
 * While the server answers, everything comes from it, but for a page that was opened
 * without it. What is kept is of one version, whole, and never mixed with another; of
 * what the server is asked for, only the words of the grounding are kept, in each
 * language that the page has.
 */
'use strict';

const SHELL = '/shell.json'; // every file of a page; kept last, so that what holds it is whole
const GROUNDING = /^\/api\/scripts\/grounding(\.\w+)?$/;
const KEPT = 'stillpoint.shell.';
const PATIENCE = 3000; // ms a server may take to begin its answer
const SILENT = 5000; // ms for which one that took longer is not waited for again

/** The types of a page do not know what a worker hears. @type {any} */
const worker = self;

let silentUntil = 0;

/**
 * What a page is of: the cache of its version, where that is known, and whether it came from there.
 * @typedef {{name?: string, kept?: boolean}} Page
 */

/** @type {Map<string, Page>} by the client's id */
const pages = new Map();

worker.addEventListener('install', (/** @type {any} */ event) => {
  worker.skipWaiting(); // it only passes on: an older one has nothing to finish
  event.waitUntil(keep());
});

worker.addEventListener('activate', (/** @type {any} */ event) => event.waitUntil(worker.clients.claim()));

worker.addEventListener('message', (/** @type {any} */ event) => {
  if (event.data === 'keep') event.waitUntil(keep().catch(() => {})); // the version kept before stays
});

worker.addEventListener('fetch', (/** @type {any} */ event) => {
  const path = keptAs(event.request);
  if (path) event.respondWith(answer(event, path));
});

/** Keeps the server's present version, and then lets go of any other. */
async function keep() {
  const { tag, files } = await shell();
  const name = KEPT + tag;
  if (!(await (await caches.open(name)).match(SHELL))) await fill(name, tag, files);
  for (const other of await caches.keys()) if (other.startsWith(KEPT) && other !== name) await caches.delete(other);
}

/** @param {string} name @param {string} tag @param {string[]} files */
async function fill(name, tag, files) {
  try {
    const cache = await caches.open(name);
    await cache.addAll(files);
    await Promise.allSettled(groundings(files).map((words) => cache.add(words))); // not every device may have them
    if ((await shell()).tag !== tag) throw new Error('the server is another by now');
    await cache.add(SHELL);
  } catch (fault) {
    await caches.delete(name);
    throw fault;
  }
}

/** The grounding as it was written, and in the language of each other catalogue. @param {string[]} files */
function groundings(files) {
  const languages = files.flatMap((file) => /^\/lang\/(\w+)\.json$/.exec(file)?.[1] ?? []);
  return ['', ...languages.filter((language) => language !== 'en').map((language) => `.${language}`)].map((end) => `/api/scripts/grounding${end}`);
}

/** @returns {Promise<{tag: string, files: string[]}>} */
async function shell() {
  const answer = await fetch(SHELL);
  if (!answer.ok) throw new Error(`the shell: status ${answer.status}`);
  return answer.json();
}

/**
 * What a request is kept under, '' where its answer is the server's alone. Every
 * address that a person opens is the one page.
 * @param {Request} request
 */
function keptAs({ method, mode, url }) {
  const { origin, pathname, search } = new URL(url);
  if (method !== 'GET' || origin !== worker.location.origin) return '';
  if (mode === 'navigate') return pathname.startsWith('/api/') ? '' : '/';
  if (pathname.startsWith('/api/')) return GROUNDING.test(pathname + search) ? pathname : '';
  return pathname === SHELL || pathname === '/healthz' ? '' : pathname;
}

/**
 * An answer to a page, of its own version; or a page, of which is noted what it is.
 * @param {{request: Request, clientId: string, resultingClientId: string}} event
 * @param {string} path
 */
async function answer({ request, clientId, resultingClientId }, path) {
  if (request.mode !== 'navigate') return given(request, path, pages.get(clientId));
  /** @type {Page} */
  const page = {};
  const found = await given(request, path, page);
  if (resultingClientId) pages.set(resultingClientId, page);
  if (page.name) page.kept = true;
  else void shell().then(({ tag }) => (page.name ??= KEPT + tag)).catch(() => {}); // not known, then
  return found;
}

/**
 * The server's answer, or what is kept where none comes in time.
 * @param {Request} request
 * @param {string} path
 * @param {Page} [page]
 */
async function given(request, path, page = {}) {
  const kept = (page.kept || Date.now() < silentUntil) && (await find(path, page));
  if (kept) return kept;
  const asked = fetch(request);
  try {
    return await inTime(asked);
  } catch {
    return (await find(path, page)) ?? asked;
  }
}

/** @param {Promise<Response>} asked */
function inTime(asked) {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      silentUntil = Date.now() + SILENT;
      reject(new Error('no answer'));
    }, PATIENCE);
    asked.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}

/** @param {string} path @param {Page} page */
async function find(path, page) {
  for (const name of await caches.keys()) {
    if (!name.startsWith(KEPT) || (page.name ?? name) !== name) continue;
    const cache = await caches.open(name);
    if (!(await cache.match(SHELL))) continue;
    page.name = name;
    return cache.match(path);
  }
}
