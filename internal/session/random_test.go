package session

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"stillpoint/internal/script"
	"stillpoint/internal/timeline"
	"stillpoint/internal/transport"
)

// Whatever anyone asks in whatever order, what a session promises holds.
func TestAnyCommandsInAnyOrder(t *testing.T) {
	g := newStage(t)
	p := parsed(t, page)
	for seed := range uint64(15) {
		dice := rand.New(rand.NewPCG(seed, 7))
		run := &stage{t: t, env: g.env, now: time.Duration(dice.IntN(1000)) * time.Millisecond}
		for n := range 120 {
			run.now += time.Duration(dice.IntN(9000)) * time.Millisecond
			if dice.IntN(25) == 0 {
				run.now += 3 * time.Minute
			}
			throw(run, anyCommand(dice, p, n, run.s.Rev))
			if t.Failed() {
				t.Fatalf("seed %d, command %d", seed, n)
			}
		}
	}
}

func anyCommand(dice *rand.Rand, p *script.Script, n, rev int) Command {
	verbs := []Verb{Load, Start, Start, Pause, Resume, Resume, Stop, Return, Ground, Next, Previous, Skip, Stay, GoOn, GoOn,
		Extend, Reflow, Pace, Anchor, Settings, End, "nonsense"}
	c := Command{
		ID: fmt.Sprint("c-", n-dice.IntN(3)), Do: verbs[dice.IntN(len(verbs))], NewID: fmt.Sprint("s-", n),
		Agreed: dice.IntN(3) > 0, Length: time.Duration(dice.IntN(240)-120) * time.Second,
		To:     []string{"slower", "easier", "hold", "hands", "breath", "sight"}[dice.IntN(6)],
		Script: "page", Page: p,
	}
	who := dice.IntN(4)
	c.By, c.Role = []string{"guide", "ann", "ben", "screen"}[who], []Role{Guide, Guest, Guest, Display}[who]
	if c.Do == End {
		c.By, c.Role, c.ID = "", "", ""
	}
	if dice.IntN(4) == 0 {
		c.Rev = rev - dice.IntN(3)
	}
	if dice.IntN(5) == 0 {
		c.Regions = []script.Region{{ID: "sole", Side: script.Left}}
	}
	return c
}

// throw gives one command and checks every promise.
func throw(g *stage, c Command) {
	t := g.t
	old, at, written := g.s, g.position(), print(g.s)
	_, repeated := old.Acknowledged(c)
	next, events, err := g.env.Apply(old, c, g.now)
	g.s = next
	what := fmt.Sprintf("%s by %s in %s at %v", c.Do, c.By, old.Transport.State, at)

	if print(old) != written {
		t.Errorf("%s: the state it was given has changed", what)
	}
	if err != nil && (print(next) != written || len(events) > 0 || codeOf(err) == "" || err.Error() == "") {
		t.Errorf("%s: refused (%v), and yet something changed", what, err)
	}
	if changed := next.Rev != old.Rev; changed != (len(events) > 0) || changed && next.Rev != old.Rev+1 {
		t.Errorf("%s: revision %d to %d with %d events", what, old.Rev, next.Rev, len(events))
	}
	if len(events) == 0 {
		still := next
		still.Seen = old.Seen
		if print(still) != written {
			t.Errorf("%s: a change without an event", what)
		}
	}
	if repeated && print(next) != written {
		t.Errorf("%s: a repeat changed something", what)
	}
	if next.Loaded() && (g.position() < 0 || g.position() > next.Timeline.Length) {
		t.Errorf("%s: position %v of %v", what, g.position(), next.Timeline.Length)
	}
	if c.Do.Silences() && !repeated && next.Transport.State == transport.Playing && (c.Do != Ground || next.Transport.At != g.now+LeadIn) {
		t.Errorf("%s: no silence", what)
	}
	if len(next.Seen) > MaxSeen {
		t.Errorf("%s: %d commands remembered", what, len(next.Seen))
	}
	if c.Do.Silences() && !repeated {
		everyoneHears(g, c, old)
	}
	if next.ID == old.ID && len(next.Settings.Edits) > len(old.Settings.Edits) && old.Transport.State != transport.Ready {
		agreesSoFar(g, old, at)
	}
	if next.Timeline != old.Timeline && (c.Do == Previous || c.Do == Start) {
		keepsOut(t, next, old)
	}
	if t.Failed() {
		t.Error(what)
	}
	after := print(next)
	g.env.Apply(old, Command{ID: "elsewhere", Role: Guide, Do: Pace, To: "hold"}, g.now)
	if print(next) != after {
		t.Errorf("%s: another future of the same past wrote in this one", what)
	}
	if err == nil && c.ID != "" {
		again, more, err := g.env.Apply(next, c, g.now+time.Second)
		if err != nil || len(more) > 0 || print(again) != print(next) {
			t.Errorf("%s: done a second time it is %v, %v", what, more, err)
		}
	}
}

