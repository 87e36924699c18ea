package pcm

import "math"

// How a recording is levelled: its curve stays below the ceiling, and where it
// would not, the sound gives way slowly enough that no one hears it do so.
const (
	peakCeiling = -7.1           // dBTP aimed at, for a promise of −7
	giveWay     = Rate * 3 / 100 // frames before and after a peak over which the sound gives way
	mostPressed = 6.0            // dB; pressed harder against the ceiling a voice would only sound pressed
	closeEnough = 0.05           // LU
)

// Loudness is how loud the clip is when both ears hear it. One shorter than the
// 400 ms that loudness is measured over counts as if it went on.
func (c Clip) Loudness() Loudness {
	var m Meter
	c = c.Resample(Rate)
	var block [1024][2]float64
	for at := 0; at < len(c.Samples); at += len(block) {
		part := c.Samples[at:min(at+len(block), len(c.Samples))]
		for i, x := range part {
			block[i] = [2]float64{float64(x), float64(x)}
		}
		m.Add(block[:len(part)])
	}
	l := m.Loudness()
	if len(m.tenths) < 4 {
		l.Integrated = LUFS(m.power())
		l.Momentary = l.Integrated
	}
	return l
}

// Levelled is the clip at Rate, brought to an integrated loudness in LUFS as
// both ears hear it. Its true peak stays below −7 dBTP; a clip that is mostly
// peaks stays quieter for it. Silence stays as it is.
func (c Clip) Levelled(target float64) Clip {
	c = c.Resample(Rate)
	now, pressed := c.Loudness().Integrated, 0.0
	if math.IsInf(now, -1) {
		return c
	}
	for {
		out := c.louder(decibels(target - now + pressed)).bounded(decibels(peakCeiling))
		missing := target - out.Loudness().Integrated
		if missing < closeEnough || pressed >= mostPressed {
			return out
		}
		pressed = min(pressed+max(missing, closeEnough), mostPressed)
	}
}

// bounded is the clip with its curve kept below the ceiling. The gain at each
// sample is a mean, weighted by a triangle, of the least that the samples around
// it allow; so it changes smoothly, begins to before a peak comes, and is never
// more than that peak allows.
func (c Clip) bounded(ceiling float64) Clip {
	gain := allowed(c.Samples, ceiling)
	gain = least(gain, giveWay)
	gain = smooth(smooth(gain, giveWay/2), giveWay/2)
	out := make([]float32, len(c.Samples))
	for i, x := range c.Samples {
		out[i] = float32(gain[i] * float64(x))
	}
	return Clip{c.Rate, out}
}

// allowed is the most gain that each sample, and the curve to its next, allows.
func allowed(samples []float32, ceiling float64) []float64 {
	gain := make([]float64, len(samples))
	at := func(i int) float64 {
		if i < 0 || i >= len(samples) {
			return 0
		}
		return float64(samples[i])
	}
	for i := range samples {
		most := max(math.Abs(at(i)), math.Abs(at(i+1)))
		if 2*most > ceiling {
			for _, weights := range between {
				y := 0.0
				for k, w := range weights {
					y += w * at(i-5+k)
				}
				most = max(most, math.Abs(y))
			}
		}
		gain[i] = min(1, ceiling/max(most, 1e-9))
	}
	return gain
}

// least is, for each value, the least of those up to reach away from it.
func least(values []float64, reach int) []float64 {
	out := make([]float64, len(values))
	var queue []int // places whose value may yet be the least, in rising order of both
	for i := range len(values) + reach {
		if i < len(values) {
			for len(queue) > 0 && values[queue[len(queue)-1]] >= values[i] {
				queue = queue[:len(queue)-1]
			}
			queue = append(queue, i)
		}
		if at := i - reach; at >= 0 {
			for queue[0] < at-reach {
				queue = queue[1:]
			}
			out[at] = values[queue[0]]
		}
	}
	return out
}

// smooth is the mean of the values up to reach away, which are 1 outside.
func smooth(values []float64, reach int) []float64 {
	out, n := make([]float64, len(values)), len(values)
	sums := make([]float64, n+1) // of what is missing to 1
	for i, v := range values {
		sums[i+1] = sums[i] + 1 - v
	}
	for i := range out {
		out[i] = 1 - (sums[min(i+reach+1, n)]-sums[max(i-reach, 0)])/float64(2*reach+1)
	}
	return out
}
