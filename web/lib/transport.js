/**
 * Where a session is: a question asked of a transport and a timeline for a room
 * time. The same arithmetic as the server's, held to by the same fixtures.
 */

/** @import {Timeline, Transport} from '../protocol.js' */

/** Whether there is something to pause or stop. @param {Pick<Transport, 'state'> | null} transport */
export function running(transport) {
  return transport?.state === 'playing' || transport?.state === 'paused';
}

/**
 * How far a session at a position runs by itself: to the first wait after it,
 * or the end. In ms.
 * @param {Pick<Timeline, 'length' | 'spans'>} timeline
 * @param {number} position
 */
export function untilOf(timeline, position) {
  for (const wait of waitsOf(timeline)) {
    if (wait > position) return Math.min(wait, timeline.length);
  }
  return timeline.length;
}

/**
 * The position at a room time, in ms. It runs only while playing, never before
 * the transport's `at`, and never past the next wait or the end.
 * @param {Pick<Transport, 'state' | 'position' | 'at'>} transport
 * @param {Pick<Timeline, 'length' | 'spans'>} timeline
 * @param {number} roomNow
 */
export function positionAt(transport, timeline, roomNow) {
  const { state, position, at } = transport;
  if (state !== 'playing' || roomNow <= at) return position;
  return Math.max(position, Math.min(position + roomNow - at, untilOf(timeline, position)));
}

/**
 * Whether the session holds at its present wait until someone goes on.
 * @param {Pick<Transport, 'state' | 'position' | 'at'>} transport
 * @param {Pick<Timeline, 'length' | 'spans'>} timeline
 * @param {number} roomNow
 */
export function waitingAt(transport, timeline, roomNow) {
  const until = untilOf(timeline, transport.position);
  if (transport.state !== 'playing' || until >= timeline.length) return false;
  return positionAt(transport, timeline, roomNow) === until;
}

/** @type {WeakMap<object, number[]>} */
const waits = new WeakMap();

/**
 * Where a timeline waits, in order; worked out once for each timeline.
 * @param {Pick<Timeline, 'spans'>} timeline
 */
function waitsOf(timeline) {
  let found = waits.get(timeline);
  if (!found) {
    found = timeline.spans.filter((span) => span.kind === 'wait').map((span) => span.from).sort((a, b) => a - b);
    waits.set(timeline, found);
  }
  return found;
}
