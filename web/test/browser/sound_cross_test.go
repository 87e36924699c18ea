package browser

import (
	"slices"
	"testing"
	"time"
)

const (
	unlike  = 3.0 // dB by which noise may differ from itself in a fifth of a second
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
	heard, _ := ear.listening(500*time.Millisecond, 2500*time.Millisecond, func() {
		d.do("await watch.room().do('mix', {mix: {...watch.room().mix, breath: 60}})")
	})
	if n := ask[int](d, "new Set(watch.seen.plays.map(({src}) => src).filter((src) => src.includes('track.wav'))).size"); n != 2 {
		t.Fatalf("%d tracks were played, want the one and the other", n)
	}
	whole := levels(heard, 200*time.Millisecond)
	usual := percentile(slices.Clone(whole), 50)
	quietest, loudest := slices.Min(whole)-usual, slices.Max(whole)-usual
	gap := slices.Min(levels(heard, grain)) - usual
	shift := d.shift(t, heard)
	t.Logf("a fifth of a second is %.1f to %+.1f dB of the usual, the quietest %v %.1f dB; the place shifts by %.1f ms", quietest, loudest, grain, gap, shift)
	if gap < -hole || quietest < -unlike {
		t.Error("there is a hole")
	}
	if loudest > unlike {
		t.Error("it is doubled")
	}
	if shift > inPlace || shift < -inPlace {
		t.Errorf("it jumps by %.1f ms", shift)
	}
}

// shift is by how many ms the sound at the end of what was heard lies elsewhere
// in the track than the sound at its beginning.
func (d *device) shift(t *testing.T, heard []float32) float64 {
	t.Helper()
	track, wet := d.track(t), thin(heard)
	piece := 400 * rate / 1000 / thinly
	first, sure := lies(track, wet[:piece], 8*rate/thinly, 4*rate/thinly)
	last, surely := lies(track, wet[len(wet)-piece:], 10*rate/thinly, 4*rate/thinly)
	if sure < itself || surely < itself {
		t.Fatalf("what was heard is not the track: %.2f, %.2f", sure, surely)
	}
	return last - first - float64(len(wet)-piece)*1000*thinly/rate
}
