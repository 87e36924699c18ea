import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, test } from 'node:test';
import { Copy } from '../lib/copy.js';
import { trackURL } from '../lib/track.js';
import { loaded } from './fakes.js';
import { TRACK, at, audio, make, other, pass, room, sound } from './heard.js';

const WHOLE = 610_000 * 16; // bytes: ten minutes and a last bell
const MP3 = TRACK.replace('track.wav', 'track.mp3');

/** A server's answers, byte by byte, and what a browser keeps of them. */
class World {
  asked = [];
  kept = new Map();
  made = [];
  revoked = [];
  full = false;
  /** @type {Set<string>} */
  held = new Set();

  fetch = async (url, { signal }) => {
    this.asked.push(url);
    if (this.refuses) return { ok: false, status: 503 };
    let next;
    const pieces = [];
    const tell = () => (next?.(), (next = undefined));
    signal.addEventListener('abort', () => (this.ends('AbortError'), (this.aborted = true)));
    this.gives = (bytes) => (pieces.push(bytes), tell());
    this.ends = (fault) => (pieces.push(fault ?? 0), tell());
    const read = async () => {
      if (!pieces.length) await new Promise((come) => (next = come));
      const piece = pieces.shift();
      if (typeof piece === 'string') throw new Error(piece);
      return piece ? { done: false, value: new Uint8Array(piece) } : { done: true };
    };
    return { ok: true, body: { getReader: () => ({ read }) } };
  };

  caches = {
    keys: async () => [...this.kept.keys()],
    delete: async (name) => this.kept.delete(name),
    open: async (name) => {
      if (!this.kept.has(name)) this.kept.set(name, new Map());
      return {
        match: async (track) => this.kept.get(name)?.get(track),
        put: async (track, answer) => {
          if (this.full) throw new Error('QuotaExceededError');
          const blob = await answer.blob();
          this.kept.set(name, new Map([[track, { blob: async () => blob }]]));
        },
      };
    },
  };

  locks = {
    request: async (name, { ifAvailable }, act) => {
      if (ifAvailable) return act(this.held.has(name) ? null : {});
      this.held.add(name);
      await act({});
      this.held.delete(name);
    },
  };

  urls = { createObjectURL: (blob) => `blob:${this.made.push(blob)}`, revokeObjectURL: (url) => this.revoked.push(url) };
}

const nothing = { session: null, timeline: null, transport: null };

let world, copy;
const options = () => ({ fetch: world.fetch, caches: world.caches, locks: world.locks, urls: world.urls });
function copied(news) {
  Object.assign(room, { ...loaded(), status: 'live', ...news });
  copy = new Copy(room, options());
}
/** Real promises of blobs are not settled by the paper clock. */
const turn = async () => {
  for (let i = 0; i < 3; i++) await new Promise((done) => setImmediate(done));
};
/** A copy, whole, once what is heard has settled. */
const whole = async () => {
  await pass(3100);
  world.gives(WHOLE);
  world.ends();
  await turn();
};
const fetched = () => (copied(), whole());
/** The same beside a sound that plays. */
const sounding = () => {
  sound.close();
  copied({ ...at('playing', 10_000) });
  make({}, { copy });
  return whole();
};
const lose = async () => {
  room.tell({ status: 'lost' });
  await pass(1000);
};

beforeEach(() => {
  world = new World();
  make(); // a sound of its own, without copies
});
afterEach(() => copy?.close());

