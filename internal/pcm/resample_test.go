package pcm

import (
	"fmt"
	"math"
	"testing"
)

// rates are pairs with few phases, many, and more than are kept.
var rates = [][2]int{{44100, 48000}, {48000, 44100}, {24000, 48000}, {22050, 48000}, {16000, 48000}, {8000, 48000}, {96000, 48000}, {95999, 48000}, {47999, 48000}, {11025, 48000}, {48000, 16000}}

func TestResampledLength(t *testing.T) {
	for _, r := range rates {
		for _, n := range []int{0, 1, 2, 100, 12345} {
			got := len(Clip{r[0], make([]float32, n)}.Resample(r[1]).Samples)
			if want := int(math.Round(float64(n) * float64(r[1]) / float64(r[0]))); got != want {
				t.Errorf("%d samples from %d to %d are %d, want %d", n, r[0], r[1], got, want)
			}
		}
	}
}

// tone resamples a sine, and splits the middle of what comes out into the sine
// that should be there, by level and phase, and all the rest.
func tone(from, to int, pitch float64) (gain, phase, rest float64) {
	out := sine(from, pitch, 0, from/2).Resample(to).Samples
	out = out[len(out)/4 : len(out)*3/4]
	first := len(sine(from, pitch, 0, from/2).Resample(to).Samples) / 4
	var s, c, ss, cc, sc float64
	at := func(i int) (float64, float64) {
		return math.Sincos(2 * math.Pi * pitch / float64(to) * float64(first+i))
	}
	for i, x := range out {
		a, b := at(i)
		s, c, ss, cc, sc = s+a*float64(x), c+b*float64(x), ss+a*a, cc+b*b, sc+a*b
	}
	det := ss*cc - sc*sc
	a, b := (s*cc-c*sc)/det, (c*ss-s*sc)/det
	sum := 0.0
	for i, x := range out {
		p, q := at(i)
		d := float64(x) - a*p - b*q
		sum += d * d
	}
	return 20 * math.Log10(math.Hypot(a, b)), math.Atan2(b, a), 10*math.Log10(sum/float64(len(out))) + 3.01
}

func TestResamplePasses(t *testing.T) {
	t.Parallel()
	for _, r := range rates {
		low := float64(min(r[0], r[1]))
		for _, part := range []float64{0.01, 0.1, 0.2, 0.3, 0.4, 0.449} {
			gain, phase, rest := tone(r[0], r[1], part*low)
			if math.Abs(gain) > 0.1 || math.Abs(phase) > 0.001 || rest > -80 {
				t.Errorf("%d to %d at %.3f of the lower: %.3f dB, turned by %.4f, the rest %.1f dB", r[0], r[1], part, gain, phase, rest)
			}
		}
	}
}

// Above half the lower rate nothing may come through, for it would come back as
// another pitch.
func TestResampleStops(t *testing.T) {
	t.Parallel()
	for _, r := range rates {
		if r[1] > r[0] {
			continue
		}
		for _, part := range []float64{0.501, 0.55, 0.6, 0.75, 0.9} {
			if pitch := part * float64(r[1]); pitch < 0.5*float64(r[0]) {
				out := sine(r[0], pitch, 0, r[0]/2).Resample(r[1]).Samples
				if got := level(out[len(out)/4:len(out)*3/4]) + 3.01; got > -80 {
					t.Errorf("%d to %d: %.3f of the lower comes through at %.1f dB", r[0], r[1], part, got)
				}
			}
		}
	}
}

func BenchmarkResample(b *testing.B) {
	for _, r := range rates {
		b.Run(fmt.Sprintf("%d-%d", r[0], r[1]), func(b *testing.B) {
			c := sine(r[0], 440, -6, 10*r[0])
			for b.Loop() {
				c.Resample(r[1])
			}
			b.ReportMetric(float64(b.N)*10/b.Elapsed().Seconds(), "×real-time")
		})
	}
}
