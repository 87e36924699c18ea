package session

import (
	"slices"
	"testing"
	"time"

	"stillpoint/internal/script"
	"stillpoint/internal/timeline"
	"stillpoint/internal/transport"
)

// saying is the first say span whose words hold some; false when nobody says so.
func (g *stage) saying(words string) (timeline.Span, bool) {
	for _, s := range g.s.Timeline.Spans {
		if s.Kind == timeline.Say && len(s.Text) >= len(words) && s.Text[:len(words)] == words {
			return s, true
		}
	}
	return timeline.Span{}, false
}

func (g *stage) inSection(title string) bool {
	return slices.ContainsFunc(g.s.Timeline.At(g.position()), func(s timeline.Span) bool {
		return s.Kind == timeline.SectionSpan && s.Text == title
	})
}

// toToes is a session in the middle of the prompt about the toes.
func (g *stage) toToes() {
	g.t.Helper()
	g.playing(0)
	toes, ok := g.saying("Perhaps the toes")
	if !ok {
		g.t.Fatal("no toes")
	}
	g.wait(toes.From + 2*second)
}

func TestPreviousNeverLeadsBackToWhatWasSkipped(t *testing.T) {
	for _, state := range []transport.State{transport.Playing, transport.Paused} {
		g := newStage(t)
		g.toToes()
		if state == transport.Paused {
			g.do(Command{Do: Pause})
		}
		g.do(by(Guest, "ann", Skip), Command{Do: Anchor, To: "hands"}, Command{Do: Stay})
		id, rev := g.s.ID, g.s.Rev
		g.do(Command{Do: Previous})
		if _, ok := g.saying("Perhaps the toes"); ok {
			t.Errorf("%s: the toes are ahead again", state)
		}
		if _, ok := g.saying("When you are ready"); !ok {
			t.Errorf("%s: the soles, which nobody skipped, are gone", state)
		}
		if !g.inSection("Feet") || g.s.Transport.State != state || g.s.Transport.Position != g.spanOf(timeline.Scan).From {
			t.Errorf("%s: it is %s at %v", state, g.s.Transport.State, g.position())
		}
		if s := g.s.Settings; len(s.Edits) > 0 || s.Anchor != script.Hands || !slices.Equal(s.LeaveOut, []script.Region{{ID: "toes"}}) {
			t.Errorf("%s: the settings are %+v", state, s)
		}
		if g.s.ID != id || g.s.Rev != rev+1 || g.s.PlanRev != g.s.Rev {
			t.Errorf("%s: session %s, revision %d after %d, its plan of %d", state, g.s.ID, g.s.Rev, rev, g.s.PlanRev)
		}
		g.do(Command{Do: Previous})
		g.is(state, 0)
	}
}

func TestPreviousWithNothingSkippedKeepsTheTimeline(t *testing.T) {
	g := newStage(t)
	g.toToes()
	g.do(Command{Do: Extend, Length: 10 * second})
	plan := g.s.Timeline
	g.do(Command{Do: Previous})
	if g.s.Timeline != plan || len(g.s.Settings.Edits) != 1 {
		t.Error("the wish for more time is gone")
	}
}

// A section that has nothing left in it is not there to go back to.
func TestPreviousGoesToTheNearestSectionBefore(t *testing.T) {
	const page = `title: Parts
kind: body scan

# Rest
[rest 20]

# Part
[at soles]
The soles. [20]

# Part
[at toes]
The toes. [20]

# Knees
[at knees]
The knees. [20]

# Hands
[at palms]
The palms. [20]
`
	for _, c := range []struct {
		name, during string
		skip         []string
		want         string // what is next to hear
	}{
		{"nothing of these", "The toes.", []string{"ankle"}, "The toes."},
		{"nothing of these, and the next has its name", "The soles.", []string{"ankle"}, "The soles."},
		{"this one", "The knees.", []string{"knee"}, "The toes."},
		{"this one, between two of one name", "The toes.", []string{"toes"}, "The soles."},
		{"this one and the one before", "The knees.", []string{"toes", "knee"}, "The soles."},
		{"all before", "The knees.", []string{"toes", "knee", "sole"}, ""},
		{"one far ahead", "The toes.", []string{"palm"}, "The toes."},
	} {
		t.Run(c.name, func(t *testing.T) {
			g := newStage(t)
			g.do(Command{Do: Load, Script: "parts", Page: parsed(t, page)}, Command{Do: Start})
			now, _ := g.saying(c.during)
			g.wait(LeadIn + now.From + 5*second)
			g.do(Command{Do: Skip, Regions: regions(t, c.skip...)}, Command{Do: Previous})
			if c.want == "" {
				g.is(transport.Playing, 0)
				return
			}
			if s, ok := g.saying(c.want); !ok || s.From != g.position() {
				t.Errorf("it is at %v, and %q at %v, %v", g.position(), c.want, s.From, ok)
			}
		})
	}
}

