package session

import (
	"testing"
	"time"

	"stillpoint/internal/timeline"
	"stillpoint/internal/transport"
)

// resting is a session so far into the rest before its wait.
func (g *stage) resting(d time.Duration) time.Duration {
	g.t.Helper()
	g.playing(0)
	rest := g.spanOf(timeline.Quiet)
	g.wait(rest.From + d)
	return rest.From + d
}

// holds fails unless it comes to hold at a position.
func (g *stage) holds(position time.Duration) {
	g.t.Helper()
	g.wait(time.Hour)
	g.is(transport.Playing, position)
	if !g.s.WaitingAt(g.now) {
		g.t.Fatal("it does not hold")
	}
}

func TestAWaitBroughtToWhereItIsPausedHoldsThere(t *testing.T) {
	g := newStage(t)
	at := g.resting(10 * second)
	g.do(Command{Do: Pause}, Command{Do: Extend, Length: -time.Hour})
	g.is(transport.Paused, at)
	if !g.s.Timeline.WaitingAt(at) || !g.s.Held {
		t.Fatal("the wait was not brought there")
	}
	g.do(Command{Do: Pace, To: "slower"}, Command{Do: Resume})
	g.holds(at)
	g.do(Command{Do: GoOn})
	g.wait(Step + second)
	g.is(transport.Playing, at+second)
}

func TestAWaitBroughtToWhereItPlaysHoldsThere(t *testing.T) {
	g := newStage(t)
	at := g.resting(10 * second)
	g.do(Command{Do: Extend, Length: -time.Hour})
	g.is(transport.Playing, at)
	g.holds(at)

	g = newStage(t) // about to set out from there
	at = g.resting(10 * second)
	g.do(Command{Do: Pause}, Command{Do: Resume})
	begins := g.s.Transport.At
	g.wait(second)
	g.do(Command{Do: Extend, Length: -time.Hour})
	if g.s.Transport.At != begins {
		t.Errorf("it begins at %v, and was to begin at %v", g.s.Transport.At, begins)
	}
	g.holds(at)
}

func TestASkipThatEndsAtAWaitHoldsAndRepeatsNothing(t *testing.T) {
	const page = `title: A wait after a place
kind: body scan

# Feet
[at soles]
The soles of your feet. [20]
[wait]

# After
[rest 60]
`
	for _, paused := range []bool{false, true} {
		g := newStage(t)
		g.do(Command{Do: Load, Script: "w", Page: parsed(t, page)}, Command{Do: Start})
		g.wait(LeadIn + 5*second)
		if paused {
			g.do(Command{Do: Pause}, Command{Do: Skip}, Command{Do: Resume})
			g.is(transport.Playing, 5*second-time.Millisecond)
		} else {
			g.do(Command{Do: Skip})
		}
		g.holds(5 * second)
		g.do(Command{Do: Stop}, Command{Do: Return}, Command{Do: Resume})
		g.is(transport.Playing, 5*second-time.Millisecond)
		g.holds(5 * second)
	}
}

func TestShorterAtAWaitDoesNotPassIt(t *testing.T) {
	g := newStage(t)
	at := g.toWait()
	if err := g.give(Command{Do: Extend, Length: -time.Hour}); codeOf(err) != NotNow {
		t.Errorf("shorter at a wait: %v", err)
	}
	g.holds(at)
	g.do(Command{Do: Pause})
	if err := g.give(Command{Do: Extend, Length: -time.Hour}); codeOf(err) != NotNow {
		t.Errorf("shorter when paused at a wait: %v", err)
	}
	g.do(Command{Do: Resume})
	g.holds(at)
}

func TestMoreTimeWhenPausedAtAWait(t *testing.T) {
	g := newStage(t)
	at := g.toWait()
	g.do(Command{Do: Pause}, Command{Do: Extend, Length: time.Minute}, Command{Do: Resume})
	if g.s.Held {
		t.Error("it still holds")
	}
	g.holds(at + time.Minute)
}

