package check

import (
	"slices"
	"strings"
	"time"
	"unicode"

	"stillpoint/internal/script"
)

// words are those of a prompt, in lower case. A hyphen or an apostrophe is part
// of its word, so that "feel-good" is not "good".
type words []string

func wordsOf(text string) words {
	text = strings.ReplaceAll(strings.ToLower(text), "’", "'")
	return strings.FieldsFunc(text, func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r) && r != '\'' && r != '-'
	})
}

// index is where a phrase ends in the words, counted from 1; 0 if it is not there.
func (ws words) index(phrase string) int {
	p := strings.Fields(phrase)
	for i := 0; i+len(p) <= len(ws); i++ {
		if slices.Equal(ws[i:i+len(p)], p) {
			return i + len(p)
		}
	}
	return 0
}

// list is what the rules about words look for in one language. Phrases are in
// lower case, with plain apostrophes.
type list struct {
	openEyes  [][]string // all the words of one row, anywhere in a prompt, offer open eyes
	closing   []string   // what asks for closed eyes
	open      []string   // any of these leaves the choice
	eyes      string     // a sentence that offers open eyes
	harsh     []harsh
	noFilling string // what says that there is no need to breathe much
	soft      string // a sentence that says so
}

// harsh is a phrase that presses, judges or promises (R9), with a kinder way to say it.
type harsh struct{ phrase, why, kinder string }

// lists is by language; never written to.
var lists = map[string]*list{"en": &english, "de": &german, "es": &spanish}

// eyesOpen: in its first half minute the script offers that eyes may be open (R6).
func (l *list) eyesOpen(ms []moment) []script.Fault {
	var first script.Item
	for _, m := range ms {
		if first == nil && len(m.words) > 0 {
			first = m.Item
		}
		if n := l.offersOpenEyes(m.words); n > 0 && m.from+speaking(n) <= eyesWithin {
			return nil
		}
	}
	if first == nil {
		return nil // nothing is said, so nothing is asked of anyone
	}
	return []script.Fault{fault(first, l.eyes, "the first %d seconds do not offer that eyes may be open", eyesWithin/time.Second)}
}

// offersOpenEyes is how many words it takes until open eyes are offered; 0 for
// not at all. Looking around is done with open eyes.
func (l *list) offersOpenEyes(ws words) int {
	soonest := 0
	for _, row := range l.openEyes {
		if n := ws.all(row); n > 0 && (soonest == 0 || n < soonest) {
			soonest = n
		}
	}
	return soonest
}

// all is where the last of some phrases ends in the words; 0 if one is missing.
func (ws words) all(phrases []string) (end int) {
	for _, p := range phrases {
		n := ws.index(p)
		if n == 0 {
			return 0
		}
		end = max(end, n)
	}
	return end
}

// any is the first of some phrases that is there, "" for none.
func (ws words) any(phrases []string) string {
	for _, p := range phrases {
		if ws.index(p) > 0 {
			return p
		}
	}
	return ""
}

// noBareClosing: eyes are never asked to close without open ones offered in the
// same breath (R6).
func (l *list) noBareClosing(ms []moment) (faults []script.Fault) {
	for _, m := range ms {
		if p := m.words.any(l.closing); p != "" && m.words.any(l.open) == "" {
			faults = append(faults, fault(m.Item, l.eyes, "%q leaves no other choice", p))
		}
	}
	return faults
}

func (l *list) noHarshWords(ms []moment) (faults []script.Fault) {
	for _, m := range ms {
		for _, h := range l.harsh {
			if m.words.index(h.phrase) > 0 {
				faults = append(faults, fault(m.Item, h.kinder, "%q %s", h.phrase, h.why))
			}
		}
	}
	return faults
}

// noNeedToFill: slowing down makes many people breathe too deep, so words against
// it come before the first paced breath. One fault is enough: mending it mends
// all that follow.
func (l *list) noNeedToFill(ms []moment) []script.Fault {
	for _, m := range ms {
		if m.words.index(l.noFilling) > 0 {
			return nil
		}
		if b, ok := m.Item.(script.Breathe); ok && b.Paced() {
			return []script.Fault{fault(b, l.soft, "a paced breath comes before anyone is told that there is no need to fill up")}
		}
	}
	return nil
}
