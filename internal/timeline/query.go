package timeline

import (
	"sort"
	"time"

	"stillpoint/internal/script"
)

// Clear is how long before the section's start `previous` still means the one
// before it, as on any device that plays.
const Clear = 3 * time.Second

// At is every span lasting at a position, in order.
func (t *Timeline) At(position time.Duration) (spans []Span) {
	for _, s := range t.Spans[:t.begun(position)] {
		if position < s.To {
			spans = append(spans, s)
		}
	}
	return spans
}

// begun is how many spans have begun at a position.
func (t *Timeline) begun(position time.Duration) int {
	return sort.Search(len(t.Spans), func(i int) bool { return t.Spans[i].From > position })
}

// Between is every cue that falls due in (from, to]. Whoever begins at a
// position asks from just before it, so that a cue standing there sounds once;
// a late wake loses nothing.
func (t *Timeline) Between(from, to time.Duration) []Cue {
	after := func(at time.Duration) int {
		return sort.Search(len(t.Cues), func(i int) bool { return t.Cues[i].At > at })
	}
	first, last := after(from), after(to)
	return t.Cues[first:max(first, last)]
}

// Next is the first time after position at which a span begins or ends or a cue
// falls due. False when nothing is to come.
func (t *Timeline) Next(position time.Duration) (time.Duration, bool) {
	next, found := time.Duration(0), false
	consider := func(at time.Duration) {
		if at > position && (!found || at < next) {
			next, found = at, true
		}
	}
	begun := t.begun(position)
	for _, s := range t.Spans[:begun] {
		consider(s.To)
	}
	if begun < len(t.Spans) {
		consider(t.Spans[begun].From)
	}
	if i := sort.Search(len(t.Cues), func(i int) bool { return t.Cues[i].At > position }); i < len(t.Cues) {
		consider(t.Cues[i].At)
	}
	return next, found
}

// Until is how far a session at position runs by itself: to the first wait
// strictly later, or to the end. Standing at a wait and going on passes it.
func (t *Timeline) Until(position time.Duration) time.Duration {
	for _, s := range t.Spans[t.begun(position):] {
		if s.Kind == Wait {
			return s.From
		}
	}
	return t.Length
}

// WaitingAt says whether a session at position holds until someone goes on.
func (t *Timeline) WaitingAt(position time.Duration) bool {
	for i := t.begun(position) - 1; i >= 0 && t.Spans[i].From == position; i-- {
		if t.Spans[i].Kind == Wait {
			return true
		}
	}
	return false
}

// Reentry is where a session paused at position takes up again: the start of
// the prompt or the breath phase it was in (R3: resuming repeats the last
// prompt). Quiet and natural breathing have no start to go back to.
func (t *Timeline) Reentry(position time.Duration) time.Duration {
	if position >= t.Length {
		return position // the last words are over, or were skipped
	}
	for i := t.begun(position) - 1; i >= 0; i-- {
		switch s := t.Spans[i]; s.Kind {
		case SectionSpan, Scan, Outside:
			continue
		case Quiet, Natural, Wait:
			return position
		default:
			return s.From
		}
	}
	return position
}

// NextSection is the start of the section after position. False in the last.
func (t *Timeline) NextSection(position time.Duration) (time.Duration, bool) {
	for _, s := range t.Spans[t.begun(position):] {
		if s.Kind == SectionSpan {
			return s.From, true
		}
	}
	return 0, false
}

// Section is the start of the n-th section, counted from 0. False when there are
// not so many.
func (t *Timeline) Section(n int) (time.Duration, bool) {
	for _, s := range t.Spans {
		if s.Kind != SectionSpan {
			continue
		}
		if n == 0 {
			return s.From, true
		}
		n--
	}
	return 0, false
}

// PreviousSection is the start of the section at position, or of the one before
// it when it has hardly begun.
func (t *Timeline) PreviousSection(position time.Duration) time.Duration {
	for i := t.begun(position) - 1; i >= 0; i-- {
		if s := t.Spans[i]; s.Kind == SectionSpan && position-s.From >= Clear {
			return s.From
		}
	}
	return 0
}

// RegionsAt is where attention is at a position; empty when it is nowhere in
// particular or with the room.
func (t *Timeline) RegionsAt(position time.Duration) []script.Region {
	for _, s := range t.At(position) {
		if s.Kind == Scan {
			return s.Regions
		}
	}
	return nil
}

// ForGuests is the timeline as anyone but the guide may have it: without the
// guide's private cues.
func (t *Timeline) ForGuests() *Timeline {
	open := *t
	open.Cues = nil
	for _, c := range t.Cues {
		if c.Kind != Guide {
			open.Cues = append(open.Cues, c)
		}
	}
	return &open
}
