package browser

import (
	"testing"

	"github.com/chromedp/cdproto/emulation"
)

// Where motion is to be kept still, by the system's wish or the person's, a session
// is never an empty screen, nothing on it changes place or size, and the phase of a
// breath is told by words and by marks.
func TestStillIsNeverEmpty(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	d := h.open(t, "/", phone)
	wishes := map[string]func(){
		"the system's wish": func() {
			must(d, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Features: []*emulation.MediaFeature{{Name: "prefers-reduced-motion", Value: "reduce"}}})
		},
		"the person's": func() {
			must(d, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{})
			d.do("watch.here().wishes.keep({still: true})")
		},
	}
	for name, wish := range wishes {
		wish()
		for _, script := range []string{"quick-body", "quick-breath", "quick-words"} {
			d.running(script)
			d.await("watch.prompt() && watch.prompt() !== 'Beginning…'")
			if !ask[bool](d, shownStill) {
				t.Errorf("%s, %s: there is nothing to look at", name, script)
			}
			if moving := ask[[]string](d, movingStill); len(moving) > 0 {
				t.Errorf("%s, %s: %q moves", name, script, moving)
			}
			if script == "quick-breath" {
				d.await("document.querySelectorAll('.mark').length > 2 && watch.prompt() === 'In'")
				d.await("document.querySelectorAll('.mark').length > 2 && watch.prompt() === 'Out, softly'")
			}
			d.do("await watch.room().do('stop')")
		}
	}
}

const (
	shownStill = `(() => {
		const picture = document.querySelector('.stage > :not(.said)'), {width, height} = watch.box(picture);
		return watch.inSight(picture) && width > 8 && height > 8;
	})()`
	movingStill = `document.getAnimations()
		.filter(({effect}) => effect.getKeyframes().some((frame) => 'transform' in frame || 'scale' in frame || 'translate' in frame || 'rotate' in frame))
		.map(({effect}) => effect.target.outerHTML.slice(0, 80))`
)
