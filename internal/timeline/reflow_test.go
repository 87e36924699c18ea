package timeline_test

import (
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	. "stillpoint/internal/timeline"
)

func TestReflow(t *testing.T) {
	const rests = "title: x\n\n# One\n[rest 10 min]\n# Two\n[rest 2 min]\n"
	for _, c := range []struct{ name, script, settings, has string }{
		{"shorter, each by the same part", rests, "at 5m: reflow 4m", "7:51.4          # Two\n7:51.4  9:00.0  quiet"},
		{"longer", rests, "at 5m: reflow 14m", "15:00.0         # Two\n15:00.0 19:00.0 quiet"},
		{"a rest, and what is left of one, keeps a minute", rests, "at 5m: reflow 0s", "6:00.0          # Two\n6:00.0  7:00.0  quiet"},
		{"what is left is less than that already", rests, "at 9m30s: reflow 0s", "10:00.0         # Two\n10:00.0 11:00.0 quiet"},
		{"no rest grows to more than four times itself", rests, "at 9m: reflow 1h", "13:00.0         # Two\n13:00.0 21:00.0 quiet"},
		{"once more, on the way", rests, "at 5m: reflow 4m; at 6m: reflow 10m", "12:11.4         # Two\n12:11.4 16:00.0 quiet"},
		{"a rest that is short as it is written", "title: x\n\n[rest 3 min]\n[rest 20]\n", "at 1m: reflow 1m", "2:00.0  2:20.0  quiet"},
		{"what is fixed stays", "title: x\n\n[rest 3 min]\n[rest 3 min fixed]\n", "at 1m: reflow 4m", "2:00.0  5:00.0  quiet"},
		{"what somebody made longer stays longer", rests, "at 5m: extend 2m; at 6m: reflow 7m", "12:00.0         # Two\n12:00.0 13:00.0 quiet"},
		{"words keep a second between them", "title: x\n\n# One\nSo. [10]\nAnd so. [10]\n", "at 0s: reflow 0s", "0:00.5  say     So.\n0:01.5"},
		{"a note moves with what is left", "title: x\n\n[guide at 8 min: Soon]\n[rest 10 min]\n[rest 2 min]\n", "at 5m: reflow 7m; at 5m: reflow 14m", "11:00.0         guide   Soon"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := compile(t, parse(t, "x.txt", c.script), settings(t, c.settings)).String(); !strings.Contains(got, c.has) {
				t.Errorf("there is no\n%s\nin\n%s", c.has, got)
			}
		})
	}
}

// Wherever it can, a session ends to the millisecond when it is to; it says so by
// the same shortest and longest end, however far beyond them it is asked.
func TestReflowEndsWhenItIsTo(t *testing.T) {
	dice := rand.New(rand.NewPCG(5, 6))
	for _, s := range scripts(t) {
		for range 60 {
			whole := compile(t, s, Settings{}).Length
			at := time.Duration(dice.Int64N(int64(whole))).Truncate(time.Millisecond)
			ends := func(after time.Duration) time.Duration {
				return compile(t, s, Settings{Edits: []Edit{{At: at, Do: Reflow, By: after}}}).Length
			}
			first, last := ends(0), ends(10*time.Hour)
			if first > whole || last < whole {
				t.Fatalf("%s at %v: from %v to %v, and it was %v", s.Title, at, first, last, whole)
			}
			want := first + time.Duration(dice.Int64N(int64(last-first)+1)).Truncate(time.Millisecond)
			if got := ends(want - at); got != want {
				t.Errorf("%s at %v: it ends at %v, and was to at %v (%v to %v)", s.Title, at, got, want, first, last)
			}
		}
	}
}
