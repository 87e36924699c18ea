package script

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"time"
)

const title = "title: Test\n\n"

// items are those of a script with one section, or a failed test.
func items(t *testing.T, body string) []Item {
	t.Helper()
	s, err := Parse("test.txt", title+body)
	if err != nil {
		t.Fatal(err)
	}
	var all []Item
	for _, i := range s.Items() {
		all = append(all, i)
	}
	return all
}

func TestParseHeader(t *testing.T) {
	s, err := Parse("a.txt", "\ufefftitle: Slow  breaths\r\nsummary: In: and out.\r\nlanguage: de-AT\r\nlength: 10 min (5 to 20)\r\n"+
		"kind: Breathing\r\ncare: trauma-sensitive\r\nauthor: A\r\nreviewer:\r\n\r\n[bell]\r\n")
	if err != nil {
		t.Fatal(err)
	}
	want := &Script{
		Title: "Slow breaths", Summary: "In: and out.", Language: "de-AT", Kind: Breathing, Care: true, Author: "A",
		Length:   Length{Want: 10 * time.Minute, Min: 5 * time.Minute, Max: 20 * time.Minute},
		Sections: []Section{{Line: 10, Items: []Item{Bell{At: 10}}}},
	}
	if !reflect.DeepEqual(s, want) {
		t.Errorf("got %+v\nwant %+v", s, want)
	}
}

func TestParseBody(t *testing.T) {
	sole := Region{ID: "sole"}
	tests := []struct {
		name, body string
		want       []Item
	}{
		{"a silence belongs to its prompt", "Welcome. [7]", []Item{Prompt{3, "Welcome.", Silence{Length: 7 * time.Second}}}},
		{"a fixed one", "Welcome. [7.5 fixed]", []Item{Prompt{3, "Welcome.", Silence{7500 * time.Millisecond, true}}}},
		{"with its unit", "Welcome. [1 min]", []Item{Prompt{3, "Welcome.", Silence{Length: time.Minute}}}},
		{"lines run on", "Welcome\n  to\t\tthis.\n\nGo on.", []Item{Prompt{At: 3, Text: "Welcome to this."}, Prompt{At: 6, Text: "Go on."}}},
		{"brackets end a prompt", "One. [7]\nTwo.", []Item{Prompt{3, "One.", Silence{Length: 7 * time.Second}}, Prompt{At: 4, Text: "Two."}}},
		{"and so does a direction", "One.\n[wait]\nTwo.", []Item{Prompt{At: 3, Text: "One."}, Wait{4}, Prompt{At: 5, Text: "Two."}}},
		{"directions after a prompt come after its silence", "One. [at soles] [7] [bell]",
			[]Item{Prompt{3, "One.", Silence{Length: 7 * time.Second}}, Place{3, []Region{sole}}, Bell{At: 3}}},
		{"comments are nowhere", "One\n// aside [\ntwo.", []Item{Prompt{At: 3, Text: "One two."}}},
		{"a number alone is a rest", "[60]", []Item{Quiet{At: 3, Length: time.Minute}}},
		{"guides", "[guide: Knock first] [guide at 90: Knock]", []Item{Guide{3, -1, "Knock first"}, Guide{3, 90 * time.Second, "Knock"}}},
		{"natural", "[breathe natural for 3 min]", []Item{Breathe{At: 3, Pattern: Pattern{ID: "natural", Name: "As it comes", Every: 25 * time.Second}, For: 3 * time.Minute}}},
		{"a ramp", "[breathe from own to 6 a minute over 5 min, out longer]",
			[]Item{Breathe{At: 3, Ramp: &Ramp{To: 6, Over: 5 * time.Minute, OutLonger: true}}}},
		{"an ambience and none", "[ambience rain][ambience off]", []Item{Ambience{3, "rain"}, Ambience{At: 3}}},
		{"an anchor", "[anchor 14]", []Item{AnchorPrompt{3, Silence{Length: 14 * time.Second}}}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := items(t, tt.body); !reflect.DeepEqual(got, tt.want) {
				t.Errorf("got %+v\nwant %+v", got, tt.want)
			}
		})
	}
}

func TestParseSections(t *testing.T) {
	s, err := Parse("a.txt", title+"Before.\n\n# One\n## Two\n[wait]\n")
	if err != nil {
		t.Fatal(err)
	}
	want := []Section{
		{Line: 3, Items: []Item{Prompt{At: 3, Text: "Before."}}},
		{Line: 5, Title: "One"},
		{Line: 6, Title: "Two", Items: []Item{Wait{7}}},
	}
	if !reflect.DeepEqual(s.Sections, want) {
		t.Errorf("got %+v\nwant %+v", s.Sections, want)
	}
}

