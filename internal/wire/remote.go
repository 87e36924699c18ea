package wire

import (
	"slices"

	"stillpoint/internal/timeline"
)

// What a remote has need of: where a session is, what it and its parts are called, and
// when they begin. It may come without encryption, where a neighbour listens; so what
// is said, where attention goes, what is left out and how others are called stay away
// from it, whatever door it came by.

// ForRemote is the session without what was chosen for it.
func (s *Session) ForRemote() *Session {
	open := *s
	open.Settings = Settings{}
	return &open
}

// ForRemote is the timeline's sections, and where it waits: without that, nobody could
// tell where it is.
func (t *Timeline) ForRemote() *Timeline {
	open := *t
	open.Spans, open.Cues = []Span{}, []Cue{}
	for _, s := range t.Spans {
		if s.Kind == timeline.Wait {
			open.Spans = append(open.Spans, Span{Kind: s.Kind, From: s.From, To: s.To})
		}
	}
	return &open
}

// ForRemote is who is here, by role; you alone are called something.
func (p *People) ForRemote(you string) *People {
	open := *p
	open.People = slices.Clone(p.People)
	for i := range open.People {
		if one := &open.People[i]; one.ID != you {
			one.Name = ""
		}
	}
	return &open
}
