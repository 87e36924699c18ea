package session

import (
	"slices"
	"testing"
	"time"

	"stillpoint/internal/script"
	"stillpoint/internal/timeline"
	"stillpoint/internal/transport"
)

const second = time.Second

func TestStartBeginsForEveryoneTogether(t *testing.T) {
	g := newStage(t)
	g.do(Command{Do: Load}, Command{Do: Start})
	g.is(transport.Playing, 0)
	g.wait(LeadIn)
	g.is(transport.Playing, 0)
	g.wait(5 * second)
	g.is(transport.Playing, 5*second)
}

func TestPauseKeepsThePlaceAndResumeRepeatsThePrompt(t *testing.T) {
	g := newStage(t)
	g.playing(0)
	prompt := g.s.Timeline.Spans[slices.IndexFunc(g.s.Timeline.Spans, func(s timeline.Span) bool {
		return s.Kind == timeline.Say && s.From > 0
	})]
	g.wait(prompt.From + 1300*time.Millisecond)
	g.do(Command{Do: Pause})
	g.wait(48 * time.Hour) // a pause has no limit
	g.is(transport.Paused, prompt.From+1300*time.Millisecond)
	g.do(Command{Do: Resume})
	g.wait(LeadIn + second)
	g.is(transport.Playing, prompt.From+second)
}

func TestPauseInTheLeadInKeepsThePosition(t *testing.T) {
	g := newStage(t)
	g.do(Command{Do: Load}, Command{Do: Start})
	g.wait(second)
	g.do(Command{Do: Pause})
	g.wait(time.Hour)
	g.is(transport.Paused, 0)
}

func TestStopIsFinalUntilSomeoneReturns(t *testing.T) {
	g := newStage(t)
	g.playing(50 * second)
	g.do(Command{Do: Pause}, Command{Do: Stop}, Command{Do: Stop}, Command{Do: Pause})
	g.is(transport.Stopped, 50*second)
	for _, v := range []Verb{Start, Resume, Next, Skip} {
		if err := g.give(Command{Do: v}); codeOf(err) != NotNow {
			t.Errorf("%s on a stopped session: %v", v, err)
		}
	}
	g.do(Command{Do: Return})
	g.is(transport.Paused, 50*second)
}

func TestAWaitHoldsUntilSomeoneGoesOn(t *testing.T) {
	g := newStage(t)
	at := g.toWait()
	g.is(transport.Playing, at)
	g.do(Command{Do: Stay}) // it stays already
	g.do(by(Guest, "ann", GoOn))
	g.is(transport.Playing, at)
	g.wait(Step + second)
	g.is(transport.Playing, at+second)
	if err := g.give(Command{Do: GoOn}); codeOf(err) != NotNow {
		t.Errorf("going on twice: %v", err)
	}
}

func TestGoingOnTwiceInOneMomentIsOnce(t *testing.T) {
	g := newStage(t)
	at := g.toWait()
	rev := g.s.Rev
	g.do(Command{Do: GoOn, Rev: rev})
	if err := g.give(Command{Do: GoOn, Rev: rev, Role: Guest, By: "ann"}); codeOf(err) != Stale {
		t.Errorf("the second: %v, want stale", err)
	}
	went := g.s.Transport
	g.wait(Step / 2)
	g.do(by(Guest, "ann", GoOn)) // not knowing better
	if g.s.Transport != went {
		t.Errorf("going on twice began at %v, then at %v", went.At, g.s.Transport.At)
	}
	g.is(transport.Playing, at)
}

func TestAPauseAtAWaitComesBackToTheWait(t *testing.T) {
	g := newStage(t)
	at := g.toWait()
	g.do(Command{Do: Stop})
	g.is(transport.Stopped, at)
	g.do(Command{Do: Return}, Command{Do: Resume})
	g.wait(time.Hour)
	g.is(transport.Playing, at)
	if !g.s.WaitingAt(g.now) {
		t.Error("it has gone on without being asked")
	}
}

