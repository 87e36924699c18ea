package script

import (
	"strings"
	"time"
	"unicode"
	"unicode/utf8"
)

// Lengths a reader, and an ear, can take in. In characters.
const (
	maxPrompt  = 600 // nothing longer can be taken in by ear; for guides, by a glance
	maxHeading = 120
	maxValue   = 600 // one header value
)

// Parse reads a script. name is the file's, as its author knows it: it stands
// before each fault. The error is always Faults, all that were found; then
// there is no Script.
//
// Lines that begin with // are dropped and are not part of the Script: Format
// does not bring them back. A line that ends in brackets ends its prompt.
func Parse(name, text string) (*Script, error) {
	p := &parser{tally: tally{file: name}, script: &Script{Language: "en"}}
	text = strings.TrimPrefix(text, "\ufeff")
	text = strings.ReplaceAll(strings.ReplaceAll(text, "\r\n", "\n"), "\r", "\n")
	if line, trouble := unreadable(text); trouble != nil {
		p.add(line, trouble)
	} else {
		p.read(strings.Split(strings.TrimRight(text, " \t\n"), "\n"))
	}
	if faults := p.faults(); faults != nil {
		return nil, faults
	}
	return p.script, nil
}

// parser is one text on its way to a Script.
type parser struct {
	tally
	script *Script
	items  int           // sections and directions and prompts, faulty ones too
	length time.Duration // of every time written so far
	words  []string      // lines of the prompt being read
	from   int           // the line it began on
}

// unreadable is why a text is not worth reading line by line.
func unreadable(text string) (line int, p *problem) {
	if len(text) > MaxBytes {
		return 1, troubled("parting it into two scripts", "the text is longer than %d KiB, the most a script can be", MaxBytes>>10)
	}
	if strings.TrimSpace(text) == "" {
		return 1, troubled("a first line like title: Feet first, an empty line, then the words", "the text is empty")
	}
	const plain = "saving it as plain text, UTF-8"
	line = 1
	for i, r := range text {
		switch {
		case r == '\n':
			line++
		case r == utf8.RuneError && !strings.HasPrefix(text[i:], "\ufffd"):
			return line, troubled(plain, "this is not UTF-8 text")
		case unicode.IsControl(r) && r != '\t':
			return line, troubled(plain, "there is a character here that is not text (%U)", r)
		}
	}
	return 0, nil
}

func (p *parser) read(lines []string) {
	body := p.header(lines)
	n := body
	for n < len(lines) && p.items <= MaxItems {
		p.line(n+1, strings.TrimSpace(lines[n]))
		n++
	}
	p.endPrompt()
	switch {
	case p.items > MaxItems:
		p.add(n, troubled("parting it into two scripts", "there are more than %d sections, prompts and directions", MaxItems))
	case p.items == len(p.script.Sections):
		p.add(n, troubled("a prompt, or a direction like [rest 60]", "nothing is said or done in this script"))
	}
}

// line reads one line of the body, trimmed.
func (p *parser) line(n int, text string) {
	switch {
	case strings.HasPrefix(text, "//"):
	case text == "":
		p.endPrompt()
	case text[0] == '#':
		p.endPrompt()
		p.heading(n, text)
	case !strings.ContainsAny(text, "[]"):
		p.say(n, text)
	default:
		p.bracketed(n, text)
	}
}

func (p *parser) heading(n int, text string) {
	p.items++
	title := strings.TrimLeft(single(text), "# ")
	switch {
	case title == "":
		p.add(n, troubled("# Arriving", "the section has no name"))
	case strings.ContainsAny(title, "[]"):
		p.add(n, troubled("the direction on a line of its own below", "there is a bracket in a section's name"))
	case utf8.RuneCountInString(title) > maxHeading:
		p.add(n, troubled("a few words", "the section's name is longer than %d characters", maxHeading))
	}
	p.script.Sections = append(p.script.Sections, Section{Line: n, Title: title})
}

