package browser

import (
	"slices"
	"testing"
)

// Every face looks the same in the sheets it asks for itself (worn, in
// elements/pieces.js) as when all of them have come: nothing on it changes afterwards.
func TestFacesWearTheirOwn(t *testing.T) {
	t.Parallel()
	for _, face := range faces {
		if !slices.Contains([]string{"scripts", "settings", "before", "keys", "breathing", "waiting", "body", "breath", "words", "paused", "after", "journal-off", "rooms", "room-before", "room", "room-client", "room-after"}, face.name) {
			continue
		}
		d := face.open(t, newHouse(t), phone)
		if changed := ask[[]string](d, undressed); len(changed) > 0 {
			t.Errorf("%s: without the other sheets %d things look otherwise: %.10q", face.name, len(changed), changed)
		}
		d.do("await watch.room().stop()")
	}
}

// What looks otherwise where only the sheets of the first view and of the face are left.
const undressed = `(async () => {
	const { pieces, SHEETS } = await import('/elements/pieces.js');
	const { worn = [], corners = [] } = pieces[{'room-face': 'treatment', 'room-after': 'treated'}[document.querySelector('still-point > *').localName] ?? watch.face()];
	const own = [...worn, ...corners.flatMap((corner) => pieces[corner].worn ?? [])];
	const sheets = [...document.querySelectorAll('link[rel=stylesheet]')];
	const others = sheets.filter(({href}) => SHEETS.some((name) => !own.includes(name) && href.endsWith('/' + name + '.css')));
	const seen = [...document.querySelectorAll('still-point *')].filter(watch.inSight);
	const look = (element) => {
		document.getAnimations().forEach((each) => each instanceof CSSTransition && each.finish());
		const {left, top, width, height} = element.getBoundingClientRect();
		return JSON.stringify([left, top, width, height, ...['', '::before', '::after'].map((part) => getComputedStyle(element, part || null).cssText)]);
	};
	for (const each of document.getAnimations()) each.pause();
	const before = seen.map(look);
	for (const link of others) link.disabled = true;
	const changed = seen.filter((element, i) => look(element) !== before[i]).map((element) => element.outerHTML.slice(0, 60));
	for (const link of others) link.disabled = false;
	return changed;
})()`

// The page before a session comes in pieces, and nothing of it moves when another has come.
func TestBeforeStandsStill(t *testing.T) {
	t.Parallel()
	for _, as := range []size{desk, phone} {
		d := newHouse(t).open(t, "/#before/feet-first", as)
		d.sees("Begin")
		begin := ask[box](d, "watch.box(watch.find('Begin'))")
		d.sees("Every part is optional")
		d.await("document.querySelector('.before').dataset.settled === 'true'")
		d.do("await document.fonts.ready; await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
		if now := ask[box](d, "watch.box(watch.find('Begin'))"); now != begin {
			t.Errorf("%v: Begin stood at %v, and now at %v", as, begin, now)
		}
		if shift := ask[float64](d, "watch.seen.shift"); shift > 0.01 { // what sticks is said to move when it grows
			t.Errorf("%v: the layout has shifted by %.3f", as, shift)
		}
	}
}
