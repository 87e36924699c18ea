package audio

import (
	"math"
	"time"
)

// bowl is a recipe for a singing bowl: what it is made of, and how often it is
// touched. A rubbed or softly struck bowl sounds in pairs of nearly equal
// partials, which beat against each other.
type bowl struct {
	pitch    float64 // Hz of the lowest pair
	partials []partial
	strokes  []stroke
}

// partial is one pair of a bowl: two ratios to its pitch, equal for a single one.
type partial struct {
	ratio, twin float64
	level       float64 // dB below the loudest
	dies        float64 // seconds until it is 60 dB down
}

// stroke is one touch of the bowl.
type stroke struct {
	at    time.Duration
	pitch float64 // times the bowl's
	level float64 // dB
}

// Bounds of every bell: the attack has no strike in it, and nothing lies where a
// sound turns sharp.
const (
	bellAttack  = 120 * time.Millisecond
	bellHighest = 3000.0 // Hz
	bellFade    = 400 * time.Millisecond
	spread      = 0.22                  // of the difference between the ears
	apart       = 11 * time.Millisecond // the delay it is made of
)

// bowls are the bells an author may name. The ratios of the partials are those
// measured on Tibetan bowls (Essl and Cook); levels, decays and pitches between
// 160 and 220 Hz are ours: slow, low and without a strike, so as not to startle.
func bowls() map[string]bowl {
	once := []stroke{{pitch: 1}}
	return map[string]bowl{
		"bowl": {196, bowlPartials(0, -8, -14, -22, -28), once},
		"high": {220, bowlPartials(-5, 0, -9, -18, -25), once},
		"low":  {165, bowlPartials(0, -12, -20, -28, -34), once},
		"closing": {196, bowlPartials(0, -9, -16, -24, -30),
			[]stroke{{pitch: 1}, {at: 3500 * time.Millisecond, pitch: 165.0 / 196, level: -1}}},
	}
}

// bowlPartials are the five pairs at the given levels.
func bowlPartials(a, b, c, d, e float64) []partial {
	return []partial{
		{0.9961, 1.0039, a, 14},
		{2.979, 2.993, b, 8},
		{5.704, 5.704, c, 5},
		{8.998, 9.015, d, 2.5},
		{12.81, 12.83, e, 1.5},
	}
}

// wave makes the bell once, as loud as it may ever be.
func (b bowl) wave() []float32 {
	last := b.strokes[len(b.strokes)-1]
	wave := make([]float32, frames(last.at)+int(Rate*b.partials[0].dies))
	for _, s := range b.strokes {
		for _, p := range b.partials {
			level := decibels(p.level+s.level) / 2
			ring(wave[frames(s.at):], b.pitch*s.pitch*p.ratio, level, p.dies)
			ring(wave[frames(s.at):], b.pitch*s.pitch*p.twin, level, p.dies)
		}
	}
	fade := frames(bellFade)
	for i := range fade {
		wave[len(wave)-1-i] *= float32(rise(i, fade))
	}
	return louder(wave, decibels(bellLoudness-loudest(&struck{wave, 1}, len(wave))))
}

// ring adds one dying partial. It turns a pointer instead of asking for sines: a
// bell has half a million frames.
func ring(out []float32, pitch, level, dies float64) {
	if pitch > bellHighest {
		return
	}
	sin, cos := 0.0, level
	decay := math.Pow(10, -3/(dies*Rate))
	turnSin, turnCos := math.Sincos(2 * math.Pi * pitch / Rate)
	turnSin, turnCos = turnSin*decay, turnCos*decay
	attack := frames(bellAttack)
	for i := range out {
		if i < attack {
			out[i] += float32(sin * rise(i, attack))
		} else {
			out[i] += float32(sin)
		}
		sin, cos = sin*turnCos+cos*turnSin, cos*turnCos-sin*turnSin
	}
}

// louder multiplies a wave in its place.
func louder(wave []float32, gain float64) []float32 {
	for i := range wave {
		wave[i] *= float32(gain)
	}
	return wave
}

// struck is a bell kept in memory, sounding. It is made wide by adding to one ear
// and taking from the other a little of what was a moment before: each partial
// leans another way, and in mono nothing is lost.
type struck struct {
	wave []float32
	gain float64
}

func (s *struck) add(out [][2]float64, at int) {
	before := frames(apart)
	for i := range out {
		middle, side := float64(s.wave[at+i]), 0.0
		if k := at + i - before; k >= 0 {
			side = spread * float64(s.wave[k])
		}
		out[i][0] += s.gain * (middle + side)
		out[i][1] += s.gain * (middle - side)
	}
}
