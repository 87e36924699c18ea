package pcm

import "math"

// The filter that changes rates: a sinc under a Kaiser window. Of the lower of
// the two rates, everything up to 0.45 passes and nothing from 0.5 on does.
const (
	sincReach  = 60   // zero crossings to each side
	sincCutoff = 0.95 // of half the lower rate: the middle of the slope
	sincShape  = 8.6  // of the window: −85 dB and below
	mostPhases = 512  // kept apart; between them the filter is drawn straight
)

// Resample is the clip at another rate: round(len × to / from) samples, the
// first of them at the same instant.
func (c Clip) Resample(rate int) Clip {
	if rate == c.Rate || rate <= 0 || c.Rate <= 0 || len(c.Samples) == 0 {
		return Clip{rate, c.Samples}
	}
	common := gcd(rate, c.Rate)
	up, down := rate/common, c.Rate/common
	n := (len(c.Samples)*up + down/2) / down
	out := make([]float32, n)
	f := newFilter(up, min(1, float64(rate)/float64(c.Rate)))
	for i := range out {
		at := i * down
		out[i] = f.at(c.Samples, at/up, at%up)
	}
	return Clip{rate, out}
}

// filter is the sinc, sampled at equal phases between two samples.
type filter struct {
	up     int
	reach  int // samples to each side
	exact  bool
	phases [][]float32
}

// newFilter is the filter for steps of 1/up of a sample. A narrow one, for a
// lower rate, is wider in time.
func newFilter(up int, narrow float64) *filter {
	f := &filter{up: up, reach: int(math.Ceil(sincReach / narrow)), exact: up <= mostPhases}
	n := up
	if !f.exact {
		n = mostPhases
	}
	for p := range n + 1 {
		f.phases = append(f.phases, f.taps(float64(p)/float64(n), narrow))
	}
	return f
}

// taps weigh the samples around a point this far behind one of them. Together
// they weigh 1, so that the level stays.
func (f *filter) taps(behind, narrow float64) []float32 {
	weights, sum := make([]float64, 2*f.reach), 0.0
	for k := range weights {
		x := float64(k-f.reach+1) - behind
		weights[k] = sinc(x*narrow*sincCutoff) * kaiser(x/float64(f.reach))
		sum += weights[k]
	}
	taps := make([]float32, len(weights))
	for k, w := range weights {
		taps[k] = float32(w / sum)
	}
	return taps
}

// at is the sound step/up behind samples[whole].
func (f *filter) at(samples []float32, whole, step int) float32 {
	first := whole - f.reach + 1
	from, to := max(first, 0), min(first+2*f.reach, len(samples))
	part := samples[from:to]
	if f.exact {
		return dot(part, f.phases[step][from-first:])
	}
	place := float64(step) * mostPhases / float64(f.up)
	p := int(place)
	left, right := dot(part, f.phases[p][from-first:]), dot(part, f.phases[p+1][from-first:])
	return left + float32(place-float64(p))*(right-left)
}

// dot sums in four strands, which a processor can add side by side.
func dot(samples, taps []float32) float32 {
	var a, b, c, d float32
	taps = taps[:len(samples)]
	for len(samples) >= 4 && len(taps) >= 4 {
		a += samples[0] * taps[0]
		b += samples[1] * taps[1]
		c += samples[2] * taps[2]
		d += samples[3] * taps[3]
		samples, taps = samples[4:], taps[4:]
	}
	for i, x := range samples {
		a += x * taps[i]
	}
	return a + b + c + d
}

func sinc(x float64) float64 {
	if x == 0 {
		return 1
	}
	return math.Sin(math.Pi*x) / (math.Pi * x)
}

// kaiser is the window at x, from the middle 0 to the end ±1.
func kaiser(x float64) float64 {
	return bessel(sincShape*math.Sqrt(max(0, 1-x*x))) / bessel(sincShape)
}

// bessel is the modified Bessel function of order 0, summed until it stands.
func bessel(x float64) float64 {
	sum, term := 1.0, 1.0
	for k := 1.0; term > sum*1e-12; k++ {
		term *= x * x / (4 * k * k)
		sum += term
	}
	return sum
}

func gcd(a, b int) int {
	for b != 0 {
		a, b = b, a%b
	}
	return a
}
