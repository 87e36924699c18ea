package session

import (
	"testing"
	"time"

	"stillpoint/internal/timeline"
	"stillpoint/internal/transport"
)

func TestStopSilencesTheLastBell(t *testing.T) {
	for _, verb := range []Verb{Pause, Stop} {
		g := newStage(t)
		g.finished()
		g.wait(second)
		rev, end := g.s.Rev, g.s.Timeline.Length
		g.do(by(Guest, "ann", verb))
		if g.s.Transport != transport.Halt(transport.Stopped, end, g.now) || g.s.Rev != rev+1 || g.s.Why != string(verb) || g.s.By != "ann" {
			t.Errorf("after %s: %+v, revision %d after %d, %s by %q", verb, g.s.Transport, g.s.Rev, rev, g.s.Why, g.s.By)
		}
		if g.s.Needs != "" {
			t.Errorf("after the end going on needs %q", g.s.Needs)
		}
	}
}

func TestAfterStoppingAtTheEndItIsOverAndCanBeginAgain(t *testing.T) {
	g := newStage(t)
	g.finished()
	g.do(by(Guest, "ann", Stop))
	for _, v := range []Verb{Resume, Next, Skip} {
		if err := g.give(Command{Do: v}); codeOf(err) != NotNow || err.Error() != ended {
			t.Errorf("%s: %v", v, err)
		}
	}
	g.do(Command{Do: Return})
	g.is(transport.Finished, g.s.Timeline.Length)
	g.do(Command{Do: Stop})
	id := g.s.ID
	g.do(Command{Do: Start, NewID: "second run"})
	g.is(transport.Playing, 0)
	if g.s.ID == id {
		t.Error("the second run is the first")
	}
}

func TestANewRunNeedsWhoHaltedTheOneBefore(t *testing.T) {
	agreed := Command{Do: Return, Agreed: true}
	for name, set := range map[string]func(*stage){
		"ready": func(g *stage) { g.do(Command{Do: Load}, Command{Do: Ground}, by(Guest, "ann", Stop), agreed) },
		"over": func(g *stage) {
			g.do(Command{Do: Load, Script: "one", Page: parsed(t, onePlace)}, Command{Do: Start})
			g.wait(LeadIn + 10*second)
			g.do(by(Guest, "ann", Pause), Command{Do: Skip}, Command{Do: Stop})
		},
	} {
		g := newStage(t)
		set(g)
		if g.s.Needs != "ann" {
			t.Fatalf("%s: needs %q", name, g.s.Needs)
		}
		if err := g.give(Command{Do: Start}); codeOf(err) != NeedsAgreement {
			t.Fatalf("%s: begun without agreement: %v", name, err)
		}
		g.do(Command{Do: Start, Agreed: true}, Command{Do: Pause}, Command{Do: Resume})
	}
}

func TestAGroundingBegunAgainStillNeedsWhoAskedForIt(t *testing.T) {
	g := newStage(t)
	g.playing(30 * second)
	g.do(by(Guest, "ann", Ground))
	g.wait(time.Hour)
	g.do(Command{Do: End}, Command{Do: Start, Agreed: true})
	if err := g.give(Command{Do: Return}); codeOf(err) != NeedsAgreement {
		t.Errorf("return without agreement: %v", err)
	}
}

func TestStoppingAGroundingAtItsEndStillNeedsWhoStoppedIt(t *testing.T) {
	g := newStage(t)
	g.playing(30 * second)
	g.do(Command{Do: Ground})
	g.wait(time.Hour)
	g.do(Command{Do: End}, by(Guest, "ann", Stop))
	if err := g.give(Command{Do: Return}); codeOf(err) != NeedsAgreement {
		t.Errorf("return without agreement: %v", err)
	}
	g.do(Command{Do: Return, Agreed: true})
	g.is(transport.Paused, 30*second)
}