func TestNextAtAWaitIsTheSectionThatComes(t *testing.T) {
	g := newStage(t)
	at := g.toWait()
	g.do(Command{Do: Next})
	g.wait(Step)
	if got := g.position(); got < at || got > at+time.Millisecond {
		t.Errorf("it went to %v, and the wait was at %v", got, at)
	}
	if err := g.give(Command{Do: Next}); codeOf(err) != NotNow || err.Error() != "This is the last part." {
		t.Errorf("next in the last part: %v", err)
	}
}

func TestMoreTimeAtAWaitIsPlayedAndThenItHoldsAgain(t *testing.T) {
	g := newStage(t)
	at := g.toWait()
	g.do(Command{Do: Extend, Length: time.Minute})
	g.is(transport.Playing, at)
	g.wait(Step + 10*second)
	g.is(transport.Playing, at+10*second)
	g.wait(time.Hour)
	g.is(transport.Playing, at+time.Minute)
	if !g.s.WaitingAt(g.now) {
		t.Error("it does not hold again")
	}
}

func TestStayHoldsAndGoOnTakesItBack(t *testing.T) {
	g := newStage(t)
	g.playing(10 * second)
	before := g.s.Timeline.Until(g.position())
	g.do(Command{Do: Stay})
	hold := g.s.Timeline.Until(g.position())
	if hold >= before {
		t.Fatalf("staying holds at %v, no sooner than %v", hold, before)
	}
	rev := g.s.Rev
	g.do(Command{Do: Stay, ID: "again"})
	if g.s.Rev != rev {
		t.Error("staying twice is a change")
	}
	g.do(Command{Do: GoOn})
	if got := g.s.Timeline.Until(g.position()); got != before {
		t.Errorf("after going on it holds at %v, want %v", got, before)
	}
	if err := g.give(Command{Do: GoOn}); codeOf(err) != NotNow || err.Error() != "Nothing is waiting." {
		t.Errorf("going on with nothing waiting: %v", err)
	}
	g.do(Command{Do: Stay})
	g.wait(time.Hour)
	g.is(transport.Playing, hold)
}

func TestSkippingGoesOnUnbroken(t *testing.T) {
	g := newStage(t)
	g.playing(0)
	g.wait(g.spanOf(timeline.Scan).From + second)
	at, was := g.position(), g.s.Transport
	g.do(by(Guest, "ann", Skip))
	if g.s.Transport != was || g.position() != at {
		t.Errorf("the transport went from %v to %v", was, g.s.Transport)
	}
	if regions := g.s.Timeline.RegionsAt(at); len(regions) > 0 && regions[0].ID == "sole" {
		t.Errorf("still at %v", regions)
	}
	agrees(t, g.s.Timeline, compiled(t, g, timeline.Settings{}), at)
}

func TestAPausedSkipDoesNotRepeatWhatWasSkipped(t *testing.T) {
	g := newStage(t)
	g.playing(0)
	g.wait(g.spanOf(timeline.Scan).From + second)
	at := g.position()
	g.do(Command{Do: Pause}, Command{Do: Skip}, Command{Do: Resume})
	g.wait(LeadIn)
	g.is(transport.Playing, at)
}

func TestWhatCannotBeCompiledLeavesTheSessionAsItIs(t *testing.T) {
	g := newStage(t)
	g.playing(20 * second)
	edits := make([]timeline.Edit, timeline.MaxEdits)
	for i := range edits {
		edits[i] = timeline.Edit{At: second, Do: timeline.HoldPace}
	}
	g.s.Settings.Edits = edits
	was := g.s
	err := g.give(Command{Do: Pace, To: "slower"})
	if codeOf(err) == "" || g.s.Rev != was.Rev || len(g.s.Settings.Edits) != len(edits) {
		t.Errorf("one edit too many: %v", err)
	}
	g = newStage(t)
	if err := g.give(Command{Do: Load, Settings: timeline.Settings{Length: 4 * time.Hour}}); codeOf(err) != CannotFit {
		t.Errorf("four hours: %v", err)
	}
	if err := g.give(Command{Do: Load, Settings: timeline.Settings{Pace: 99}}); codeOf(err) != BadMessage {
		t.Errorf("an impossible pace: %v", err)
	}
}

