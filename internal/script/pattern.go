package script

import "time"

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
