package pcm

import (
	"math"
	"slices"
	"time"
)

// What is left around a recording, and what counts as silence in it.
const (
	keptBefore = 10 * time.Millisecond
	keptAfter  = 120 * time.Millisecond
	silentBy   = -35.0 // dB below the clip's own loud parts
	trimStep   = 10 * time.Millisecond
)

// Trim is the clip without the silence before and after. What is silent depends
// on how loud the clip itself is; of the silence 10 ms stay before and 120 ms
// after. A clip with no sound in it stays as it is.
func (c Clip) Trim() Clip {
	step := c.frames(trimStep)
	if step == 0 {
		return c
	}
	powers := c.powers(step)
	sorted := slices.Sorted(slices.Values(powers))
	if len(sorted) == 0 || sorted[len(sorted)-1] == 0 {
		return c
	}
	gate := loudPart(sorted) * math.Pow(10, silentBy/10)
	sounds := func(p float64) bool { return p > gate }
	first := slices.IndexFunc(powers, sounds)
	last := len(powers) - 1
	for !sounds(powers[last]) {
		last--
	}
	from := max(0, first*step-c.frames(keptBefore))
	to := min(len(c.Samples), (last+1)*step+c.frames(keptAfter))
	return Clip{c.Rate, c.Samples[from:to]}
}

func (c Clip) frames(d time.Duration) int { return int(d * time.Duration(c.Rate) / time.Second) }

// powers are the mean powers of each step of the clip, what stands still in it left out.
func (c Clip) powers(step int) []float64 {
	var powers []float64
	for at := 0; at < len(c.Samples); at += step {
		part := c.Samples[at:min(at+step, len(c.Samples))]
		sum, square := 0.0, 0.0
		for _, x := range part {
			sum += float64(x)
			square += float64(x) * float64(x)
		}
		n := float64(len(part))
		powers = append(powers, max(0, square/n-sum*sum/n/n))
	}
	return powers
}

// loudPart is the mean of what is within 20 dB of the loudest.
func loudPart(sorted []float64) float64 {
	return mean(sorted, sorted[len(sorted)-1]/100)
}
