package audio

import (
	"math"
	"time"
)

// Bounds of every bell: the attack has no strike in it, and nothing lies where a
// sound turns sharp.
const (
	bellAttack  = 120 * time.Millisecond
	bellHighest = 3000.0 // Hz
	bellFade    = 400 * time.Millisecond
	spread      = 0.22                  // of the difference between the ears
	apart       = 11 * time.Millisecond // the delay it is made of
)

// wave makes the bell once, as loud as it may ever be.
func (r recipe) wave() []float32 {
	wave := make([]float32, r.frames())
	for _, s := range r.strokes {
		for _, p := range r.partials {
			rest := wave[frames(s.at):]
			one, other := p.shares()
			level := decibels(p.level + s.level)
			ring(rest, r.pitch*s.pitch*p.ratio, level*one, p.dies)
			ring(rest, r.pitch*s.pitch*p.twin, level*other, p.dies)
		}
	}
	fade := frames(bellFade)
	for i := range fade {
		wave[len(wave)-1-i] *= float32(rise(i, fade))
	}
	return louder(wave, decibels(bellLoudness-loudest(&struck{wave, 1}, len(wave))))
}

// frames is how long the bell sounds: until its longest partial is gone.
func (r recipe) frames() int {
	dies := 0.0
	for _, p := range r.partials {
		dies = max(dies, p.dies)
	}
	return frames(r.strokes[len(r.strokes)-1].at) + int(Rate*dies)
}

// shares are the parts of a pair's level that each of the two has.
func (p partial) shares() (one, other float64) {
	less := decibels(-p.less)
	return 1 / (1 + less), less / (1 + less)
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
