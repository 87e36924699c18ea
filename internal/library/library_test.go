package library

import (
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"stillpoint/internal/script"
	"stillpoint/internal/script/check"
	"stillpoint/internal/timeline"
)

func open(t *testing.T, folder string) *Library {
	t.Helper()
	l, err := Open(folder)
	if err != nil {
		t.Fatal(err)
	}
	return l
}

// TestBuiltIn: every built-in script is free of faults, passes the checks of
// the practice, and is exactly as long as it says, at its usual length and at
// both its bounds.
func TestBuiltIn(t *testing.T) {
	all := open(t, "").All()
	if len(all) < 12 {
		t.Fatalf("%d built-in scripts", len(all))
	}
	for _, e := range all {
		t.Run(e.ID, func(t *testing.T) {
			if e.Script == nil {
				t.Fatal(e.Faults)
			}
			for _, f := range check.Check(e.Script) {
				t.Error(f)
			}
			length := e.Script.Length
			for _, asked := range []time.Duration{length.Min, length.Want, length.Max} {
				tl, err := timeline.Compile(e.Script, timeline.Settings{Length: asked}, timeline.ByWords)
				if err != nil {
					t.Fatal(err)
				}
				if tl.Length != asked {
					t.Errorf("asked for %v: %v", asked, tl.Length)
				}
			}
			natural := *e.Script
			natural.Length = script.Length{}
			tl, err := timeline.Compile(&natural, timeline.Settings{}, timeline.ByWords)
			if err != nil {
				t.Fatal(err)
			}
			if off := (tl.Length - length.Want).Abs(); off > length.Want/4 {
				t.Errorf("as written it takes %v, far from the %v it says", tl.Length, length.Want)
			}
		})
	}
}

// TestFeetFirst is the main job's script: 10:00, and every second from 5 to 20
// minutes.
func TestFeetFirst(t *testing.T) {
	s, err := open(t, "").Script("feet-first")
	if err != nil {
		t.Fatal(err)
	}
	tl, err := timeline.Compile(s, timeline.Settings{}, timeline.ByWords)
	if err != nil || tl.Length != 10*time.Minute {
		t.Fatalf("%v, %v", tl.Length, err)
	}
	for asked := 5 * time.Minute; asked <= 20*time.Minute; asked += time.Second {
		tl, err := timeline.Compile(s, timeline.Settings{Length: asked}, timeline.ByWords)
		if err != nil {
			t.Fatal(err)
		}
		if tl.Length != asked {
			t.Fatalf("asked for %v, got %v", asked, tl.Length)
		}
	}
}

// TestOneRegionLess: leaving out any one region of any built-in script removes
// every prompt about it and still leaves a session of the usual length, or the
// nearest it can be.
func TestOneRegionLess(t *testing.T) {
	for _, e := range open(t, "").All() {
		for _, r := range e.Script.Regions() {
			tl, err := timeline.Compile(e.Script, timeline.Settings{LeaveOut: []script.Region{r}}, timeline.ByWords)
			if err != nil {
				t.Fatalf("%s without %s: %v", e.ID, r, err)
			}
			for _, span := range tl.Spans {
				if slices.ContainsFunc(span.Regions, r.Touches) {
					t.Errorf("%s without %s still goes there", e.ID, r)
				}
			}
		}
	}
}

func TestOwnFolder(t *testing.T) {
	folder := t.TempDir()
	write := func(name, text string) {
		t.Helper()
		if err := os.WriteFile(filepath.Join(folder, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	write("My Own.txt", "title: Mine\n\nHello. [5]\n")
	write("feet-first.txt", "title: Another\n\nHello. [5]\n")
	write("broken.txt", "title: Broken\n\n[fly]\n")
	write("huge.txt", strings.Repeat("x", script.MaxBytes+10))
	write("notes.md", "not a script")
	if err := os.Mkdir(filepath.Join(folder, "folder.txt"), 0o700); err != nil {
		t.Fatal(err)
	}
	outside := filepath.Join(t.TempDir(), "secret.txt")
	if err := os.WriteFile(outside, []byte("title: Secret\n\nHello.\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(outside, filepath.Join(folder, "link.txt")); err != nil {
		t.Logf("no links here: %v", err)
	}
	l := open(t, folder)
	for id, want := range map[string]string{"my-own": "Mine", "feet-first-2": "Another", "feet-first": "Feet first"} {
		if s, err := l.Script(id); err != nil || s.Title != want {
			t.Errorf("%s: %v, %v", id, s, err)
		}
	}
	for _, id := range []string{"broken", "huge"} {
		var faults script.Faults
		if _, err := l.Script(id); !errors.As(err, &faults) {
			t.Errorf("%s: %v, want its faults", id, err)
		}
	}
	if s, err := l.Script("link"); err == nil {
		t.Errorf("a link out of the folder was followed: %s", s.Title)
	}
	write("later.txt", "title: Later\n\nHello. [5]\n")
	if _, err := l.Script("later"); err == nil {
		t.Error("the folder was looked at without being asked")
	}
	if err := l.Refresh(); err != nil {
		t.Fatal(err)
	}
	if _, err := l.Script("later"); err != nil {
		t.Error(err)
	}
}

func TestUnknownNamesWhatIsNear(t *testing.T) {
	_, err := open(t, "").Find("feet-frist")
	var unknown *Unknown
	if !errors.As(err, &unknown) || len(unknown.Near) == 0 || unknown.Near[0] != "feet-first" {
		t.Errorf("%v", err)
	}
}
