package session

import (
	"flag"
	"fmt"
	"maps"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"stillpoint/internal/timeline"
)

// update rewrites the golden table.
var update = flag.Bool("update", false, "rewrite testdata")

// scenes are the states a session can be met in, in the table's order.
var scenes = []struct {
	name string
	set  func(*stage)
}{
	{"nothing", func(g *stage) {}},
	{"ready", func(g *stage) { g.do(Command{Do: Load}) }},
	{"lead-in", func(g *stage) { g.do(Command{Do: Load}, Command{Do: Start}); g.wait(time.Second) }},
	{"feet", func(g *stage) { g.playing(0); g.now += g.spanOf(timeline.Scan).From + time.Second }},
	{"waiting", func(g *stage) { g.toWait() }},
	{"paused", func(g *stage) { g.playing(90 * time.Second); g.do(Command{Do: Pause}); g.wait(time.Second) }},
	{"asked", func(g *stage) { g.playing(90 * time.Second); g.do(by(Guest, "ann", Pause)); g.wait(time.Second) }},
	{"client's key", func(g *stage) {
		g.playing(90 * time.Second)
		g.do(Command{Do: Pause, By: "guide", Role: Guide, Client: true})
		g.wait(time.Second)
	}},
	{"ann, and then ben", func(g *stage) {
		g.playing(90 * time.Second)
		g.do(by(Guest, "ann", Pause), by(Guest, "ben", Stop))
		g.wait(time.Second)
	}},
	{"another loaded", func(g *stage) {
		g.playing(90 * time.Second)
		g.do(by(Guest, "ann", Pause), Command{Do: Load})
		g.wait(time.Second)
	}},
	{"stopped", func(g *stage) { g.playing(90 * time.Second); g.do(Command{Do: Stop}); g.wait(time.Second) }},
	{"ann stopped", func(g *stage) { g.playing(90 * time.Second); g.do(by(Guest, "ann", Stop)); g.wait(time.Second) }},
	{"last part", func(g *stage) {
		g.toWait()
		g.do(Command{Do: GoOn})
		g.wait(10 * time.Second)
	}},
	{"finished", func(g *stage) { g.finished() }},
	{"stopped at end", func(g *stage) { g.finished(); g.do(by(Guest, "ann", Stop)); g.wait(time.Second) }},
	{"grounding", func(g *stage) {
		g.playing(90 * time.Second)
		g.do(by(Guest, "ann", Ground))
		g.wait(10 * time.Second)
	}},
}

// asked are the commands of the table.
var asked = []struct {
	name string
	c    Command
}{
	{"load", Command{Do: Load}},
	{"settings", Command{Do: Settings, Settings: timeline.Settings{Length: 5 * time.Minute}}},
	{"start", Command{Do: Start}},
	{"start, agreed", Command{Do: Start, Agreed: true}},
	{"pause", Command{Do: Pause}},
	{"pause, client", Command{Do: Pause, Client: true}},
	{"resume", Command{Do: Resume}},
	{"resume, agreed", Command{Do: Resume, Agreed: true}},
	{"stop", Command{Do: Stop}},
	{"stop, client", Command{Do: Stop, Client: true}},
	{"return", Command{Do: Return}},
	{"return, agreed", Command{Do: Return, Agreed: true}},
	{"ground", Command{Do: Ground}},
	{"ground, agreed", Command{Do: Ground, Agreed: true}},
	{"next", Command{Do: Next}},
	{"previous", Command{Do: Previous}},
	{"skip", Command{Do: Skip}},
	{"stay", Command{Do: Stay}},
	{"go-on", Command{Do: GoOn}},
	{"extend 60 s", Command{Do: Extend, Length: time.Minute}},
	{"reflow", Command{Do: Reflow}},
	{"pace slower", Command{Do: Pace, To: "slower"}},
	{"anchor hands", Command{Do: Anchor, To: "hands"}},
}

var actors = []struct {
	name string
	id   string
	role Role
}{
	{"the guide", "guide", Guide},
	{"Ann, the guest who asked", "ann", Guest},
	{"Ben, another guest", "ben", Guest},
	{"a display", "screen", Display},
	{"a remote in the guide's hand", "phone", Remote},
}

// The whole of who may do what, when, as one page that anyone can read.
func TestWhoMayDoWhatWhen(t *testing.T) {
	var page strings.Builder
	said := map[string]bool{}
	page.WriteString("What becomes of each command, by who gives it and how the session stands.\n" +
		"A word: it is so now. `changed`: the same state, another timeline. `moved`: another place.\n" +
		"`heard`: all is as it was, but whatever rings falls silent and older knowledge is stale.\n" +
		"A dot: fine, nothing to do. In brackets: refused, and why.\n")
	for _, who := range actors {
		fmt.Fprintf(&page, "\n%s\n%-15s", who.name, "")
		for _, scene := range scenes {
			fmt.Fprintf(&page, " %-17s", scene.name)
		}
		for _, ask := range asked {
			fmt.Fprintf(&page, "\n%-15s", ask.name)
			for _, scene := range scenes {
				fmt.Fprintf(&page, " %-17s", outcome(t, scene.set, who.role, who.id, ask.c, said))
			}
		}
		page.WriteString("\n")
	}
	page.WriteString("\nThe sentences of the refusals\n" + strings.Join(slices.Sorted(maps.Keys(said)), "\n") + "\n")
	golden(t, "testdata/who.txt", trimLines(page.String()))
}

func outcome(t *testing.T, set func(*stage), role Role, id string, c Command, said map[string]bool) string {
	g := newStage(t)
	set(g)
	before, was := g.s, g.position()
	c.Role, c.By, c.NewID = role, id, "anew"
	if err := g.give(c); err != nil {
		said["("+codeOf(err)+") "+err.Error()] = true
		return "(" + codeOf(err) + ")"
	}
	switch {
	case g.s.Rev == before.Rev:
		return "."
	case g.s.ID == before.ID && g.s.Transport.State == before.Transport.State && g.s.Timeline != before.Timeline:
		return "changed"
	case g.s.ID == before.ID && g.s.Transport.State == before.Transport.State && g.position() != was:
		return "moved"
	case (c.Do == Pause || c.Do == Stop) && g.s.Transport.State == before.Transport.State && g.s.Needs == before.Needs:
		return "heard"
	case (c.Do == Pause || c.Do == Stop) && g.s.Transport.State == before.Transport.State:
		return "needs " + g.s.Needs
	case g.s.Why == string(Ground):
		return "grounding"
	}
	return string(g.s.Transport.State)
}

func trimLines(s string) string {
	lines := strings.Split(s, "\n")
	for i := range lines {
		lines[i] = strings.TrimRight(lines[i], " ")
	}
	return strings.Join(lines, "\n")
}

func golden(t *testing.T, file, got string) {
	t.Helper()
	if *update {
		if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if got != string(want) {
		t.Errorf("%s differs (run with -update and look at the difference); got\n%s", file, got)
	}
}
