import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Devices, inThrees, ownWindows, pictureOf, withoutToken } from '../lib/devices.js';
import { digits, me, pageOf, pair } from '../lib/joining.js';
import { hourOf, Network } from '../lib/network.js';

/** A server that answers in turn, and remembers what it was asked. */
function answering(...answers) {
  const asked = [];
  const fetch = async (path, { method, body }) => {
    asked.push([method, path, ...(body ? [JSON.parse(body)] : [])]);
    const { status = 200, json } = answers.shift() ?? {};
    if (status === 0) throw new TypeError('nobody');
    return { ok: status < 300, status, json: async () => json };
  };
  return { fetch, asked };
}

/** Turns of a clock that a test makes. */
function turning() {
  const acts = [];
  return { acts, schedule: (act) => (acts.push(act), () => acts.splice(acts.indexOf(act), 1)) };
}

const tablet = { id: 'd1', name: 'Tablet', role: 'display', room: 'garden', paired: 1, last: 2, here: true, people: ['p1'] };

test('devices: they are looked at while anybody watches, and told of when they are otherwise', async () => {
  const { fetch, asked } = answering({ json: [tablet] }, { json: [tablet] }, { status: 0 });
  const { acts, schedule } = turning();
  const devices = new Devices({ fetch, schedule });
  let told = 0;
  devices.addEventListener('change', () => told++);
  devices.watch();
  devices.watch();
  await new Promise(setImmediate);
  assert.deepEqual([devices.of('garden'), devices.of('attic'), told, acts.length], [[tablet], [], 1, 1]);
  acts.shift()();
  await new Promise(setImmediate);
  assert.equal(told, 1, 'the same again');
  devices.rest();
  acts.shift()();
  await new Promise(setImmediate);
  assert.deepEqual(devices.of('garden'), [tablet], 'what cannot be had stays');
  devices.rest();
  assert.deepEqual([asked.length, acts.length], [3, 0]);
});

test('devices: what is asked for is asked once, and looked at', async () => {
  const { fetch, asked } = answering({ json: tablet }, { json: [tablet] }, { status: 204 }, { json: [] }, { status: 204 }, { status: 409, json: { code: 'not-now', text: 'Not connected.' } });
  const devices = new Devices({ fetch });
  await devices.alter('d1', { name: 'Tablet' });
  await devices.putOut('d1');
  assert.deepEqual(devices.all, []);
  await devices.withdraw('i 1');
  await assert.rejects(devices.identify('d1'), { code: 'not-now', text: 'Not connected.' });
  assert.deepEqual(asked, [
    ['PATCH', '/api/devices/d1', { name: 'Tablet' }], ['GET', '/api/devices'], ['DELETE', '/api/devices/d1'], ['GET', '/api/devices'],
    ['DELETE', '/api/invitations/i%201'], ['POST', '/api/devices/d1/identify'],
  ]);
});

test('devices: an invitation as it is read', () => {
  assert.equal(inThrees('008726'), '008 726');
  assert.equal(withoutToken('https://192.168.1.20:7443/join#ABC'), 'https://192.168.1.20:7443/join');
  assert.equal(pictureOf({ id: 'i1' }, 'low', true), '/api/invitations/i1/qr.svg?theme=low&plain=1');
});

test('devices: the windows of this computer are those that are no device’s', () => {
  const people = [{ id: 'p1', name: 'Tablet', role: 'display' }, { id: 'p2', name: '', role: 'guide' }];
  assert.deepEqual(ownWindows(people, [tablet]), [people[1]]);
});

test('joining: a stranger is nobody, and everything else is said', async () => {
  assert.equal(await me(answering({ status: 401, json: { code: 'not-paired', text: '' } }).fetch), null);
  await assert.rejects(me(answering({ status: 0 }).fetch), { code: 'not-connected' });
  const { fetch, asked } = answering({ status: 201, json: { device: tablet, place: 'Garden' } });
  assert.deepEqual(await pair({ number: '008726' }, fetch), { device: tablet, place: 'Garden' });
  assert.deepEqual(asked, [['POST', '/api/pair', { number: '008726' }]]);
});

test('joining: a number as people type and paste it, and the page of what one is', () => {
  assert.equal(digits(' 008-726\u00a0'), '008726');
  assert.equal(pageOf({ role: 'guide' }), '/');
  assert.equal(pageOf({ role: 'remote' }), '/?role=remote');
});

test('network: it is known, switched, and looked at now and then', async () => {
  const on = { on: true, until: 5, addresses: [], plain: [] };
  const { fetch, asked } = answering({ json: { local: true } }, { json: { ...on, on: false } }, { json: on }, { status: 409, json: { code: 'not-now', text: 'No.' } });
  const { acts, schedule } = turning();
  const network = new Network({ fetch, schedule });
  network.watch();
  network.watch();
  await new Promise(setImmediate);
  assert.deepEqual([network.own, network.seen?.on, acts.length], [true, false, 1]);
  await network.turn(true);
  assert.equal(network.seen?.on, true);
  await assert.rejects(network.turn(false), { code: 'not-now' });
  assert.equal(network.seen?.on, true);
  assert.deepEqual(asked.slice(2), [['PUT', '/api/network', { on: true }], ['PUT', '/api/network', { on: false }]]);
});

test('network: midnight has a name of its own', () => {
  const at = (h, m) => new Date(2026, 10, 25, h, m).getTime();
  assert.equal(hourOf(at(0, 0), 'en'), '');
  assert.equal(hourOf(at(3, 5), 'en'), '03:05');
  assert.equal(hourOf(at(23, 0), 'de'), '23:00');
});