func TestHeaderLength(t *testing.T) {
	const m = time.Minute
	tests := []struct {
		text string
		want Length
		back string
	}{
		{"60 s", Length{m, m, m}, "60 s"},
		{"10 min", Length{10 * m, 10 * m, 10 * m}, "10 min"},
		{"2.5 min", Length{150 * time.Second, 150 * time.Second, 150 * time.Second}, "2.5 min"},
		{"1 h", Length{60 * m, 60 * m, 60 * m}, "60 min"},
		{"1 h 30 min (60 to 120)", Length{90 * m, 60 * m, 120 * m}, "90 min (60 to 120)"},
		{"1 h (30 to 90 min)", Length{60 * m, 30 * m, 90 * m}, "60 min (30 to 90)"},
		{"10 min (90 s to 20)", Length{10 * m, 90 * time.Second, 20 * m}, "10 min (1.5 to 20)"},
		{"61 s (60 to 600)", Length{61 * time.Second, m, 10 * m}, "61 s (60 to 600)"},
		{"", Length{}, ""},
	}
	for _, tt := range tests {
		got, p := headerLength(tt.text)
		if p != nil {
			t.Errorf("%q: %s", tt.text, p.what)
		} else if got != tt.want || got.String() != tt.back {
			t.Errorf("%q: got %v, %q; want %v, %q", tt.text, got, got.String(), tt.want, tt.back)
		}
	}
	for _, text := range []string{"5 h", "0 min", "10 min (0 to 20)", "10 min (5 to 20", "10 min (20 to 5)", "-5 min", "99999999 h", "(5 to 20)"} {
		if l, p := headerLength(text); p == nil {
			t.Errorf("%q: got %v, want a fault", text, l)
		}
	}
}

func TestUnreadableTexts(t *testing.T) {
	tests := []struct{ name, text, want string }{
		{"empty", "", "a.txt:1: the text is empty"},
		{"blank", " \n\n\t", "a.txt:1: the text is empty"},
		{"too long", title + strings.Repeat("a word ", 45000), "a.txt:1: the text is longer than 256 KiB"},
		{"NUL", title + "Wel\x00come.", "a.txt:3: there is a character here that is not text (U+0000)"},
		{"Latin-1", title + "\n\nF\xfc\xdfe", "a.txt:5: this is not UTF-8 text"},
		{"many sections", title + strings.Repeat("# Section\n\n", 10000), "a.txt:10003: there are more than 5000 sections"},
		{"many directions on a line", title + strings.Repeat("[bell]", 10000), "a.txt:3: there are more than 5000 sections"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			s, err := Parse("a.txt", tt.text)
			var faults Faults
			if !errors.As(err, &faults) || s != nil {
				t.Fatalf("got %v, %v; want only faults", s, err)
			}
			if len(faults) != 1 || !strings.HasPrefix(err.Error(), tt.want) || faults[0].Try == "" {
				t.Errorf("got %v\nwant %s…", err, tt.want)
			}
		})
	}
}

func TestManyFaults(t *testing.T) {
	_, err := Parse("a.txt", title+strings.Repeat("[sing]\n", 60))
	var faults Faults
	if !errors.As(err, &faults) || len(faults) != MaxFaults+1 {
		t.Fatalf("got %d faults, want %d and one that counts the others", len(faults), MaxFaults)
	}
	if got, want := faults[MaxFaults].Error(), "a.txt:53: 10 more from here on. Try: mend those above first, then look again"; got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
}

// TestParseIsQuick holds the texts that cost most to half a second at their
// best, race detector and busy machine included; without either they take less
// than a tenth.
func TestParseIsQuick(t *testing.T) {
	fill := func(unit string) string { return title + strings.Repeat(unit, (MaxBytes-100)/len(unit)) }
	texts := map[string]string{
		"one prompt":         fill("word "),
		"prompts":            fill("word\n\n"),
		"regions":            title + "[at " + strings.Repeat("sole,", 50000) + "]",
		"regions and":        title + "[at " + strings.Repeat("sole and ", 28000) + "sole]",
		"unknown regions":    fill("[at elbowses kneeses]\n"),
		"unknown patterns":   fill("[breathe extend_4_7 for 2 min]\n"),
		"unknown keys":       strings.Repeat("titlex: a\n", 20000),
		"one long word":      title + "[" + strings.Repeat("x", 250000) + "]",
		"seconds":            title + "[breathe " + strings.Repeat("4-", 100000) + "4 for 2 min]",
		"open brackets":      title + strings.Repeat("[", 250000),
		"brackets":           title + strings.Repeat("[]", 120000),
		"hashes":             fill("#\n"),
		"breaths":            fill("[breathe box_4, 3 times]"),
		"silences of one":    title + "Word " + strings.Repeat("[7] ", 60000),
		"one of every kind":  fill("Word [7][at soles][breathe 4-6, 6 times]\n"),
		"replacement runes":  fill("\ufffd"),
		"a header of colons": strings.Repeat(":", 250000),
	}
	for name, text := range texts {
		t.Run(name, func(t *testing.T) {
			if len(text) > MaxBytes {
				t.Fatalf("%d bytes are not read at all", len(text))
			}
			took := time.Hour
			for range 3 {
				start := time.Now()
				Parse("a.txt", text)
				took = min(took, time.Since(start))
			}
			t.Log(took)
			if took > 500*time.Millisecond {
				t.Errorf("took %v", took)
			}
		})
	}
}

