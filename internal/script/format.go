package script

import (
	"fmt"
	"strconv"
	"strings"
)

// Format writes a Script in its one canonical form. For every Script that Parse
// made, parsing the result gives the same Script again, apart from its lines.
func Format(s *Script) string {
	var b strings.Builder
	formatHeader(&b, s)
	for _, section := range s.Sections {
		b.WriteByte('\n')
		if section.Title != "" {
			b.WriteString("# " + section.Title + "\n")
		}
		open := false // the last line was a prompt that the next would run on from
		for _, item := range section.Items {
			if _, ok := item.(Prompt); ok && open {
				b.WriteByte('\n')
			}
			b.WriteString(line(item) + "\n")
			p, ok := item.(Prompt)
			open = ok && p.Silence.Length == 0
		}
	}
	return b.String()
}

func formatHeader(b *strings.Builder, s *Script) {
	care := ""
	if s.Care {
		care = careful
	}
	values := []string{s.Title, s.Summary, s.Language, s.Length.String(), string(s.Kind), care, s.Author, s.Reviewer}
	for i, key := range headerKeys {
		if values[i] != "" {
			b.WriteString(key + ": " + values[i] + "\n")
		}
	}
}

// String is the length as the header writes it, "10 min (5 to 20)"; empty for none.
func (l Length) String() string {
	if l == (Length{}) {
		return ""
	}
	write, unit := inSeconds, "s"
	if byMinutes(l.Want) && l.Min%tenth == 0 && l.Max%tenth == 0 {
		write, unit = inMinutes, "min"
	}
	if l.Min == l.Want && l.Max == l.Want {
		return write(l.Want) + " " + unit
	}
	return fmt.Sprintf("%s %s (%s to %s)", write(l.Want), unit, write(l.Min), write(l.Max))
}

// line is one item as it stands on its line.
func line(item Item) string {
	switch i := item.(type) {
	case Prompt:
		if i.Silence.Length == 0 {
			return i.Text
		}
		return i.Text + " [" + i.Silence.String() + "]"
	case AnchorPrompt:
		return "[" + strings.TrimSpace("anchor "+i.Silence.String()) + "]"
	case Bell:
		return "[" + strings.TrimSpace("bell "+i.Name) + "]"
	case Ambience:
		if i.Name == "" {
			return "[ambience off]"
		}
		return "[ambience " + i.Name + "]"
	case Place:
		return "[at " + namesOf(i.Regions) + "]"
	case Outside:
		return "[outside]"
	case Wait:
		return "[wait]"
	case Quiet:
		return "[rest " + i.String() + "]"
	case Guide:
		if i.After < 0 {
			return "[guide: " + i.Text + "]"
		}
		return "[guide at " + spell(i.After) + ": " + i.Text + "]"
	case Breathe:
		return "[breathe " + i.String() + "]"
	}
	panic(fmt.Sprintf("script: no line for a %T", item)) // Item is closed: only this package can add to it
}

// String is the silence as it stands in brackets: "7.5", "18 fixed"; empty for none.
func (s Silence) String() string {
	switch {
	case s.Length == 0:
		return ""
	case s.Fixed:
		return inSeconds(s.Length) + " fixed"
	}
	return inSeconds(s.Length)
}

// String is the rest as it stands after the word: "60", "12 min", "60 fixed".
func (q Quiet) String() string {
	text := inSeconds(q.Length)
	if byMinutes(q.Length) {
		text = spell(q.Length)
	}
	if q.Fixed {
		text += " fixed"
	}
	return text
}

// String is the breath as it stands after the word: "extend_4_6 for 2 min".
func (b Breathe) String() string {
	switch {
	case b.Ramp != nil:
		return b.Ramp.String()
	case b.Times == 1:
		return b.Pattern.ID + ", 1 time"
	case b.Times > 0:
		return fmt.Sprintf("%s, %d times", b.Pattern.ID, b.Times)
	}
	return b.Pattern.ID + " for " + spell(b.For)
}

// String is the ramp as it stands after the word: "from 10 to 6 a minute over 3 min".
func (r Ramp) String() string {
	from := "own"
	if r.From > 0 {
		from = strconv.FormatFloat(r.From, 'f', -1, 64)
	}
	text := fmt.Sprintf("from %s to %s a minute over %s", from, strconv.FormatFloat(r.To, 'f', -1, 64), spell(r.Over))
	if r.OutLonger {
		text += ", out longer"
	}
	return text
}

// namesOf lists regions as a direction does; none is "nowhere".
func namesOf(rs []Region) string {
	if len(rs) == 0 {
		return "nowhere"
	}
	names := make([]string, len(rs))
	for i, r := range rs {
		names[i] = r.String()
	}
	return strings.Join(names, ", ")
}
