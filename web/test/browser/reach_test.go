package browser

import (
	_ "embed"
	"os"
	"path/filepath"
	"testing"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
)

//go:embed testdata/reach.js
var reaching string

const mostTabs = 60 // of a face with many controls, the first

// Every face, in one walk. Whatever can be pressed is large enough, within reach and
// under nothing else, no page scrolls sideways and the focus is always seen: as it
// is, with text twice as large, with words far longer, and with the room between
// letters and lines that some people need. In every theme and with forced colours
// axe finds nothing (contrast of 7 to 1, names, roles), where words are longest.
func TestEveryFaceIsWithinReach(t *testing.T) {
	needChromium(t)
	axe, err := os.ReadFile(filepath.Join("node_modules", "axe-core", "axe.min.js"))
	if err != nil {
		missing(t, "axe-core (npm ci in web/test/browser)")
	}
	for _, face := range faces {
		t.Run(face.name, func(t *testing.T) {
			t.Parallel()
			d := face.open(t, newHouse(t), desk)
			d.do(reaching)
			d.checkReach("as it is")
			d.checkFocus()
			d.letters(32)
			d.checkReach("twice the text")
			d.letters(16)
			d.do("watch.reach.spread()")
			d.checkReach("room between letters")
			d.do("watch.reach.close(); watch.reach.stretch()")
			d.checkReach("long words")
			if _, err := chromedp.Run(d.ctx, chromedp.Evaluate[chromedp.Void](string(axe))); err != nil {
				t.Fatal(err)
			}
			d.checkAxe()
		})
	}
}

// checkReach checks what can be pressed and read, in every size of the window.
func (d *device) checkReach(how string) {
	d.t.Helper()
	for _, as := range []size{desk, small, phone} {
		d.resize(as)
		d.do("await document.fonts.ready; await new Promise(requestAnimationFrame)")
		d.checkTargets(how, as)
		for _, words := range ask[[]string](d, "watch.reach.cut()") {
			d.t.Errorf("%s, %v: %s", how, as, words)
		}
		if ask[bool](d, "watch.face() === 'session'") {
			d.stop(as)
			d.checkPauseInView(how, as)
		}
	}
}

// checkPauseInView checks that Pause can be found without looking.
func (d *device) checkPauseInView(how string, as size) {
	d.t.Helper()
	b := ask[box](d, "watch.box(document.querySelector('.pause .surface'))")
	if b.Height < haltSize || b.Width < haltSize || b.bottom() > float64(as.height) || b.Top < 0 {
		d.t.Errorf("%s, %v: Pause is at %v", how, as, b)
	}
}

// letters sets how large the browser's own letters are, as a person does in its settings.
func (d *device) letters(px int64) {
	d.t.Helper()
	must(d, page.SetFontSizes, page.SetFontSizesParams{FontSizes: &page.FontSizes{Standard: px, Fixed: px * 13 / 16}})
}

// checkFocus goes through the face with Tab.
func (d *device) checkFocus() {
	d.t.Helper()
	d.resize(phone)
	for range mostTabs {
		d.strike(tab)
		if wrong := ask[string](d, "watch.reach.focus()"); wrong != "" {
			d.t.Errorf("with Tab: %s", wrong)
		}
		if ask[bool](d, "document.activeElement === document.body") {
			return
		}
	}
}

// checkAxe asks axe: about everything in one theme, about colours in the others, and
// about all else with colours that are forced.
func (d *device) checkAxe() {
	d.t.Helper()
	worn := themes
	if ask[bool](d, "watch.face() !== 'session'") {
		worn = append(worn[:len(worn):len(worn)], "sound") // black only while it plays
	}
	rules := allRules
	for _, theme := range worn {
		d.wear(theme)
		d.axe(theme, rules)
		rules = ofColours
	}
	must(d, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Features: []*emulation.MediaFeature{{Name: "forced-colors", Value: "active"}}})
	d.axe("forced colours", butOfColours)
}
