package timeline

import (
	"slices"
	"time"

	"stillpoint/internal/script"
)

// apply makes one edit on a placed layout. What lies before the edit's position
// keeps its times; of the present step only the part still to come changes.
// Later silences stretch or shrink so that the session ends when it would have,
// as far as they can.
func (l *layout) apply(e Edit) {
	if len(l.steps) == 0 {
		return
	}
	i := l.present(e.At)
	l.keep(&l.steps[i], max(0, whole(e.At)-l.steps[i].from))
	end := l.end()
	switch e.Do {
	case Skip:
		l.skip(i, e)
	case Stay:
		l.stay(i)
		return
	case GoOn:
		l.goOn(i)
		return
	case Extend:
		l.extend(i, e)
		return
	case Reflow:
		l.reflow(i, e)
		return
	case Slower, Easier, HoldPace:
		l.repace(i, e)
	case ToAnchor:
		l.anchor(i, e.Anchor)
	}
	now := l.steps[i].from + l.steps[i].length()
	l.fit(i+1, max(0, end-now))
}

// keep holds fast what has already come of a step: soft signs, and the times of
// the guide's notes.
func (l *layout) keep(s *step, into time.Duration) {
	s.tie(into)
	var come []time.Duration
	for _, after := range l.signs(s) {
		if after <= into {
			come = append(come, after)
		}
	}
	s.signed, s.decided = come, into
}

// present is the step that a position lies in: the last that takes time and has
// begun by then.
func (l *layout) present(at time.Duration) int {
	found := 0
	for i, s := range l.steps {
		if s.from <= at && s.to > s.from {
			found = i
		}
	}
	return found
}

// skip leaves regions out from here on, and ends the present step if it is
// about one of them.
func (l *layout) skip(i int, e Edit) {
	touch := func(s *step) bool {
		return slices.ContainsFunc(s.regions, func(r script.Region) bool { return touches(e.Regions, r) })
	}
	if s := &l.steps[i]; s.about() && touch(s) && e.At < s.to {
		s.ended = max(0, whole(e.At)-s.from)
	}
	for j := i + 1; j < len(l.steps); j++ {
		if s := &l.steps[j]; touch(s) {
			s.dropped = s.dropped || s.about()
			s.place, s.regions = 0, nil
		}
	}
}

// stay puts a wait behind the present step, unless there is one already.
func (l *layout) stay(i int) {
	if l.waitAfter(i) >= 0 {
		return
	}
	s := l.steps[i]
	wait := step{item: script.Wait{}, hard: moment, section: s.section, place: s.place, regions: s.regions, outside: s.outside, ended: -1, stay: true}
	l.steps = append(l.steps[:i+1:i+1], append([]step{wait}, l.steps[i+1:]...)...)
}

// goOn takes back a stay that lies ahead; a wait of the script remains.
func (l *layout) goOn(i int) {
	if j := l.waitAfter(i); j >= 0 && l.steps[j].stay {
		l.steps = append(l.steps[:j:j], l.steps[j+1:]...)
	}
}

// waitAfter is the wait a session at step i holds at before anything else takes
// time, step i itself included; -1 if there is none.
func (l *layout) waitAfter(i int) int {
	for j := i; j < len(l.steps) && (j == i || l.steps[j].length() <= moment); j++ {
		if l.steps[j].waits() {
			return j
		}
	}
	return -1
}

func (s *step) waits() bool {
	_, ok := s.item.(script.Wait)
	return ok
}

// extend makes the present step longer or shorter, never shorter than what has
// passed of it or than its words. It keeps that length whatever changes later.
func (l *layout) extend(i int, e Edit) {
	s := &l.steps[i]
	if b, ok := s.item.(script.Breathe); ok && !natural(b) {
		s.moreBreaths(b, e)
		return
	}
	if s.ended >= 0 || s.waits() {
		return // left early, or as long as anyone likes: nothing to lengthen
	}
	passed := max(0, whole(e.At)-s.from)
	after := max(s.length()+whole(e.By), passed, s.speech)
	s.hard, s.soft, s.stretch = after-s.speech, 0, 0
}

// moreBreaths adds breaths like the last one, or takes away breaths that have
// not begun, as near to the time asked for as whole breaths come.
func (s *step) moreBreaths(b script.Breathe, e Edit) {
	begun := s.begun(e.At)
	for left := e.By; left < 0 && len(s.breaths) > begun; {
		last := s.breaths[len(s.breaths)-1].length()
		if -left < last/2 {
			break
		}
		s.breaths = s.breaths[:len(s.breaths)-1]
		left += last
	}
	last := s.breaths[len(s.breaths)-1]
	for left := e.By; left >= last.length()/2 && len(s.breaths) < script.MaxBreaths; left -= last.length() {
		if b.Pattern.Most > 0 && len(s.breaths) >= b.Pattern.Most {
			break
		}
		s.breaths = append(s.breaths, last)
	}
	if b.Times > 0 {
		s.times = len(s.breaths)
	} else {
		s.asked = s.fixed()
	}
}

// begun is how many breaths of a block have begun by a position.
func (s *step) begun(at time.Duration) int {
	from := s.from
	for n, b := range s.breaths {
		if from > at {
			return max(n, 1)
		}
		from += b.length()
	}
	return len(s.breaths)
}

// repace changes the pace of every breath that has not begun.
func (l *layout) repace(i int, e Edit) {
	l.pace = l.paceAt(i, e.At).change(e.Do)
	s := &l.steps[i]
	if b, ok := s.item.(script.Breathe); ok && !natural(b) {
		s.breaths = s.breaths[:s.begun(e.At):s.begun(e.At)]
		l.pace = s.lead(b, l.pace.next())
	}
	l.breathe(i + 1)
}

// paceAt is the pace of the breath at or last before a position.
func (l *layout) paceAt(i int, at time.Duration) pacer {
	for ; i >= 0; i-- {
		if s := &l.steps[i]; len(s.breaths) > 0 {
			return s.breaths[s.begun(at)-1].pace
		}
	}
	return newPacer(l.set)
}

// anchor renames the anchor in the anchor prompts still to come.
func (l *layout) anchor(i int, a script.Anchor) {
	if !slices.Contains(script.Anchors, a) {
		return
	}
	text := AnchorPrompt(l.script.Language, a)
	for j := i + 1; j < len(l.steps); j++ {
		if s := &l.steps[j]; s.words != "" {
			if _, ok := s.item.(script.AnchorPrompt); ok {
				s.words, s.speech = text, max(0, whole(l.speech(l.line(text))))
			}
		}
	}
}
