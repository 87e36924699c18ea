import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import { Bringing } from '../lib/bringing.js';

let bringing, requests;

class FakeRequest {
  upload = {};
  constructor() {
    requests.push(this);
  }
  open(...how) {
    this.opened = how;
  }
  setRequestHeader(name, value) {
    this[name] = value;
  }
  send(file) {
    this.sent = file;
  }
  abort() {
    this.aborted = true;
  }
  answer(status, responseText) {
    Object.assign(this, { status, responseText });
    this.onload();
  }
}

beforeEach(() => {
  requests = [];
  bringing = new Bringing({ Request: FakeRequest });
});

test('bringing: told as it goes, and what came of it', () => {
  const file = { name: 'journal.CSV' };
  bringing.bring(file);
  const [request] = requests;
  assert.deepEqual([request.opened, request['Content-Type'], request.sent], [['POST', '/api/journal/import'], 'text/csv', file]);
  request.upload.onprogress({ loaded: 3, total: 4 });
  assert.deepEqual([bringing.state, bringing.share], ['bringing', 0.75]);
  request.answer(200, '{"entries": 5, "new": 3}');
  assert.deepEqual([bringing.state, bringing.brought], ['done', { entries: 5, new: 3 }]);
});

test('bringing: a refusal is its sentence; nobody there is none', () => {
  bringing.bring({ name: 'journal.json' });
  assert.equal(requests[0]['Content-Type'], 'application/json');
  requests[0].answer(400, '{"code": "bad-file", "text": "Entry 3: that is no date."}');
  assert.deepEqual([bringing.state, bringing.why], ['gone', 'Entry 3: that is no date.']);
  bringing.bring({ name: 'journal.json' });
  requests[1].answer(502, '<html>');
  assert.deepEqual([bringing.state, bringing.why], ['gone', '']);
  bringing.bring({ name: 'journal.json' });
  requests[2].onerror();
  assert.deepEqual([bringing.state, bringing.why], ['gone', '']);
});

test('bringing: given up, nothing more is heard of it', () => {
  bringing.bring({ name: 'journal.json' });
  bringing.cancel();
  assert.deepEqual([bringing.state, requests[0].aborted], ['idle', true]);
  requests[0].answer(200, '{"entries": 5, "new": 3}');
  requests[0].upload.onprogress({ loaded: 1, total: 1 });
  assert.equal(bringing.state, 'idle');
});
