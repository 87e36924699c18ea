import { languageFor } from './lang/languages.js';
import { load } from './lib/words.js';
import { token } from './lib/token.js';
import { JoinFace } from './elements/join-face.js';
import { wishes } from './elements/wishes.js';

const face = new JoinFace();
face.token = token;
face.left = location.search === '?left';

/** In the language that is wished for. */
async function speak() {
  const language = languageFor(wishes.kept.language);
  if (language === face.here?.t.language) return face.requestUpdate();
  const t = await load(language);
  document.documentElement.lang = t.language;
  document.documentElement.dir = t('direction');
  face.here = { t, wishes };
}

await speak();
wishes.addEventListener('change', speak);
addEventListener('hashchange', () => location.reload()); // another link was read into the same window
document.body.replaceChildren(face);
