package script

import (
	"strings"
	"time"
	"unicode/utf8"
)

var (
	headerKeys = []string{"title", "summary", "language", "length", "kind", "care", "author", "reviewer"}
	kinds      = []string{string(BodyScan), string(Breathing), string(Grounding), string(Treatment)}
)

// careful is the one value of the header's `care`.
const careful = "trauma-sensitive"

// header reads the `key: value` lines and answers where the body begins. The
// header ends at an empty line, a section or a direction.
func (p *parser) header(lines []string) (body int) {
	i := 0
	for i < len(lines) && ignorable(lines[i]) {
		i++
	}
	seen := map[string]bool{}
	for ; i < len(lines); i++ {
		line := strings.TrimSpace(lines[i])
		if strings.HasPrefix(line, "//") {
			continue
		}
		if line == "" || line[0] == '#' || line[0] == '[' {
			break
		}
		key, value, ok := strings.Cut(line, ":")
		if !ok && len(seen) == 0 {
			break // no header at all
		}
		p.headerLine(i+1, strings.ToLower(strings.TrimSpace(key)), single(value), ok, seen)
	}
	if p.script.Title == "" {
		p.add(1, troubled("a first line like title: Feet first", "the script has no title"))
	}
	return i
}

func ignorable(line string) bool {
	line = strings.TrimSpace(line)
	return line == "" || strings.HasPrefix(line, "//")
}

func (p *parser) headerLine(n int, key, value string, keyed bool, seen map[string]bool) {
	var trouble *problem
	switch {
	case !keyed:
		trouble = troubled("an empty line between the header and the words", "%s has no colon, so it is not a line of the header", quoted(key))
	case seen[key]:
		trouble = troubled("one of the two", "the header says %s twice", quoted(key))
	case utf8.RuneCountInString(value) > maxValue:
		trouble = troubled("a sentence or two", "the header's %s is longer than %d characters", quoted(key), maxValue)
	default:
		trouble = p.script.set(key, value)
	}
	seen[key] = true
	if trouble != nil {
		p.add(n, trouble)
	}
}

// set puts one line of the header in its place. An empty value is as good as
// no line.
func (s *Script) set(key, value string) (p *problem) {
	switch key {
	case "title":
		if s.Title = value; utf8.RuneCountInString(value) > maxHeading {
			return troubled("a few words", "the title is longer than %d characters", maxHeading)
		}
	case "summary":
		s.Summary = value
	case "author":
		s.Author = value
	case "reviewer":
		s.Reviewer = value
	case "language":
		s.Language, p = language(value)
	case "kind":
		s.Kind, p = kind(value)
	case "care":
		s.Care = value != ""
		if s.Care && !strings.EqualFold(value, careful) {
			return troubled("care: "+careful+", or leave the line out", "the only care a script can ask for is %s, not %s", careful, quoted(value))
		}
	case "length":
		s.Length, p = headerLength(value)
	default:
		known := strings.Join(headerKeys, ", ")
		if near := Nearest(key, headerKeys); len(near) > 0 {
			known = strings.Join(near, ", ") + " (all of them: " + known + ")"
		}
		return troubled(known, "the header has no %s", quoted(key))
	}
	return p
}

func kind(value string) (Kind, *problem) {
	word := strings.ToLower(strings.NewReplacer("-", " ", "_", " ").Replace(value))
	if word == "" {
		return "", nil
	}
	for _, k := range kinds {
		if word == k {
			return Kind(k), nil
		}
	}
	return "", unknown("kind of script", value, kinds)
}

// language reads a tag like "en" or "de-AT": letters, then parts of at most
// eight letters or digits.
func language(value string) (string, *problem) {
	if value == "" {
		return "en", nil
	}
	for i, part := range strings.Split(value, "-") {
		least, most := 1, 8
		if i == 0 {
			least = 2
			most = 3
		}
		rest := strings.Trim(part, letters)
		if i > 0 {
			rest = strings.Trim(part, letters+digits)
		}
		if rest != "" || len(part) < least || len(part) > most || i > 7 {
			return "", troubled("en, en-GB, de or another short language code", "%s is not a language code", quoted(value))
		}
	}
	return value, nil
}

const (
	letters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
	digits  = "0123456789"
)

const lengthTry = "10 min, or 10 min (5 to 20)"

// headerLength reads `10 min (5 to 20)`. A bound without a unit has the unit of
// the other bound, or of the length.
func headerLength(value string) (l Length, p *problem) {
	if value == "" {
		return Length{}, nil
	}
	want, bounds, bounded := strings.Cut(value, "(")
	unit := time.Duration(0)
	if l.Want, unit, p = amount(want, 0); p != nil {
		p.try = lengthTry
		return Length{}, p
	}
	l.Min, l.Max = l.Want, l.Want
	if bounded {
		if l.Min, l.Max, p = bound(bounds, unit); p != nil {
			return Length{}, p
		}
	}
	if l.Min <= 0 || l.Min > l.Want || l.Want > l.Max {
		return Length{}, troubled(lengthTry, "the length %s is not between its bounds, or they are the wrong way round", quoted(value))
	}
	return l, nil
}

func bound(text string, unit time.Duration) (least, most time.Duration, p *problem) {
	low, high, ok := strings.Cut(strings.TrimSuffix(text, ")"), " to ")
	if !ok || !strings.HasSuffix(text, ")") {
		return 0, 0, troubled(lengthTry, "the bounds of the length, %s, cannot be read", quoted("("+text))
	}
	most, own, p := amount(high, unit)
	if p == nil {
		if own > 0 {
			unit = own
		}
		least, _, p = amount(low, unit)
	}
	if p != nil {
		p.try = lengthTry
	}
	return least, most, p
}