func TestStopBeatsPauseBeatsResume(t *testing.T) {
	for _, first := range []Verb{Pause, Stop} {
		g := newStage(t)
		g.playing(50 * second)
		g.do(Command{Do: Pause})
		seen := g.s.Rev
		g.do(Command{Do: Resume})
		g.do(by(Guest, "ann", first))
		if err := g.give(Command{Do: Resume, Rev: seen, Agreed: true}); codeOf(err) != Stale {
			t.Errorf("an old resume after %s: %v", first, err)
		}
	}
	g := newStage(t)
	g.playing(50 * second)
	old := g.s.Rev
	g.do(Command{Do: Pause})
	c := by(Guest, "ann", Stop)
	c.Rev = old
	g.do(c) // never stale
	g.is(transport.Stopped, 50*second)
}

func TestAGuestsPauseNeedsTheGuestsAgreement(t *testing.T) {
	g := newStage(t)
	g.playing(50 * second)
	g.do(by(Guest, "ann", Pause))
	g.do(Command{Do: Stop}) // the guide may stop it, which clears nothing
	if g.s.Needs != "ann" {
		t.Fatalf("needs %q, want ann", g.s.Needs)
	}
	if err := g.give(Command{Do: Return}); codeOf(err) != NeedsAgreement {
		t.Errorf("return without agreement: %v", err)
	}
	g.do(Command{Do: Return, Agreed: true})
	if err := g.give(Command{Do: Resume}); codeOf(err) != NeedsAgreement {
		t.Errorf("resume without agreement: %v", err)
	}
	if err := g.give(by(Guest, "ben", Resume)); codeOf(err) != NotAllowed {
		t.Errorf("resume by another guest: %v", err)
	}
	g.do(by(Guest, "ann", Resume))
	if g.s.Needs != "" || g.s.Transport.State != transport.Playing {
		t.Errorf("after Ann resumed: %s, needs %q", g.s.Transport.State, g.s.Needs)
	}
	g.wait(10 * second)
	g.do(by(Guest, "ann", Pause), Command{Do: Load})
	if g.s.Needs != "ann" {
		t.Errorf("a new session needs %q", g.s.Needs)
	}
}

func TestTwoPausesInOneMomentBothCount(t *testing.T) {
	g := newStage(t)
	g.playing(50 * second)
	g.do(Command{Do: Pause}, by(Guest, "ann", Pause), by(Guest, "ben", Pause))
	if g.s.Needs != Client {
		t.Errorf("needs %q, want both who asked", g.s.Needs)
	}
}

func TestStartingAgainKeepsWhatWasLeftOut(t *testing.T) {
	g := newStage(t)
	g.playing(0)
	g.wait(g.spanOf(timeline.Scan).From + second)
	g.do(Command{Do: Skip}, Command{Do: Anchor, To: "hands"}, Command{Do: Stay})
	id := g.s.ID
	g.wait(time.Hour)
	g.do(Command{Do: GoOn})
	g.wait(time.Hour)
	g.do(Command{Do: GoOn})
	g.wait(time.Hour)
	g.do(Command{Do: End})
	g.do(Command{Do: Start, NewID: "second run"})
	if g.s.ID == id || len(g.s.Settings.Edits) != 0 || g.s.Settings.Anchor != script.Hands {
		t.Errorf("session %q with %+v", g.s.ID, g.s.Settings)
	}
	for _, span := range g.s.Timeline.Spans {
		if span.Kind == timeline.Scan && span.Regions[0].ID == "sole" && span.To > span.From {
			t.Error("the soles, which were left out, are back")
		}
	}
}

func TestAnEndThatNobodyNoticedComesFirst(t *testing.T) {
	g := newStage(t)
	g.toWait()
	g.do(Command{Do: GoOn})
	g.wait(time.Hour)
	due, ok := g.s.Ends()
	if !ok || due >= g.now {
		t.Fatalf("it ends at %v, %v", due, ok)
	}
	rev := g.s.Rev
	paused, events, err := g.env.Apply(g.s, by(Guest, "ann", Pause), g.now)
	if err != nil || len(events) != 2 || events[0].Kind != End || events[0].By != "" || events[0].At != due || events[1].Kind != Pause {
		t.Errorf("a pause after the end: %+v, %v", events, err)
	}
	if paused.Rev != rev+1 || paused.Transport != transport.Halt(transport.Stopped, g.s.Timeline.Length, g.now) || paused.Needs != "" {
		t.Errorf("after it: %+v", paused.Transport)
	}
}