describe('fetching', () => {
  test('once the track has stayed the same, and all of it', async () => {
    copied();
    await pass(2900);
    assert.deepEqual(world.asked, []);
    await pass(200);
    assert.deepEqual(world.asked, [MP3]);
    world.gives(WHOLE);
    world.ends();
    await turn();
    assert.equal(copy.reach, Infinity);
    assert.deepEqual([...world.kept.keys()], ['stillpoint.copy.s1']);
  });

  test('levels being moved are waited for', async () => {
    copied();
    for (let bells = 60; bells < 70; bells++) {
      room.tell({ mix: { bells } });
      await pass(1000);
    }
    assert.deepEqual(world.asked, []);
    await pass(3000);
    assert.equal(world.asked.length, 1);
  });

  test('a track that changes meanwhile ends it, and another is fetched', async () => {
    copied();
    await pass(3100);
    world.gives(1000);
    room.tell({ mix: { bells: 10 } });
    assert.equal(world.aborted, true);
    await pass(3100);
    assert.equal(world.asked.length, 2);
    assert.equal(copy.reach, 0);
  });

  test('a server that is busy is asked again, without haste', async () => {
    world.refuses = true;
    copied();
    await pass(3100);
    await turn();
    await pass(4000);
    assert.equal(world.asked.length, 1);
    await pass(1100);
    assert.equal(world.asked.length, 2);
  });

  for (const [what, away, back] of [
    ['the sound was elsewhere', () => ({ sound: 'other' }), () => ({ sound: 'me' })],
    ['a stop was gone back from', () => at('stopped', 5000), () => at('paused', 5000)],
  ]) {
    test(`what was half fetched is fetched when ${what}`, async () => {
      copied();
      await pass(3100);
      world.gives(1 << 20);
      await turn();
      room.tell(away());
      await turn();
      room.tell(back());
      await pass(2900);
      assert.equal(world.asked.length, 1);
      await pass(200);
      assert.equal(world.asked.length, 2);
      world.gives(WHOLE);
      world.ends();
      await turn();
      assert.equal(copy.reach, Infinity);
      room.tell({});
      await pass(20_000);
      assert.equal(world.asked.length, 2);
    });
  }

  for (const [what, news] of [
    ['another device sounds', { sound: 'host' }],
    ['nothing has begun', { transport: loaded('ready').transport }],
    ['nothing is here', { transport: null, timeline: null, session: null }],
    ['the room is not there', { status: 'lost' }],
  ]) {
    test(`not where ${what}`, async () => {
      copied(news);
      await pass(6000);
      assert.deepEqual(world.asked, []);
    });
  }
});

describe('keeping', () => {
  test('a stop lets go of it, but for this page, where it may be gone back to', async () => {
    await fetched();
    room.tell(at('stopped', 5000));
    await turn();
    assert.deepEqual([...world.kept.keys()], []);
    room.tell(at('paused', 5000));
    await lose();
    assert.notEqual(copy.instead(TRACK, 5000), '');
  });

  test('another session takes its place', async () => {
    await fetched();
    await lose();
    copy.instead(TRACK, 0);
    room.tell({ ...loaded('ready', { session: 's2' }), status: 'live' });
    await turn();
    assert.deepEqual([[...world.kept.keys()], world.revoked], [[], ['blob:1']]);
    assert.deepEqual([...world.held], ['stillpoint.copy.s2']);
  });

  test('where there is no room, this page has it', async () => {
    world.full = true;
    await fetched();
    await lose();
    assert.notEqual(copy.instead(TRACK, 5000), '');
  });

  test('where nothing may be kept, or nobody knows caches, this page has it', async () => {
    world.caches = undefined;
    world.locks = undefined;
    await fetched();
    assert.equal(copy.reach, Infinity);
  });

  test('a page that was opened anew has it still', async () => {
    await fetched();
    copy.close = () => {};
    room.tell({ status: 'lost' });
    copied({ status: 'lost' });
    await turn();
    assert.equal(copy.reach, Infinity);
    await pass(1000);
    assert.equal(copy.instead(TRACK, 5000), `${TRACK}&copy=1`);
  });

  test('what a page left behind goes, and what another uses stays', async () => {
    world.kept.set('stillpoint.copy.old', new Map());
    world.kept.set('stillpoint.copy.theirs', new Map());
    world.kept.set('stillpoint.shell.v1', new Map());
    world.held.add('stillpoint.copy.theirs');
    copied(nothing);
    await pass(5000);
    await turn();
    assert.deepEqual([...world.kept.keys()], ['stillpoint.copy.theirs', 'stillpoint.shell.v1']);
  });

  test('a page that does not know yet what is its own leaves it', async () => {
    world.kept.set('stillpoint.copy.s1', new Map([[TRACK, { blob: async () => new Blob([new Uint8Array(WHOLE)]) }]]));
    copied({ ...nothing, status: 'connecting' });
    await pass(12_000);
    await turn();
    room.tell({ ...loaded(), status: 'lost' });
    await turn();
    assert.equal(copy.reach, Infinity);
  });

  test('a stop lets go of a place that was made for one, too', async () => {
    copied();
    await turn();
    assert.deepEqual([...world.kept.keys()], ['stillpoint.copy.s1']);
    room.tell(at('stopped', 1000));
    await turn();
    assert.deepEqual([...world.kept.keys()], []);
  });
});

