package timeline_test

import (
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"stillpoint/internal/script"
	. "stillpoint/internal/timeline"
)

// scripts are all of testdata, parsed.
func scripts(t testing.TB) (all []*script.Script) {
	files, _ := filepath.Glob("testdata/*.txt")
	for _, file := range files {
		whole, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		text, _, _ := strings.Cut(string(whole), "---\n")
		s, err := script.Parse(file, text)
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, s)
	}
	return all
}

func TestEveryLengthWithinBoundsFitsExactly(t *testing.T) {
	for _, s := range scripts(t) {
		shortest, longest, err := Bounds(s, Settings{}, ByWords)
		if err != nil {
			t.Fatal(err)
		}
		for asked := shortest; asked <= longest; asked += max(time.Millisecond, ((longest - shortest) / 97).Truncate(time.Millisecond)) {
			if got := compile(t, s, Settings{Length: asked}).Length; got != asked {
				t.Errorf("%s: asked for %v, got %v", s.Title, asked, got)
			}
		}
		for _, asked := range []time.Duration{shortest.Truncate(time.Second), longest.Truncate(time.Second) + 999*time.Millisecond} {
			if got := compile(t, s, Settings{Length: asked}).Length; (got - asked).Abs() >= time.Second {
				t.Errorf("%s: asked for %v, got %v", s.Title, asked, got)
			}
		}
		for _, asked := range []time.Duration{shortest - time.Second, longest + time.Second} {
			if _, err := Compile(s, Settings{Length: asked}, ByWords); err == nil {
				t.Errorf("%s: %v fits, outside of %v to %v", s.Title, asked, shortest, longest)
			}
		}
	}
}

func TestLeavingOutRemovesEveryPromptAboutIt(t *testing.T) {
	s := parse(t, "x.txt", "title: x\n\n[at soles]\nOne. [5]\n[rest 5]\n[at left knee, hands]\nTwo. [5]\nThree. [5]\n[outside]\nFour. [5]\n")
	for leaveOut, want := range map[string]string{
		"soles":       "Two. Three. Four.",
		"left sole":   "Two. Three. Four.",
		"palms":       "One. Four.",
		"left palm":   "One. Four.",
		"left knee":   "One. Four.",
		"right knee":  "One. Two. Three. Four.",
		"soles, palm": "Four.",
	} {
		var said []string
		tl := compile(t, s, Settings{LeaveOut: regions(t, leaveOut)})
		for _, span := range tl.Spans {
			if span.Kind == Say {
				said = append(said, span.Text)
			}
			for _, r := range span.Regions {
				for _, out := range regions(t, leaveOut) {
					if out.Touches(r) {
						t.Errorf("without %s there is still attention at %s", leaveOut, r)
					}
				}
			}
		}
		if got := strings.Join(said, " "); got != want {
			t.Errorf("without %s: %s, want %s", leaveOut, got, want)
		}
	}
}

func TestOptInRegionsRestUnlessWelcomed(t *testing.T) {
	s := parse(t, "x.txt", "title: x\n\n[at belly]\nOne. [5]\n[at nowhere]\nTwo. [5]\n")
	if got := compile(t, s, Settings{}).String(); strings.Contains(got, "One.") {
		t.Errorf("the belly is there though nobody welcomed it:\n%s", got)
	}
	if got := compile(t, s, Settings{Welcome: regions(t, "belly")}).String(); !strings.Contains(got, "One.") {
		t.Errorf("the belly was welcomed and is not there:\n%s", got)
	}
	both := Settings{Welcome: regions(t, "belly"), LeaveOut: regions(t, "belly")}
	if got := compile(t, s, both).String(); strings.Contains(got, "One.") {
		t.Errorf("leaving out must win over welcoming:\n%s", got)
	}
}

// TestEditsAgreeWithThePast makes random edits and checks that every new
// timeline is the old one up to the position of the edit.
func TestEditsAgreeWithThePast(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	changes := []Change{Skip, Stay, GoOn, Extend, Reflow, Slower, Easier, HoldPace, ToAnchor}
	for range 40 {
		for _, s := range scripts(t) {
			var set Settings
			before := compile(t, s, set)
			for range 6 {
				at := time.Duration(random.Int64N(int64(before.Length))).Truncate(time.Millisecond)
				e := Edit{At: at, Do: changes[random.IntN(len(changes))], Anchor: script.Anchors[random.IntN(6)],
					By: time.Duration(random.IntN(120_000)-60_000) * time.Millisecond}
				if e.Regions = before.RegionsAt(at); len(e.Regions) == 0 {
					e.Regions = s.Regions()
				}
				set.Edits = append(set.Edits, e)
				after := compile(t, s, set)
				if a, b := past(before, at), past(after, at); a != b {
					t.Fatalf("%s: %+v changed what was before it: %s", s.Title, e, firstDifference(a, b))
				}
				wellFormed(t, after)
				before = after
			}
		}
	}
}