func TestTimesAddUp(t *testing.T) {
	if _, err := Parse("a.txt", title+"[rest 2 h]\n[rest 2 h]"); err != nil {
		t.Error(err)
	}
	_, err := Parse("a.txt", title+"[rest 2 h]\n[rest 2 h]\nA word. [1]\nAnd one. [1]")
	if want := "a.txt:5: with this the times written add up to more than 4 hours. Try: shorter times, or two scripts"; err == nil || err.Error() != want {
		t.Errorf("got  %v\nwant %s", err, want)
	}
}

func TestFactsOfAScript(t *testing.T) {
	s, err := Parse("a.txt", title+`[bell] [ambience rain] [at left sole, heels]
[breathe natural for 1 min]
[at soles, left sole] [ambience off] [ambience rain] [ambience pink] [bell closing] [at left sole]
# Later
[breathe coherent_5.5, 6 times] [breathe from own to 6 a minute over 4 min]`)
	if err != nil {
		t.Fatal(err)
	}
	got := fmt.Sprint(s.Regions(), s.Bells(), s.Ambiences(), s.Level(), s.Holds(), s.Paced(), s.UsesOwnPace())
	if want := "[left sole heels soles] 2 [rain pink] 1 false true true"; got != want {
		t.Errorf("got %s\nwant %s", got, want)
	}
	s, err = Parse("a.txt", title+"[breathe natural for 1 min]")
	if err != nil {
		t.Fatal(err)
	}
	got = fmt.Sprint(s.Regions(), s.Bells(), s.Ambiences(), s.Level(), s.Holds(), s.Paced(), s.UsesOwnPace())
	if want := "[] 0 [] 0 false false false"; got != want {
		t.Errorf("got %s\nwant %s", got, want)
	}
	if s, err = Parse("a.txt", title+"[breathe box_3, 6 times]"); err != nil || !s.Holds() || s.Level() != 2 {
		t.Errorf("box_3: %v, holds %v, level %d", err, s.Holds(), s.Level())
	}
}

func FuzzParse(f *testing.F) {
	files, _ := filepath.Glob("testdata/*/*.txt")
	for _, file := range files {
		content, err := os.ReadFile(file)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(string(content))
	}
	f.Add("title: a\r\rb\u2028# c\n[4]\xff")
	f.Fuzz(func(t *testing.T, text string) {
		s, err := Parse("a.txt", text)
		if err != nil {
			bounded(t, err)
			return
		}
		once := Format(s)
		again, err := Parse("a.txt", once)
		if err != nil {
			t.Fatalf("%v\nin the canonical form\n%s", err, once)
		}
		if twice := Format(again); twice != once {
			t.Fatalf("once\n%s\ntwice\n%s", once, twice)
		}
		if !reflect.DeepEqual(unlined(s), unlined(again)) {
			t.Fatalf("got %+v\nfrom %+v", again, s)
		}
	})
}

// bounded fails the test when faults say too much, too little, or in no order.
func bounded(t *testing.T, err error) {
	faults := err.(Faults)
	if len(faults) == 0 || len(faults) > MaxFaults+1 {
		t.Fatalf("%d faults", len(faults))
	}
	last := 0
	for _, fault := range faults {
		if fault.Line < max(1, last) || fault.What == "" || fault.Try == "" || len(fault.Error()) > 700 || strings.Contains(fault.Error(), "\n") {
			t.Fatalf("after line %d: %q", last, fault.Error())
		}
		last = fault.Line
	}
}

// unlined is a script with every line forgotten.
func unlined(s *Script) *Script {
	c := *s
	c.Sections = nil
	for _, section := range s.Sections {
		u := Section{Title: section.Title}
		for _, item := range section.Items {
			v := reflect.New(reflect.TypeOf(item)).Elem()
			v.Set(reflect.ValueOf(item))
			v.FieldByName("At").SetInt(0)
			u.Items = append(u.Items, v.Interface().(Item))
		}
		c.Sections = append(c.Sections, u)
	}
	return &c
}