func TestEndComesNoSoonerThanTheEnd(t *testing.T) {
	g := newStage(t)
	g.toWait()
	g.do(Command{Do: End})
	if g.s.Transport.State != transport.Playing {
		t.Error("it ended at a wait")
	}
	g.do(Command{Do: GoOn})
	due, _ := g.s.Ends()
	g.now = due - time.Millisecond
	g.do(Command{Do: End})
	g.is(transport.Playing, g.s.Timeline.Length-time.Millisecond)
	g.wait(time.Millisecond)
	g.do(Command{Do: End})
	g.is(transport.Finished, g.s.Timeline.Length)
}

func TestNobodyCanEndASession(t *testing.T) {
	for _, role := range []Role{Guide, Guest, Display, Remote} {
		if role.May(End) {
			t.Errorf("a %s may", role)
		}
	}
}

func TestTheSameIDOfTwoDevicesIsTwoCommands(t *testing.T) {
	g := newStage(t)
	g.playing(30 * second)
	g.do(Command{ID: "c-1", By: "guide", Role: Guide, Do: Pause}, Command{Do: Resume})
	g.wait(LeadIn + second)
	g.do(Command{ID: "c-1", By: "guide", Role: Guide, Do: Pause}) // came a second time
	if g.s.Transport.State != transport.Playing {
		t.Fatal("a repeated pause paused again")
	}
	g.do(Command{ID: "c-1", By: "ann", Role: Guest, Do: Pause})
	if g.s.Transport.State != transport.Paused {
		t.Fatal("another device's pause was taken for a repeat")
	}
}

func TestALongIDNeverKeepsAPauseOut(t *testing.T) {
	long := string(make([]byte, MaxID+1))
	g := newStage(t)
	g.playing(30 * second)
	g.do(Command{ID: long, By: "ann", Role: Guest, Do: Pause})
	g.is(transport.Paused, 30*second)
	if err := g.give(Command{ID: long, Do: Resume}); codeOf(err) != BadMessage {
		t.Errorf("a long id: %v", err)
	}
}

func compiled(t *testing.T, g *stage, set timeline.Settings) *timeline.Timeline {
	t.Helper()
	tl, err := timeline.Compile(g.s.Script, set, g.env.Speech)
	if err != nil {
		t.Fatal(err)
	}
	return tl
}

// agrees fails unless two timelines tell the same up to a position.
func agrees(t testing.TB, a, b *timeline.Timeline, position time.Duration) {
	t.Helper()
	if x, y := upTo(a, position), upTo(b, position); !slices.EqualFunc(x, y, sameSpan) {
		t.Fatalf("before %v one timeline has\n%v\nand the other\n%v", position, x, y)
	}
	before := func(tl *timeline.Timeline) (cues []timeline.Cue) {
		for _, c := range tl.Between(-1, position-time.Millisecond) {
			cues = append(cues, timeline.Cue{Kind: c.Kind, At: c.At, Name: c.Name, Text: c.Text})
		}
		return cues
	}
	if x, y := before(a), before(b); !slices.Equal(x, y) {
		t.Fatalf("before %v one timeline sounds\n%v\nand the other\n%v", position, x, y)
	}
}

// upTo is what a timeline shows before a position.
func upTo(tl *timeline.Timeline, position time.Duration) (spans []timeline.Span) {
	for _, s := range tl.Spans {
		if s.From < position && s.From < s.To {
			s.To, s.Of = min(s.To, position), 0
			spans = append(spans, s)
		}
	}
	return spans
}

func sameSpan(a, b timeline.Span) bool {
	return a.Kind == b.Kind && a.From == b.From && a.To == b.To && a.Text == b.Text && a.N == b.N && slices.Equal(a.Regions, b.Regions)
}

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