// past is what a timeline showed and sounded before a position, without what
// lies ahead of it: ends, lengths and counts of things still under way.
func past(t *Timeline, at time.Duration) string {
	cut := Timeline{Length: at}
	for _, s := range t.Spans {
		if s.From < at {
			s.To, s.Of = min(s.To, at), 0
			cut.Spans = append(cut.Spans, s)
		}
	}
	for _, c := range t.Cues {
		if c.At < at {
			cut.Cues = append(cut.Cues, c)
		}
	}
	return cut.String()
}

// wellFormed checks what every timeline promises.
func wellFormed(t *testing.T, tl *Timeline) {
	t.Helper()
	line := time.Duration(0) // the single file of things that follow one another
	for i, s := range tl.Spans {
		if s.From < 0 || s.To <= s.From || s.To > tl.Length {
			t.Fatalf("span %d is [%v, %v) of %v", i, s.From, s.To, tl.Length)
		}
		if i > 0 && tl.Spans[i-1].From > s.From {
			t.Fatalf("span %d begins before the one ahead of it", i)
		}
		if s.From%time.Millisecond != 0 || s.To%time.Millisecond != 0 {
			t.Fatalf("span %d is not in whole milliseconds", i)
		}
		switch s.Kind {
		case SectionSpan, Scan, Outside:
		default:
			if s.From < line {
				t.Fatalf("%s at %v begins before the one ahead of it ended, at %v", s.Kind, s.From, line)
			}
			line = s.To
		}
	}
	if !slices.IsSortedFunc(tl.Cues, func(a, b Cue) int { return int(a.At - b.At) }) {
		t.Fatal("cues are out of order")
	}
	for _, c := range tl.Cues {
		if c.At < 0 || c.At > tl.Length || c.At+c.Length > tl.Length {
			t.Fatalf("cue %+v lies outside of %v", c, tl.Length)
		}
	}
}

// TestBetween: however the time is cut into windows, every cue falls due once.
func TestBetween(t *testing.T) {
	random := rand.New(rand.NewPCG(3, 4))
	for _, s := range scripts(t) {
		tl := compile(t, s, Settings{})
		for range 50 {
			var due []Cue
			for from := -time.Millisecond; from < tl.Length; {
				to := from + time.Duration(random.Int64N(int64(20*time.Second)))
				if next, ok := tl.Next(from); ok && random.IntN(2) == 0 {
					to = next // a timer that wakes exactly at the cue
				}
				due = append(due, tl.Between(from, to)...)
				from = to
			}
			if !slices.Equal(due, tl.Cues) {
				t.Fatalf("%s: %d cues fell due, %d there are", s.Title, len(due), len(tl.Cues))
			}
		}
	}
}

func TestQueries(t *testing.T) {
	s := parse(t, "x.txt", "title: x\n\n# One\n[at soles]\nA b c d e f g h i j k. [10]\n[wait]\n# Two\n[rest 10]\n[breathe 4-6, 2 times]\n# Three\nL. [5]\n")
	tl := compile(t, s, Settings{}) // One 0–16.001, Two 16.001–46.001, Three 46.001–…
	ms := time.Millisecond
	for _, c := range []struct {
		at              time.Duration
		until, reentry  time.Duration
		next, previous  time.Duration
		waiting, inSole bool
	}{
		{0, 16000 * ms, 0, 16001 * ms, 0, false, true},
		{12000 * ms, 16000 * ms, 0, 16001 * ms, 0, false, true},
		{16000 * ms, tl.Length, 16000 * ms, 16001 * ms, 0, true, true},
		{17000 * ms, tl.Length, 17000 * ms, 46001 * ms, 0, false, false},
		{20000 * ms, tl.Length, 20000 * ms, 46001 * ms, 16001 * ms, false, false},
		{28000 * ms, tl.Length, 26001 * ms, 46001 * ms, 16001 * ms, false, false},
		{31000 * ms, tl.Length, 30001 * ms, 46001 * ms, 16001 * ms, false, false},
		{50000 * ms, tl.Length, 46001 * ms, 0, 46001 * ms, false, false},
	} {
		next, _ := tl.NextSection(c.at)
		got := []any{tl.Until(c.at), tl.Reentry(c.at), next, tl.PreviousSection(c.at), tl.WaitingAt(c.at), len(tl.RegionsAt(c.at)) == 1}
		if want := []any{c.until, c.reentry, c.next, c.previous, c.waiting, c.inSole}; !slices.Equal(got, want) {
			t.Errorf("at %v: until, reentry, next, previous, waiting, in sole = %v, want %v", c.at, got, want)
		}
	}
}

