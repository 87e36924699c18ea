package timeline

import (
	"cmp"
	"slices"
	"time"

	"stillpoint/internal/script"
)

// timeline writes a placed layout down as spans and cues.
func (l *layout) timeline() *Timeline {
	t := &Timeline{Title: l.script.Title, Language: l.script.Language, Voice: l.set.Voice, Length: l.end()}
	l.sections(t)
	l.places(t)
	if l.set.Ambience != "" && l.set.Ambience != NoAmbience {
		t.cue(Cue{Kind: Ambience, Name: l.set.Ambience})
	}
	for i := range l.steps {
		if s := &l.steps[i]; !s.dropped {
			l.emit(t, s)
		}
	}
	l.notes(t)
	slices.SortStableFunc(t.Spans, func(a, b Span) int {
		return cmp.Or(cmp.Compare(a.From, b.From), cmp.Compare(b.To, a.To))
	})
	slices.SortStableFunc(t.Cues, func(a, b Cue) int { return cmp.Compare(a.At, b.At) })
	return t
}

func (l *layout) emit(t *Timeline, s *step) {
	for _, after := range l.signs(s) {
		t.cue(Cue{Kind: Here, At: s.from + after})
	}
	switch i := s.item.(type) {
	case script.Prompt, script.AnchorPrompt:
		l.emitWords(t, s)
	case script.Quiet:
		t.span(Span{Kind: Quiet, From: s.from, To: s.to})
	case script.Breathe:
		if natural(i) {
			t.span(Span{Kind: Natural, From: s.from, To: s.to})
		}
		s.emitBreaths(t)
	case script.Bell:
		name := i.Name
		if name == "" {
			name = script.Bells[0]
		}
		t.cue(Cue{Kind: Bell, At: s.from, Name: name})
	case script.Ambience:
		if l.set.Ambience == "" {
			t.cue(Cue{Kind: Ambience, At: s.from, Name: i.Name})
		}
	case script.Wait:
		t.span(Span{Kind: Wait, From: s.from, To: s.to})
	}
}

func (l *layout) emitWords(t *Timeline, s *step) {
	spoken := min(s.from+s.speech, s.to)
	t.span(Span{Kind: Say, From: s.from, To: spoken, Text: s.words})
	if !l.set.TextOnly && spoken > s.from {
		t.cue(Cue{Kind: Say, At: s.from, Length: spoken - s.from, Text: s.words})
	}
}

// emitBreaths writes the phases of a block, cut where the step was cut short.
func (s *step) emitBreaths(t *Timeline) {
	at := s.from
	for n, b := range s.breaths {
		for _, p := range b.phases {
			to := min(at+p.Length, s.to)
			t.span(Span{Kind: Kind(p.Kind), From: at, To: to, N: n + 1, Of: len(s.breaths)})
			if to > at && (p.Kind == script.Inhale || p.Kind == script.Exhale) {
				t.cue(Cue{Kind: Kind(p.Kind), At: at, Length: to - at})
			}
			at += p.Length
		}
	}
}

// signs is how far into a step its soft signs come: every so often in a long
// silence, and none so near the end that the next words follow on its heels.
// Signs that had come before an edit changed the step's end remain.
func (l *layout) signs(s *step) (after []time.Duration) {
	begin, every := s.speech, time.Duration(0)
	if b, ok := s.item.(script.Breathe); ok && natural(b) {
		every = b.Pattern.Every
	} else if s.about() && l.script.Care {
		every = StillHere
	}
	if every <= 0 {
		return nil
	}
	after = append(after, s.signed...)
	for at := begin + every; at <= s.length()-every/5; at += every {
		if at > s.decided {
			after = append(after, at)
		}
	}
	return after
}

// span adds a span that lasts.
func (t *Timeline) span(s Span) {
	if s.To > s.From {
		t.Spans = append(t.Spans, s)
	}
}

func (t *Timeline) cue(c Cue) { t.Cues = append(t.Cues, c) }

// sections spans each section that has something left in it.
func (l *layout) sections(t *Timeline) {
	l.runs(func(s *step) int { return s.section + 1 }, func(s *step, from, to time.Duration) {
		t.span(Span{Kind: SectionSpan, From: from, To: to, Text: l.script.Sections[s.section].Title})
	})
}

// places spans where attention is, for as long as it stays there.
func (l *layout) places(t *Timeline) {
	l.runs(func(s *step) int { return s.place }, func(s *step, from, to time.Duration) {
		switch {
		case s.outside:
			t.span(Span{Kind: Outside, From: from, To: to})
		case len(s.regions) > 0 && !l.leftOut(s.regions):
			t.span(Span{Kind: Scan, From: from, To: to, Regions: s.regions})
		}
	})
}

// runs calls found for each run of steps with the same number, zero being none.
func (l *layout) runs(number func(*step) int, found func(first *step, from, to time.Duration)) {
	for i := 0; i < len(l.steps); {
		first, n := &l.steps[i], number(&l.steps[i])
		for i++; i < len(l.steps) && number(&l.steps[i]) == n; i++ {
		}
		if n != 0 {
			found(first, first.from, l.steps[i-1].to)
		}
	}
}

// notes places the guide's cues: where they stand, or at their time in the
// section as written, moved as the steps around it moved.
func (l *layout) notes(t *Timeline) {
	for i := range l.steps {
		g, ok := l.steps[i].item.(script.Guide)
		if !ok {
			continue
		}
		at := l.steps[i].from
		if g.After >= 0 {
			at = l.moved(l.steps[i].section, g.After)
		}
		t.cue(Cue{Kind: Guide, At: at, Text: g.Text})
	}
}

// moved is where a time of a section as written has come to lie.
func (l *layout) moved(section int, after time.Duration) (at time.Duration) {
	for i := range l.steps {
		s := &l.steps[i]
		if s.section != section {
			continue
		}
		if after < s.written {
			return s.from + s.moved(after)
		}
		after -= s.written
		at = s.to
	}
	return at
}

// knot ties a time of a step as written to the time it has come to lie at.
type knot struct{ written, moved time.Duration }

// moved is where a written time of a step lies now: evenly between its knots, the
// last being its end.
func (s *step) moved(written time.Duration) time.Duration {
	var from knot
	for _, k := range s.knots {
		if written <= k.written {
			return between(from, k, written)
		}
		from = k
	}
	return between(from, knot{s.written, s.length()}, written)
}

// between is the time on the line through two knots.
func between(a, b knot, written time.Duration) time.Duration {
	if b.written <= a.written {
		return b.moved
	}
	part := float64(written-a.written) / float64(b.written-a.written)
	return a.moved + whole(time.Duration(part*float64(b.moved-a.moved)))
}

// tie fixes where a step's written times lie up to a moment of it, before an
// edit moves what lies behind.
func (s *step) tie(into time.Duration) {
	var from knot
	for i, k := range append(s.knots, knot{s.written, s.length()}) {
		if into < k.moved {
			back := between(knot{from.moved, from.written}, knot{k.moved, k.written}, into)
			s.knots = append(s.knots[:i:i], knot{back, into})
			return
		}
		from = k
	}
}