// everyoneHears: a pause or a stop makes whatever was asked before it stale,
// unless it is one press with the last.
func everyoneHears(g *stage, c Command, old State) {
	last := Verb(old.Why)
	if g.s.Rev == old.Rev && c.Do != Ground && old.By == c.By && (last == Pause || last == Stop) && g.now-old.Transport.At < onePress {
		return
	}
	if g.s.Rev == old.Rev {
		g.t.Error("nobody hears of it")
	}
	for _, v := range []Verb{Start, Resume, Return, GoOn} {
		c := Command{Do: v, Role: Guide, Rev: old.Rev, Agreed: true}
		if _, _, err := g.env.Apply(g.s, c, g.now); old.Rev > 0 && codeOf(err) != Stale {
			g.t.Errorf("an older %s is %v, want stale", v, err)
		}
	}
}

// agreesSoFar: an edit at a position leaves alone what was before it, and the
// session there; and a wait that it brings right there is not passed.
func agreesSoFar(g *stage, old State, at time.Duration) {
	brought := at > 0 && g.s.Timeline.WaitingAt(at) && !old.Timeline.WaitingAt(at)
	if to := g.position(); to != at && !(brought && to == at-time.Millisecond) {
		g.t.Errorf("the edit moved it to %v", to)
	}
	if brought && !g.s.Held && !(g.s.WaitingAt(g.now+time.Hour) && g.s.PositionAt(g.now+time.Hour) == at) {
		g.t.Errorf("a wait at %v is passed", at)
	}
	if at > 0 {
		agrees(g.t, old.Timeline, g.s.Timeline, at-time.Millisecond)
	}
}

// keepsOut: what was skipped does not come back.
func keepsOut(t testing.TB, s, old State) {
	for _, e := range old.Settings.Edits {
		for _, r := range e.Regions {
			for _, span := range s.Timeline.Spans {
				if slices.ContainsFunc(span.Regions, r.Touches) {
					t.Errorf("%v, which was skipped, is there at %v", r, span.From)
				}
			}
		}
	}
}

// print is all of a state, timelines as their addresses: they are shared, and
// TestTimelinesAreShared sees to it that nobody writes in them.
func print(s State) string {
	aside := ""
	if s.Aside != nil {
		aside = fmt.Sprintf("%+v", *s.Aside)
	}
	s.Aside = nil
	return fmt.Sprintf("%+v %s", s, aside)
}

func TestTimelinesAreShared(t *testing.T) {
	g := newStage(t)
	g.playing(40 * time.Second)
	tl := g.s.Timeline
	before := fmt.Sprintf("%+v", *tl)
	g.do(Command{Do: Skip, Regions: []script.Region{{ID: "toes"}}}, Command{Do: Extend, Length: 10 * time.Second},
		Command{Do: Pace, To: string(timeline.Slower)}, Command{Do: Stay}, Command{Do: Ground}, Command{Do: Return})
	if fmt.Sprintf("%+v", *tl) != before {
		t.Error("an edit wrote in the timeline it came from")
	}
}

func TestSeenIsBounded(t *testing.T) {
	s := State{Rev: 1}
	for n := range 3 * MaxSeen {
		s.Rev = n
		s = s.Acknowledge(Command{ID: fmt.Sprint(n), By: "ann"})
	}
	if len(s.Seen) != MaxSeen {
		t.Fatalf("%d are remembered, want %d", len(s.Seen), MaxSeen)
	}
	if rev, ok := s.Acknowledged(Command{ID: fmt.Sprint(3*MaxSeen - 1), By: "ann"}); !ok || rev != 3*MaxSeen-1 {
		t.Errorf("the latest: %d, %v", rev, ok)
	}
	if _, ok := s.Acknowledged(Command{ID: "0", By: "ann"}); ok {
		t.Error("the first is still there")
	}
}
