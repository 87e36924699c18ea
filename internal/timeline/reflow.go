package timeline

import (
	"time"

	"stillpoint/internal/script"
)

// leastRest is how short a reflow may make a rest, or what is left of one: in a
// treatment rests are the work itself, and an instant is no time for hands to
// come away in.
const leastRest = time.Minute

// reflow fits everything still to come, the rest of the present step included,
// to end so long after the edit as it asks, or as near to it as silences and
// rests can.
func (l *layout) reflow(i int, e Edit) {
	l.steps[i].pass(max(0, whole(e.At)-l.steps[i].from))
	for j := i; j < len(l.steps); j++ {
		l.steps[j].bear(j == i)
	}
	l.fit(i, max(0, whole(e.At)+whole(e.By)-l.steps[i].from))
}

// pass makes the silence that has passed of a step fixed, so that a fit stretches
// no more than what is left of it.
func (s *step) pass(into time.Duration) {
	passed := min(into-s.fixed(), s.stretch)
	if s.ended >= 0 || passed <= 0 {
		return
	}
	left := s.stretch - passed
	s.hard += passed
	s.soft = whole(time.Duration(float64(s.soft) * (float64(left) / float64(s.stretch))))
	s.stretch = left
}

// bear says how short a step's silence may become: a rest never shorter than a
// minute, nor what is left of the present one; one that is shorter stays.
func (s *step) bear(present bool) {
	if _, rests := s.item.(script.Quiet); rests {
		s.least = min(s.stretch, leastRest)
	} else if present {
		s.least = min(s.stretch, leastSilence)
	}
}
