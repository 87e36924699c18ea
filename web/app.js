import { Keys } from './lib/keys.js';
import { languageFor, speak } from './lang/languages.js';
import { load } from './lib/words.js';
import { Room } from './lib/room.js';
import { Sound } from './lib/sound.js';
import { Library } from './elements/library.js';
import { patient, stillPoint } from './elements/still-point.js';
import { wishes } from './elements/wishes.js';

/** @import {Role} from './protocol.js' */

const asked = new URLSearchParams(location.search);
const role = /** @type {Role} */ (asked.get('role') ?? 'guide');
const room = new Room({ role, room: asked.get('room') ?? undefined, name: asked.get('name') ?? undefined });
const sound = new Sound(room);
const keys = new Keys(room, sound, wishes);
keys.listen(window); // before anything else can be missing
room.connect();

const library = new Library();
void library.load();
const t = await patient(() => load(languageFor(wishes.kept.language)));
const here = { room, sound, keys, library, wishes, t, role };
speak(here);
stillPoint(here);
