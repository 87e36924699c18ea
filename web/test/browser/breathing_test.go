package browser

import (
	"fmt"
	"os"
	"path/filepath"
	"testing"
	"time"
)

// From the page of all breathing to a running session: a pattern, its length, Begin.
func TestAPatternBecomesASession(t *testing.T) {
	t.Parallel()
	d := newHouse(t).open(t, "/#breathing", phone)
	d.open("Even")
	d.sees("5 minutes")
	d.press("Go on with this")
	d.await("watch.face() === 'before' && watch.find('Begin') && location.hash.includes('equal_4')")
	d.sees("No breath holds")
	d.quietSoFar()
	d.begins()
	if script := ask[string](d, "watch.room().session.script"); script != "breathe:equal_4 for 5 min" {
		t.Errorf("it is %q", script)
	}
}

// open unfolds what is called so.
func (d *device) open(name string) {
	d.t.Helper()
	d.await(fmt.Sprintf("[...document.querySelectorAll('summary')].some((each) => each.innerText.startsWith(%q))", name))
	d.do(fmt.Sprintf("[...document.querySelectorAll('summary')].find((each) => each.innerText.startsWith(%q)).click()", name))
}

// What holds the breath is never in sight unless it is asked for, and then its
// advisory is read first, and the version without holds stands before it.
func TestHoldsStandBehindTheirAdvisory(t *testing.T) {
	t.Parallel()
	d := newHouse(t).open(t, "/#breathing", phone)
	d.sees("With breath holds")
	for _, held := range []string{"Box", "Four, seven, eight", "Triangle"} {
		if ask[bool](d, fmt.Sprintf("watch.reads(%q)", held)) {
			t.Errorf("%s is in sight at once", held)
		}
	}
	d.open("With breath holds")
	d.sees("This one includes holding the breath.")
	d.open("Box")
	d.press("Without holds")
	d.await("watch.face() === 'before' && watch.find('Begin') && location.hash.includes('4-0-4-0')")
	d.sees("No breath holds")
	d.do("location.hash = 'before/breathe:4_7_8, 4 times'")
	d.sees("This one includes holding the breath.")
	if ask[bool](d, "!!watch.find('Begin')") {
		t.Error("Begin stands there before the advisory was answered")
	}
	d.press("Without holds")
	d.await("location.hash.includes('4-0-8-0') && watch.find('Begin')")
}

// A breath of one's own, by keyboard alone: made, refused where it is too fast, kept,
// begun, and taken away again.
func TestABreathOfOnesOwn(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	d := h.open(t, "/#breathing", desk)
	d.open("A breath of your own")
	d.reach("More: Hold")
	d.strike(enter)
	d.sees("in 4, hold 0.5, out 6")
	d.sees("This one includes holding the breath.")
	d.reach("Less: Hold")
	d.strike(enter)
	d.sees("in 4, out 6")
	d.do("const maker = document.querySelector('breath-maker'); maker.own = [1000, 0, 1500, 0]; await maker.updateComplete")
	d.sees("fast breathing is not offered here")
	if ask[bool](d, "!!watch.find('Keep it') || [...document.querySelectorAll('breath-maker a')].length > 0") {
		t.Error("what is refused can be begun or kept")
	}
	d.press("Bring it within reach")
	d.sees("in 1, out 2")
	d.do("const maker = document.querySelector('breath-maker'); maker.own = [4500, 0, 6000, 0]; await maker.updateComplete; document.getElementById('own-title').focus()")
	for _, k := range []key{{"M", "KeyM", "M", 77}, {"y", "KeyY", "y", 89}} {
		d.strike(k)
	}
	d.tabTo("Keep it")
	d.strike(enter)
	d.sees("My is among your scripts now.")
	text, err := os.ReadFile(filepath.Join(h.data, "scripts", "breath-my.txt"))
	if err != nil || len(text) == 0 {
		t.Fatal(err)
	}
	d.press("Go on with this")
	d.await("watch.face() === 'before' && watch.find('Begin')")
	d.begins()
	d.strike(escape)
	d.await("watch.face() === 'after'")
	d.press("Done")
	d.do("location.hash = 'breathing'")
	d.sees("Breaths you kept")
	d.do("document.querySelector('[aria-label=\"Take away My\"]').click()")
	d.await("!watch.reads('Breaths you kept')")
	if _, err := os.Stat(filepath.Join(h.data, "scripts", "breath-my.txt")); err == nil {
		t.Error("the file is still there")
	}
}

// reach goes on with Tab until what bears a label has the focus; after the last thing
// the first comes round.
func (d *device) reach(label string) {
	d.t.Helper()
	d.await(fmt.Sprintf("document.querySelector('[aria-label=%q]')", label))
	for range 150 {
		d.strike(tab)
		if ask[bool](d, fmt.Sprintf("document.activeElement?.ariaLabel === %q", label)) {
			return
		}
	}
	d.t.Fatalf("Tab never comes to %s", label)
}

