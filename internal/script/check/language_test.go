package check

import (
	"slices"
	"strings"
	"testing"
)

// Every language judges what English judges: what a list itself proposes passes,
// and each phrase on it is found where it stands, in capital letters too.
func TestEveryLanguageHasItsWords(t *testing.T) {
	for language, l := range lists {
		t.Run(language, func(t *testing.T) {
			header := "care: trauma-sensitive\nlanguage: " + language
			kind := l.eyes + " [5]\n" + l.soft + " [5]\n[breathe 4-6, 2 times]\n"
			if faults := Check(parsed(t, header, kind)); faults != nil {
				t.Errorf("what the list proposes: %v", faults)
			}
			for _, h := range l.harsh {
				said := strings.ToUpper(h.phrase[:1]) + h.phrase[1:] + "."
				faults := Check(parsed(t, header, kind+said+"\n"))
				if len(faults) != 1 || !strings.HasPrefix(faults[0].What, `"`+h.phrase+`"`) || faults[0].Try != h.kinder {
					t.Errorf("%q: %v", said, faults)
				}
			}
			for _, phrase := range l.closing {
				if faults := Check(parsed(t, header, kind+phrase+"\n")); len(faults) != 1 || !strings.Contains(faults[0].What, "leaves no other choice") {
					t.Errorf("%q: %v", phrase, faults)
				}
			}
			if faults := Check(parsed(t, header, "X. [5]\n[breathe 4-6, 2 times]\n")); len(faults) != 2 {
				t.Errorf("no open eyes, and nothing against filling up: %v", faults)
			}
		})
	}
}

// Every row of a language is an offer of open eyes, and none without its last word.
func TestOffersOfOpenEyes(t *testing.T) {
	for language, l := range lists {
		for _, row := range l.openEyes {
			whole := wordsOf(strings.Join(row, " and "))
			if l.offersOpenEyes(whole) != len(whole) || l.offersOpenEyes(whole[:len(whole)-1]) != 0 {
				t.Errorf("%s: %q", language, row)
			}
		}
	}
}

// Whatever a list proposes is free of what it forbids.
func TestKinderWordsAreKind(t *testing.T) {
	for language, l := range lists {
		for _, h := range l.harsh {
			said := wordsOf(h.kinder)
			if slices.ContainsFunc(l.harsh, func(o harsh) bool { return said.index(o.phrase) > 0 }) {
				t.Errorf("%s: %q proposes %q", language, h.phrase, h.kinder)
			}
		}
	}
}