func (p *parser) say(n int, text string) {
	if len(p.words) == 0 {
		p.from = n
	}
	p.words = append(p.words, text)
}

// endPrompt finishes the prompt being read, with no silence written after it.
func (p *parser) endPrompt() { p.prompt(Silence{}) }

func (p *parser) prompt(after Silence) {
	if len(p.words) == 0 {
		return
	}
	text := single(strings.Join(p.words, " "))
	p.words = p.words[:0]
	if n := utf8.RuneCountInString(text); n > maxPrompt {
		p.add(p.from, troubled("an empty line in the middle, to make it two", "the prompt is %d characters long, and more than %d cannot be taken in by ear", n, maxPrompt))
	}
	p.item(Prompt{At: p.from, Text: text, Silence: after}, after.Length)
}

// bracketed reads a line with directions: alone, or at the end of a prompt.
func (p *parser) bracketed(n int, text string) {
	words, groups, trouble := brackets(text)
	if trouble != nil {
		p.items++
		p.add(n, trouble)
		p.words = p.words[:0]
		return
	}
	if words == "" {
		p.endPrompt()
		for _, g := range groups {
			p.direct(n, g)
		}
		return
	}
	p.say(n, words)
	after, others := p.silenceAmong(n, groups)
	p.prompt(after)
	for _, g := range others {
		p.direct(n, g)
	}
}

// silenceAmong picks the one bare time from the directions after a prompt.
func (p *parser) silenceAmong(n int, groups []string) (after Silence, others []string) {
	for _, g := range groups {
		if !timed(g) {
			others = append(others, g)
			continue
		}
		if after.Length > 0 {
			p.add(n, troubled("one silence, the sum of both", "there are two silences after one prompt"))
		}
		var trouble *problem
		if after, trouble = silence(g); trouble != nil {
			p.add(n, trouble)
		}
	}
	return after, others
}

func (p *parser) direct(n int, text string) {
	item, trouble := direction(n, text)
	if trouble != nil {
		p.items++
		p.add(n, trouble)
		return
	}
	p.item(item, written(item))
}

// item adds to the last section, which begins without a name when the text does.
func (p *parser) item(i Item, length time.Duration) {
	if len(p.script.Sections) == 0 {
		p.script.Sections = []Section{{Line: Line(i)}}
		p.items++
	}
	last := &p.script.Sections[len(p.script.Sections)-1]
	last.Items = append(last.Items, i)
	p.items++
	before := p.length
	p.length += length
	if before <= MaxLength && p.length > MaxLength {
		p.add(Line(i), troubled("shorter times, or two scripts", "with this the times written add up to more than %s hours", inHours(MaxLength)))
	}
}

// brackets parts a line into the words before the first bracket and what stands
// inside each pair. Nothing may follow them but more of them.
func brackets(line string) (words string, groups []string, p *problem) {
	words, rest := span(line, func(r rune) bool { return r != '[' && r != ']' })
	for rest != "" {
		if rest[0] == ']' {
			return "", nil, troubled("a [ where the direction begins", "there is a ] without its [")
		}
		inside, after := span(rest[1:], func(r rune) bool { return r != '[' && r != ']' })
		if after == "" || after[0] == '[' {
			return "", nil, troubled("a ] where the direction ends, on the same line", "there is a [ without its ]")
		}
		groups = append(groups, single(inside))
		rest = strings.TrimSpace(after[1:])
		if rest != "" && rest[0] != '[' && rest[0] != ']' {
			return "", nil, misplaced(words)
		}
	}
	return strings.TrimSpace(words), groups, nil
}

func misplaced(words string) *problem {
	if strings.TrimSpace(words) == "" {
		return troubled("the direction on one line, the words on the next", "there are words after a direction")
	}
	return troubled("the prompt up to the brackets on one line, the rest on the next", "there are brackets in the middle of a prompt")
}

// single is text on one line with single spaces.
func single(text string) string { return strings.Join(strings.Fields(text), " ") }
