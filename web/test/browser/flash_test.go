package browser

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
)

const slow = 6 // times: a phone of some years

// places is a session with all that changes by itself: words, places near and far,
// the room around, a breath, and the end.
const places = `title: Places
language: en
kind: body scan

# Feet
[bell]
[at soles]
When you are ready, attention could drop to the soles of your feet. Warm, cool, nothing much. [1 fixed]

[at support]
If you like, what holds you up. [2 fixed]

[outside]
You might look around. [2 fixed]

[breathe starter_3_4, 1 times]
[at palms]
Perhaps the palms. [2 fixed]
`

// While a session runs nothing in the window gets brighter or darker within less
// than a second: not where a place, a breath or the words change, and not at the end.
func TestNothingFlares(t *testing.T) {
	t.Parallel()
	films := map[string]*film{}
	for theme, as := range map[string]size{"dusk": phone, "day": desk} {
		h := newHouse(t)
		h.writes(t, "places", places)
		d := h.open(t, "/", as)
		d.wear(theme)
		d.do("await watch.room().do('load', {script: 'places'}); await watch.room().do('start')")
		d.await("watch.face() === 'session' && watch.prompt()")
		time.Sleep(time.Second) // the face, which somebody asked for, has come
		films[theme] = d.films()
	}
	for theme, f := range films {
		f.d.awaitWithin("watch.face() === 'after'", minute)
		time.Sleep(2 * time.Second) // it has faded
		f.check(t, theme)
	}
}

// check looks at a film in which nobody did anything.
func (f *film) check(t testing.TB, name string) {
	t.Helper()
	shots := f.cut()
	lasts := shots[len(shots)-1].at.Sub(shots[0].at)
	t.Logf("%s: %d frames in %v", name, len(shots), lasts.Round(time.Second))
	for _, flare := range flares(shots) {
		t.Errorf("%s, %.1f s: %v", name, flare.at.Sub(shots[0].at).Seconds(), flare)
	}
}

// What a person does themselves may change the window at once, and goes from what
// was to what is: nothing lights up or goes dark on the way, first of all where the
// page comes.
func TestWhatOneDoesDoesNotFlash(t *testing.T) {
	t.Parallel()
	d := newHouse(t).open(t, "/#before/quick-body", desk)
	d.await("watch.find('Begin')")
	must(d, emulation.SetCPUThrottlingRate, emulation.SetCPUThrottlingRateParams{Rate: slow}) // where every step on the way is seen
	presses := func(name string) func() { return func() { d.press(name) } }
	does := func(js string) func() { return func() { d.do(js) } }
	const plays = "watch.state() === 'playing' && watch.room().transport.at <= watch.room().now()"
	for _, act := range []struct {
		name string
		does func()
		done string
	}{
		{"home", does("location.hash = ''"), "watch.face() === 'home'"},
		{"before", does("location.hash = 'before/quick-body'"), "watch.face() === 'before' && watch.find('Begin')"},
		{"begin", presses("Begin"), plays},
		{"pause", presses("Pause"), "watch.state() === 'paused'"},
		{"motion kept still", does("watch.here().wishes.keep({still: true})"), "true"},
		{"motion", does("watch.here().wishes.keep({still: false})"), "true"},
		{"the page again", d.reload, "watch.find('Resume')"},
		{"resume", presses("Resume"), plays},
		{"stop", presses("Stop"), "watch.face() === 'after'"},
		{"low light", does("watch.here().wishes.keep({theme: 'low'})"), "true"},
		{"day", does("watch.here().wishes.keep({theme: 'day'})"), "true"},
		{"the page again, by day", d.reload, "watch.find('Done')"},
		{"dusk", does("watch.here().wishes.keep({theme: 'dusk'})"), "true"},
		{"done", presses("Done"), "watch.face() === 'home'"},
	} {
		f := d.films()
		time.Sleep(300 * time.Millisecond) // what was
		act.does()
		d.await(act.done)
		var between []float64
		if strings.HasPrefix(act.name, "the page again") {
			d.do(beating)
			between = append(between, d.ground()) // until its words are there
		}
		time.Sleep(1500 * time.Millisecond) // what is
		for _, flash := range flashes(f.cut(), between...) {
			t.Errorf("%s: %s", act.name, flash)
		}
	}
}

// reload loads the page again.
func (d *device) reload() {
	d.t.Helper()
	if err := chromedp.Do(d.ctx, chromedp.Reload()); err != nil {
		d.t.Fatal(err)
	}
}

// flashes are the squares that on their way from the first frame to the last were
// darker than both, and than what may lie between, by a tenth of the greatest light.
func flashes(shots []shot, between ...float64) (found []string) {
	if len(shots) < 3 {
		return []string{fmt.Sprintf("%d frames", len(shots))}
	}
	first, last := shots[0], shots[len(shots)-1]
	for square := range whole + 1 {
		ends := append([]float64{first.light[square], last.light[square]}, between...)
		low, high := slices.Min(ends)-aTenth, slices.Max(ends)+aTenth
		for _, s := range shots {
			if light := s.light[square]; light < low || light > high {
				found = append(found, fmt.Sprintf("after %v %s was at %.2f, between %.2f and %.2f",
					s.at.Sub(first.at), placeOf(square), light, first.light[square], last.light[square]))
				break
			}
		}
	}
	return found
}

// ground is how light an empty page is in the present theme: what a page that
// comes shows before its words.
func (d *device) ground() float64 {
	d.t.Helper()
	return ask[float64](d, `getComputedStyle(document.documentElement).backgroundColor.match(/[\d.]+/g).slice(0, 3)
		.map((part) => part / 255).map((part) => part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4)
		.reduce((sum, part, i) => sum + part * [0.2126, 0.7152, 0.0722][i], 0)`)
}
