package browser

import (
	"fmt"
	"testing"
)

const newcomer = "document.querySelector('.first-words')"

// The first time, home says what this is, on one screen with the three ways in,
// and none of it is in their way.
func TestTheFirstTime(t *testing.T) {
	t.Parallel()
	for _, as := range []size{desk, phone} {
		d := newHouse(t).open(t, "/", as)
		for _, told := range []string{
			"A timer and companion for noticing and breathing. Everything in it is optional.",
			"The lower half of the screen pauses, as do Space and any pedal. Esc stops, always.",
			"Nothing is kept unless you wish it, and nothing leaves this computer.",
		} {
			d.sees(told)
		}
		for _, name := range []string{"Body scan", "Breathing", "Come back to the room", "Begin with sixty seconds", "Put away", "What this is, and is not"} {
			d.await(fmt.Sprintf("watch.find(%q)", name))
			b := ask[box](d, fmt.Sprintf("watch.box(watch.find(%q))", name))
			if b.Top < 0 || b.bottom() > float64(as.height) {
				t.Errorf("%v: %s is not on the first screen: %v", as, name, b)
			}
		}
		ways := ask[box](d, "watch.box(document.querySelector('.ways'))")
		d.press("Put away")
		d.await("!" + newcomer)
		if after := ask[box](d, "watch.box(document.querySelector('.ways'))"); after != ways {
			t.Errorf("%v: the ways in stood at %v, and now at %v", as, ways, after)
		}
		d.visit("/")
		d.sees("All scripts")
		if ask[bool](d, "!!"+newcomer) {
			t.Errorf("%v: it is said a second time", as)
		}
	}
}

// From the first paint on, nothing on the first screen moves: neither what comes
// later nor what goes away pushes anything else.
func TestHomeStandsStill(t *testing.T) {
	t.Parallel()
	for _, as := range []size{desk, phone} {
		d := newHouse(t).open(t, "/", as)
		d.await("watch.find('What this is, and is not')")
		d.do("watch.here().wishes.meet()")
		d.visit("/?again")
		d.await("watch.find('What this is, and is not') && watch.find('All scripts')")
		d.do("await document.fonts.ready; await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
		if shift := ask[float64](d, "watch.seen.shift"); shift > 0.001 {
			t.Errorf("%v: the layout has shifted by %.3f", as, shift)
		}
	}
}

// Whatever is done puts it away for good.
func TestDoingAnythingIsEnough(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	for _, do := range []string{"Body scan", "Settings", "Begin with sixty seconds"} {
		d := h.open(t, "/", phone)
		d.await(newcomer)
		d.press(do)
		d.await("watch.face() !== 'home'")
		d.do("await watch.room().stop()")
		d.visit("/")
		d.await("watch.here()")
		if ask[bool](d, "!!"+newcomer) {
			t.Errorf("after %s it is said again", do)
		}
	}
}

// What was last practised is a way in, for as long as the tab is open.
func TestTheLastThingDone(t *testing.T) {
	t.Parallel()
	d := newHouse(t).open(t, "/", phone)
	d.running("quick-words")
	d.press("Stop")
	d.await("watch.face() === 'after'")
	d.press("Done")
	d.press("Last time here: Quick words")
	d.press("Begin")
	d.playing()
	if script := ask[string](d, "watch.room().session.script"); script != "quick-words" {
		t.Errorf("it is %s", script)
	}
}

// A therapist's page is a way in with its length, and its faults can be read.
func TestAPlanForHome(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	d := h.open(t, "/", phone)
	d.await("watch.find('Breathing')")
	h.keeps(t, "plan.txt", "from: Maria\nnote: Any of it is fine.\nfeet-first, twice a week, 6 min\ngrounding\nfeet-fist\n")
	d.visit("/#settings")
	d.visit("/")
	d.sees("From Maria")
	d.sees("Any of it is fine.")
	d.sees("two times a week, 6 minutes")
	d.sees("when you like")
	d.press("Some lines of the plan could not be understood")
	d.sees("plan.txt:5: “feet-fist” is no script here")
	d.press("Feet first")
	d.sees("about six minutes")
	d.do("watch.here().wishes.keep({voice: 'words'})") // nothing to wait for
	d.press("Begin")
	d.playing()
	if length := ask[int](d, "watch.room().session.settings.length"); length != 360_000 {
		t.Errorf("it lasts %d ms", length)
	}
}

// Wishes hold at once and are forgotten at once; the way back leads where one came from.
func TestSettingsHold(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	d := h.open(t, "/#before/feet-first/7", desk)
	d.sees("about seven minutes")
	d.press("Settings")
	d.sees(h.data)
	d.press("Day")
	d.press("Rowan")
	d.press("Back")
	d.sees("about seven minutes")
	d.sees("A voice: Rowan")
	d.visit("/#settings")
	d.await("document.documentElement.dataset.theme === 'day'")
	d.press("Forget the wishes of this browser")
	d.sees("They are forgotten.")
	d.await("document.documentElement.dataset.theme === 'dusk' && localStorage.length === 0")
}