// A pause or a stop with nothing left to halt changes nothing but the revision,
// so that what was asked before it is stale, and each id does so once.
func TestAStopIsHeardEvenWithNothingToStop(t *testing.T) {
	for _, c := range []struct {
		name  string
		set   func(*stage)
		later Verb // what would set it going
	}{
		{"nothing", func(g *stage) {}, ""},
		{"ready", func(g *stage) { g.do(Command{Do: Load}) }, Start},
		{"paused", func(g *stage) { g.playing(30 * second); g.do(Command{Do: Pause}) }, Resume},
		{"stopped", func(g *stage) { g.playing(30 * second); g.do(Command{Do: Stop}) }, Return},
		{"stopped at its end", func(g *stage) { g.finished(); g.do(Command{Do: Stop}) }, Start},
	} {
		for _, verb := range []Verb{Pause, Stop} {
			t.Run(c.name+", "+string(verb), func(t *testing.T) {
				g := newStage(t)
				c.set(g)
				if c.name == "paused" && verb == Stop {
					return // there is something to stop
				}
				g.wait(second)
				was, at := g.s, g.position()
				g.do(Command{Do: verb, ID: "x", By: "guide", Role: Guide})
				heard := g.s
				g.do(Command{Do: verb, ID: "x", By: "guide", Role: Guide})
				if g.s.Rev != was.Rev+1 || g.s.Transport != transport.Halt(was.Transport.State, at, g.now) || g.s.Timeline != was.Timeline || g.s.Why != string(verb) {
					t.Errorf("%+v by %s, revision %d after %d", g.s.Transport, g.s.Why, g.s.Rev, was.Rev)
				}
				if print(g.s) != print(heard) {
					t.Error("the same id twice is heard twice")
				}
				if c.later == "" {
					return
				}
				if err := g.give(Command{Do: c.later, Rev: was.Rev}); codeOf(err) != Stale {
					t.Errorf("an older %s: %v, want stale", c.later, err)
				}
				g.do(Command{Do: c.later, Rev: g.s.Rev})
			})
		}
	}
}

func TestStartAndStopInOneBurstEndInSilence(t *testing.T) {
	g := newStage(t)
	g.do(Command{Do: Load})
	seen := g.s.Rev
	g.do(by(Guest, "ann", Stop))
	if err := g.give(Command{Do: Start, Rev: seen}); codeOf(err) != Stale {
		t.Errorf("the start that the stop came before: %v", err)
	}
	g.is(transport.Ready, 0)
	g.do(Command{Do: Start, Rev: g.s.Rev}) // a choice made after it
	g.is(transport.Playing, 0)
}

// A key held down is one press: it must not flood the others in the room.
func TestAFloodOfStopsIsFewChanges(t *testing.T) {
	for _, state := range []string{"nothing", "ready", "stopped"} {
		g := newStage(t)
		switch state {
		case "ready":
			g.do(Command{Do: Load})
		case "stopped":
			g.playing(30 * second)
			g.do(Command{Do: Stop})
		}
		rev := g.s.Rev
		for n := range 1000 {
			g.do(by(Guest, "ann", []Verb{Pause, Stop}[n%2]))
			g.wait(time.Millisecond)
		}
		if got := g.s.Rev - rev; got != 4 {
			t.Errorf("%s: a second of stops is %d changes, want 4", state, got)
		}
		rev = g.s.Rev
		g.do(by(Guest, "ben", Stop))
		g.wait(onePress)
		g.do(by(Guest, "ben", Stop))
		if got := g.s.Rev - rev; got != 2 {
			t.Errorf("%s: another's stop, and a later one, are %d changes", state, got)
		}
	}
}

func TestASecondPauseMakesAResumeOnItsWayStale(t *testing.T) {
	g := newStage(t)
	g.playing(30 * second)
	g.do(by(Guest, "ann", Pause))
	seen := g.s.Rev
	g.do(by(Guest, "ben", Pause))
	if err := g.give(Command{Do: Resume, Rev: seen, Agreed: true}); codeOf(err) != Stale {
		t.Errorf("the resume: %v, want stale", err)
	}
	if g.s.Needs != Client {
		t.Errorf("needs %q, want both, for whom the guide speaks", g.s.Needs)
	}
}

