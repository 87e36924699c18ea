package audio

import (
	"math"
	"sort"
	"time"

	"stillpoint/internal/timeline"
)

// surf is the height of an ocean's water, from 0 to 1, at every frame of a score.
// Where a breath is led, the water goes with it: it draws back on the inhale, and
// on the exhale comes in and runs out; in holds it stands. Where none is led it
// drifts.
type surf struct {
	surges []surge
	led    []span // where breath is led, first phase to last
}

// surge is what the water does in one inhale or exhale: from where it was it
// comes in to a crest, and from there it runs out.
type surge struct {
	span
	comes              int // frames until the crest
	begin, crest, ends float64
}

// Bounds of the surf. Water never moves faster than from one end to the other
// within fullSwing: a short breath has a shallow wave.
const (
	ebb       = 0.35                    // where an exhale leaves it
	drawn     = 0.05                    // where an inhale leaves it
	comingIn  = 0.4                     // of an exhale
	longRise  = 2500 * time.Millisecond // at most
	fullSwing = 1500 * time.Millisecond
	takenOver = 6 * time.Second        // how long the breath takes to take the water over
	letGo     = 10 * time.Second       // and how long it takes to drift again
	oneBreath = 15 * time.Second       // breaths no further apart are led as one; longer than letGo
	behind    = 700 * time.Millisecond // how long the foam comes after the water
)

// newSurf follows the breaths among the cues.
func newSurf(cues []timeline.Cue) *surf {
	s := &surf{}
	for _, c := range cues {
		at := span{frames(c.At), frames(c.At + c.Length)}
		if c.Kind != timeline.Inhale && c.Kind != timeline.Exhale || at.to <= at.from {
			continue
		}
		s.surges = append(s.surges, newSurge(at, s.follow(at.from), c.Kind == timeline.Exhale))
		if last := len(s.led) - 1; last >= 0 && at.from-s.led[last].to <= frames(oneBreath) {
			s.led[last].to = at.to
		} else {
			s.led = append(s.led, at)
		}
	}
	return s
}

func newSurge(at span, begin float64, out bool) surge {
	n, swing := at.to-at.from, float64(frames(fullSwing))
	if !out {
		return surge{at, 0, begin, begin, min(begin, max(drawn, begin-float64(n)/swing))}
	}
	comes := min(int(comingIn*float64(n)), frames(longRise))
	crest := min(1, begin+float64(comes)/swing)
	return surge{at, comes, begin, crest, min(crest, max(ebb, crest-float64(n-comes)/swing))}
}

// height is the water at a frame.
func (s *surf) height(frame int) float64 {
	led := s.lead(frame)
	if led == 0 {
		return tide(frame)
	}
	return led*s.follow(frame) + (1-led)*tide(frame)
}

// follow is the water as the breath has it.
func (s *surf) follow(frame int) float64 {
	after := sort.Search(len(s.surges), func(i int) bool { return s.surges[i].from > frame })
	if after == 0 {
		return ebb
	}
	return s.surges[after-1].height(frame)
}

func (s *surge) height(frame int) float64 {
	if into := frame - s.from; into < s.comes {
		return s.begin + (s.crest-s.begin)*rise(into, s.comes)
	}
	return s.crest + (s.ends-s.crest)*rise(frame-s.from-s.comes, s.to-s.from-s.comes)
}

// lead is how far the breath has the water, from 0 to 1.
func (s *surf) lead(frame int) float64 {
	after := sort.Search(len(s.led), func(i int) bool { return s.led[i].from > frame })
	if after == 0 {
		return 0
	}
	l := s.led[after-1]
	return rise(frame-l.from, frames(takenOver)) * rise(l.to+frames(letGo)-frame, frames(letGo))
}

// tide is the slow coming and going of an ocean: three periods with nothing in
// common, so that it never falls into a rhythm that a breath would follow.
func tide(frame int) float64 {
	t := 2 * math.Pi * float64(frame) / Rate
	return 0.5 + 0.25*math.Sin(t/11.3) + 0.15*math.Sin(t/7.1+1) + 0.1*math.Sin(t/17.9+2)
}
