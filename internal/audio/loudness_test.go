package audio

import (
	"math"
	"testing"

	"github.com/faiface/beep"
)

// sine is so many frames of a stereo sine at a level in dBFS.
func sine(pitch, level, phase float64, n int) beep.Streamer {
	at := 0
	return beep.StreamerFunc(func(out [][2]float64) (int, bool) {
		k := min(len(out), n-at)
		for i := range k {
			v := decibels(level) * math.Sin(2*math.Pi*pitch/Rate*float64(at+i)+phase)
			out[i] = [2]float64{v, v}
		}
		at += k
		return k, k > 0
	})
}

// The first cases of EBU Tech 3341, and the known answers of true peak.
func TestMeter(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name                string
		s                   beep.Streamer
		integrated, highest float64
	}{
		{"-23 dBFS for 10 s", sine(1000, -23, 0, 10*Rate), -23, -23},
		{"-33 dBFS for 10 s", sine(1000, -33, 0, 10*Rate), -33, -33},
		{"the quiet around is left out", beep.Seq(sine(1000, -36, 0, 4*Rate), sine(1000, -23, 0, 12*Rate), sine(1000, -36, 0, 4*Rate)), -23, -23},
		{"silence is left out", beep.Seq(sine(1000, -23, 0, 10*Rate), sine(1000, -90, 0, 20*Rate)), -23, -23},
		{"a peak between the samples", sine(12000, -6, math.Pi/4, 5*Rate), math.NaN(), -6},
	} {
		got := Measure(c.s)
		if math.Abs(got.Integrated-c.integrated) > 0.1 {
			t.Errorf("%s: %.2f LUFS, want %.1f", c.name, got.Integrated, c.integrated)
		}
		if math.Abs(got.TruePeak-c.highest) > 0.3 {
			t.Errorf("%s: true peak %.2f dBTP, want %.1f", c.name, got.TruePeak, c.highest)
		}
	}
	if got := Measure(sine(0, 0, 0, 5*Rate)); !math.IsInf(got.Integrated, -1) || !math.IsInf(got.TruePeak, -1) {
		t.Errorf("silence is %+v", got)
	}
}
