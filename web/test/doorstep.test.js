import assert from 'node:assert/strict';
import { test } from 'node:test';


const { leadsTo } = await import('../lib/doorstep.js');

const device = { id: 'd', name: '', role: 'display', room: 'two' };

test('doorstep: one that is not known any more goes to the door', () => {
  assert.equal(leadsTo({ status: 401 }, 'display'), '/join?left');
});

test('doorstep: one that has become another opens as that', () => {
  assert.equal(leadsTo({ status: 200, me: { local: false, device, place: 'Two' } }, 'guide'), '/?role=display');
  assert.equal(leadsTo({ status: 200, me: { local: false, device, place: 'Two' } }, 'display'), '');
});

test('doorstep: a lost line, and this computer itself, lead nowhere', () => {
  assert.equal(leadsTo({ status: 0 }, 'display'), '');
  assert.equal(leadsTo({ status: 503 }, 'display'), '');
  assert.equal(leadsTo({ status: 200, me: { local: true } }, 'guest'), '');
});
