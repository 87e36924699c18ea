package library

import (
	"cmp"
	"flag"
	"fmt"
	"maps"
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

var update = flag.Bool("update", false, "write the golden files anew")

// TestComposedGolden compares the script of each id with what stands below its line
// of dashes.
func TestComposedGolden(t *testing.T) {
	files, _ := filepath.Glob("testdata/composed/*.txt")
	if len(files) < 5 {
		t.Fatal("no golden files")
	}
	for _, file := range files {
		whole, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		id, want, _ := strings.Cut(string(whole), "\n---\n")
		s, err := open(t, "").Script(id)
		if err != nil {
			t.Fatal(err)
		}
		got := script.Format(s)
		if *update {
			if err := os.WriteFile(file, []byte(id+"\n---\n"+got), 0o644); err != nil {
				t.Fatal(err)
			}
		} else if got != want {
			t.Errorf("%s has changed (go test -update writes it anew):\n%s", id, got)
		}
	}
}

// TestComposedOfEveryPattern: each pattern of the table, at every length a person may
// choose, is kind: all the checks of the practice but the one about holds, which
// stand behind their advisory; as many breaths as were asked for; outside between.
func TestComposedOfEveryPattern(t *testing.T) {
	var asked []string
	for _, p := range script.Patterns() {
		for _, minutes := range []int{1, 2, 3, 4, 5, 10, 20} {
			text := fmt.Sprintf("%s for %d min", p.ID, minutes)
			if p.Most > 0 {
				text = fmt.Sprintf("%s, %d times", p.ID, min(minutes, p.Most))
			}
			asked = append(asked, text)
		}
	}
	asked = append(asked, "from 10 to 6 a minute over 3 min", "from own to 6 a minute over 12 min, out longer", "from own to 10 a minute over 5 min",
		"from 20 to 4.5 a minute over 7 min", "from own to 4.5 a minute over 15 min, out longer", "from 6 to 10 a minute over 10 min", "8-0-4-0 for 7 min", "4-0-6-0, 1 time", "natural for 1 s", "10-0-10-0 for 20 min")
	for language := range spoken {
		t.Run(language, func(t *testing.T) {
			lib := open(t, "")
			for _, text := range asked {
				kind(t, lib, language, text)
			}
		})
	}
}

func kind(t *testing.T, lib *Library, language, text string) {
	t.Helper()
	asked, err := script.ParseBreathe("", text)
	if err != nil {
		t.Fatal(err)
	}
	s, err := lib.Script(strings.TrimSuffix("breathe."+language, ".") + ":" + text)
	if err != nil {
		t.Fatalf("%s: %v", text, err)
	}
	if s.Language != cmp.Or(language, "en") {
		t.Errorf("%s speaks %s", text, s.Language)
	}
	if s.Level() != asked.Level() || s.Holds() != asked.Pattern.Holds() || s.UsesOwnPace() != (asked.Ramp != nil && asked.Ramp.From == 0) {
		t.Errorf("%s: level %d, holds %v", text, s.Level(), s.Holds())
	}
	careful := *s
	careful.Care = true
	for _, f := range check.Check(&careful) {
		if !strings.Contains(f.What, "holds the breath") {
			t.Errorf("%s: %v", text, f)
		}
	}
	breathing(t, text, asked, s)
	for _, item := range s.Items() {
		if p, ok := item.(script.Prompt); ok && !slices.Contains(ComposedTexts(language), p.Text) {
			t.Errorf("%s says what no narrator is asked to: %s", text, p.Text)
		}
	}
	tl, err := timeline.Compile(s, timeline.Settings{}, timeline.ByWords)
	if err != nil {
		t.Fatalf("%s: %v", text, err)
	}
	for _, v := range []timeline.Settings{{Length: tl.Length}, {TextOnly: true}, {OwnPace: 8}, {OwnPace: 20}, {Pace: 2}, {Pace: 0.5}} {
		if _, err := timeline.Compile(s, v, timeline.ByWords); err != nil {
			t.Errorf("%s: %v", text, err)
		}
	}
}

// breathing compares what is breathed with what was asked for.
func breathing(t *testing.T, text string, asked script.Breathe, s *script.Script) {
	t.Helper()
	var last script.Breathe
	breaths, length, rates := 0, time.Duration(0), []float64{}
	for _, item := range s.Items() {
		b, ok := item.(script.Breathe)
		if !ok {
			continue
		}
		length += b.Length()
		if b.Ramp == nil {
			breaths += breathsOf(b)
			continue
		}
		if last.Ramp != nil && last.Ramp.To != b.Ramp.From {
			t.Errorf("%s: a round begins at %v after one that ends at %v", text, b.Ramp.From, last.Ramp.To)
		}
		last, rates = b, append(rates, b.Ramp.To)
	}
	switch {
	case asked.Ramp != nil:
		if length < asked.Length()-time.Duration(len(rates))*time.Second || length > asked.Length()+time.Duration(len(rates))*25*time.Second || last.Ramp.To != asked.Ramp.To {
			t.Errorf("%s: it takes %v and comes to %v", text, length, last.Ramp.To)
		}
		if !slices.IsSorted(rates) && !slices.IsSortedFunc(rates, func(a, b float64) int { return int(1000 * (b - a)) }) {
			t.Errorf("%s: to and fro, %v", text, rates)
		}
	case asked.Paced() && breaths != breathsOf(asked):
		t.Errorf("%s: %d breaths, not %d", text, breaths, breathsOf(asked))
	case !asked.Paced() && length != asked.For:
		t.Errorf("%s: it takes %v", text, length)
	}
}

// breathsOf counts by rounding, as a timeline does.
func breathsOf(b script.Breathe) int {
	if b.Times > 0 || !b.Paced() {
		return b.Times
	}
	return int(float64(b.For)/float64(b.Pattern.Length()) + 0.5)
}

// TestComposedSaysWhatItIs: title and summary name the breath, whether it is held,
// and what is short is a settling.
func TestComposedSaysWhatItIs(t *testing.T) {
	for text, want := range map[string][2]string{
		"extend_4_6 for 10 min":                        {"Longer out, 4 in and 6 out", "Paced breathing, 4 in, 6 out, 60 times, in 5 rounds with the room in between; no holds, one bell to open and one to close."},
		"4-0-6-0, 6 times":                             {"4 in, 6 out", "A short settling with paced breathing, 4 in, 6 out, 6 times; no holds, no bells."},
		"box_3, 1 time":                                {"Small box: in, hold, out, rest, 3 each", "A short settling with paced breathing, 3 in, hold 3, 3 out, rest 3, once; the breath is held in each, no bells."},
		"cyclic_sigh, 2 times":                         {"Sigh: in, a little more, long out", "A short settling with paced breathing, 3 in, 1 in, 8 out, 2 times; no holds, no bells."},
		"natural for 6 min":                            {"As it comes", "The breath as it comes, with sounds, hands and sight beside it, in 3 rounds with the room in between; no holds, one bell to open and one to close."},
		"from own to 6.5 a minute over 5 min":          {"From your own pace to 6.5 a minute", "Paced breathing, in 3 rounds with the room in between; no holds, one bell to open and one to close."},
		"from 10 to 6 a minute over 3 min, out longer": {"From 10 to 6 a minute", "A short settling with paced breathing, in 2 rounds with the room in between; no holds, one bell to open and one to close."},
		"from 6 to 6 a minute over 100 s, out longer":  {"At 6 a minute", "A short settling with paced breathing; no holds, no bells."},
		".de:from own to 6.5 a minute over 5 min":      {"Von deinem eigenen Tempo bis 6,5 in der Minute", "Geführtes Atmen, in 3 Runden mit dem Raum dazwischen; ohne Anhalten, eine Glocke am Anfang und eine am Ende."},
		".de:4-0-6.5-0, 6 times":                       {"4 ein, 6,5 aus", "Ein kurzes Ankommen mit geführtem Atmen, 4 ein, 6,5 aus, 6 Mal; ohne Anhalten, ohne Glocken."},
		".es:box_3, 1 time":                            {"Cuadrado pequeño: entra, pausa, sale, descansa, 3 cada vez", "Un breve asentarse con respiración guiada, 3 al entrar, 3 de pausa, 3 al salir, 3 de descanso, una vez; el aire se retiene cada vez, sin campanas."},
	} {
		if text[0] != '.' {
			text = ":" + text
		}
		s, err := open(t, "").Script("breathe" + text)
		if err != nil {
			t.Fatal(err)
		}
		if s.Title != want[0] || s.Summary != want[1] {
			t.Errorf("%s: %s\n%s", text, s.Title, s.Summary)
		}
	}
}

// TestEveryLanguageSaysTheSame: what a composed script says in English it says in
// every other language, of the same patterns, and in other words.
func TestEveryLanguageSaysTheSame(t *testing.T) {
	for language, said := range spoken {
		if said == &english {
			continue
		}
		texts, here := ComposedTexts("en"), ComposedTexts(language)
		if len(here) != len(texts) || !slices.Equal(keys(said.patterns), keys(english.patterns)) {
			t.Errorf("%s has %d texts, of %v", language, len(here), keys(said.patterns))
		}
		for _, text := range here {
			if text == "" || slices.Contains(texts, text) {
				t.Errorf("%s: %q", language, text)
			}
		}
		for _, p := range script.Patterns() {
			if name := said.names[p.ID]; name == "" || name == p.Name {
				t.Errorf("%s: %s is called %q", language, p.ID, name)
			}
		}
	}
}

func keys(m map[string]string) []string { return slices.Sorted(maps.Keys(m)) }

func TestComposedRefusesWhatADirectionRefuses(t *testing.T) {
	for id, what := range map[string]string{
		"breathe:1-1 for 5 min":                           "fast breathing is never offered",
		"breathe:4-9-8-0 for 5 min":                       "longer than 8 seconds",
		"breathe:4_7_8, 5 times":                          "more than the 4",
		"breathe:extend_4_6":                              "has no end",
		"breathe:":                                        "has no pattern",
		"breathe:extend_4_6 for 61 min":                   "more than an hour",
		"breathe:from 20 to 4.5 a minute over 30 s":       "too short",
		"breathe:extend_4_6 for 5 min\n[guide: hello]":    "",
		"breathe:extend_4_6 for 5 min\x00":                "",
		"breathe.xx:extend_4_6 for 5 min":                 "there is no script",
		"breathe":                                         "there is no script",
		"Breathe:extend_4_6 for 5 min":                    "there is no script",
		"breathe:4-6, 6 times" + strings.Repeat(" ", 200): "there is no script",
	} {
		if s, err := open(t, "").Script(id); err == nil || !strings.Contains(err.Error(), what) {
			t.Errorf("%q: %v, %v", id, s, err)
		}
	}
}

// FuzzCompose: no id makes it panic, and each that is accepted is a script that reads
// back as it is, is bounded, and takes a time.
func FuzzCompose(f *testing.F) {
	for _, text := range []string{"extend_4_6 for 5 min", "4-0-6-0, 6 times", "from own to 6 a minute over 9 min, out longer", "natural for 1 h", "4.36-0-6.55-0 for 59 min", "from 20 to 4.5 a minute over 7 min", "from own to 4.5 a minute over 15 min, out longer", "1-2 for 60 min"} {
		f.Add("breathe:" + text)
		f.Add("breathe.de:" + text)
	}
	f.Fuzz(func(t *testing.T, id string) {
		e, ok := compose(id)
		if !ok || e.Script == nil {
			return
		}
		text := script.Format(e.Script)
		again, err := script.Parse("again", text)
		if err != nil || script.Format(again) != text {
			t.Fatalf("%q: %v\n%s", id, err, text)
		}
		tl, err := timeline.Compile(e.Script, timeline.Settings{}, timeline.ByWords)
		if err != nil || tl.Length <= 0 || tl.Length > 2*time.Hour {
			t.Fatalf("%q: %v", id, err)
		}
	})
}

// TestComfortFinder keeps to its protocol: about a minute of rest and then two minutes at
// each of the five paces, slower step by step, each with a wait after it, and the
// closing as the last section, so that one can go there from any of them.
func TestComfortFinder(t *testing.T) {
	s, err := open(t, "").Script("comfort-finder")
	if err != nil {
		t.Fatal(err)
	}
	var rates []string
	waits := 0
	for _, section := range s.Sections {
		for i, item := range section.Items {
			switch item := item.(type) {
			case script.Breathe:
				rates = append(rates, item.Pattern.ID)
				if item.For != 2*time.Minute {
					t.Errorf("%s lasts %v", item.Pattern.ID, item.For)
				}
			case script.Wait:
				if waits++; i != len(section.Items)-1 || len(rates) != waits {
					t.Errorf("a wait stands in the middle of %s", section.Title)
				}
			}
		}
	}
	if want := []string{"resonance_6.5", "resonance_6", "resonance_5.5", "resonance_5", "resonance_4.5"}; !slices.Equal(rates, want) || waits != 5 {
		t.Errorf("%v, %d waits", rates, waits)
	}
	tl, err := timeline.Compile(s, timeline.Settings{}, timeline.ByWords)
	if err != nil {
		t.Fatal(err)
	}
	if s.Sections[len(s.Sections)-1].Title != "Closing" || strings.Contains(strings.ToLower(script.Format(s)), "frequency") {
		t.Error("it ends elsewhere, or claims more than it finds")
	}
	rest := time.Duration(0)
	for _, sp := range tl.Spans {
		if sp.Kind == timeline.SectionSpan {
			if rest > 0 && sp.From-rest < 55*time.Second {
				t.Errorf("at %v it rests for %v", rest, sp.From-rest)
			}
			if rest = 0; sp.Text == "A rest" {
				rest = sp.From
			}
		}
	}
}
