package audio

import (
	"math"
	"slices"
	"sync"
	"testing"

	"stillpoint/internal/pcm"
	"stillpoint/internal/script"
)

// minutesOfAmbience are a minute of each ambience at level 100, once it has come.
var minutesOfAmbience = sync.OnceValue(func() map[string][][2]float64 {
	all := map[string][][2]float64{}
	for _, name := range script.Ambiences {
		all[name] = make([][2]float64, 60*Rate)
		quiet().ambiences[name]().steadily().add(all[name], 0)
	}
	return all
})

// minuteOf is one of them; it is not to be changed.
func minuteOf(name string) [][2]float64 { return minutesOfAmbience()[name] }

// Steady backgrounds stay as loud as they are: the least and the loudest 400 ms of
// a minute lie together. A drone beats a little, and an ocean comes and goes.
func TestNothingPumps(t *testing.T) {
	t.Parallel()
	for name, most := range map[string]float64{"pink": 0.5, "brown": 2, "rain": 1, "drone": 2} {
		m := pcm.Meter{NoPeak: true}
		m.Add(minuteOf(name))
		powers := m.Gates()
		if got := pcm.LUFS(slices.Max(powers)) - pcm.LUFS(slices.Min(powers)); got > most {
			t.Errorf("%s goes up and down by %.1f LU, want at most %.1f", name, got, most)
		}
	}
}

// Nothing ticks: no millisecond of the treble stands out from the fifth of a second
// around it. In noise some are 2 to 4 dB louder by themselves.
func TestNothingTicks(t *testing.T) {
	for _, name := range []string{"pink", "brown", "rain", "ocean"} {
		if got := standsOut(minuteOf(name)); got > 5 {
			t.Errorf("%s: something stands out by %.1f dB", name, got)
		}
	}
	ticking := slices.Clone(minuteOf("rain"))
	for i := range 24 {
		ticking[30*Rate+i][0] += 0.05 * math.Sin(float64(i))
	}
	if got := standsOut(ticking); got < 8 {
		t.Errorf("a tick stands out by only %.1f dB", got)
	}
}

// standsOut is how far the loudest millisecond of the treble, above 4 kHz, lies
// above the middle of those around it, in dB.
func standsOut(wave [][2]float64) float64 {
	const window, around = Rate / 1000, 100
	low, lower, powers := lowPass(4000), lowPass(4000), make([]float64, len(wave)/window)
	for i, f := range wave {
		high := f[0] - low.next(f[0])
		high -= lower.next(high)
		powers[i/window] += high * high
	}
	most := 0.0
	for i := 0; i+2*around <= len(powers); i += around {
		near := slices.Sorted(slices.Values(powers[i : i+2*around]))
		most = max(most, slices.Max(powers[i+around/2:i+3*around/2])/near[around])
	}
	return 10 * math.Log10(most)
}

// thirds are the levels of the thirds of an octave from 62.5 Hz to 16 kHz.
func thirds(wave []float64) (levels []float64) {
	powers, bin := spectrum(wave), float64(Rate)/float64(len(wave))
	edge := math.Pow(2, 1.0/6)
	for k := range 25 {
		middle, sum := 62.5*math.Pow(2, float64(k)/3), 0.0
		for i := int(middle / edge / bin); i < int(middle*edge/bin); i++ {
			sum += powers[i]
		}
		levels = append(levels, 10*math.Log10(sum+1e-30))
	}
	return levels
}

// No noise has a tone in it or an edge: each third of an octave is close to what
// its neighbours make one expect.
func TestNoiseHasNoTone(t *testing.T) {
	for _, name := range []string{"pink", "brown", "rain", "ocean"} {
		levels := thirds(left(minuteOf(name)[:1<<19]))
		for i := 1; i+1 < len(levels); i++ {
			if off := levels[i] - (levels[i-1]+levels[i+1])/2; math.Abs(off) > 1.6 {
				t.Errorf("%s stands %.1f dB off at %.0f Hz", name, off, 62.5*math.Pow(2, float64(i)/3))
			}
		}
	}
}

// Noise keeps its slope: pink 3 dB an octave, which is level thirds, brown 6.
func TestNoiseSlopes(t *testing.T) {
	for name, slope := range map[string]float64{"pink": 0, "brown": -3} {
		levels := thirds(left(minuteOf(name)[:1<<19]))[6:22] // 250 Hz to 8 kHz
		for i := 3; i < len(levels); i++ {
			if got := levels[i] - levels[i-3]; math.Abs(got-slope) > 1 {
				t.Errorf("%s changes by %.1f dB up to %.0f Hz, want %.0f", name, got, 250*math.Pow(2, float64(i)/3), slope)
			}
		}
	}
}
