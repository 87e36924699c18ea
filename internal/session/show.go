package session

import "slices"

// Show is what the client's screens show, guests' and displays' alike.
type Show struct {
	What Shown
	Time bool // how long it has been going on and how much is left; not unless somebody asked
}

// Shown is one of the things a client's screen may show.
type Shown string

// What may be shown.
const (
	ShowSession Shown = "session" // the breath, the body or the words
	ShowGlow    Shown = "glow"    // a quiet light that tells nothing
	ShowDark    Shown = "dark"
)

// Check refuses what no screen can show.
func (s Show) Check() error {
	if !slices.Contains([]Shown{ShowSession, ShowGlow, ShowDark}, s.What) {
		return &Refusal{BadMessage, "A screen can show the session, a glow or the dark: what."}
	}
	return nil
}
