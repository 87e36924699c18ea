package audio

import (
	"math"
	"testing"

	"github.com/faiface/beep"
)

// sine is so many frames of a stereo sine at a level in dBFS.
func sine(pitch, level float64, n int) beep.Streamer {
	at := 0
	return beep.StreamerFunc(func(out [][2]float64) (int, bool) {
		k := min(len(out), n-at)
		for i := range k {
			v := decibels(level) * math.Sin(2*math.Pi*pitch/Rate*float64(at+i))
			out[i] = [2]float64{v, v}
		}
		at += k
		return k, k > 0
	})
}

// Measure hears both ears and reads to the end; what it measures with is tested
// where it lives.
func TestMeasure(t *testing.T) {
	got := Measure(beep.Seq(sine(1000, -36, 4*Rate), sine(1000, -23, 12*Rate)))
	if math.Abs(got.Integrated+23) > 0.1 || math.Abs(got.TruePeak+23) > 0.1 {
		t.Errorf("%+v, want -23", got)
	}
}
