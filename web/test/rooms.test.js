import assert from 'node:assert/strict';
import { beforeEach, describe, test } from 'node:test';
import { Rooms } from '../lib/rooms.js';
import { settled } from './fakes.js';

const table = { id: 'table', name: 'Table', host: false, people: [], sound: '', today: [] };
let asked, answers, waits, rooms;

const answer = (status, body) => ({ ok: status < 400, status, json: async () => body });
beforeEach(() => {
  asked = [];
  answers = [];
  waits = [];
  rooms = new Rooms({
    fetch: async (path, { method, body }) => {
      asked.push([method, path, body].filter(Boolean).join(' '));
      return answers.shift() ?? answer(200, [table]);
    },
    schedule: (act) => {
      waits.push(act);
      return () => waits.splice(waits.indexOf(act), 1);
    },
  });
});

describe('the rooms of a practice', () => {
  test('are looked at for as long as somebody looks', async () => {
    rooms.watch();
    rooms.watch();
    await settled();
    assert.deepEqual(rooms.find('table'), table);
    waits.shift()();
    await settled();
    assert.equal(asked.length, 2);
    rooms.rest();
    assert.equal(waits.length, 0);
  });

  test('not again by an answer that comes when nobody looks any more', async () => {
    rooms.watch();
    rooms.rest();
    await settled();
    assert.equal(waits.length, 0);
  });

  test('once at a time, however often somebody comes and goes', async () => {
    for (let i = 0; i < 3; i++) {
      rooms.watch();
      rooms.rest();
    }
    rooms.watch();
    await settled();
    assert.equal(waits.length, 1);
  });

  test('stay as they were seen last while they cannot be had', async () => {
    await rooms.look();
    answers.push(answer(500, { code: 'internal', text: 'No.' }));
    await rooms.look();
    assert.deepEqual([rooms.missing, rooms.all], [true, [table]]);
    await rooms.look();
    assert.equal(rooms.missing, false);
  });

  test('what is changed is seen at once', async () => {
    answers.push(answer(201, table));
    assert.deepEqual(await rooms.make('Table'), table);
    await rooms.alter('table/1', { plan: 'treatment-60' });
    answers.push(answer(204));
    await rooms.takeAway('table');
    assert.deepEqual(asked, [
      'POST /api/rooms {"name":"Table"}', 'GET /api/rooms',
      'PATCH /api/rooms/table%2F1 {"plan":"treatment-60"}', 'GET /api/rooms',
      'DELETE /api/rooms/table', 'GET /api/rooms',
    ]);
  });

  test('a session is saved under a code name', async () => {
    answers.push(answer(201, { id: 's' }));
    await rooms.save('table', { codeName: 'Heron' });
    assert.deepEqual(asked, ['POST /api/rooms/table/save {"codeName":"Heron"}']);
  });

  test('a refusal is the room\'s own sentence', async () => {
    answers.push(answer(409, { code: 'not-now', text: 'Something plays there.' }));
    await assert.rejects(rooms.takeAway('table'), { code: 'not-now', text: 'Something plays there.' });
  });

  test('where nobody answers, that is the refusal', async () => {
    const nobody = new Rooms({ fetch: async () => { throw new TypeError('fetch'); } });
    await assert.rejects(nobody.make('Table'), { code: 'not-connected' });
  });
});