describe('turning to it', () => {
  test('when the room has been gone for a moment, and back at once', async () => {
    copied();
    await pass(3100);
    world.gives(WHOLE);
    world.ends();
    await turn();
    let changes = 0;
    copy.addEventListener('change', () => changes++);
    assert.equal(copy.instead(TRACK, 5000), '', 'the server is there');
    room.tell({ status: 'lost' });
    assert.equal(copy.instead(TRACK, 5000), '');
    await pass(700);
    assert.equal(changes, 1);
    const name = copy.instead(TRACK, 5000);
    assert.equal(copy.address(name), 'blob:1');
    assert.equal(copy.instead(TRACK, 300_000), name, 'it stays the same');
    assert.equal(copy.address(TRACK), TRACK);
    assert.equal(copy.instead(`${TRACK}1`, 5000), '', 'of another track there is none');
    room.tell({ status: 'live' });
    assert.equal(copy.instead(TRACK, 5000), '');
  });

  test('half a copy is half of the sound', async () => {
    copied();
    await pass(3100);
    world.gives(60_000 * 16);
    world.ends('the server is gone');
    await turn();
    await lose();
    assert.equal(copy.reach, 58_000);
    assert.notEqual(copy.instead(TRACK, 57_000), '');
    assert.equal(copy.instead(TRACK, 58_500), '');
  });

  test('a session that the room does not know sounds from its copy', async () => {
    copied();
    await pass(3100);
    world.gives(WHOLE);
    world.ends();
    await turn();
    room.standIn = { apart: true };
    assert.notEqual(copy.instead(TRACK, 5000), '');
    delete room.standIn;
  });

  test('what plays goes over to it where it is, and back', async () => {
    await sounding();
    room.tell({ status: 'lost' });
    await pass(4000);
    assert.equal(other.src, 'blob:1');
    assert.deepEqual([audio.paused, other.paused, other.volume], [true, false, 1]);
    assert.ok(Math.abs(other.currentTime * 1000 - room.position()) < 40, `${other.currentTime}`);
    room.tell({ status: 'live' });
    await pass(3000);
    assert.deepEqual([audio.src, audio.paused, other.paused], [TRACK, false, true]);
    assert.ok(Math.abs(audio.currentTime * 1000 - room.position()) < 40, `${audio.currentTime}`);
  });

  test('a server that is slow to come back leaves the copy sounding meanwhile', async () => {
    await sounding();
    await lose();
    await pass(3000);
    audio.refusesToLoad = true;
    room.tell({ status: 'live' });
    for (let i = 0; i < 40; i++) {
      await pass(100);
      assert.deepEqual([other.paused, other.volume], [false, 1]);
    }
    audio.refusesToLoad = false;
    await pass(5000);
    assert.deepEqual([audio.src, audio.paused, other.paused], [TRACK, false, true]);
  });

  test('a track that breaks off is replaced by it soon', async () => {
    await sounding();
    room.tell({ status: 'lost' });
    await pass(690);
    audio.dispatchEvent(new Event('error'));
    await pass(400);
    assert.deepEqual([audio.src, audio.paused], ['blob:1', false]);
  });

  for (const after of [850, 950, 1050, 1150, 1250, 1350]) {
    test(`a stop soon after a track breaks off, ${after} ms after the server, is silence`, async () => {
      await sounding();
      room.tell({ status: 'lost' });
      await pass(after);
      audio.dispatchEvent(new Event('error'));
      await pass(100);
      room.tell(at('stopped', room.position()));
      await pass(5000);
      assert.deepEqual([audio, other].filter((side) => !side.paused && side.src.startsWith('blob')), []);
    });
  }

  test('silence is silence, server or not', async () => {
    await sounding();
    await lose();
    await pass(200);
    room.tell(at('stopped', 14_000));
    await pass(50);
    assert.deepEqual([audio.paused, other.paused], [true, true]);
    await pass(5000);
    assert.deepEqual([audio.paused, other.paused], [true, true]);
  });
});

test('the names agree', () => {
  assert.equal(trackURL(loaded().timeline, { bells: 60 }), TRACK);
});
