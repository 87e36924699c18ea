package session

import (
	"testing"

	"stillpoint/internal/transport"
)

// Who halts after another takes nobody's claim away: neither alone can go on.
func TestTwoWhoHaltBothHaveToAgree(t *testing.T) {
	for _, first := range []Command{by(Guest, "ann", Pause), by(Display, "screen", Pause), key(Remote, Pause)} {
		for _, then := range []Verb{Pause, Stop} {
			g := newStage(t)
			g.playing(30 * second)
			g.do(first, by(Guest, "bob", then))
			if g.s.Needs != Client {
				t.Fatalf("%s by a %s and %s by bob: needs %q", first.Do, first.Role, then, g.s.Needs)
			}
			for _, who := range []string{"ann", "bob", "screen"} {
				for _, v := range []Verb{Resume, Return} {
					if err := g.give(by(Guest, who, v)); err == nil {
						t.Errorf("%s alone may %s", who, v)
					}
				}
			}
			if then == Stop {
				g.do(Command{Do: Return, Agreed: true})
			}
			g.do(Command{Do: Resume, Agreed: true})
			if g.s.Transport.State != transport.Playing || g.s.Needs != "" {
				t.Errorf("they agreed, and it is %s and needs %q", g.s.Transport.State, g.s.Needs)
			}
		}
	}
}

// What was halted may be put away, and another take its place; nothing sounds before
// they agree.
func TestAnotherSessionBeginsWhenTheyAgree(t *testing.T) {
	for _, halt := range []Command{by(Guest, "ann", Pause), by(Guest, "ann", Stop), key(Guide, Pause)} {
		g := newStage(t)
		g.playing(30 * second)
		g.do(halt, Command{Do: Load}, Command{Do: Settings})
		if err := g.give(Command{Do: Start}); codeOf(err) != NeedsAgreement {
			t.Fatalf("%s by a %s, and then another begins: %v", halt.Do, halt.Role, err)
		}
		g.is(transport.Ready, 0)
		g.do(Command{Do: Start, Agreed: true})
		if g.is(transport.Playing, 0); g.s.Needs != "" {
			t.Errorf("it has begun and needs %q", g.s.Needs)
		}
	}
}

func TestNothingIsMovedWhereSomebodyHaltedIt(t *testing.T) {
	g := newStage(t)
	g.playing(90 * second)
	g.do(by(Guest, "ann", Pause))
	at := g.position()
	for _, c := range []Command{{Do: Next}, {Do: Previous}, by(Remote, "phone", Next)} {
		if err := g.give(c); codeOf(err) != NeedsAgreement || g.position() != at {
			t.Errorf("%s by a %s: %v, at %v", c.Do, c.Role, err, g.position())
		}
	}
	g.do(Command{Do: Next, Agreed: true})
	g.is(transport.Paused, g.position())
}

// A guide's grounding would sound into the silence that somebody asked for.
func TestAGuideGroundsNobodyWhoHaltedIt(t *testing.T) {
	for _, halt := range []Command{by(Guest, "ann", Pause), by(Guest, "ann", Stop), key(Guide, Pause)} {
		for _, c := range []Command{{Do: Ground}, by(Remote, "phone", Ground), {By: "phone", Role: Remote, Do: Ground, Agreed: true}} {
			g := newStage(t)
			g.playing(30 * second)
			g.do(halt)
			needs, id := g.s.Needs, g.s.ID
			g.do(c)
			if g.is(transport.Stopped, 30*second); g.s.Needs != needs || g.s.ID != id || g.s.Why != string(Stop) {
				t.Errorf("%s by a %s, and ground by a %q: needs %q, why %s", halt.Do, halt.Role, c.Role, g.s.Needs, g.s.Why)
			}
			g.do(Command{Do: Ground, Agreed: true})
			if g.is(transport.Playing, 0); g.s.Needs != needs || g.s.ScriptID != "grounding" {
				t.Errorf("agreed, it is %s and needs %q", g.s.ScriptID, g.s.Needs)
			}
			g.do(Command{Do: Stop}, Command{Do: Return, Agreed: true})
			if err := g.give(Command{Do: Resume}); codeOf(err) != NeedsAgreement {
				t.Errorf("after the grounding it went on: %v", err)
			}
		}
	}
}

func TestWhoHaltedItMayComeBackToTheRoom(t *testing.T) {
	for _, halt := range []Command{by(Guest, "ann", Pause), by(Display, "ann", Stop), key(Remote, Pause)} {
		g := newStage(t)
		g.playing(30 * second)
		g.do(halt)
		needs := g.s.Needs
		halt.Do = Ground
		g.do(halt)
		if g.is(transport.Playing, 0); g.s.Needs != needs || g.s.ScriptID != "grounding" {
			t.Errorf("a %s: it is %s and needs %q", halt.Role, g.s.ScriptID, g.s.Needs)
		}
	}
}
