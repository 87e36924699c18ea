import { languageFor } from './lang/languages.js';
import { load } from './lib/words.js';
import { token } from './lib/token.js';
import { JoinFace } from './elements/join-face.js';
import { wishes } from './elements/wishes.js';

const t = await load(languageFor(wishes.kept.language));
document.documentElement.lang = t.language;
document.documentElement.dir = t('direction');
addEventListener('hashchange', () => location.reload()); // another link was read into the same window
const face = new JoinFace();
Object.assign(face, { t, token, left: location.search === '?left' });
document.body.replaceChildren(face);
