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
	asTwo   = 50.0 // ms by which two sides that sound together may be apart: more would be heard as two
	changes = 6    // of the levels: on a machine that is short of breath not each of them can be measured
)

// Other levels, in the midst of a session: the sound goes on without a hole,
// without doubling, and in its place. By how much a place shifts is told in the
// benchmark below.
func levelsChangeWithoutAHole(t *testing.T) {
	shifts := levelsChanged(t, 3)
	if len(shifts) == 0 {
		t.Error("not one change could be measured")
	}
	for _, ms := range shifts {
		if ms > asTwo {
			t.Errorf("the place jumps by %.1f ms", ms)
		}
	}
}

// By how many ms the place shifts where levels change: -bench LevelsChange -benchtime 1x
func BenchmarkLevelsChange(b *testing.B) {
	var shifts []float64
	for b.Loop() {
		shifts = append(shifts, levelsChanged(b, changes)...)
	}
	b.ReportMetric(0, "ns/op") // the seconds between the changes say nothing
	b.ReportMetric(percentile(shifts, 50), "p50-ms")
	b.ReportMetric(percentile(shifts, 100), "max-ms")
}

// levelsChanged changes the levels of a session that sounds, again and again until
// enough of the changes could be measured, and says by how many ms the place of
// what is heard shifted at those. None of them may leave a hole.
func levelsChanged(t testing.TB, enough int) (shifts []float64) {
	ear, browser := overheard(t)
	d := newHouse(t).openIn(t, browser, "/#before/quick-rain", desk)
	d.rains()
	made := 0
	for ; made < changes && len(shifts) < enough; made++ {
		heard, _ := ear.listening(500*time.Millisecond, 2500*time.Millisecond, func() {
			d.do(fmt.Sprintf("await watch.room().do('mix', {mix: {...watch.room().mix, breath: %d}})", 60-10*made))
		})
		if ms, sure := d.shift(t, d.track(t), heard); sure {
			shifts = append(shifts, math.Abs(ms))
		}
		checkWhole(t, heard)
	}
	if n := ask[int](d, "new Set(watch.seen.plays.map(({src}) => src).filter((src) => src.includes('track.wav'))).size"); n != made+1 {
		t.Errorf("%d tracks were played, want the one and %d others", n, made)
	}
	t.Logf("of %d changes %d could be measured: %.1f ms", made, len(shifts), shifts)
	return shifts
}

// checkWhole checks that what was heard has no hole and is nowhere doubled.
func checkWhole(t testing.TB, heard []float32) {
	t.Helper()
	if holed(t, heard) {
		t.Error("there is a hole")
	}
}

// holed says whether what was heard has a hole, and checks that it is nowhere doubled.
func holed(t testing.TB, heard []float32) bool {
	t.Helper()
	whole := levels(heard, 200*time.Millisecond)
	usual := percentile(slices.Clone(whole), 50)
	quietest, loudest := slices.Min(whole)-usual, slices.Max(whole)-usual
	gap := slices.Min(levels(heard, grain)) - usual
	t.Logf("a fifth of a second is %.1f to %+.1f dB of the usual, the quietest %v %.1f dB", quietest, loudest, grain, gap)
	if loudest > unlike {
		t.Error("it is doubled")
	}
	return gap < -hole || quietest < -unlike
}

// shift is by how many ms the sound at the end of what was heard lies elsewhere in
// the track than the sound at its beginning, where that can be told: while it plays
// a little faster, or with a hole torn by the machine, a piece is like no other.
func (d *device) shift(t testing.TB, track []float64, heard []float32) (ms float64, sure bool) {
	t.Helper()
	ends := int(ask[float64](d, "watch.room().position()") * rate / 1000 / thinly)
	wet := thin(heard)
	surest := func(from, to int) (off, sure float64) { // of the pieces of a stretch
		for at := from; at+stroke <= to; at += stroke / 2 {
			place := ends - len(wet) + at
			if ms, like := lies(track, wet[at:at+stroke], place, rate/thinly); like > sure {
				off, sure = ms-float64(place)*1000*thinly/rate, like
			}
		}
		return off, sure
	}
	before, surely := surest(0, 3*stroke)
	after, asSurely := surest(len(wet)-5*stroke, len(wet))
	return after - before, min(surely, asSurely) >= itself
}
