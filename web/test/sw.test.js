import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, mock, test } from 'node:test';
import { createContext, runInContext } from 'node:vm';
import { Installing } from '../lib/installing.js';
import { keepShell } from '../lib/shell.js';
import { settled } from './fakes.js';

const source = readFileSync(new URL('../sw.js', import.meta.url), 'utf8');
const HERE = 'http://127.0.0.1:7411';
const FILES = ['/', '/app.js', '/lang/de.json', '/lang/en.json'];

/** A browser's caches, as far as they are used: what is added is asked of the same server. */
class FakeCaches {
  all = new Map();
  full = false;
  constructor(ask) {
    this.ask = ask;
  }
  keys = async () => [...this.all.keys()];
  delete = async (name) => this.all.delete(name);
  async open(name) {
    if (!this.all.has(name)) this.all.set(name, new Map());
    const held = this.all.get(name);
    const addAll = async (paths) => {
      if (this.full) throw new Error('QuotaExceededError');
      const answers = await Promise.all(paths.map((path) => this.ask(path)));
      if (answers.some(({ ok }) => !ok)) throw new TypeError('not ok');
      paths.forEach((path, i) => held.set(path, answers[i]));
    };
    return { match: async (path) => held.get(path), add: (path) => addAll([path]), addAll };
  }
}

/** The worker in a world of its own. */
class World {
  version = 1;
  there = true;
  hangs = false;
  asked = [];
  #heard = {};

