import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import { Media } from '../lib/media.js';
import { loaded } from './fakes.js';

let room, panel, asked;

/** Tells the room's listeners of what has changed in it. */
function tell(news) {
  Object.assign(room, news);
  room.dispatchEvent(new Event('change'));
}

const shown = () => [panel.metadata?.title ?? null, panel.playbackState, Object.values(panel.handlers).filter(Boolean).length];
const away = [null, 'none', 0];

beforeEach(() => {
  asked = [];
  room = Object.assign(new EventTarget(), { you: { id: 'me' }, sound: 'me', transport: null, timeline: null, session: null, position: () => 61_500, do: (verb) => asked.push(verb) });
  panel = {
    metadata: null, playbackState: 'none', handlers: {}, places: [],
    setActionHandler: (name, act) => (panel.handlers[name] = act),
    setPositionState: (place) => panel.places.push(place),
  };
});

const follow = () => new Media(room, () => asked.push('press'), panel, class { constructor(init) { Object.assign(this, init); } });

test('media: headset buttons ask the room while this device sounds', () => {
  Object.assign(room, loaded('playing'));
  follow();
  assert.deepEqual(shown(), ['Feet first', 'playing', 5]);
  for (const name of ['play', 'stop', 'pause', 'previoustrack', 'nexttrack']) panel.handlers[name]();
  assert.deepEqual(asked.splice(0), ['stop', 'press', 'previous', 'next']);
  tell({ transport: loaded('paused').transport });
  assert.deepEqual(shown(), ['Feet first', 'paused', 5]);
  for (const name of ['pause', 'play']) panel.handlers[name]();
  assert.deepEqual(asked, ['press'], 'a button that is behind does nothing');
});

test('media: they are let go with the sound, and taken up with it', () => {
  Object.assign(room, loaded('playing'));
  const media = follow();
  tell({ sound: 'host' });
  assert.deepEqual(shown(), away);
  tell({ sound: 'me' });
  assert.deepEqual(shown(), ['Feet first', 'playing', 5]);
  media.close();
  assert.deepEqual(shown(), away);
  tell({ sound: 'me' });
  assert.deepEqual(shown(), away, 'after close it is deaf to the room');
});

test('media: the place is told once for each transport, and no button seeks', () => {
  Object.assign(room, loaded('playing'));
  const media = follow();
  const place = { duration: 600, position: 61.5, playbackRate: 1 };
  tell({ people: [] });
  assert.deepEqual(panel.places, [place]);
  tell({ transport: loaded('paused').transport });
  tell({ people: [] });
  assert.deepEqual(panel.places, [place, place]);
  room.position = () => 600_100;
  tell({ transport: loaded('playing').transport });
  assert.deepEqual(panel.places.at(-1), { ...place, position: 600 });
  assert.deepEqual(Object.keys(panel.handlers).filter((name) => name.startsWith('seek')), []);
  assert.equal(panel.metadata.artist, 'Stillpoint');
  media.close();
  media.close();
  assert.deepEqual(panel.places.slice(3), [undefined]);
});

test('media: another device, no sound at all, nothing loaded: nothing is touched', () => {
  panel = Object.freeze(panel);
  follow();
  for (const sound of ['host', 'p-2', '']) tell({ ...loaded('playing'), sound });
  assert.deepEqual(shown(), away);
});

test('media: a browser without it does no harm', () => {
  Object.assign(room, loaded('playing'));
  new Media(room, () => {}, undefined).close();
  delete panel.setPositionState;
  follow().close();
});
