package session

import (
	"testing"

	"stillpoint/internal/transport"
)

// key is a press of a key that was given to the client, on a device of a role.
func key(role Role, do Verb) Command { return Command{By: "tablet", Role: role, Do: do, Client: true} }

func TestTheClientsKeyNeedsTheClient(t *testing.T) {
	for _, role := range []Role{Guide, Remote} {
		for _, verb := range []Verb{Pause, Stop, Ground} {
			g := newStage(t)
			g.playing(30 * second)
			g.do(key(role, verb))
			if g.s.Needs != Client {
				t.Fatalf("%s on a %s: needs %q", verb, role, g.s.Needs)
			}
			on := Command{Do: Return}
			if verb == Pause {
				on.Do = Resume
			}
			for _, c := range []Command{on, {Do: on.Do, By: "tablet", Role: Guide}} {
				if err := g.give(c); codeOf(err) != NeedsAgreement {
					t.Errorf("%s on a %s, and then %s without agreement: %v", verb, role, on.Do, err)
				}
			}
			for _, other := range []Role{Guest, Display, Remote} {
				if err := g.give(Command{Do: on.Do, By: "ann", Role: other, Agreed: true}); codeOf(err) != NotAllowed {
					t.Errorf("%s on a %s, and then %s by a %s: %v", verb, role, on.Do, other, err)
				}
			}
		}
	}
}

// A guide's pause and, in the same instant, the client's key on the guide's own
// device are two presses: the client's counts.
func TestTheClientsKeyRightAfterTheGuidesOwn(t *testing.T) {
	g := newStage(t)
	g.playing(30 * second)
	g.do(Command{By: "tablet", Role: Guide, Do: Pause})
	g.wait(onePress / 5)
	rev := g.s.Rev
	g.do(key(Guide, Pause))
	if g.s.Needs != Client || g.s.Rev != rev+1 {
		t.Fatalf("needs %q, revision %d after %d", g.s.Needs, g.s.Rev, rev)
	}
	for range 10 { // a key held down
		g.wait(onePress / 50)
		g.do(key(Guide, Pause))
	}
	if g.s.Rev != rev+1 {
		t.Errorf("one press is heard %d times", g.s.Rev-rev)
	}
	g.do(Command{By: "tablet", Role: Guide, Do: Pause}, Command{By: "phone", Role: Remote, Do: Stop})
	if g.s.Needs != Client {
		t.Errorf("a guide's own halt took the client's away: needs %q", g.s.Needs)
	}
	g.do(Command{Do: Return, Agreed: true})
	g.is(transport.Paused, 30*second)
}

// What a guest or a display says of a client changes nothing: it is their own halt.
func TestAGuestsHaltIsTheirOwn(t *testing.T) {
	g := newStage(t)
	g.playing(30 * second)
	g.do(Command{By: "ann", Role: Guest, Do: Pause, Client: true})
	if g.s.Needs != "ann" {
		t.Fatalf("needs %q", g.s.Needs)
	}
	g.do(by(Guest, "ann", Resume))
}

func TestARemotesHaltIsTheGuidesOwn(t *testing.T) {
	g := newStage(t)
	g.playing(30 * second)
	g.do(by(Remote, "phone", Pause))
	if g.s.Needs != "" {
		t.Fatalf("needs %q", g.s.Needs)
	}
	g.do(Command{Do: Resume})
	g.wait(LeadIn + second)
	g.do(by(Remote, "phone", Next))
	if g.s.Why != string(Next) || g.s.By != "phone" {
		t.Errorf("%s by %q", g.s.Why, g.s.By)
	}
	for _, v := range Verbs() {
		if may := v.Silences() || v == Next; Remote.May(v) != may {
			t.Errorf("a remote may %s: %v", v, !may)
		}
	}
}

func TestARestartPausesWithoutAnybodysWish(t *testing.T) {
	g := newStage(t)
	g.playing(30 * second)
	g.do(Command{Do: Restarted})
	g.is(transport.Paused, 30*second)
	if g.s.By != "" || g.s.Why != "restarted" || g.s.Needs != "" {
		t.Errorf("by %q, why %s, needs %q", g.s.By, g.s.Why, g.s.Needs)
	}
	for _, role := range []Role{Guide, Guest, Display, Remote} {
		if role.May(Restarted) {
			t.Errorf("a %s may", role)
		}
	}
	g.do(Command{Do: Resume})
}
