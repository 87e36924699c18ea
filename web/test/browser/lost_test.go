package browser

import (
	"fmt"
	"math"
	"testing"
	"time"
)

const (
	notConnected = "Not connected. You can still pause and stop."
	rejoined     = 10 * time.Second // beyond the longest wait between two tries
)

// A server that dies leaves a session that goes on, pauses and stops. One that
// comes back is found again, and nothing on the page is alarming.
func serverDies(t *testing.T) {
	h := newHouse(t)
	one, other := h.open(t, "/", phone), h.open(t, "/?role=guest", desk)
	one.alone, other.alone = true, true
	one.running("quick-breath")
	other.playing()
	h.kill()
	for _, d := range []*device{one, other} {
		d.sees(notConnected)
		d.goesOn()
	}
	one.press("Pause")
	one.sees("Paused. Take all the time you like.")
	one.press("Stop")
	one.await("watch.face() === 'after'")
	one.sees("It is quiet now.")
	other.press("Pause")
	other.await("watch.state() === 'paused'")

	began := time.Now()
	h.again(t)
	for _, d := range []*device{one, other} {
		d.awaitWithin("watch.room().status === 'live'", rejoined)
		d.await("!watch.reads('Not connected')")
	}
	t.Logf("both windows were back %v after the server", time.Since(began).Round(10*time.Millisecond))
	one.await("watch.face() === 'home'")
	other.await("watch.face() === 'waiting'")
}

// goesOn checks that the position and the breath on the page move without a server.
func (d *device) goesOn() {
	d.t.Helper()
	before := ask[breath](d, "watch.breath()")
	d.await("watch.breath()?.asked > " + number(before.Asked+100))
	after := ask[breath](d, "watch.breath()")
	if after.Shown <= before.Shown {
		d.t.Errorf("the position went on, the disc stood still at %.0f ms", after.Shown)
	}
}

// Somebody sets the clock, or the network does: a session keeps its place, and
// pauses and stops as before. The server knows no other clock than its monotonic
// one, whatever the computer's says.
func TestTheClockIsSet(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	one, other := h.open(t, "/", phone), h.open(t, "/", desk)
	one.running("quick-breath")
	other.playing()
	for _, hours := range []int{1, -2} {
		one.do(setClock(hours))
		one.goesOn()
		if off := math.Abs(one.origin() - other.origin()); off > apart {
			t.Errorf("set by %d hours, the two windows are %.1f ms apart", hours, off)
		}
	}
	one.press("Pause")
	other.await("watch.state() === 'paused'")
	other.await("watch.find('Resume')")
	other.press("Resume")
	one.playing()
	one.press("Stop")
	other.await("watch.face() === 'after'")
}

// setClock moves what a page can learn of the hour, as setting the computer's clock does.
func setClock(hours int) string {
	return fmt.Sprintf(`const Real = globalThis.Date;
		globalThis.Date = class extends Real {
			constructor(...when) { if (when.length) super(...when); else super(Real.now() + %[1]d * 3_600_000); }
			static now() { return Real.now() + %[1]d * 3_600_000; }
		};`, hours)
}
