package session

import "slices"

// MaxSeen is how many commands are remembered, so that one that comes twice is
// done once. A device waits for its answer, so the repeats come soon.
const MaxSeen = 256

// Seen is the commands done lately, oldest first. Never changed in place.
type Seen []Done

// Done is a command done: whose it was, its id, and the revision after it. Ids
// are a device's own, so two devices may use the same one.
type Done struct {
	By, ID string
	Rev    int
}

// Acknowledged says whether a command was done before, and the revision then.
func (s State) Acknowledged(c Command) (rev int, ok bool) {
	if c.ID == "" {
		return 0, false
	}
	i := slices.IndexFunc(s.Seen, func(d Done) bool { return d.ID == c.ID && d.By == c.By })
	if i < 0 {
		return 0, false
	}
	return s.Seen[i].Rev, true
}

// Acknowledge is s remembering that c was done.
func (s State) Acknowledge(c Command) State {
	if c.ID == "" || len(c.ID) > MaxID {
		return s
	}
	keep := s.Seen[max(0, len(s.Seen)-MaxSeen+1):]
	s.Seen = append(slices.Clip(slices.Clone(keep)), Done{c.By, c.ID, s.Rev})
	return s
}