func TestNobodyLeftPausesWhatPlays(t *testing.T) {
	g := newStage(t)
	g.playing(30 * second)
	g.do(Command{Do: Alone})
	g.is(transport.Paused, 30*second)
	if g.s.By != "" || g.s.Why != "alone" || g.s.Needs != "" {
		t.Errorf("it is by %q, why %s, needs %q", g.s.By, g.s.Why, g.s.Needs)
	}
	rev := g.s.Rev
	g.do(Command{Do: Alone})
	if g.s.Rev != rev {
		t.Error("alone with nothing playing is a change")
	}
	for _, role := range []Role{Guide, Guest, Display} {
		if role.May(Alone) || role.May(Out) || role.May(Slept) || role.May(End) {
			t.Errorf("a %s may", role)
		}
	}
	g.do(Command{Do: Resume})
	g.wait(time.Hour)
	at := g.position()
	g.do(Command{Do: Alone}, Command{Do: Resume})
	g.wait(time.Hour)
	g.is(transport.Playing, at)
	if !g.s.WaitingAt(g.now) {
		t.Error("coming back, the wait was passed")
	}
}

func TestResumeWithNothingLeftIsTheEnd(t *testing.T) {
	g := newStage(t)
	g.do(Command{Do: Load, Script: "one", Page: parsed(t, onePlace)}, Command{Do: Start})
	g.wait(LeadIn + 10*second)
	g.do(Command{Do: Pause}, Command{Do: Skip})
	g.is(transport.Paused, 10*second)
	if g.s.Timeline.Length != 10*second {
		t.Fatalf("it takes %v", g.s.Timeline.Length)
	}
	next, events, err := g.env.Apply(g.s, Command{Do: Resume, Role: Guide}, g.now)
	if err != nil || len(events) != 2 || events[0].Kind != Resume || events[1].Kind != End {
		t.Errorf("resume: %+v, %v", events, err)
	}
	if next.Transport != transport.Halt(transport.Finished, 10*second, g.now) || next.Rev != g.s.Rev+1 || next.Why != string(End) {
		t.Errorf("it is %+v", next.Transport)
	}
}

const onePlace = `title: One place
kind: body scan

# Feet
[at soles]
When you are ready, attention could drop to the soles of your feet. [18]
`

// What a command costs is one compilation: the owner has to be free for a pause.
func TestEachCommandCompilesOnce(t *testing.T) {
	for _, c := range []Command{
		{Do: Stay}, {Do: GoOn}, {Do: Extend, Length: 20 * second}, {Do: Skip}, {Do: Pace, To: "slower"}, {Do: Anchor, To: "hands"},
		{Do: Previous}, {Do: Load}, {Do: Start},
	} {
		g := newStage(t)
		compiled := 0
		speech := g.env.Speech
		g.env.Speech = func(l timeline.Line) time.Duration {
			if l.Text == "Welcome. Everything here is optional, and you can pause or stop at any moment." {
				compiled++
			}
			return speech(l)
		}
		if c.Do == Start {
			g.finished()
		} else {
			g.playing(0)
			g.wait(g.spanOf(timeline.Scan).From + second)
		}
		switch c.Do {
		case GoOn:
			g.do(Command{Do: Stay})
		case Previous:
			g.do(Command{Do: Skip})
		}
		compiled = 0
		g.do(c)
		if compiled != 1 {
			t.Errorf("%s compiles %d times", c.Do, compiled)
		}
	}
}

// Getting a voice ready takes time. A stop that anyone asks for meanwhile keeps
// the session from being loaded, even where there was nothing to stop.
func TestALoadWishedForBeforeAStopIsStale(t *testing.T) {
	for _, halt := range []Verb{Pause, Stop} {
		g := newStage(t)
		wished := g.now
		g.wait(3 * second)
		g.do(by(Guest, "ann", halt))
		g.wait(second)
		if err := g.give(Command{Do: Load, Since: wished}); codeOf(err) != Stale || g.s.Loaded() {
			t.Errorf("%s: %v", halt, err)
		}
		g.do(Command{Do: Load, Since: g.now}) // wished for again
		g.do(Command{Do: Start})
	}
	g := newStage(t)
	g.do(Command{Do: Load, Since: g.now - second}, Command{Do: Start})
}