func regions(t *testing.T, keys ...string) (list []script.Region) {
	t.Helper()
	for _, key := range keys {
		r, ok := script.RegionByKey(key)
		if !ok {
			t.Fatalf("no region %q", key)
		}
		list = append(list, r)
	}
	return list
}

func TestPreviousAtTheBeginningTellsOfTheNewTimeline(t *testing.T) {
	g := newStage(t)
	g.do(Command{Do: Load}, Command{Do: Start}, Command{Do: Pause}, Command{Do: Skip, Regions: regions(t, "toes")})
	rev := g.s.Rev
	g.do(Command{Do: Previous})
	if g.is(transport.Paused, 0); g.s.Rev != rev+1 || g.s.PlanRev != g.s.Rev || len(g.s.Settings.Edits) > 0 {
		t.Errorf("revision %d after %d, the plan of %d", g.s.Rev, rev, g.s.PlanRev)
	}
}

func TestTwoWishesOfOnePastAreTwo(t *testing.T) {
	past := State{Settings: timeline.Settings{LeaveOut: append(make([]script.Region, 0, 8), regions(t, "knee")...)}}
	wish := func(key string) timeline.Settings {
		s := past
		s.Settings.Edits = []timeline.Edit{{Do: timeline.Skip, Regions: regions(t, key)}}
		return s.wishes()
	}
	soles, toes := wish("sole"), wish("toes")
	if soles.LeaveOut[1].ID != "sole" || toes.LeaveOut[1].ID != "toes" {
		t.Errorf("%v and %v", soles.LeaveOut, toes.LeaveOut)
	}
}

func TestSkippingTheSameAgainAndAgainStaysSmall(t *testing.T) {
	g := newStage(t)
	g.toToes()
	for range 20 {
		g.do(Command{Do: Skip, Regions: []script.Region{{ID: "toes"}}}, Command{Do: Skip, Regions: []script.Region{{ID: "toes", Side: script.Left}}},
			Command{Do: Previous})
	}
	if n := len(g.s.Settings.LeaveOut); n != 1 {
		t.Errorf("%d regions are left out", n)
	}
}

// Asked for a length it cannot take without what was skipped, it comes as near
// as it can, and what was skipped stays away.
func TestALengthThatNoLongerFitsBringsNothingBack(t *testing.T) {
	g := newStage(t)
	g.do(Command{Do: Load, Settings: timeline.Settings{Length: 8 * time.Minute}}, Command{Do: Start})
	g.wait(LeadIn + g.spanOf(timeline.Scan).From + 2*second)
	g.do(Command{Do: Skip, Regions: []script.Region{{ID: "sole"}, {ID: "toes"}}}, Command{Do: Previous})
	if slices.ContainsFunc(g.s.Timeline.Spans, func(s timeline.Span) bool { return s.Kind == timeline.Scan }) {
		t.Error("the feet are back")
	}
	if g.s.Timeline.Length >= 8*time.Minute || g.s.Settings.Length != g.s.Timeline.Length {
		t.Errorf("it takes %v, asked for %v", g.s.Timeline.Length, g.s.Settings.Length)
	}
}

func TestAGroundingLeavesOutWhatWasSkipped(t *testing.T) {
	g := newStage(t)
	g.playing(0)
	g.wait(g.spanOf(timeline.Scan).From + second)
	g.do(Command{Do: Skip}, by(Guest, "ann", Ground))
	if _, ok := g.saying("Feel the ground"); ok {
		t.Error("the soles, which were skipped, are in the grounding")
	}
	if _, ok := g.saying("There is no hurry"); !ok {
		t.Error("the rest of it is gone too")
	}
}
