package session

import (
	"testing"

	"stillpoint/internal/script"
	"stillpoint/internal/timeline"
)

// However often a guest asks, the guide can hold the session and fit it.
func TestAGuestCannotUseUpTheChanges(t *testing.T) {
	g := newStage(t)
	g.playing(20 * second)
	soles := []script.Region{{ID: "sole"}, {ID: "sole"}, {ID: "sole", Side: script.Left}}
	for range 3 {
		g.do(Command{By: "ann", Role: Guest, Do: Skip, Regions: soles})
	}
	if e := g.s.Settings.Edits; len(e) != 1 || len(e[0].Regions) != 1 {
		t.Errorf("one wish is the edits %+v", e)
	}
	for n := range timeline.MaxEdits {
		if err := g.give(Command{By: "ann", Role: Guest, Do: Anchor, To: []string{"hands", "feet"}[n%2]}); codeOf(err) == NotNow {
			break
		}
	}
	if n := len(g.s.Settings.Edits); n != guestsShare {
		t.Fatalf("a guest has made %d changes", n)
	}
	g.do(Command{By: "ann", Role: Guest, Do: Skip, Regions: []script.Region{{ID: "toes"}}}, Command{Do: Stay}, Command{Do: Anchor, To: "sight"})
}
