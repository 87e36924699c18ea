package browser

import (
	"testing"
	"time"
)

// After a stop there are three choices, and each leads where it says.
func TestAfterStop(t *testing.T) {
	t.Parallel()
	d := newHouse(t).open(t, "/", phone)
	d.running("quick-body")
	d.press("Stop")
	d.await("watch.face() === 'after'")
	d.sees("It is quiet now.")
	d.await("!watch.room().asking") // the room has said where that was
	place := ask[float64](d, "watch.room().position()")
	if n := ask[int](d, "[...document.querySelectorAll('.choices button')].filter(watch.inSight).length"); n != 3 {
		t.Errorf("there are %d choices, want three", n)
	}

	d.staysQuiet()

	d.press("Go back to where I was")
	d.await("watch.face() === 'session' && watch.state() === 'paused'")
	if back := ask[float64](d, "watch.room().position()"); back != place {
		t.Errorf("went back to %v ms, was at %v ms", back, place)
	}

	d.press("Stop")
	d.await("watch.face() === 'after'")
	d.press("Sixty-second grounding")
	d.playing()
	d.await("watch.room().session.script === 'grounding'")

	d.press("Stop")
	d.await("watch.face() === 'after'")
	d.press("Done")
	d.await("watch.face() === 'home'")
	d.sees("What would be kind right now?")
}

// staysQuiet checks that nothing starts by itself.
func (d *device) staysQuiet() {
	d.t.Helper()
	time.Sleep(time.Second) // real time is the measure here
	if state := ask[string](d, "watch.state()"); state != "stopped" {
		d.t.Errorf("a second after Stop the session is %s", state)
	}
	if !ask[bool](d, "watch.silent()") {
		d.t.Error("a second after Stop something sounds")
	}
}

// When a guest has paused, going on needs their word or the guide's that they agreed.
func TestGuestPauses(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	guide, guest := h.open(t, "/", desk), h.open(t, "/?role=guest&name=Ana", phone)
	guest.await("watch.face() === 'waiting'")
	guide.running("quick-breath")
	guest.playing()
	guest.press("Pause")
	guide.sees("Ana paused. Go on when they agree.")
	guide.strike(space)
	guide.do("await watch.room().do('resume').catch(() => {})")
	if state := ask[string](guide, "watch.state()"); state != "paused" {
		t.Fatalf("the guide went on without the guest: %s", state)
	}
	guide.press("They agree")
	guide.playing()
	guest.playing()

	guest.press("Pause")
	guide.await("watch.state() === 'paused'")
	guest.thinksAgain()
	guest.press("Resume")
	guide.playing()
}

// What is kept of a session is asked about after that session alone: a grounding begun
// from home, hours later, is about no other.
func TestAGroundingFromHomeIsItsOwn(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.turnOn(t)
	d := h.open(t, "/", phone)
	d.running("quick-body")
	d.press("Stop")
	d.sees("Kept in your journal.")
	d.press("Done")
	d.await("watch.face() === 'home'")
	d.press("Come back to the room")
	d.playing()
	d.press("Stop")
	d.await("watch.face() === 'after'")
	if about := ask[string](d, "document.querySelector('after-note').session"); about != "" {
		t.Errorf("after the grounding it asks about %q", about)
	}
	d.staysQuiet()
	if ask[bool](d, "watch.reads('Kept in your journal.')") {
		t.Error("what was kept hours ago is spoken of as if it were this")
	}
}