// TestWhatPeopleAskFor are promises that edits keep to people, one by one.
func TestWhatPeopleAskFor(t *testing.T) {
	for _, c := range []struct {
		name, script, settings string
		has                    []string
		hasNot                 []string
	}{
		{"a skipped place is dark from then on, under any words", "# A\n[at soles]\nOne two. [10]\n[at soles, heels]\n[bell]\n[rest 20]\n[anchor 10]\n# B\n[at soles]\nThree. [10]\n",
			"at 2s: skip soles", []string{"0:00.0  0:02.0  scan    soles"}, []string{"Three", "scan    soles, heels"}},
		{"easier after hold, on a ramp", "[breathe from 10 to 6 a minute over 3 min]\n", "at 1m: hold; at 90s: easier", []string{"1:28.3  1:31.9  inhale  14", "1:35.6  1:38.9  inhale  15"}, nil},
		{"a pace that is held is held in the rounds that follow", "[breathe from 10 to 8 a minute over 2 min]\nHello. [10]\n[breathe from 8 to 6 a minute over 3 min]\n", "at 1m: hold", []string{"2:31.2  2:34.5  inhale  4/27", "4:21.9  4:25.2  exhale  20/27"}, nil},
		{"and a hold in a pattern holds no ramp", "[breathe 3-3, 6 times]\nHello. [10]\n[breathe from 10 to 6 a minute over 3 min]\n", "at 10s: hold", []string{"0:46.5  0:49.5  inhale  1/23", "1:17.9  1:21.2  inhale  6/23"}, nil},
		{"never more than four of these", "[breathe 4_7_8, 4 times]\n", "pace 0.5; at 2s: extend 60s", []string{"4/4"}, []string{"/5"}},
		{"a block made longer stays longer", "[breathe 4-6 for 1 min]\n", "at 5s: extend 60s; at 8s: hold", []string{"2:00.0          end"}, nil},
		{"a block made shorter stays shorter", "[breathe 4-6, 6 times]\n", "at 5s: extend -30s; at 8s: slower", []string{"/3"}, []string{"/4"}},
		{"a note still to come does not slip into the past", "length: 10 min (5 to 20)\n\n[guide at 4 min: Soon]\n[rest 5 min]\n[rest 5 min]\n", "length 12m; at 4m30s: extend 1m", []string{"5:00.0          guide   Soon"}, nil},
		{"a long rest says that it is still there", "care: trauma-sensitive\n\n[rest 70]\n", "", []string{"0:25.0          here", "0:50.0          here"}, nil},
		{"a silence nearly as long as that does not", "care: trauma-sensitive\n\n[rest 29 fixed]\n", "", nil, []string{"here"}},
		{"an anchor nobody chose is not a place left out", "[anchor 5]\n", "leave out soles, left palm", []string{"what is holding you up"}, []string{"your feet", "your hands"}},
		{"an anchor somebody chose is theirs", "[anchor 5]\n", "leave out soles; anchor feet", []string{"your feet"}, nil},
		{"skipping, going back and another anchor keep the end", "length: 3 min\n\n[at soles]\nOne. [20]\n[at heels]\nTwo. [20]\n[at nowhere]\nThree. [30]\n[anchor 30]\n", "at 1m: skip heels; at 5s: anchor sight", []string{"3:00.0          end"}, nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			text := "title: x\n"
			if !strings.Contains(c.script, ": ") || strings.HasPrefix(c.script, "#") || strings.HasPrefix(c.script, "[") {
				text += "\n"
			}
			var set Settings
			if c.settings != "" {
				set = settings(t, c.settings)
			}
			got := compile(t, parse(t, "x.txt", text+c.script), set).String()
			for _, want := range c.has {
				if !strings.Contains(got, want) {
					t.Errorf("there is no %q in\n%s", want, got)
				}
			}
			for _, not := range c.hasNot {
				if strings.Contains(got, not) {
					t.Errorf("there is %q in\n%s", not, got)
				}
			}
		})
	}
}

func TestGuestsHaveNoGuideText(t *testing.T) {
	tl := compile(t, parse(t, "x.txt", "title: x\n\n[guide: private words]\nHello. [5]\n"), Settings{})
	if !strings.Contains(tl.String(), "private words") || strings.Contains(tl.ForGuests().String(), "private words") {
		t.Error("the guide's words belong on the guide's timeline only")
	}
}

// FuzzCompile: no script that parses and no settings make Compile panic, and
// what it returns is always well formed.
func FuzzCompile(f *testing.F) {
	files, _ := filepath.Glob("testdata/*.txt")
	for _, file := range files {
		whole, _ := os.ReadFile(file)
		text, _, _ := strings.Cut(string(whole), "---\n")
		f.Add(text, int64(60_000), 1.0, int64(10_000), uint8(3), int64(5000))
	}
	changes := []Change{Skip, Stay, GoOn, Extend, Slower, Easier, HoldPace, ToAnchor, "nonsense", Reflow}
	f.Fuzz(func(t *testing.T, text string, length int64, pace float64, at int64, do uint8, by int64) {
		s, err := script.Parse("x.txt", text)
		if err != nil {
			return
		}
		const most = int64(10 * time.Hour / time.Millisecond)
		edit := Edit{At: time.Duration(at%most) * time.Millisecond, Do: changes[int(do)%len(changes)], By: time.Duration(by%most) * time.Millisecond, Regions: s.Regions()}
		tl, err := Compile(s, Settings{Length: time.Duration(length%most) * time.Millisecond, Pace: pace, Edits: []Edit{edit, edit}}, ByWords)
		if err == nil {
			wellFormed(t, tl)
		}
	})
}
