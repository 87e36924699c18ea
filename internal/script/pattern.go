package script

import (
	"math"
	"slices"
	"time"
)

// Pattern is one breath: its phases in order, and how it may be offered.
type Pattern struct {
	ID     string        // "extend_4_6", or "4-0-6-0" for one given in seconds
	Name   string        // for people; empty for one given in seconds
	Phases []Phase       // none for natural, which only asks to notice
	Every  time.Duration // natural: how often a soft cue says "still here"
	Level  int           // 0 open, 1 a short note, 2 opt-in behind an advisory
	Most   int           // the most breaths in one go; 0: no such limit
}

// Phase is one part of a breath.
type Phase struct {
	Kind   PhaseKind
	Length time.Duration
}

// PhaseKind is inhale, hold, exhale or rest (the pause after an exhale).
type PhaseKind string

// The four phases.
const (
	Inhale PhaseKind = "inhale"
	Hold   PhaseKind = "hold"
	Exhale PhaseKind = "exhale"
	Rest   PhaseKind = "rest"
)

// Length is how long one breath takes.
func (p Pattern) Length() (d time.Duration) {
	for _, ph := range p.Phases {
		d += ph.Length
	}
	return d
}

// Holds says whether the breath is ever held, after the inhale or the exhale.
func (p Pattern) Holds() bool {
	for _, ph := range p.Phases {
		if (ph.Kind == Hold || ph.Kind == Rest) && ph.Length > 0 {
			return true
		}
	}
	return false
}

// natural is how often "breathing as it comes" says "still here": the middle of
// the 20 to 30 s after which an unexplained quiet begins to feel like a fault.
const natural = 25 * time.Second

// Patterns is every pattern with a name, in the order of the reference table
// (domain reference, section 3, which cites the study or the tradition behind
// each). It holds no fast breathing, no held-breath contests, and never will.
func Patterns() []Pattern {
	return []Pattern{
		{ID: "natural", Name: "As it comes", Every: natural},
		{ID: "starter_3_4", Name: "A gentle start, 3 in and 4 out", Phases: breath(3, 0, 4, 0)},
		{ID: "equal_4", Name: "Even, 4 in and 4 out", Phases: breath(4, 0, 4, 0)},
		{ID: "coherent_6", Name: "Even, 6 a minute", Phases: breath(5, 0, 5, 0)},
		{ID: "coherent_5.5", Name: "Even, 5.5 a minute", Phases: breath(5.45, 0, 5.45, 0), Level: 1},
		{ID: "extend_4_6", Name: "Longer out, 4 in and 6 out", Phases: breath(4, 0, 6, 0)},
		{ID: "extend_4_8", Name: "Longer out, 4 in and 8 out", Phases: breath(4, 0, 8, 0), Level: 1},
		{ID: "extend_5.5_40:60", Name: "Longer out, 5.5 a minute", Phases: breath(4.36, 0, 6.55, 0), Level: 1},
		// The published accounts give no seconds, only an exhale about twice the
		// inhale; the second inhale is a top-up.
		{ID: "cyclic_sigh", Name: "Sigh: in, a little more, long out", Level: 1, Phases: []Phase{
			{Inhale, 3 * time.Second}, {Inhale, time.Second}, {Exhale, 8 * time.Second}}},
		{ID: "pursed_2_4", Name: "Through pursed lips, 2 in and 4 out", Phases: breath(2, 0, 4, 0)},
		{ID: "diaphragm", Name: "Low and easy, 4 in and 5 out", Phases: breath(4, 0, 5, 0), Level: 1},
		{ID: "straw", Name: "As through a straw, 3 in and 6 out", Phases: breath(3, 0, 6, 0)},
		{ID: "bee", Name: "Humming out, 4 in and 8 out", Phases: breath(4, 0, 8, 0), Level: 1},
		// Resonance: the cycle split 40:60, the five steps of the comfort finder.
		{ID: "resonance_6.5", Name: "Slow, 6.5 a minute", Phases: breath(3.69, 0, 5.54, 0), Level: 1},
		{ID: "resonance_6", Name: "Slow, 6 a minute", Phases: breath(4, 0, 6, 0), Level: 1},
		{ID: "resonance_5.5", Name: "Slow, 5.5 a minute", Phases: breath(4.36, 0, 6.55, 0), Level: 1},
		{ID: "resonance_5", Name: "Slow, 5 a minute", Phases: breath(4.8, 0, 7.2, 0), Level: 1},
		{ID: "resonance_4.5", Name: "Slow, 4.5 a minute", Phases: breath(5.33, 0, 8, 0), Level: 1},
		{ID: "triangle_4", Name: "Triangle: in, hold, out, 4 each", Phases: breath(4, 4, 4, 0), Level: 2},
		{ID: "box_3", Name: "Small box: in, hold, out, rest, 3 each", Phases: breath(3, 3, 3, 3), Level: 2},
		{ID: "box_4", Name: "Box: in, hold, out, rest, 4 each", Phases: breath(4, 4, 4, 4), Level: 2},
		// Weil: no more than four at first, as it can make one light-headed. The
		// ratio matters, not the seconds: hence the half-speed one, same bound.
		{ID: "4_7_8", Name: "4 in, hold 7, 8 out", Phases: breath(4, 7, 8, 0), Level: 2, Most: 4},
		{ID: "4_7_8_half", Name: "2 in, hold 3.5, 4 out", Phases: breath(2, 3.5, 4, 0), Level: 2, Most: 4},
	}
}

// patterns is the same list, made once and never written to.
var patterns = Patterns()

// PatternByID finds a pattern by its name in scripts, or by one of its other
// names: sama_vritti is equal_4, tactical is box_4.
func PatternByID(id string) (Pattern, bool) {
	switch id {
	case "sama_vritti":
		id = "equal_4"
	case "tactical":
		id = "box_4"
	}
	for _, p := range patterns {
		if p.ID == id {
			p.Phases = slices.Clone(p.Phases)
			return p, true
		}
	}
	return Pattern{}, false
}

// breath is one breath of phases given in seconds, those of no length left out.
func breath(in, hold, out, rest float64) []Phase {
	var phases []Phase
	for _, ph := range []struct {
		kind    PhaseKind
		seconds float64
	}{{Inhale, in}, {Hold, hold}, {Exhale, out}, {Rest, rest}} {
		if ph.seconds > 0 {
			// Rounded: 4.36 s is not a whole number of anything in binary.
			ms := math.Round(ph.seconds * 1000)
			phases = append(phases, Phase{ph.kind, time.Duration(ms) * time.Millisecond})
		}
	}
	return phases
}
