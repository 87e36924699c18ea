import assert from 'node:assert/strict';
import { afterEach, beforeEach, test } from 'node:test';
import { Taking } from '../lib/taking.js';
import { settled, stopTime } from './fakes.js';

let time, taking, asked, seen, made;
const order = { script: 'one', format: 'mp3' };

beforeEach(() => {
  time = stopTime();
  asked = [];
  seen = { state: 'making', done: 0, of: 0, name: 'One.mp3' };
  made = async () => ({ ok: true, json: async () => ({ id: 'f1' }) });
  const fetch = async (address, { method = 'GET', body } = {}) => {
    asked.push(`${method} ${address}`);
    if (method === 'POST') return made(JSON.parse(body));
    if (seen === null) throw new Error('nobody there');
    return { ok: true, json: async () => seen };
  };
  taking = new Taking({ fetch });
});
afterEach(() => {
  taking.cancel();
  time.restart();
});

const later = async (ms = 0) => {
  for (let i = 0; i < 5; i++) await settled();
  time.pass(ms);
  for (let i = 0; i < 5; i++) await settled();
};
const forgotten = () => asked.filter((each) => each.startsWith('DELETE'));

test('taking: watched until it is ready', async () => {
  taking.make(order);
  await later();
  assert.deepEqual([taking.state, taking.share], ['making', null]);
  seen = { state: 'making', done: 30, of: 120, name: 'One.mp3' };
  await later(400);
  assert.equal(taking.share, 0.25);
  seen = null; // the server is busy, or away for a moment
  await later(400);
  assert.equal(taking.state, 'making');
  seen = { state: 'ready', done: 120, of: 120, name: 'Soles & toes.mp3', size: 9 };
  await later(400);
  assert.deepEqual([taking.state, taking.name, taking.address], ['ready', 'Soles & toes.mp3', '/api/files/f1/Soles%20%26%20toes.mp3']);
  const { length } = asked;
  await later(5000);
  assert.equal(asked.length, length, 'nothing is asked any more');
  taking.cancel();
  assert.deepEqual(forgotten(), [], 'a file that is ready stays');
});

test('taking: given up, the server forgets it', async () => {
  taking.make(order);
  await later(400);
  taking.cancel();
  assert.deepEqual([taking.state, forgotten()], ['idle', ['DELETE /api/files/f1']]);
  const { length } = asked;
  await later(5000);
  assert.equal(asked.length, length);
});

test('taking: given up before the server has answered', async () => {
  let answer;
  made = () => new Promise((resolve) => (answer = resolve));
  taking.make(order);
  await later();
  taking.cancel();
  answer({ ok: true, json: async () => ({ id: 'f2' }) });
  await later(1000);
  assert.deepEqual([taking.state, forgotten()], ['idle', ['DELETE /api/files/f2']]);
});

test('taking: what stands against it is said', async () => {
  made = async () => ({ ok: false, json: async () => ({ code: 'full', text: 'Two files are being made already.' }) });
  await taking.make(order);
  assert.deepEqual([taking.state, taking.why], ['gone', 'Two files are being made already.']);
  made = async () => Promise.reject(new Error('nobody there'));
  await taking.make(order);
  assert.deepEqual([taking.state, taking.why], ['gone', '']);
});

test('taking: a file that could not be made says why', async () => {
  taking.make(order);
  await later();
  seen = { state: 'gone', done: 0, of: 0, name: 'One.mp3', why: 'The file could not be made.' };
  await later(400);
  assert.deepEqual([taking.state, taking.why], ['gone', 'The file could not be made.']);
});
