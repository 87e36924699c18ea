package browser

import (
	"bytes"
	"fmt"
	"image"
	"image/jpeg"
	"math"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/page"
)

// quickTreatment comes to its private cues at once.
const quickTreatment = `title: Quick treatment
language: en
kind: treatment

# Arriving
[guide: Ask: any areas you do not want touched today, for any reason?]
[rest 4 min]

# Hands, arms and shoulders
[ambience brown]
[at palms, forearms, shoulders]
[guide: Ask before moving on: hands, arms, shoulders?]
[guide at 13 seconds: Other side. Re-cover, ask, uncover.]
[rest 6 min]

# Coming back
[guide: Time to sit up slowly.]
[rest 2 min]
`

var (
	tablet = size{1024, 768}
	keyF8  = key{"F8", "F8", "", 119}
)

// treating is a guide's window in a treatment room whose treatment runs.
func treating(t testing.TB, h *house, as size) *device {
	t.Helper()
	h.writes(t, "quick-treatment", quickTreatment)
	h.makes(t, "table")
	d := h.open(t, "/?room=table", as)
	d.do("await watch.room().do('load', {script: 'quick-treatment'}); await watch.room().do('start')")
	d.playing()
	d.await("document.querySelector('room-face .time b')")
	return d
}

// onward goes to the next part, past the lead-in.
func (d *device) onward() {
	d.t.Helper()
	d.do("await watch.room().do('next')")
	d.playing()
	d.await("watch.find('Previous')?.innerText.includes('Arriving')")
}

// From three metres, on a ten-inch tablet, which part it is and its times are 0.3 degrees
// high, by a light of at most a twentieth of what the screen can give.
func TestTreatmentIsReadFromThreeMetres(t *testing.T) {
	t.Parallel()
	const (
		metres  = 3.0
		degrees = 0.3
		inches  = 10.0
		lit     = 0.05
	)
	d := treating(t, newHouse(t), tablet)
	d.onward()
	d.wear("low")
	diagonal := math.Hypot(float64(tablet.width), float64(tablet.height))
	want := metres * 1000 * math.Tan(degrees*math.Pi/180) * diagonal / (inches * 25.4) // px
	for what, high := range ask[map[string]float64](d, capitals) {
		t.Logf("%s: %.1f px, want %.1f", what, high, want)
		if high < want {
			t.Errorf("%s is %.1f px high, want %.1f", what, high, want)
		}
	}
	for name, wait := range map[string]string{"dark": "!document.querySelector('.edge[data-lit=true]')", "glowing": "document.querySelector('.edge[data-lit=true]') && getComputedStyle(document.querySelector('.edge')).opacity > 0.49"} {
		if name == "dark" {
			d.do("await watch.room().pause()")
		} else {
			d.do("await watch.room().do('resume')")
			d.await("watch.room().now() > watch.room().transport.at")
		}
		d.awaitWithin(wait, 3*soon)
		if l := d.light(); l > lit {
			t.Errorf("while it is %s the screen gives %.3f of its light, want at most %.2f", name, l, lit)
		} else {
			t.Logf("while it is %s the screen gives %.3f of its light", name, l)
		}
	}
}

// capitals is how high a capital or a figure of each of them is drawn, in px.
const capitals = `(() => {
	const pen = document.createElement('canvas').getContext('2d');
	const high = (element, letter) => {
		const {fontWeight, fontSize, fontFamily} = getComputedStyle(element);
		pen.font = [fontWeight, fontSize, fontFamily].join(' ');
		const {actualBoundingBoxAscent, actualBoundingBoxDescent} = pen.measureText(letter);
		return actualBoundingBoxAscent + actualBoundingBoxDescent;
	};
	const times = [...document.querySelectorAll('.time')].filter((time) => time.dataset.name).map((time) => [time.dataset.name, high(time.querySelector('b'), '1')]);
	return Object.fromEntries([['the part', high(document.querySelector('h1'), 'H')], ...times]);
})()`

// light is how much of its light the window gives.
func (d *device) light() float64 {
	d.t.Helper()
	best := int64(95)
	taken := must(d, page.CaptureScreenshot, page.CaptureScreenshotParams{Format: page.CaptureScreenshotFormatJpeg, Quality: &best})
	picture, err := jpeg.Decode(bytes.NewReader(taken.Data))
	if err != nil {
		d.t.Fatal(err)
	}
	return light(picture.(*image.YCbCr))[whole]
}

