import { load } from './lib/words.js';
import { Room } from './lib/room.js';
import { Sound } from './lib/sound.js';
import { Wake } from './lib/wake.js';
import { running } from './elements/session-state.js';
import { Library } from './elements/library.js';
import { Wishes } from './elements/wishes.js';
import { stillPoint } from './elements/still-point.js';

/** @import {Role} from './protocol.js' */

const wishes = new Wishes();
wishes.show();

const asked = new URLSearchParams(location.search);
const role = /** @type {Role} */ (asked.get('role') ?? 'guide');
const room = new Room({ role, room: asked.get('room') ?? undefined, name: asked.get('name') ?? undefined });
const sound = new Sound(room, { audio: new Audio(), mix: wishes.kept.mix });
const wake = new Wake();
room.addEventListener('change', () => wake.want(running(room.transport)));
room.connect();

const library = new Library();
void library.load();
const t = await load('en');
stillPoint({ room, sound, library, wishes, t, role });
