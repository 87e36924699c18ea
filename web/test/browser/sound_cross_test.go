package browser

import (
	"fmt"
	"math"
	"slices"
	"testing"
	"time"
)

const (
	unlike  = 4.5 // dB by which noise may differ from itself in a fifth of a second; twice itself is 6
	hole    = 20.0
	itself  = 0.6  // from here on what was heard is surely that part of a track; another part is below 0.4
	inPlace = 15.0 // ms by which sound may shift where one track takes over from another
)

// Other levels, in the midst of a session: the sound goes on without a hole,
// without doubling, and in its place.
func TestLevelsChangeWithoutAHole(t *testing.T) {
	needChromium(t)
	ear := listen(t)
	browser, end, err := startChromium("PULSE_SERVER=" + ear.server)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(end)
	d := newHouse(t).openIn(t, browser, "/#before/quick-rain", desk)
	d.rains()
	best := math.Inf(1) // of three, for a machine that is short of breath drops sound and loses its place without us
	for level := 60; level > 0; level -= 20 {
		heard, _ := ear.listening(500*time.Millisecond, 2500*time.Millisecond, func() {
			d.do(fmt.Sprintf("await watch.room().do('mix', {mix: {...watch.room().mix, breath: %d}})", level))
		})
		best = min(best, math.Abs(d.shift(t, heard)))
		checkWhole(t, heard)
	}
	if n := ask[int](d, "new Set(watch.seen.plays.map(({src}) => src).filter((src) => src.includes('track.wav'))).size"); n != 4 {
		t.Errorf("%d tracks were played, want the one and three others", n)
	}
	if t.Logf("the place shifts by %.1f ms", best); best > inPlace {
		t.Errorf("it jumps by %.1f ms", best)
	}
}

// checkWhole checks that what was heard has no hole and is nowhere doubled.
func checkWhole(t *testing.T, heard []float32) {
	t.Helper()
	whole := levels(heard, 200*time.Millisecond)
	usual := percentile(slices.Clone(whole), 50)
	quietest, loudest := slices.Min(whole)-usual, slices.Max(whole)-usual
	gap := slices.Min(levels(heard, grain)) - usual
	t.Logf("a fifth of a second is %.1f to %+.1f dB of the usual, the quietest %v %.1f dB", quietest, loudest, grain, gap)
	if gap < -hole || quietest < -unlike {
		t.Error("there is a hole")
	}
	if loudest > unlike {
		t.Error("it is doubled")
	}
}

// shift is by how many ms the sound at the end of what was heard lies elsewhere
// in the track than the sound at its beginning; infinite where that cannot be told.
func (d *device) shift(t *testing.T, heard []float32) float64 {
	t.Helper()
	ends := int(ask[float64](d, "watch.room().position()") * rate / 1000 / thinly)
	track, wet := d.track(t), thin(heard)
	piece := stroke
	first, sure := lies(track, wet[:piece], ends-len(wet), rate/thinly)
	last, surely := lies(track, wet[len(wet)-piece:], ends-piece, rate/thinly)
	if sure < itself || surely < itself { // while it plays a little faster its place cannot be told
		t.Logf("what was heard is the track by %.2f and %.2f only", sure, surely)
		return math.Inf(1)
	}
	return last - first - float64(len(wet)-piece)*1000*thinly/rate
}
