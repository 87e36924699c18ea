package audio

import (
	"math"
	"time"

	"stillpoint/internal/pcm"
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
)

// hereLength is how long the soft sign of a long silence sounds: the low tone,
// standing still.
const hereLength = 2400 * time.Millisecond

// cell is how many frames lie between two points where a slowly changing thing
// is worked out exactly; between them it goes straight.
const cell = 64

// timbre is the levels of a tone's first four harmonics.
type timbre [4]float64

// The timbres. Soft has a little of the octave above, so that the ear finds the
// pitch on small loudspeakers. Warm has a hum's three lowest overtones, each less
// than half the one before, so that nothing lies above 1.2 kHz.
var (
	softly = timbre{1, 0.12}
	warmly = timbre{1, 0.45, 0.2, 0.07}
)

// powers are the same harmonics as powers of the cosine: of the sine times
// p₀ + p₁cos + p₂cos² + p₃cos³.
func (t timbre) powers() timbre {
	return timbre{t[0] - t[2], 2*t[1] - 4*t[3], 4 * t[2], 8 * t[3]}
}

// level is the amplitude at which a tone has the given loudness at its high
// pitch. Lower ones the ear takes for a little softer.
func (t timbre) level(lufs float64) float64 {
	heard := 0.0 // in both channels, against a sine in one
	for i, l := range t {
		pitch := highPitch * float64(i+1)
		heard += l * l * pcm.Weight(pitch)
	}
	return math.Sqrt(pcm.Power(lufs) / heard)
}

// glide is a tone that goes smoothly from one pitch to another. Its phase is
// known for every frame, so any frame can be made by itself.
type glide struct {
	frames     int
	from, to   float64 // Hz
	phase      float64 // at its beginning, in radians
	peak       float64 // level in the middle
	begin, end float64 // level at its ends: zero unless another tone joins there
	slope      int     // frames from begin to peak, and from peak to end
	powers     timbre
}

// newGlide is a tone of n frames at peak, with the attack of a breath.
func newGlide(n int, from, to, peak float64, t timbre) *glide {
	g := &glide{frames: n, from: from, to: to, peak: peak, powers: t.powers()}
	least := frames(gentlest)
	g.slope = min(max(least, int(breathSlope*float64(n))), n/2)
	if g.slope < least {
		g.peak *= float64(g.slope) / float64(least)
	}
	return g
}

// pitchAt is the pitch at a frame: it leaves and arrives without haste, along half
// a cosine.
func (g *glide) pitchAt(frame int) float64 {
	return g.from + (g.to-g.from)*rise(frame, g.frames)
}

// phaseAt is the phase at a frame: the integral of the pitch.
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
	p := g.powers
	for i := range skip + len(out) {
		if i >= skip {
			v := (level + float64(i)*step) * sin * (p[0] + cos*(p[1]+cos*(p[2]+cos*p[3])))
			out[i-skip][0] += v
			out[i-skip][1] += v
		}
		sin, cos = sin*turnCos+cos*turnSin, cos*turnCos-sin*turnSin
	}
}