// A private cue is read by the guide, comes as a slow glow and one pulse, and nothing of
// it is told by a screen reader into the room, or known to the client's screen.
func TestPrivateCuesAreTheGuidesAlone(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	d := treating(t, h, tablet)
	display := h.open(t, "/?room=table&role=display", desk)
	display.playing()
	d.do("watch.pulses = []; navigator.vibrate = (pulse) => watch.pulses.push(pulse) > 0")
	d.press("+ 1 min") // whoever touched nothing feels nothing
	d.await("watch.room().timeline.length === 780000")
	d.onward()
	d.sees("Ask before moving on: hands, arms, shoulders?")
	d.sees("Other side. Re-cover, ask, uncover.")
	d.await("getComputedStyle(document.querySelector('.edge')).opacity > 0.1")
	rise := ask[[]float64](d, `(async () => {
		const seen = [];
		for (let i = 0; i < 10; i++) {
			seen.push(Number(getComputedStyle(document.querySelector('.edge')).opacity));
			await new Promise((done) => setTimeout(done, 100));
		}
		return seen;
	})()`)
	if grown := rise[len(rise)-1] - rise[0]; grown > 0.35 {
		t.Errorf("the glow grew by %.2f within a second: %v", grown, rise)
	}
	d.awaitWithin("document.querySelector('.private .now').innerText.startsWith('Other side')", 3*soon)
	if pulses := ask[int](d, "watch.pulses.length"); pulses != 2 {
		t.Errorf("of two cues %d were felt", pulses)
	}
	d.reload()
	d.await("document.querySelector('.private .now')?.innerText.startsWith('Other side')")
	told := ask[string](d, "[...document.querySelectorAll('[role=status], [aria-live]')].map((region) => region.textContent).join(' ')")
	for _, words := range []string{"Ask before", "Other side", "sit up"} {
		if strings.Contains(told, words) {
			t.Errorf("a screen reader would say %q aloud", told)
		}
		if known := ask[string](display, "JSON.stringify(watch.room().timeline) + document.body.textContent"); strings.Contains(known, words) {
			t.Errorf("the client's screen knows %q", words)
		}
	}
}

// What a knuckle may do: hold and go on, a minute more or less, on and back with two taps,
// and fit the rest to the time when it runs over.
func TestKnucklesLeadATreatment(t *testing.T) {
	t.Parallel()
	d := treating(t, newHouse(t), tablet)
	for _, b := range ask[[]box](d, "[...document.querySelectorAll('.knuckles button')].filter(watch.inSight).map(watch.box)") {
		if b.Width < 72 || b.Height < 72 {
			t.Errorf("a knuckle finds %.0f × %.0f px", b.Width, b.Height)
		}
	}
	d.press("Hold here")
	d.await("watch.find('It will hold') && document.querySelector('[data-name=holds]')")
	d.press("It will hold")
	d.await("watch.find('Hold here') && !document.querySelector('[data-name=holds]')")

	if ask[bool](d, "watch.find('Fit the rest to the time') !== null") {
		t.Error("it is in time, and there is something to fit")
	}
	d.press("+ 1 min")
	d.await("document.querySelector('[data-name=over] b')?.innerText === '+1'")
	d.press("Fit the rest to the time")
	d.await("!document.querySelector('[data-name=over]') && watch.room().timeline.length === 720000")
	d.press("− 1 min")
	d.await("watch.room().timeline.length < 720000")

	at := d.place("Next")
	d.pressDown(at)
	d.pressUp(at)
	d.pressDown(at) // it bounces
	d.pressUp(at)
	d.sees("Once more")
	if ask[string](d, "document.querySelector('h1').innerText") != "Arriving" {
		t.Error("one tap went on to the next part")
	}
	time.Sleep(500 * time.Millisecond) // a knuckle's own time
	d.press("Once more")
	d.await("document.querySelector('h1').innerText.startsWith('Hands, arms')")
}

// All of the face pauses; going on takes the bar, and the guide may.
func TestAllOfTheGuidesFacePauses(t *testing.T) {
	t.Parallel()
	d := treating(t, newHouse(t), tablet)
	for _, at := range []spot{{500, 150}, {900, 300}, {300, 440}, {400, 700}} {
		d.pressDown(at)
		d.pressUp(at)
		d.await("watch.state() === 'paused' && watch.find('Resume')")
		d.sees("Paused. The place is kept.")
		d.settle()
		d.thinksAgain()
		d.pressDown(spot{500, 300})
		d.pressUp(spot{500, 300})
		d.settle()
		if state := ask[string](d, "watch.state()"); state != "paused" {
			t.Errorf("a touch beside the bar left it %s", state)
		}
		d.press("Resume")
		d.playing()
	}
}

// Where the guide's own window sounds and the browser keeps the sound back, one tap lets it.
func TestGuidesWindowIsLetSound(t *testing.T) {
	t.Parallel()
	d := treating(t, newHouse(t), tablet)
	d.do("await watch.here().sound.choose('me')") // in no tap
	d.onward()
	d.await("watch.here().sound.blocked")
	d.press("Let this window sound")
	d.await("!watch.here().sound.blocked && watch.sounding() && watch.state() === 'playing'")
}

