package browser

import (
	"slices"
	"testing"
	"time"
)

const (
	apart    = 40.0 // ms by which two screens may differ
	samples  = 12
	sampleIn = 300 * time.Millisecond
)

// breath is what a window shows of a breath at an instant of the common clock, in ms.
type breath struct {
	At, Shown, Asked float64
	Kind, Word       string
}

// Three windows in one room breathe together. The disc moves on its own between
// looks, so what counts is where its movement stands, not what was asked for.
func TestThreeWindowsBreatheTogether(t *testing.T) {
	h := newHouse(t)
	windows := []*device{h.open(t, "/", desk), h.open(t, "/?role=guest", phone), h.open(t, "/?role=display", desk)}
	windows[0].running("quick-breath")
	for _, d := range windows {
		d.playing()
		d.await("watch.breath()")
		d.await(`["In", "Out, softly"].includes(watch.prompt())`) // no longer “Beginning…”
	}
	var discs, positions, worst float64
	phases := map[string]bool{}
	for range samples {
		began, seen := time.Now(), make([]breath, len(windows))
		for i, d := range windows {
			seen[i] = ask[breath](d, "watch.breath()")
			phases[seen[i].Kind+" "+seen[i].Word] = true
		}
		discs = max(discs, spread(seen, func(b breath) float64 { return b.Shown - b.At }))
		positions = max(positions, spread(seen, func(b breath) float64 { return b.Asked - b.At }))
		for _, b := range seen {
			worst = max(worst, b.Shown-b.Asked, b.Asked-b.Shown)
		}
		time.Sleep(sampleIn - time.Since(began)) // real time is the measure here
	}
	t.Logf("discs at most %.1f ms apart, positions %.1f ms; a disc at most %.1f ms from its position", discs, positions, worst)
	if discs > apart || positions > apart {
		t.Errorf("more than %.0f ms apart", apart)
	}
	for phase := range phases {
		if phase != "inhale In" && phase != "exhale Out, softly" {
			t.Errorf("a window showed %q", phase)
		}
	}
	if len(phases) != 2 {
		t.Errorf("in %v only %v was seen", samples*sampleIn, phases)
	}
}

// spread is how far apart the windows are in what by says of them.
func spread(seen []breath, by func(breath) float64) float64 {
	values := make([]float64, len(seen))
	for i, b := range seen {
		values[i] = by(b)
	}
	return slices.Max(values) - slices.Min(values)
}

// room of three, the first of which is about to stop.
func threeRunning(t testing.TB) []*device {
	h := newHouse(t)
	windows := []*device{h.open(t, "/", phone), h.open(t, "/", desk), h.open(t, "/?role=guest", phone)}
	windows[0].running("quick-breath")
	for _, d := range windows[1:] {
		d.playing()
	}
	return windows
}

// stopReaches presses Stop in the first window and returns how long it took, from
// the press, until the slowest of the others showed it, in ms.
func stopReaches(windows []*device) float64 {
	stop := windows[0].place("Stop")
	windows[0].pressDown(stop)
	slowest := 0.0
	for _, d := range windows[1:] {
		d.await("watch.face() === 'after'")
		slowest = max(slowest, ask[float64](d, "watch.seen.states.findLast(({state}) => state === 'after').at"))
	}
	windows[0].pressUp(stop)
	return slowest - ask[float64](windows[0], "watch.seen.presses.findLast(({type}) => type === 'pointerdown').at")
}

func TestStopReachesEveryone(t *testing.T) {
	windows := threeRunning(t)
	if ms := stopReaches(windows); ms > 2000 {
		t.Errorf("stop took %.0f ms to the slowest window", ms)
	} else {
		t.Logf("stop took %.1f ms to the slowest window", ms)
	}
}

// How long a stop takes to the slowest of two other windows, in the midst of a
// breath. Fifty tries: -bench StopReaches -benchtime 50x
func BenchmarkStopReaches(b *testing.B) {
	windows := threeRunning(b)
	var tries []float64
	for b.Loop() {
		tries = append(tries, stopReaches(windows))
		d := windows[0]
		d.do("await watch.room().do('return'); await watch.room().do('resume')")
		for _, d := range windows {
			d.playing()
		}
	}
	b.ReportMetric(0, "ns/op") // the lead-ins between the tries say nothing
	b.ReportMetric(percentile(tries, 50), "p50-ms")
	b.ReportMetric(percentile(tries, 95), "p95-ms")
	b.ReportMetric(percentile(tries, 100), "max-ms")
}
