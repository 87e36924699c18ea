import assert from 'node:assert/strict';
import { test } from 'node:test';
import { leadsTo } from '../lib/doorstep.js';

const display = { local: false, device: { id: 'd', name: '', role: 'display', room: 'two' }, place: 'Two' };

test('doorstep: one that is not known any more goes to the door', () => {
  assert.equal(leadsTo(null, 'display'), '/join?left');
});

test('doorstep: one that has become another opens as that', () => {
  assert.equal(leadsTo(display, 'guide'), '/?role=display');
  assert.equal(leadsTo({ ...display, device: { ...display.device, role: 'guide' } }, 'display'), '/');
  assert.equal(leadsTo(display, 'display'), '');
});

test('doorstep: this computer itself stays', () => {
  assert.equal(leadsTo({ local: true }, 'guest'), '');
});