  constructor() {
    this.caches = new FakeCaches((path) => this.fetch(path));
    const self = {
      addEventListener: (name, act) => (this.#heard[name] = act),
      skipWaiting: () => {},
      clients: { claim: async () => {} },
      location: { origin: HERE },
    };
    runInContext(source, createContext({ self, caches: this.caches, fetch: (asked) => this.fetch(asked), setTimeout, clearTimeout, Date, URL }));
  }

  fetch = async (asked) => {
    const path = typeof asked === 'string' ? asked : new URL(asked.url).pathname;
    this.asked.push(path);
    if (!this.there) throw new TypeError('Failed to fetch');
    if (this.hangs) return new Promise(() => {});
    if (path === '/shell.json') return { ok: true, json: async () => ({ tag: `v${this.version}`, files: FILES }) };
    return { ok: true, text: `${path} v${this.version}` };
  };

  async happen(name, more = {}) {
    const waits = [];
    this.#heard[name]({ ...more, waitUntil: (done) => waits.push(done) });
    await Promise.all(waits);
  }

  /** What a page gets; 'passed' where the worker leaves a request alone. */
  async get(path, { method = 'GET', mode = 'cors', origin = HERE, page = 'page' } = {}) {
    let answer = 'passed';
    const who = mode === 'navigate' ? { clientId: '', resultingClientId: page } : { clientId: page, resultingClientId: '' };
    this.#heard.fetch({ ...who, request: { url: origin + path, method, mode }, respondWith: (given) => (answer = given) });
    return answer === 'passed' ? answer : (await answer).text;
  }

  kept = () => [...this.caches.all.keys()];
}

let world;
beforeEach(() => {
  mock.timers.enable({ apis: ['setTimeout', 'Date'] });
  world = new World();
});
afterEach(() => mock.timers.reset());

describe('the worker', () => {
  test('while the server answers, everything comes from it', async () => {
    await world.happen('install');
    world.version = 2;
    assert.equal(await world.get('/app.js'), '/app.js v2');
  });

  test('without a server every address opens the one page, and every file is there', async () => {
    await world.happen('install');
    world.there = false;
    for (const path of ['/', '/?role=guest', '/nowhere']) assert.equal(await world.get(path, { mode: 'navigate' }), '/ v1');
    assert.equal(await world.get('/lang/en.json'), '/lang/en.json v1');
    assert.equal(await world.get('/api/scripts/grounding'), '/api/scripts/grounding v1');
    assert.equal(await world.get('/api/scripts/grounding.de'), '/api/scripts/grounding.de v1');
    await assert.rejects(world.get('/never.js'));
  });

  for (const [what, path, options] of [
    ['a list', '/api/scripts'], ['a track', '/api/sessions/s1/track.wav'], ['the grounding told otherwise', '/api/scripts/grounding?anchor=feet'],
    ['a change', '/app.js', { method: 'POST' }], ['another site', '/app.js', { origin: 'http://elsewhere' }],
    ['a file to take home', '/api/files/x/Feet.mp3', { mode: 'navigate' }], ['the health of the server', '/healthz'],
  ]) {
    test(`${what} is left alone`, async () => {
      await world.happen('install');
      assert.equal(await world.get(path, options), 'passed');
    });
  }

  test('an upgrade is kept whole, and the old version goes', async () => {
    await world.happen('install');
    world.version = 2;
    await world.happen('message', { data: 'keep' });
    assert.deepEqual(world.kept(), ['stillpoint.shell.v2']);
    world.there = false;
    assert.equal(await world.get('/app.js'), '/app.js v2');
  });

  test('the same version is not fetched again', async () => {
    await world.happen('install');
    world.asked = [];
    await world.happen('message', { data: 'keep' });
    assert.deepEqual(world.asked, ['/shell.json']);
  });

  test('an upgrade in the midst of keeping keeps neither half', async () => {
    await world.happen('install');
    world.version = 2;
    const { fetch } = world;
    world.fetch = async (asked) => {
      const answer = await fetch(asked);
      if (asked === '/app.js') world.version = 3;
      return answer;
    };
    await world.happen('message', { data: 'keep' });
    assert.deepEqual(world.kept(), ['stillpoint.shell.v1']);
  });

  test('where there is no room, the version before stays', async () => {
    await world.happen('install');
    world.version = 2;
    world.caches.full = true;
    await world.happen('message', { data: 'keep' });
    world.there = false;
    assert.equal(await world.get('/app.js'), '/app.js v1');
  });

  test('what was left half kept is never shown', async () => {
    await world.happen('install');
    world.caches.all.get('stillpoint.shell.v1').delete('/shell.json');
    world.there = false;
    await assert.rejects(world.get('/app.js'));
  });

  test('a server that hangs is waited for once, and not again at once', async () => {
    await world.happen('install');
    world.hangs = true;
    const first = world.get('/', { mode: 'navigate' });
    await settled();
    mock.timers.tick(3000);
    assert.equal(await first, '/ v1');
    assert.equal(await world.get('/app.js'), '/app.js v1');
    mock.timers.tick(5001);
    world.hangs = false;
    world.version = 2;
    assert.equal(await world.get('/app.js', { page: 'another' }), '/app.js v2');
  });

  test('a page that was opened without a server stays of one version when another is there', async () => {
    await world.happen('install');
    world.there = false;
    await world.get('/', { mode: 'navigate' });
    world.there = true;
    world.version = 2;
    assert.equal(await world.get('/app.js'), '/app.js v1');
    assert.equal(await world.get('/never-kept.png'), '/never-kept.png v2');
    await world.get('/', { mode: 'navigate', page: 'next' });
    assert.equal(await world.get('/app.js', { page: 'next' }), '/app.js v2');
  });

  test('a page of a newer version is given nothing of the one that is kept, however slow the server', async () => {
    await world.happen('install');
    world.version = 2;
    await world.get('/', { mode: 'navigate' });
    await settled();
    world.hangs = true;
    let got = '';
    void world.get('/app.js').then((text) => (got = text));
    for (let i = 0; i < 5; i++) await settled();
    mock.timers.tick(3000);
    for (let i = 0; i < 5; i++) await settled();
    assert.equal(got, '');
    await world.get('/', { mode: 'navigate', page: 'next' });
    assert.equal(await world.get('/app.js', { page: 'next' }), '/app.js v1', 'while the next page is what is kept, whole');
  });
});

describe('registering', () => {
  const types = (made = []) => ({ made, createPolicy: (name, { createScriptURL }) => (made.push(name), { createScriptURL }) });

  test('through a policy that lets one script pass, and then the version is kept', async () => {
    const said = [];
    const types1 = types();
    const workers = { register: async (url) => said.push(url), ready: Promise.resolve({ active: { postMessage: (message) => said.push(message) } }) };
    await keepShell(workers, types1);
    assert.deepEqual([said, types1.made], [['/sw.js', 'keep'], ['stillpoint']]);
    let refuse;
    await keepShell(workers, { createPolicy: (_, rules) => (refuse = rules) });
    assert.throws(() => refuse.createScriptURL('/sw.js?other'), TypeError);
  });

  test('a browser without, or one that refuses, is as before', async () => {
    await keepShell(undefined, types());
    await keepShell({ register: async () => { throw new Error('SecurityError'); }, ready: new Promise(() => {}) }, types());
  });
});

test('an offer to install waits until somebody takes it, once', async () => {
  const window = new EventTarget();
  const installing = new Installing(window);
  let shown = 0;
  const offer = Object.assign(new Event('beforeinstallprompt', { cancelable: true }), { prompt: async () => shown++ });
  window.dispatchEvent(offer);
  assert.deepEqual([offer.defaultPrevented, installing.offered, shown], [true, true, 0]);
  await installing.install();
  await installing.install();
  assert.deepEqual([installing.offered, shown], [false, 1]);
  window.dispatchEvent(offer);
  window.dispatchEvent(new Event('appinstalled'));
  assert.equal(installing.offered, false);
});
