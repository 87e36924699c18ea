package timeline_test

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"stillpoint/internal/script"
	. "stillpoint/internal/timeline"
)

var update = flag.Bool("update", false, "write the golden files anew")

// TestGolden compares each script of testdata with the timeline below its line
// of dashes. A line beginning `//` right after the dashes is the settings.
func TestGolden(t *testing.T) {
	files, _ := filepath.Glob("testdata/*.txt")
	if len(files) == 0 {
		t.Fatal("no golden files")
	}
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txt"), func(t *testing.T) {
			whole, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			text, want, _ := strings.Cut(string(whole), "---\n")
			got := printed(t, filepath.Base(file), text)
			if *update {
				if err := os.WriteFile(file, []byte(text+"---\n"+got), 0o644); err != nil {
					t.Fatal(err)
				}
				return
			}
			if got != want {
				t.Errorf("the timeline has changed (go test -update writes it anew).\n%s", firstDifference(want, got))
			}
		})
	}
}

// printed is the timeline of a script; its `// settings:` comments compile it
// again, each in its own part.
func printed(t *testing.T, name, text string) string {
	t.Helper()
	s := parse(t, name, text)
	var out strings.Builder
	out.WriteString(compile(t, s, Settings{}).String())
	for line := range strings.Lines(text) {
		asked, ok := strings.CutPrefix(strings.TrimSpace(line), "// settings: ")
		if !ok {
			continue
		}
		fmt.Fprintf(&out, "--- %s\n", asked)
		tl, err := Compile(s, settings(t, asked), ByWords)
		if err != nil {
			fmt.Fprintln(&out, err)
			continue
		}
		out.WriteString(tl.String())
	}
	return out.String()
}

// settings reads "length 5m; leave out chest; welcome belly; anchor sounds;
// pace 1.2; beneath rain; text only; at 1m30s: skip soles; at 2m: extend 30s".
func settings(t *testing.T, text string) (set Settings) {
	t.Helper()
	for _, part := range strings.Split(text, "; ") {
		word, rest, _ := strings.Cut(part, " ")
		switch {
		case word == "length":
			set.Length = duration(t, rest)
		case strings.HasPrefix(part, "leave out "):
			set.LeaveOut = regions(t, strings.TrimPrefix(part, "leave out "))
		case word == "welcome":
			set.Welcome = regions(t, rest)
		case word == "anchor":
			set.Anchor = script.Anchor(rest)
		case word == "pace":
			fmt.Sscan(rest, &set.Pace)
		case word == "own":
			fmt.Sscan(rest, &set.OwnPace)
		case word == "beneath":
			set.Ambience = rest
		case part == "text only":
			set.TextOnly = true
		case word == "at":
			when, what, _ := strings.Cut(rest, ": ")
			do, more, _ := strings.Cut(what, " ")
			e := Edit{At: duration(t, when), Do: Change(do)}
			switch e.Do {
			case Skip:
				e.Regions = regions(t, more)
			case Extend, Reflow:
				e.By = duration(t, more)
			case ToAnchor:
				e.Anchor = script.Anchor(more)
			}
			set.Edits = append(set.Edits, e)
		default:
			t.Fatalf("settings: what is %q?", part)
		}
	}
	return set
}

func duration(t *testing.T, text string) time.Duration {
	t.Helper()
	d, err := time.ParseDuration(text)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func regions(t *testing.T, text string) []script.Region {
	t.Helper()
	r, err := script.ParseRegions(text)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func parse(t *testing.T, name, text string) *script.Script {
	t.Helper()
	s, err := script.Parse(name, text)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func compile(t *testing.T, s *script.Script, set Settings) *Timeline {
	t.Helper()
	tl, err := Compile(s, set, ByWords)
	if err != nil {
		t.Fatal(err)
	}
	return tl
}

func firstDifference(want, got string) string {
	w, g := strings.Split(want, "\n"), strings.Split(got, "\n")
	for i := range max(len(w), len(g)) {
		var a, b string
		if i < len(w) {
			a = w[i]
		}
		if i < len(g) {
			b = g[i]
		}
		if a != b {
			return fmt.Sprintf("line %d\nwant %s\ngot  %s", i+1, a, b)
		}
	}
	return ""
}
