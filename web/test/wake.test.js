import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Wake } from '../lib/wake.js';
import { settled } from './fakes.js';

/** A browser's wake locks: granted one at a time, let go of when the page hides. */
function browser({ refuses = false } = {}) {
  const page = Object.assign(new EventTarget(), { visibilityState: 'visible' });
  const granted = [];
  const locks = {
    async request() {
      if (refuses || page.visibilityState === 'hidden') throw new Error('NotAllowedError');
      const lock = Object.assign(new EventTarget(), { released: false });
      lock.release = async () => {
        if (lock.released) return;
        lock.released = true;
        lock.dispatchEvent(new Event('release'));
      };
      granted.push(lock);
      return lock;
    },
  };
  const show = (visibilityState) => {
    page.visibilityState = visibilityState;
    if (visibilityState === 'hidden') for (const lock of granted) lock.release();
    page.dispatchEvent(new Event('visibilitychange'));
  };
  return { locks, document: page, granted, show, held: () => granted.filter((lock) => !lock.released).length };
}

test('wake: on while wanted, and says so', async () => {
  const device = browser();
  const wake = new Wake(device);
  const states = [];
  wake.addEventListener('change', () => states.push(wake.state));
  wake.want(true);
  wake.want(true);
  await settled();
  assert.equal(device.held(), 1);
  wake.want(false);
  await settled();
  assert.equal(device.held(), 0);
  assert.deepEqual(states, ['waiting', 'on', 'off']);
});

test('wake: taken again when the page is seen again', async () => {
  const device = browser();
  const wake = new Wake(device);
  wake.want(true);
  await settled();
  device.show('hidden');
  await settled();
  assert.equal(wake.state, 'waiting');
  device.show('visible');
  await settled();
  assert.equal(wake.state, 'on');
  assert.equal(device.held(), 1);
  wake.close();
  await settled();
  assert.equal(device.held(), 0);
});

test('wake: no longer wanted while the answer is on its way', async () => {
  const device = browser();
  const wake = new Wake(device);
  wake.want(true);
  wake.want(false);
  await settled();
  assert.deepEqual([wake.state, device.held()], ['off', 0]);
});

test('wake: a device that says no, a browser that cannot', async () => {
  const wake = new Wake(browser({ refuses: true }));
  wake.want(true);
  await settled();
  assert.equal(wake.state, 'refused');
  const old = new Wake({ locks: undefined, document: browser().document });
  old.want(true);
  assert.equal(old.state, 'unsupported');
});