// An edit by someone else does not undo a go-on that is about to take effect.
func TestAnEditAfterGoOnHoldsNothing(t *testing.T) {
	g := newStage(t)
	at := g.toWait()
	g.do(Command{Do: GoOn})
	g.wait(Step / 2)
	g.do(by(Guest, "ann", Stay))
	g.wait(second)
	if g.position() <= at {
		t.Errorf("it is at %v", g.position())
	}
}

// Pressing next or start is itself going on.
func TestMovingToASectionThatBeginsWithAWaitPassesIt(t *testing.T) {
	const page = `title: Waits first
kind: treatment

# One
[wait]
[rest 30]

# Two
[wait]
[rest 30]
`
	g := newStage(t)
	g.do(Command{Do: Load, Script: "w", Page: parsed(t, page)}, Command{Do: Start})
	g.wait(LeadIn + 10*second)
	g.is(transport.Playing, 10*second)
	g.do(Command{Do: Next})
	two := g.position()
	g.wait(Step + 10*second)
	g.is(transport.Playing, two+10*second)
	g.do(Command{Do: Pause}, Command{Do: Previous}, Command{Do: Pace, To: "slower"}, Command{Do: Resume})
	g.wait(LeadIn + 10*second)
	g.is(transport.Playing, two+10*second)
}

func TestAWaitBroughtToTheVeryBeginningIsPassedAtTheStart(t *testing.T) {
	shorter := Command{Do: Extend, Length: -time.Hour}
	for name, order := range map[string][]Command{
		"playing": {shorter},
		"paused":  {{Do: Pause}, shorter, {Do: Resume}},
	} {
		g := newStage(t)
		g.do(Command{Do: Load, Script: "w", Page: parsed(t, "title: Rest first\nkind: treatment\n\n[rest 30]\n[wait]\n[rest 30]\n")}, Command{Do: Start})
		g.do(order...)
		if g.s.Transport.Position != 0 || g.s.Held {
			t.Errorf("%s: it is at %v, held %v", name, g.s.Transport.Position, g.s.Held)
		}
		g.wait(LeadIn + second)
		g.is(transport.Playing, second)
	}
}

// A record may say that a session holds at 0, where nothing can.
func TestNothingIsBeforeTheBeginning(t *testing.T) {
	g := newStage(t)
	g.do(Command{Do: Load}, Command{Do: Start}, Command{Do: Pause})
	g.s.Held = true
	g.do(Command{Do: Resume})
	g.is(transport.Playing, 0)
}

// TestNextToASectionFurtherOn: from where it holds at a wait, over all that lies
// between; never back, and never to a section there is not.
func TestNextToASectionFurtherOn(t *testing.T) {
	g := newStage(t)
	g.playing(0)
	closing, ok := g.s.Timeline.Section(4)
	if !ok || g.s.Timeline.Spans[len(g.s.Timeline.Spans)-1].From < closing {
		t.Fatal(closing, ok)
	}
	g.wait(LeadIn + second)
	g.do(Command{Do: Next, Section: 4})
	g.wait(Step + second)
	g.is(transport.Playing, closing+second)
	for _, section := range []int{1, 4, 5, -1} {
		if code := codeOf(g.give(Command{Do: Next, Section: section})); code != NotNow {
			t.Errorf("to section %d: %q", section, code)
		}
	}
	if code := codeOf(g.give(by(Guest, "g", Next))); code != NotAllowed {
		t.Errorf("a guest: %q", code)
	}

	g = newStage(t)
	at := g.resting(second)
	g.holds(g.toWait())
	if at == g.position() {
		t.Fatal("it does not hold at the wait")
	}
	g.do(Command{Do: Next, Section: 4}) // as going on, when it is the one behind the wait
	g.wait(Step + second)
	g.is(transport.Playing, closing+second)
}
