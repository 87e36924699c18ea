package script

import (
	"math"
	"slices"
	"strconv"
	"strings"
	"time"
)

const breatheTry = "[breathe extend_4_6 for 2 min], [breathe 4-0-6-0, 6 times] or [breathe from 10 to 6 a minute over 3 min]"

// ParseBreathe reads what a breathe direction says after its word, as Parse would.
// The error is Faults, with name before each.
func ParseBreathe(name, text string) (Breathe, error) {
	if line, p := unreadable(text); p != nil && strings.TrimSpace(text) != "" {
		return Breathe{}, Faults{p.fault(name, line)}
	}
	b, p := breathe(strings.ToLower(single(text)))
	if p != nil {
		return Breathe{}, Faults{p.fault(name, 0)}
	}
	return b, nil
}

// breathe reads what stands after the word: a pattern for a time, a pattern and
// a count, or a ramp. Commas are for the eye.
func breathe(text string) (Breathe, *problem) {
	words := strings.Fields(strings.ReplaceAll(text, ",", " "))
	switch {
	case len(words) == 0:
		return Breathe{}, troubled(breatheTry, "the breath has no pattern")
	case words[0] == "from":
		return ramp(words[1:])
	}
	if i := slices.Index(words, "for"); i > 0 {
		return breatheFor(words[:i], strings.Join(words[i+1:], " "))
	}
	if n := len(words); n > 2 && (words[n-1] == "times" || words[n-1] == "time") {
		return breatheTimes(words[:n-2], words[n-2])
	}
	return Breathe{}, troubled(breatheTry, "the breath %s has no end", quoted(text))
}

func breatheFor(words []string, text string) (Breathe, *problem) {
	pattern, p := patternOf(words)
	if p != nil {
		return Breathe{}, p
	}
	d, p := lasting(text)
	if p != nil {
		return Breathe{}, p
	}
	b := Breathe{Pattern: pattern, For: d}
	if !b.Paced() {
		return b, nil
	}
	breaths := (d + pattern.Length()/2) / pattern.Length()
	if d < pattern.Length() {
		return b, troubled("for "+spell(pattern.Length())+" or more", "%s is shorter than one breath of %s", spell(d), pattern.ID)
	}
	return b, notTooMany(pattern, int64(breaths))
}

func breatheTimes(words []string, count string) (Breathe, *problem) {
	pattern, p := patternOf(words)
	if p != nil {
		return Breathe{}, p
	}
	n, err := strconv.ParseUint(count, 10, 31)
	switch {
	case len(pattern.Phases) == 0:
		return Breathe{}, troubled("[breathe natural for 3 min]", "breaths that come as they will are not counted")
	case err != nil || n == 0:
		return Breathe{}, troubled("[breathe "+pattern.ID+", 6 times]", "%s is not a number of breaths", quoted(count))
	}
	b := Breathe{Pattern: pattern, Times: int(n)}
	if p := notTooMany(pattern, int64(n)); p != nil {
		return b, p
	}
	if b.Length() > MaxLength {
		return b, tooLong(count + " times")
	}
	return b, nil
}

func notTooMany(p Pattern, breaths int64) *problem {
	if p.Most > 0 && breaths > int64(p.Most) {
		return troubled(strconv.Itoa(p.Most)+" times, or another pattern",
			"%d breaths of %s in one go are more than the %d it is taught with", breaths, p.ID, p.Most)
	}
	if breaths > MaxBreaths {
		return troubled("a shorter time, or two directions", "%d breaths in one go are more than %d", breaths, MaxBreaths)
	}
	return nil
}

// patternOf reads a pattern's name, its words joined as they may be, or its
// seconds. Only names have an underscore: 4_7_8 is a name, 4-7-8 are seconds.
func patternOf(words []string) (Pattern, *problem) {
	id := strings.Join(words, "_")
	if timed(id) && !strings.Contains(id, "_") {
		return secondsPattern(id)
	}
	id = strings.ReplaceAll(id, "-", "_")
	if p, ok := PatternByID(id); ok {
		return p, nil
	}
	var ids []string
	for _, p := range patterns {
		ids = append(ids, p.ID)
	}
	return Pattern{}, unknown("breathing pattern", id, append(ids, "sama_vritti", "tactical"))
}

// ramp reads `A to B a minute over T`, and `out longer` at its end.
func ramp(words []string) (Breathe, *problem) {
	r := Ramp{}
	if n := len(words); n > 2 && words[n-2] == "out" && words[n-1] == "longer" {
		words, r.OutLonger = words[:n-2], true
	}
	over := slices.Index(words, "over")
	if over < 3 || words[1] != "to" || !slices.Contains([]string{"", "a minute", "per minute"}, strings.Join(words[3:over], " ")) {
		return Breathe{}, troubled("[breathe from 10 to 6 a minute over 3 min]", "the change of pace cannot be read")
	}
	var p *problem
	if words[0] != "own" {
		if r.From, p = rate(words[0]); p != nil {
			return Breathe{}, p
		}
	}
	if r.To, p = rate(words[2]); p != nil {
		return Breathe{}, p
	}
	if r.Over, p = lasting(strings.Join(words[over+1:], " ")); p != nil {
		return Breathe{}, p
	}
	return Breathe{Ramp: &r}, r.gentle()
}

func rate(word string) (float64, *problem) {
	n, ok := decimal(word)
	if r := float64(n) / 1000; ok && r >= minRate && r <= maxRate {
		return r, nil
	}
	return 0, troubled("a number from 4.5 to 20, or from own", "%s is not a pace of 4.5 to 20 breaths a minute", quoted(word))
}

// gentle says whether the ramp leaves each breath time to change by no more
// than RampStep, and otherwise names a time that does.
func (r Ramp) gentle() *problem {
	if shortest := r.Shortest(); r.Over < shortest {
		const step = 30 * time.Second
		enough := (shortest + step - 1) / step * step
		return troubled("over "+spell(enough), "%s is too short for this change of pace: a breath may change by %d in 100 at most", spell(r.Over), int(RampStep*100))
	}
	if breaths := r.Over.Minutes() * max(r.From, r.To, usualRate); breaths > MaxBreaths {
		return troubled("a shorter time", "%.0f breaths in one go are more than %d", math.Ceil(breaths), MaxBreaths)
	}
	return nil
}
