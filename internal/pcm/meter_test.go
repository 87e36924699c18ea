package pcm

import (
	"math"
	"testing"
)

// The first cases of EBU Tech 3341, and the known answers of true peak.
func TestMeter(t *testing.T) {
	t.Parallel()
	part := func(level float64, seconds int) []float32 { return sine(Rate, 1000, level, seconds*Rate).Samples }
	seq := func(parts ...[]float32) (all []float32) {
		for _, p := range parts {
			all = append(all, p...)
		}
		return all
	}
	between := sine(Rate, 12000, -6, 5*Rate)
	for i := range between.Samples {
		between.Samples[i] = float32(decibels(-6) * math.Sin(2*math.Pi/4*float64(i)+math.Pi/4))
	}
	for _, c := range []struct {
		name                string
		samples             []float32
		integrated, highest float64
	}{
		{"-23 dBFS for 10 s", part(-23, 10), -23, -23},
		{"-33 dBFS for 10 s", part(-33, 10), -33, -33},
		{"the quiet around is left out", seq(part(-36, 4), part(-23, 12), part(-36, 4)), -23, -23},
		{"silence is left out", seq(part(-23, 10), part(-90, 20)), -23, -23},
		{"shorter than is measured over", part(-23, 1)[:Rate/10], -23, -23},
		{"a peak between the samples", between.Samples, math.NaN(), -6},
	} {
		got := Clip{Rate, c.samples}.Loudness()
		if math.Abs(got.Integrated-c.integrated) > 0.1 {
			t.Errorf("%s: %.2f LUFS, want %.1f", c.name, got.Integrated, c.integrated)
		}
		if math.Abs(got.TruePeak-c.highest) > 0.3 {
			t.Errorf("%s: true peak %.2f dBTP, want %.1f", c.name, got.TruePeak, c.highest)
		}
	}
	for _, n := range []int{0, 100, 5 * Rate} {
		got := Clip{Rate, make([]float32, n)}.Loudness()
		if !math.IsInf(got.Integrated, -1) || !math.IsInf(got.TruePeak, -1) {
			t.Errorf("%d samples of silence are %+v", n, got)
		}
	}
}
