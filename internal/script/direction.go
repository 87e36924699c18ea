package script

import (
	"slices"
	"strings"
	"time"
)

// directions are the words a direction may begin with, as an author writes them.
var directions = []string{"bell", "at", "outside", "breathe", "rest", "guide", "wait", "ambience", "anchor"}

// timed says whether a direction is a bare time: it begins like a number.
func timed(text string) bool {
	return text != "" && strings.ContainsRune("0123456789.-+", rune(text[0]))
}

// direction reads what stands between brackets, single-spaced, on a given line.
func direction(line int, text string) (Item, *problem) {
	if timed(text) {
		return rest(line, text)
	}
	head, said, colon := strings.Cut(text, ":")
	if first, _, _ := strings.Cut(head, " "); colon && strings.EqualFold(first, "guide") {
		return guide(line, strings.ToLower(head), said)
	}
	word, after, _ := strings.Cut(text, " ")
	switch strings.ToLower(word) {
	case "bell":
		return bell(line, after)
	case "at":
		return place(line, after)
	case "outside":
		return alone(Outside{line}, text, after)
	case "wait":
		return alone(Wait{line}, text, after)
	case "breathe":
		b, p := breathe(strings.ToLower(after))
		b.At = line
		return b, p
	case "rest":
		return rest(line, after)
	case "guide":
		return nil, troubled("[guide: Turn-over in two minutes]", "the guide's words need a colon before them")
	case "ambience":
		return ambience(line, after)
	case "anchor":
		return anchor(line, after)
	case "":
		return nil, troubled("[bell], [at soles] or leave the brackets out", "there is nothing between the brackets")
	}
	return nil, unknown("direction", word, directions)
}

// alone is for a direction that is one word.
func alone(i Item, text, after string) (Item, *problem) {
	if after != "" {
		word, _, _ := strings.Cut(text, " ")
		return nil, troubled("["+strings.ToLower(word)+"]", "%s says more than it can mean", quoted(text))
	}
	return i, nil
}

// silence reads `7`, `7.5` or `18 fixed`.
func silence(text string) (s Silence, p *problem) {
	if before, ok := strings.CutSuffix(strings.ToLower(text), "fixed"); ok {
		text, s.Fixed = before, true
	}
	if s.Length, p = lasting(text); p != nil {
		return Silence{}, p
	}
	return s, nil
}

func rest(line int, text string) (Item, *problem) {
	s, p := silence(text)
	return Quiet{At: line, Length: s.Length, Fixed: s.Fixed}, p
}

func anchor(line int, text string) (Item, *problem) {
	if text == "" {
		return AnchorPrompt{At: line}, nil
	}
	s, p := silence(text)
	return AnchorPrompt{At: line, Silence: s}, p
}

func bell(line int, name string) (Item, *problem) {
	name = strings.ToLower(name)
	if name != "" && !slices.Contains(Bells, name) {
		return nil, unknown("bell", name, Bells)
	}
	return Bell{At: line, Name: name}, nil
}

func ambience(line int, name string) (Item, *problem) {
	switch name = strings.ToLower(name); {
	case name == "off":
		return Ambience{At: line}, nil
	case name == "":
		return nil, troubled("["+strings.Join(append([]string{"ambience off"}, Ambiences...), "], [ambience ")+"]", "the ambience has no name")
	case !slices.Contains(Ambiences, name):
		return nil, unknown("ambience", name, append(slices.Clone(Ambiences), "off"))
	}
	return Ambience{At: line, Name: name}, nil
}

func place(line int, text string) (Item, *problem) {
	if strings.EqualFold(text, "nowhere") {
		return Place{At: line}, nil
	}
	rs, p := regions(text)
	return Place{At: line, Regions: rs}, p
}

// guide reads `guide` or `guide at T` before the colon, and the words after it.
func guide(line int, head, said string) (Item, *problem) {
	const try = "[guide: Turn-over in two minutes] or [guide at 10 min: Turn-over in two minutes]"
	g := Guide{At: line, After: -1, Text: single(said)}
	if when := strings.TrimSpace(strings.TrimPrefix(head, "guide")); when != "" {
		at, ok := strings.CutPrefix(when, "at ")
		if !ok {
			return nil, troubled(try, "the guide's time %s cannot be read", quoted(when))
		}
		d, _, p := amount(at, time.Second)
		if p != nil {
			return nil, p
		}
		g.After = d
	}
	switch {
	case g.Text == "":
		return nil, troubled(try, "the guide has no words")
	case len([]rune(g.Text)) > maxPrompt:
		return nil, troubled("a few words, to be read at a glance", "the guide's words are longer than %d characters", maxPrompt)
	case g.After >= 0 && strings.HasPrefix(strings.TrimLeft(g.Text, digits), ":"):
		// `guide at 10:30: …`: a clock's colon is not the one before the words.
		return nil, troubled("10.5 min, or 10 min 30 s", "the guide's time cannot be written like a clock's")
	}
	return g, nil
}

// written is how long an item says it lasts; prompts are counted with their own
// silence, and the time it takes to say them not at all.
func written(i Item) time.Duration {
	switch i := i.(type) {
	case Prompt:
		return i.Silence.Length
	case Quiet:
		return i.Length
	case AnchorPrompt:
		return i.Silence.Length
	case Breathe:
		return i.Length()
	}
	return 0
}
