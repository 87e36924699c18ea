package library

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"stillpoint/internal/script"
	"stillpoint/internal/timeline"
)

func translations(t *testing.T) (all []Entry) {
	t.Helper()
	for _, e := range open(t, "").All() {
		if e.Original != "" {
			all = append(all, e)
		}
	}
	if len(all) == 0 {
		t.Fatal("there are no translations")
	}
	return all
}

// TestTranslationsAreTheSameSession: only the words of a translation are its own.
// It goes to the same places in the same order, with the same silences, breaths
// and sounds, and offers the same lengths.
func TestTranslationsAreTheSameSession(t *testing.T) {
	for _, e := range translations(t) {
		t.Run(e.ID, func(t *testing.T) {
			original, err := open(t, "").Script(e.Original)
			if err != nil {
				t.Fatal(err)
			}
			if want := e.Original + "." + e.Script.Language; e.ID != want {
				t.Errorf("its language is %s, so its id would be %s", e.Script.Language, want)
			}
			if got, want := shape(e.Script), shape(original); !slices.Equal(got, want) {
				t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
			}
			if e.Script.Title == original.Title || e.Script.Summary == original.Summary {
				t.Error("its title or summary is still the original's")
			}
		})
	}
}

var lineNumber = regexp.MustCompile(`At:\d+ ?`)

// shape is everything of a script but its words and line numbers.
func shape(s *script.Script) []string {
	lines := []string{fmt.Sprint(s.Kind, s.Care, s.Length, s.Author)}
	for _, section := range s.Sections {
		lines = append(lines, "#")
		for _, item := range section.Items {
			if prompt, ok := item.(script.Prompt); ok {
				prompt.Text = ""
				item = prompt
			}
			lines = append(lines, lineNumber.ReplaceAllString(fmt.Sprintf("%T %+v", item, item), ""))
		}
	}
	return lines
}

// TestEveryLanguageHasTheSameScripts: whoever reads a language finds in it what
// there is in another; `ground` is among them.
func TestEveryLanguageHasTheSameScripts(t *testing.T) {
	has := map[string][]string{}
	for _, e := range translations(t) {
		has[e.Script.Language] = append(has[e.Script.Language], e.Original)
	}
	for language, ids := range has {
		if want := []string{"easy-starter", "feet-first", "grounding"}; !slices.Equal(ids, want) {
			t.Errorf("%s has %v, want %v", language, ids, want)
		}
	}
}

// TestTranslationsPrinted: how each translation goes, as `stillpoint print` shows
// it; the files can be read by anyone.
func TestTranslationsPrinted(t *testing.T) {
	for _, e := range translations(t) {
		t.Run(e.ID, func(t *testing.T) {
			tl, err := timeline.Compile(e.Script, timeline.Settings{}, timeline.ByWords)
			if err != nil {
				t.Fatal(err)
			}
			got := tl.String()
			file := filepath.Join("testdata", e.ID+".txt")
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
				t.Errorf("got\n%s\nwant\n%s", got, want)
			}
		})
	}
}