// What a client stopped goes on when they agree, and a startled finger agrees to nothing.
func TestGuideGoesOnWhenTheClientAgrees(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	d := treating(t, h, tablet)
	guest := h.open(t, "/?room=table&role=guest", phone)
	guest.playing()
	guest.press("Pause")
	d.sees("The client paused. Resume when they agree.")
	if resume := ask[bool](d, "document.querySelector('.pause').disabled"); !resume {
		t.Error("the bar would go on by itself")
	}
	d.press("The client agreed")
	d.playing()
	told := ask[string](d, "JSON.stringify(watch.room().account.lines.at(-1))")
	if !strings.Contains(told, `"what":"resume"`) || !strings.Contains(told, `"agreed":true`) {
		t.Errorf("the account ends with %s", told)
	}

	guest.press("Stop")
	d.sees("The client stopped. Go back when they agree.")
	d.press("They agree. Go back to where we were")
	d.await("watch.state() === 'paused' && watch.face() === 'session' && watch.find('The client agreed')") // going on is theirs as well

	guest.press("Stop")
	d.sees("They agree. Sixty-second grounding")
	d.press("Done")
	d.await("watch.find('They agree. Hear the bell')") // for whoever lies down next
	d.press("They agree. Begin")                       // and so is another beginning
	d.playing()
	if told := ask[string](d, "JSON.stringify(watch.room().account.lines[0])"); !strings.Contains(told, `"agreed":true`) {
		t.Errorf("the next account begins with %s", told)
	}
}

// A key that was given to the client pauses as the client, and never goes on.
func TestAKeyGivenToTheClient(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.writes(t, "quick-treatment", quickTreatment)
	h.makes(t, "table")
	d := h.open(t, "/?room=table#keys", tablet)
	d.press("A key for the client")
	d.strike(keyF8)
	d.sees("F8: pauses as the client")
	d.do("await watch.room().do('load', {script: 'quick-treatment'}); await watch.room().do('start')")
	d.playing()
	d.strike(keyF8)
	d.sees("The client paused. Resume when they agree.")
	d.settle()
	d.thinksAgain()
	d.strike(keyF8)
	d.strike(space) // the guide's own key lights what can be chosen
	d.sees("They agree")
	d.settle()
	if state := ask[string](d, "watch.state()"); state != "paused" {
		t.Errorf("after the client's key, and the guide's, it is %s", state)
	}
	d.strike(tab)
	d.thinksAgain()
	d.press("The client agreed")
	d.playing()
}

// A lock holds back what a sleeve would do, and never a pause or a stop.
func TestLockNeverHoldsBackSilence(t *testing.T) {
	t.Parallel()
	d := treating(t, newHouse(t), tablet)
	minute := d.place("+ 1 min")
	d.press("Lock")
	d.sees("Locked: pause and stop still work.")
	for _, at := range []spot{minute, {500, 100}} {
		d.pressDown(at)
		d.pressUp(at)
	}
	d.settle()
	if what := ask[string](d, "watch.state() + watch.room().timeline.length"); what != "playing720000" {
		t.Errorf("locked, a brush made it %s", what)
	}
	d.pressDown(spot{400, 700})
	d.pressUp(spot{400, 700})
	d.await("watch.state() === 'paused'")
	d.settle()
	if !ask[bool](d, "document.querySelector('.pause').disabled") {
		t.Error("locked, a touch would go on")
	}
	hold := d.place("Hold to unlock")
	d.pressDown(hold)
	time.Sleep(300 * time.Millisecond) // a brush
	d.pressUp(hold)
	d.await("document.querySelector('main').dataset.locked === 'true'")
	d.pressDown(hold)
	d.await("document.querySelector('main').dataset.locked === 'false'")
	d.pressUp(hold)
	d.press("Lock")
	d.strike(pageDown) // a pedal leaves it locked, and goes on
	d.playing()
	d.sees("Locked: pause and stop still work.")
	d.strike(tab)
	d.await("watch.find('Lock')")
	d.press("Lock")
	d.strike(escape)
	d.await("watch.face() === 'after'")
}

// Nothing in the guide's window gets brighter or darker within less than a second, where
// a part or a private cue comes.
func TestNothingFlaresForTheGuide(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.writes(t, "quick-parts", "title: Quick parts\nlanguage: en\nkind: treatment\n\n# Arriving\n[guide: Ask first.]\n[guide at 14 seconds: Time to move.]\n[rest 16 fixed]\n\n# Turning over\n[guide: Hold the cover.]\n[rest 14 fixed]\n")
	h.makes(t, "table")
	d := h.open(t, "/?room=table", tablet)
	d.wear("low")
	d.do("await watch.room().do('load', {script: 'quick-parts'}); await watch.room().do('start')")
	d.playing()
	time.Sleep(time.Second) // the face, which somebody asked for, has come
	f := d.films()
	d.awaitWithin("watch.face() === 'after'", minute)
	f.check(t, fmt.Sprint(tablet))
}
