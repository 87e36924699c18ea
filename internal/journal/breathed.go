package journal

import (
	"math"
	"slices"
	"strconv"
	"time"

	"stillpoint/internal/script"
	"stillpoint/internal/session"
	"stillpoint/internal/timeline"
)

// anchorOf is the anchor a session was practised with: the one chosen last, or the
// one it would name by itself, where it names any.
func anchorOf(s *session.State) script.Anchor {
	anchor := s.Settings.Anchor
	for _, e := range s.Settings.Edits {
		if e.Do == timeline.ToAnchor {
			anchor = e.Anchor
		}
	}
	if anchor != "" {
		return anchor
	}
	for _, item := range s.Script.Items() {
		if _, ok := item.(script.AnchorPrompt); ok {
			return s.Settings.UsualAnchor()
		}
	}
	return ""
}

// leftOut is every region that was left out, before or on the way.
func leftOut(s *session.State) (keys []string) {
	regions := slices.Clone(s.Settings.LeaveOut)
	for _, e := range s.Settings.Edits {
		if e.Do == timeline.Skip {
			regions = append(regions, e.Regions...)
		}
	}
	for _, r := range regions {
		keys = append(keys, r.Key())
	}
	return distinct(keys)
}

// breathed is how someone was led to breathe on the way to a position: the patterns
// as the script names them, and how many breaths a minute that came to.
func breathed(s *session.State, reached time.Duration) (pattern string, pace float64) {
	breaths, took, natural := ledTo(s.Timeline, reached)
	if breaths == 0 && !natural {
		return "", 0
	}
	if breaths > 0 {
		pace = math.Round(10*float64(breaths)/took.Minutes()) / 10
	}
	return clip(listText(patterns(s.Script))), pace
}

// ledTo counts the breaths led before a position, and the time they take.
func ledTo(t *timeline.Timeline, reached time.Duration) (breaths int, took time.Duration, natural bool) {
	var last timeline.Span
	for _, span := range t.Spans {
		if span.From >= reached {
			break
		}
		switch span.Kind {
		case timeline.Natural:
			natural = true
		case timeline.Inhale, timeline.Hold, timeline.Exhale, timeline.Rest:
			out := last.Kind == timeline.Exhale || last.Kind == timeline.Rest
			if breaths == 0 || span.N != last.N || span.Kind == timeline.Inhale && out {
				breaths++
			}
			took += span.To - span.From
			last = span
		}
	}
	return breaths, took, natural
}

// patterns is what a script breathes, each once: "extend_4_6", "10 to 6", "own to 6".
func patterns(s *script.Script) (names []string) {
	for _, item := range s.Items() {
		b, ok := item.(script.Breathe)
		switch {
		case !ok:
		case b.Ramp == nil:
			names = append(names, b.Pattern.ID)
		case b.Ramp.From == 0:
			names = append(names, "own to "+number(b.Ramp.To))
		default:
			names = append(names, number(b.Ramp.From)+" to "+number(b.Ramp.To))
		}
	}
	return distinct(names)
}

// number writes a number with as few digits as it needs.
func number(n float64) string { return strconv.FormatFloat(n, 'f', -1, 64) }
