package session

import (
	"errors"
	"iter"
	"slices"
	"time"

	"stillpoint/internal/script"
	"stillpoint/internal/timeline"
)

// wishes is the settings with what people asked for on the way made part of
// them: what someone skipped is left out from the beginning, and the anchor is
// the one chosen last. Where to hold, what to lengthen and how to pace it were
// wishes of a moment that has passed.
func (s State) wishes() timeline.Settings {
	set := s.Settings
	set.Edits, set.LeaveOut = nil, slices.Clip(set.LeaveOut)
	for _, e := range s.Settings.Edits {
		switch e.Do {
		case timeline.Skip:
			for _, r := range e.Regions {
				if !slices.ContainsFunc(set.LeaveOut, func(o script.Region) bool { return o.Covers(r) }) {
					set.LeaveOut = append(set.LeaveOut, r)
				}
			}
		case timeline.ToAnchor:
			set.Anchor = e.Anchor
		}
	}
	return set
}

// afresh is the present session's timeline made anew by its wishes. With so much
// left out it may not take the length it was asked for; then it comes as near as
// it can.
func (t *turn) afresh() (*timeline.Timeline, timeline.Settings) {
	set := t.s.wishes()
	tl, err := timeline.Compile(t.s.Script, set, t.env.Speech)
	var fit *timeline.CannotFit
	if errors.As(err, &fit) {
		set.Length = min(max(set.Length, fit.Shortest), fit.Longest)
		tl, err = timeline.Compile(t.s.Script, set, t.env.Speech)
	}
	if err != nil {
		return t.s.Timeline, t.s.Settings
	}
	return tl, set
}

// again makes the session anew for another run.
func (t *turn) again() {
	tl, set := t.afresh()
	t.fresh(tl, set)
}

// sectionBy is which section of the script has begun last by a position.
func (t *turn) sectionBy(position time.Duration) int {
	for n, from := range t.sections() {
		if from <= position {
			return n
		}
	}
	return 0
}

// beginning is where a section of the script begins, or the nearest before it
// that the timeline has.
func (t *turn) beginning(section int) time.Duration {
	for n, from := range t.sections() {
		if n <= section {
			return from
		}
	}
	return 0
}

// sections is every section that is left in the timeline, the last first: which
// one of the script it is, by title and order, and where it begins.
func (t *turn) sections() iter.Seq2[int, time.Duration] {
	return func(yield func(int, time.Duration) bool) {
		n := len(t.s.Script.Sections) - 1
		for _, span := range slices.Backward(t.s.Timeline.Spans) {
			if span.Kind != timeline.SectionSpan {
				continue
			}
			for n > 0 && t.s.Script.Sections[n].Title != span.Text {
				n--
			}
			if !yield(n, span.From) {
				return
			}
			n = max(0, n-1)
		}
	}
}