// begins presses Begin and waits until it plays, its voice having been made ready.
func (d *device) begins() {
	d.t.Helper()
	d.press("Begin")
	d.awaitWithin("watch.state() === 'playing'", time.Minute)
	d.awaitWithin("watch.room().transport.at <= watch.room().now() && watch.face() === 'session'", 10*time.Second)
}

// One's own pace: taps of a finger, of Space and of a pedal count alike, and what they
// tell is what the session begins with.
func TestOwnPaceByTapping(t *testing.T) {
	t.Parallel()
	d := newHouse(t).open(t, "/#before/own-pace", phone)
	d.await("watch.find('Tap as each breath in begins')")
	d.press("Tap as each breath in begins")
	d.sees("3 more breaths")
	d.focus("Tap as each breath in begins")
	for _, k := range []key{space, pageDown, enter} {
		time.Sleep(3500 * time.Millisecond)
		d.strike(k)
	}
	// A busy computer taps late; what it tells has to be the middle of the times it saw.
	gaps := ask[[]float64](d, "watch.seen.presses.slice(-4).map(({at}) => at).map((at, i, all) => at - all[i - 1]).slice(1).sort((a, b) => a - b)")
	if len(gaps) != 3 {
		t.Fatalf("of four taps there are the gaps %v", gaps)
	}
	rate := min(20, max(8, int(60_000/gaps[1]+0.5)))
	d.sees(fmt.Sprintf("about %d a minute", rate))
	d.press("Fewer")
	d.sees(fmt.Sprintf("%d breaths a minute", rate-1))
	d.begins()
	if own := ask[float64](d, "watch.room().session.settings.ownPace"); own != float64(rate-1) {
		t.Errorf("it begins at %v", own)
	}
}

// inWords begins a script that nobody speaks, so that no voice has to be made ready.
func (d *device) inWords(script string) {
	d.t.Helper()
	d.do(fmt.Sprintf("await watch.room().do('load', {script: %q, settings: {textOnly: true}}); await watch.room().do('start')", script))
	d.playing()
}

// toWait brings the comfort finder to the question after its step-th pace, counted from 1.
func (d *device) toWait(step int) {
	d.t.Helper()
	d.do(fmt.Sprintf("await watch.room().do('next', {section: %d})", 2*step))
	d.awaitWithin("watch.breath()", 15*time.Second)
	d.do("await watch.room().do('extend', {by: -120000})")
	d.awaitWithin("watch.find('I feel light-headed')", 30*time.Second)
}

// leavesEase answers with a finger, whose answer does not keep a pedal from pausing.
func (d *device) leavesEase() {
	d.t.Helper()
	at := ask[spot](d, "(({left, top, width, height}) => ({X: left + width * 0.8, Y: top + height / 2}))(watch.box(document.getElementById('ease')))")
	d.pressDown(at)
	d.pressUp(at)
	d.await("document.getElementById('ease').dataset.open === 'false'")
	d.strike(pageDown)
	d.await("watch.state() === 'paused'")
	d.thinksAgain()
	d.strike(pageDown)
	d.awaitWithin("watch.state() === 'playing' && watch.find('I feel light-headed')", 3*soon)
}

// Light-headed: nothing slower follows, the easiest pace before it is proposed, and
// nothing is kept.
func TestComfortFinder(t *testing.T) {
	t.Parallel()
	d := newHouse(t).open(t, "/", phone)
	d.inWords("comfort-finder")
	d.toWait(1)
	d.do("const ease = document.getElementById('ease'); ease.value = 8; ease.dispatchEvent(new Event('input', {bubbles: true}))")
	d.leavesEase()
	d.press("Go on")
	d.await("!watch.find('I feel light-headed')")
	d.toWait(2)
	d.do("const ease = document.getElementById('ease'); ease.value = 9; ease.dispatchEvent(new Event('input', {bubbles: true}))")
	d.press("I feel light-headed")
	d.await("watch.room().timeline.sections.at(-1).from <= watch.room().position()")
	d.press("Stop")
	d.sees("6.5 breaths a minute came most easily to you today.")
	d.press("Five minutes at that pace")
	d.await("watch.face() === 'before' && location.hash.includes('resonance_6.5')")
	const known = "['stillpoint.wishes', 'stillpoint.resume.home', 'stillpoint.last', 'stillpoint.seen']"
	if kept := ask[[]string](d, "[...Object.keys(localStorage), ...Object.keys(sessionStorage)].filter((key) => !"+known+".includes(key))"); len(kept) > 0 {
		t.Errorf("of the answers something is kept: %q", kept)
	}
	if last := ask[string](d, "sessionStorage.getItem('stillpoint.last')"); last != `{"script":"comfort-finder","title":"Comfort finder"}` {
		t.Errorf("of the session %s is kept", last)
	}
}
