package session

import (
	"testing"
	"time"

	"stillpoint/internal/transport"
)

// due is by how much the session ends later than it was to, if all goes on now.
func (g *stage) due() time.Duration {
	return g.now + g.s.Timeline.Length - g.position() - g.s.Began - g.s.Planned
}

func TestWhenItBeganIsNotedOnce(t *testing.T) {
	g := newStage(t)
	g.do(Command{Do: Load})
	if g.s.Planned != 0 {
		t.Fatalf("before it began, it is planned to take %v", g.s.Planned)
	}
	g.do(Command{Do: Start})
	began, planned := g.s.Began, g.s.Planned
	if began != g.now+LeadIn || planned != g.s.Timeline.Length {
		t.Fatalf("it began at %v and is to take %v", began, planned)
	}
	g.wait(LeadIn + 30*second)
	g.do(Command{Do: Pause}, Command{Do: Resume}, Command{Do: Extend, Length: 20 * second}, by(Guest, "ann", Ground))
	if g.s.Began != g.now+LeadIn || g.s.Planned != g.s.Timeline.Length {
		t.Errorf("the grounding began at %v and is to take %v", g.s.Began, g.s.Planned)
	}
	g.do(by(Guest, "ann", Return))
	if g.s.Began != began || g.s.Planned != planned {
		t.Errorf("back from a grounding it began at %v and is to take %v", g.s.Began, g.s.Planned)
	}
	g.do(Command{Do: Load})
	if g.s.Planned != 0 {
		t.Error("what is loaded anew has begun")
	}
}

func TestEachRunBeginsByItself(t *testing.T) {
	g := newStage(t)
	g.finished()
	g.do(Command{Do: Start})
	if g.s.Began != g.now+LeadIn || g.s.Planned != g.s.Timeline.Length {
		t.Errorf("it began at %v and is to take %v", g.s.Began, g.s.Planned)
	}
}

func TestReflowEndsWhenItWasTo(t *testing.T) {
	for name, late := range map[string]func(*stage){
		"playing, after a pause": func(g *stage) {
			g.do(Command{Do: Pause})
			g.wait(25 * second)
			g.do(Command{Do: Resume})
			g.wait(LeadIn)
		},
		"lengthened":        func(g *stage) { g.do(Command{Do: Extend, Length: 15 * second}) },
		"ahead of its time": func(g *stage) { g.do(Command{Do: Next}); g.wait(Step) },
		"about to go on":    func(g *stage) { g.do(Command{Do: Next}) },
	} {
		g := newStage(t)
		g.playing(40 * second)
		late(g)
		if g.due() == 0 {
			t.Fatalf("%s: it ends when it was to anyway", name)
		}
		at := g.position()
		g.do(Command{Do: Reflow})
		lead := max(0, g.s.Transport.At-g.now)
		if g.due() != -lead || g.position() != at || g.s.Why != string(Reflow) {
			t.Errorf("%s: it ends %v late, at %v, and was at %v", name, g.due()+lead, g.position(), at)
		}
		rev := g.s.Rev
		g.do(Command{Do: Reflow})
		if g.s.Rev != rev {
			t.Errorf("%s: it has changed once more", name)
		}
	}
}

// Whoever resumes, or goes on, right after has a session that ends when it was to.
func TestReflowWhereItStands(t *testing.T) {
	g := newStage(t)
	g.playing(50 * second)
	g.do(Command{Do: Pause})
	g.wait(25 * second)
	g.do(Command{Do: Reflow})
	g.is(transport.Paused, 50*second)
	g.do(Command{Do: Resume})
	g.wait(LeadIn)
	if g.due() != 0 {
		t.Errorf("paused: it ends %v late", g.due())
	}

	g = newStage(t)
	g.playing(0)
	g.wait(g.s.Timeline.Until(0) + 8*second)
	at := g.position()
	g.do(Command{Do: Reflow})
	if g.position() != at || !g.s.WaitingAt(g.now) {
		t.Fatalf("it is at %v, and waited at %v", g.position(), at)
	}
	g.do(Command{Do: GoOn})
	g.wait(Step)
	if g.due() != 0 {
		t.Errorf("waiting: it ends %v late", g.due())
	}
}

func TestReflowAsFarAsItGoes(t *testing.T) {
	g := newStage(t)
	g.playing(50 * second)
	g.do(Command{Do: Pause})
	g.wait(time.Hour)
	g.do(Command{Do: Resume})
	g.wait(LeadIn)
	late := g.due()
	g.do(Command{Do: Reflow})
	if g.due() >= late || g.due() <= 0 {
		t.Errorf("it ended %v late and now ends %v late", late, g.due())
	}
	g.wait(second)
	if err := g.give(Command{Do: Reflow}); codeOf(err) != NotNow {
		t.Errorf("once more: %v", err)
	}
}

func TestReflowOfWhatCannotChange(t *testing.T) {
	g := newStage(t)
	p := parsed(t, "title: Fixed\n\n[rest 60 fixed]\n[rest 60 fixed]\n")
	g.do(Command{Do: Load, Script: "fixed", Page: p}, Command{Do: Start})
	g.wait(LeadIn + 30*second)
	g.do(Command{Do: Pause})
	if err := g.give(Command{Do: Reflow}); codeOf(err) != NotNow {
		t.Errorf("what is all fixed: %v", err)
	}
}
