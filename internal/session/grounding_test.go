package session

import (
	"testing"
	"time"

	"stillpoint/internal/script"
	"stillpoint/internal/timeline"
	"stillpoint/internal/transport"
)

func TestGroundingFromAnywhereAndBack(t *testing.T) {
	for _, scene := range scenes {
		t.Run(scene.name, func(t *testing.T) {
			g := newStage(t)
			scene.set(g)
			g.do(by(Display, "screen", Ground))
			g.is(transport.Playing, 0)
			if g.s.ScriptID != "grounding" {
				t.Fatalf("the session is of %q", g.s.ScriptID)
			}
			g.wait(LeadIn + 3*second)
			g.is(transport.Playing, 3*second)
			g.do(Command{By: "screen", Role: Display, Do: Ground, NewID: "twice"})
			g.is(transport.Playing, 0)
			g.wait(time.Hour)
			g.do(Command{Do: End})
			g.is(transport.Finished, g.s.Timeline.Length)
		})
	}
}

func TestReturnTakesUpWhatWasPutAside(t *testing.T) {
	want := map[string]transport.State{"ready": transport.Ready, "another loaded": transport.Ready, "finished": transport.Finished, "stopped at end": transport.Finished}
	for _, scene := range scenes[1 : len(scenes)-1] {
		t.Run(scene.name, func(t *testing.T) {
			g := newStage(t)
			scene.set(g)
			id, at, tl := g.s.ID, g.position(), g.s.Timeline
			g.do(Command{Do: Ground, Agreed: true})
			g.wait(20 * second)
			g.do(Command{Do: Stop}, Command{Do: Return, Agreed: true})
			state := want[scene.name]
			if state == "" {
				state = transport.Paused
			}
			g.is(state, at)
			if g.s.ID != id || g.s.Timeline != tl || g.s.Aside != nil || g.s.ScriptID != "page" {
				t.Errorf("another session came back: %s of %s", g.s.ID, g.s.ScriptID)
			}
			if g.s.PlanRev != g.s.Rev {
				t.Error("the timeline changed without its revision")
			}
		})
	}
}

func TestAGuestWhoGroundsAStoppedSessionIsAskedToo(t *testing.T) {
	g := newStage(t)
	g.playing(30 * second)
	g.do(Command{Do: Stop}, by(Guest, "ann", Ground))
	if err := g.give(Command{Do: Return}); codeOf(err) != NeedsAgreement {
		t.Errorf("return without agreement: %v", err)
	}
}

func TestGroundingKeepsToWhatThePersonChose(t *testing.T) {
	soles := []script.Region{{ID: "sole"}}
	g := newStage(t)
	g.do(Command{Do: Load, Settings: timeline.Settings{LeaveOut: soles, TextOnly: true, Anchor: script.Hands}}, Command{Do: Start})
	g.do(Command{Do: Ground})
	if s := g.s.Settings; !s.TextOnly || s.Anchor != script.Hands || len(s.LeaveOut) != 1 {
		t.Errorf("the grounding has %+v", s)
	}
}

func TestWithoutAGroundingThereIsStillSilence(t *testing.T) {
	g := newStage(t)
	g.env.Groundings = nil
	g.playing(30 * second)
	g.do(by(Guest, "ann", Ground))
	g.is(transport.Stopped, 30*second)
}

// Who asks is spoken to in their own language; who does not say which, in that of
// the session; and in another than there is, in the first.
func TestGroundingInTheLanguageOfWhoeverAsks(t *testing.T) {
	tests := []struct{ asked, session, want string }{
		{"", "", "grounding"},
		{"de", "", "grounding.de"},
		{"de-AT", "en", "grounding.de"},
		{"en", "de", "grounding"},
		{"fr", "", "grounding"},
		{"fr", "de", "grounding.de"},
		{"", "de-CH", "grounding.de"},
	}
	for _, tt := range tests {
		g := newStage(t)
		if tt.session != "" {
			g.do(Command{Do: Load, Script: "mine", Page: parsed(t, "language: "+tt.session+"\n"+page)}, Command{Do: Start})
		}
		g.do(Command{Do: Ground, Language: tt.asked})
		if g.s.ScriptID != tt.want || g.s.Script.Language != script.Primary(g.s.Timeline.Language) {
			t.Errorf("%+v: it is %s", tt, g.s.ScriptID)
		}
	}
}

// A second wish to come back, in another language, puts nothing more aside.
func TestGroundingAgainInAnotherLanguage(t *testing.T) {
	g := newStage(t)
	g.playing(30 * second)
	id := g.s.ID
	g.do(Command{Do: Ground}, Command{Do: Ground, Language: "de", NewID: "twice"})
	if g.s.ScriptID != "grounding.de" || g.s.Aside == nil || g.s.Aside.ID != id {
		t.Errorf("it is %s, with %+v put aside", g.s.ScriptID, g.s.Aside)
	}
}
