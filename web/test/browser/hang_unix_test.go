//go:build unix

package browser

import (
	"math"
	"syscall"
	"testing"
	"time"
)

const (
	silentWithin = 50.0                    // ms from the press to silence in the same window
	noticed      = 3500 * time.Millisecond // a heartbeat of 2 s, a second overdue, and a little
)

func init() {
	inRealTime = append(inRealTime, realTime{"ServerHangs", serverHangs})
}

// freeze stops the server in its tracks: its sockets stay open, and nobody answers.
func (h *house) freeze(t testing.TB) {
	t.Helper()
	h.signal(t, syscall.SIGSTOP)
}

func (h *house) thaw(t testing.TB) {
	t.Helper()
	h.signal(t, syscall.SIGCONT)
}

func (h *house) signal(t testing.TB, s syscall.Signal) {
	t.Helper()
	if err := h.process.Process.Signal(s); err != nil {
		t.Fatal(err)
	}
}

// The window that is pressed is silent at once, whether or not anybody answers.
// A busy machine may be late once; it is not late three times.
func TestPressedWindowIsSilent(t *testing.T) {
	d := soundingWindow(t, stage.browser)
	for _, press := range halts {
		least := math.Inf(1)
		for n := 0; n < 3 && least > silentWithin; n++ {
			d.house.freeze(t)
			ms := d.silentAfter(press)
			d.house.thaw(t)
			t.Logf("%s: silent after %.1f ms", press.name, ms)
			least = min(least, ms)
			d.goOn()
		}
		if least > silentWithin {
			t.Errorf("%s: silent %.1f ms after the press at best, want at most %.0f ms", press.name, least, silentWithin)
		}
	}
}

// How long a press takes to silence in its own window: -bench PressedWindow -benchtime 20x
func BenchmarkPressedWindowIsSilent(b *testing.B) {
	for _, press := range halts {
		b.Run(press.name, func(b *testing.B) {
			d := soundingWindow(b, stage.browser)
			var tries []float64
			for b.Loop() {
				tries = append(tries, d.silentAfter(press))
				d.goOn()
			}
			b.ReportMetric(0, "ns/op") // the lead-ins between the tries say nothing
			b.ReportMetric(percentile(tries, 50), "p50-ms")
			b.ReportMetric(percentile(tries, 95), "p95-ms")
			b.ReportMetric(percentile(tries, 100), "max-ms")
		})
	}
}

// halt is a way to be silent, and what the window shows then.
type halt struct {
	name, shows string
	key         key // none: the button of that name is pressed
}

var halts = []halt{
	{name: "Stop", shows: "after"},
	{name: "Pause", shows: "paused"},
	{name: "Space", shows: "paused", key: space},
	{name: "Esc", shows: "after", key: escape},
}

// silentAfter halts the session here, and returns the ms from the press to silence.
func (d *device) silentAfter(h halt) float64 {
	d.t.Helper()
	if h.key.name != "" {
		d.strike(h.key)
	} else {
		d.press(h.name)
	}
	d.await("watch.silent()")
	d.await("watch.seen.states.at(-1).state === '" + h.shows + "'")
	pressed := "watch.seen.presses.findLast(({type}) => type !== 'pointerup').at"
	ms := ask[float64](d, "watch.seen.hushes.at(-1) - "+pressed)
	if ms < 0 {
		d.t.Errorf("silent before the press of %s", h.name)
	}
	return ms
}

// goOn takes the session up again after a halt, until it sounds.
func (d *device) goOn() {
	d.t.Helper()
	d.await("watch.room().status === 'live'")
	d.settle()
	d.do("if (watch.state() === 'stopped') await watch.room().do('return'); await watch.room().do('resume')")
	d.playing()
	d.await("watch.sounding()")
}

// A server that hangs is noticed; a pause made meanwhile holds when it is back.
func serverHangs(t *testing.T) {
	h := newHouse(t)
	one, other := h.open(t, "/", phone), h.open(t, "/?role=guest", desk)
	one.alone, other.alone = true, true
	one.running("quick-breath")
	other.playing()
	h.freeze(t)
	took := one.awaitWithin("watch.reads('"+notConnected+"')", noticed)
	t.Logf("noticed after %v", took.Round(10*time.Millisecond))
	one.goesOn()
	one.press("Pause")
	one.await("watch.state() === 'paused'")
	h.thaw(t)
	other.awaitWithin("watch.state() === 'paused' && watch.room().status === 'live'", rejoined)
	one.awaitWithin("watch.state() === 'paused' && watch.room().status === 'live'", rejoined)
	other.sees("Paused. Take all the time you like.")
}
