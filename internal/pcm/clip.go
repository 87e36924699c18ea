// Package pcm holds samples at rest: it reads and writes recordings, changes
// their rate, and measures how loud they are.
//
// What it reads may come from anyone. Every reader believes a file's content
// rather than what its beginning says, keeps within bounds of memory and time,
// and refuses in a sentence that names the file and the way out. The package
// must not know scripts, voices or where files are kept.
package pcm

import (
	"math"
	"time"
)

// Rate is the number of frames a second that everything is brought to.
const Rate = 48000

// Longest is the longest recording that is read.
const Longest = 10 * time.Minute

// Bounds of the rates that are read, in frames a second.
const (
	slowest = 8000
	fastest = 96000
)

// Clip is mono sound in memory: samples within −1 to 1, Rate of them a second.
// No method changes the samples it is called on.
type Clip struct {
	Rate    int
	Samples []float32
}

// Length is how long the clip sounds.
func (c Clip) Length() time.Duration {
	if c.Rate <= 0 {
		return 0
	}
	n := len(c.Samples)
	return time.Duration(n/c.Rate)*time.Second + time.Duration(n%c.Rate)*time.Second/time.Duration(c.Rate)
}

// Int16 rounds every sample to the nearest of 65536 steps.
func (c Clip) Int16() []int16 {
	out := make([]int16, len(c.Samples))
	for i, x := range c.Samples {
		out[i] = int16(step16(x))
	}
	return out
}

// step16 is the nearest of 65536 steps.
func step16(x float32) int32 {
	return int32(min(max(math.Floor(float64(x)*32768+0.5), -32768), 32767))
}

// louder is the clip with every sample times gain.
func (c Clip) louder(gain float64) Clip {
	out := make([]float32, len(c.Samples))
	for i, x := range c.Samples {
		out[i] = float32(gain * float64(x))
	}
	return Clip{c.Rate, out}
}

// decibels turns a level in dB into a factor.
func decibels(db float64) float64 { return math.Pow(10, db/20) }
