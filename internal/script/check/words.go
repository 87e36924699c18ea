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

// eyesOpen: in its first half minute the script offers that eyes may be open (R6).
func eyesOpen(_ *script.Script, ms []moment) []script.Fault {
	var first script.Item
	for _, m := range ms {
		if first == nil && len(m.words) > 0 {
			first = m.Item
		}
		if n := offersOpenEyes(m.words); n > 0 && m.from+speaking(n) <= eyesWithin {
			return nil
		}
	}
	if first == nil {
		return nil // nothing is said, so nothing is asked of anyone
	}
	return []script.Fault{fault(first, "Your eyes might be open, half open or closed.",
		"the first %d seconds do not offer that eyes may be open", eyesWithin/time.Second)}
}

// offersOpenEyes is how many words it takes until open eyes are offered; 0 for
// not at all. Looking around is done with open eyes.
func offersOpenEyes(ws words) int {
	soonest := 0
	for _, pair := range [][2]string{{"eyes", "open"}, {"eyes", "around"}, {"look", "around"}} {
		one, other := ws.index(pair[0]), ws.index(pair[1])
		if n := max(one, other); one > 0 && other > 0 && (soonest == 0 || n < soonest) {
			soonest = n
		}
	}
	return soonest
}

// noBareClosing: eyes are never asked to close without open ones offered in the
// same breath (R6).
func noBareClosing(_ *script.Script, ms []moment) (faults []script.Fault) {
	phrases := []string{"close your eyes", "close the eyes", "close both eyes", "closing your eyes", "shut your eyes", "eyes close", "eyes closed"}
	for _, m := range ms {
		if m.words.index("open") > 0 {
			continue
		}
		for _, p := range phrases {
			if m.words.index(p) > 0 {
				faults = append(faults, fault(m.Item, "Your eyes might be open, half open or closed.", "%q leaves no other choice", p))
				break
			}
		}
	}
	return faults
}

// harsh are words that press, judge or promise (R9), each with a kinder way to
// say it; never written to.
var harsh = []struct{ phrase, why, kinder string }{
	{"must", "leaves no choice", "you could"},
	{"should", "leaves no choice", "you might"},
	{"relax", "asks for what cannot be done on request", "it can stay just as it is"},
	{"calm down", "says that something is wrong", "there is nothing to change"},
	{"let go", "can ask for more than is safe", "it might soften, or stay as it is"},
	{"surrender", "gives up a choice", "rest as much or as little as you like"},
	{"deeper and deeper", "takes away the bottom", "as far as is comfortable"},
	{"good", "judges", "enough, comfortable or steady"},
	{"for me", "makes it a favour", "leaving it out, or if you like"},
	{"take a deep breath", "leads to breathing too much", "Small, soft breaths. No need to fill up."},
}

func noHarshWords(_ *script.Script, ms []moment) (faults []script.Fault) {
	for _, m := range ms {
		for _, h := range harsh {
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
func noNeedToFill(_ *script.Script, ms []moment) []script.Fault {
	for _, m := range ms {
		if m.words.index("no need to fill") > 0 {
			return nil
		}
		if b, ok := m.Item.(script.Breathe); ok && b.Paced() {
			return []script.Fault{fault(b, "Small, soft breaths. No need to fill up.", "a paced breath comes before anyone is told that there is no need to fill up")}
		}
	}
	return nil
}
