package session

import (
	"testing"
	"time"

	"stillpoint/internal/script"
	"stillpoint/internal/timeline"
	"stillpoint/internal/transport"
)

const page = `title: A page to try
length: 6 min (4 to 10)
kind: body scan

# Arriving
[bell]
Welcome. Everything here is optional, and you can pause or stop at any moment. [7]
Your eyes might be open, half open or closed. [7]

# Feet
[at soles]
When you are ready, attention could drop to the soles of your feet. [18]
[at toes]
Perhaps the toes, one by one or all together. [18]

# A few soft breaths
Small, soft breaths. No need to fill up. [5]
[breathe extend_4_6, 6 times]

# Holding
[rest 30]
[wait]

# Closing
[outside]
[anchor 6]
You might look around slowly: something near, something far, the way out. [14]
[bell closing]
`

const groundingPage = `title: Sixty seconds
kind: grounding

# Here
You might look around, and find three things that do not move. [12]
[at soles]
Feel the ground under your feet, as much as you like. [12]
[outside]
There is no hurry. [20]
`

func parsed(t testing.TB, text string) *script.Script {
	t.Helper()
	s, err := script.Parse("page.txt", text)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// stage is a session under test: each step takes the state on and fails the
// test when the step is refused.
type stage struct {
	t   testing.TB
	env Env
	s   State
	now time.Duration
}

func newStage(t testing.TB) *stage {
	groundings := []Grounding{{"grounding", parsed(t, groundingPage)}, {"grounding.de", parsed(t, "language: de\n"+groundingPage)}}
	return &stage{t: t, env: Env{Speech: timeline.ByWords, Groundings: groundings}, now: 10 * time.Second}
}

// give applies a command of a guide, or of whoever c names.
func (g *stage) give(c Command) error {
	if c.Role == "" && c.Do != End && c.Do != Alone && c.Do != Out && c.Do != Slept && c.Do != Restarted {
		c.By, c.Role = "guide", Guide
	}
	if c.Do == Load && c.Page == nil {
		c.Script, c.Page = "page", parsed(g.t, page)
	}
	if c.NewID == "" {
		c.NewID = "new-" + string(c.Do)
	}
	next, _, err := g.env.Apply(g.s, c, g.now)
	g.s = next
	return err
}

func (g *stage) do(cs ...Command) {
	g.t.Helper()
	for _, c := range cs {
		if err := g.give(c); err != nil {
			g.t.Fatalf("%s: %v", c.Do, err)
		}
	}
}

func (g *stage) wait(d time.Duration) { g.now += d }

func (g *stage) position() time.Duration { return g.s.PositionAt(g.now) }

func (g *stage) is(state transport.State, position time.Duration) {
	g.t.Helper()
	if g.s.Transport.State != state || g.position() != position {
		g.t.Fatalf("it is %s at %v, want %s at %v", g.s.Transport.State, g.position(), state, position)
	}
}

// playing is a session that has played up to a position.
func (g *stage) playing(position time.Duration) {
	g.t.Helper()
	g.do(Command{Do: Load}, Command{Do: Start})
	g.wait(LeadIn + position)
}

// toWait is a session that holds at its wait, and has done so for an hour.
func (g *stage) toWait() time.Duration {
	g.t.Helper()
	g.playing(time.Hour)
	if !g.s.WaitingAt(g.now) {
		g.t.Fatal("it does not wait")
	}
	return g.position()
}

// finished is a session that has just come to its end.
func (g *stage) finished() {
	g.t.Helper()
	g.toWait()
	g.do(Command{Do: GoOn})
	g.wait(time.Hour)
	g.do(Command{Do: End})
	g.is(transport.Finished, g.s.Timeline.Length)
}

func by(role Role, id string, do Verb) Command { return Command{Role: role, By: id, Do: do} }

// spanOf is the first span of a kind.
func (g *stage) spanOf(kind timeline.Kind) timeline.Span {
	g.t.Helper()
	for _, s := range g.s.Timeline.Spans {
		if s.Kind == kind {
			return s
		}
	}
	g.t.Fatalf("no span of kind %s", kind)
	return timeline.Span{}
}

func codeOf(err error) string {
	if r, ok := err.(*Refusal); ok {
		return r.Code
	}
	return ""
}
