package audio

import (
	"math"
	"time"
)

// A breath tone rises from low to high on the inhale and falls back on the
// exhale. A second inhale right after the first, a top-up, goes a tone further
// up. 196 and 262 Hz are G3 and C4: within reach of a small loudspeaker, below
// the voice.
const (
	lowPitch  = 196.0
	highPitch = 262.0
	further   = 1.122 // a whole tone
)

// Slopes of a breath tone. The attack is never steeper than a full one of 250 ms,
// however short the breath.
const (
	gentlest    = 250 * time.Millisecond
	breathSlope = 0.35 // of the phase, at each end
	overtone    = 0.12 // of the octave above, so that the ear finds the pitch on small loudspeakers
)

// hereLength is how long the soft sign of a long silence sounds: the low tone,
// standing still.
const hereLength = 2400 * time.Millisecond

// cell is how many frames lie between two points where a slowly changing thing
// is worked out exactly; between them it goes straight.
const cell = 64

// glide is a tone that goes smoothly from one pitch to another. Its phase is
// known for every frame, so any frame can be made by itself.
type glide struct {
	frames     int
	from, to   float64 // Hz
	phase      float64 // at its beginning, in radians
	peak       float64 // level in the middle
	begin, end float64 // level at its ends: zero unless another tone joins there
	slope      int     // frames from begin to peak, and from peak to end
}

// newGlide is a tone of n frames at peak, with the attack of a breath.
func newGlide(n int, from, to, peak float64) *glide {
	g := &glide{frames: n, from: from, to: to, peak: peak}
	least := frames(gentlest)
	g.slope = min(max(least, int(breathSlope*float64(n))), n/2)
	if g.slope < least {
		g.peak *= float64(g.slope) / float64(least)
	}
	return g
}

// phaseAt is the phase at a frame: the integral of a pitch that leaves and
// arrives without haste, along half a cosine.
func (g *glide) phaseAt(frame int) float64 {
	t, n := float64(frame), float64(g.frames)
	middle := (g.from + g.to) / 2
	swing := (g.to - g.from) / 2 * n / math.Pi * math.Sin(math.Pi*t/n)
	return g.phase + 2*math.Pi/Rate*(middle*t-swing)
}

// levelAt is the level at a frame.
func (g *glide) levelAt(frame int) float64 {
	switch {
	case frame < g.slope:
		return g.begin + (g.peak-g.begin)*rise(frame, g.slope)
	case frame > g.frames-g.slope:
		return g.end + (g.peak-g.end)*rise(g.frames-frame, g.slope)
	}
	return g.peak
}

func (g *glide) add(out [][2]float64, at int) {
	for len(out) > 0 {
		skip := at % cell
		n := min(len(out), cell-skip)
		g.addCell(out[:n], at-skip, skip)
		out, at = out[n:], at+n
	}
}

// addCell adds the frames of the cell that begins at start, but the first skip.
// It always turns from the beginning of the cell, so the samples do not depend
// on where the reader came in.
func (g *glide) addCell(out [][2]float64, start, skip int) {
	phase, level := g.phaseAt(start), g.levelAt(start)
	sin, cos := math.Sincos(phase)
	turnSin, turnCos := math.Sincos((g.phaseAt(start+cell) - phase) / cell)
	step := (g.levelAt(start+cell) - level) / cell
	for i := range skip + len(out) {
		if i >= skip {
			v := (level + float64(i)*step) * sin * (1 + overtone*2*cos)
			out[i-skip][0] += v
			out[i-skip][1] += v
		}
		sin, cos = sin*turnCos+cos*turnSin, cos*turnCos-sin*turnSin
	}
}

// toneLevel is the amplitude at which a glide has the given loudness. The
// K-weighting takes a little off below 300 Hz, so this errs towards softer.
func toneLevel(lufs float64) float64 {
	power := 1 + overtone*overtone // of both partials, in both channels, against a sine in one
	return decibels(lufs+0.691) / math.Sqrt(power)
}
