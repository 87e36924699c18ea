package timeline

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"

	"stillpoint/internal/script"
)

// String is the timeline as `stillpoint print` shows it and golden tests keep
// it: a line for each thing seen or heard, with the times it lasts, readable by
// anyone.
func (t *Timeline) String() string {
	type row struct {
		at   time.Duration
		rank int
		line string
	}
	var rows []row
	add := func(at time.Duration, rank int, line string) { rows = append(rows, row{at, rank, line}) }
	for _, s := range t.Spans {
		if s.Kind == SectionSpan {
			add(s.From, 0, fmt.Sprintf("%-15s # %s", Clock(s.From), s.Text))
			continue
		}
		if s.Kind == Wait {
			add(s.From, 2, fmt.Sprintf("%-15s %s", Clock(s.From), s.Kind))
			continue
		}
		add(s.From, 2, fmt.Sprintf("%-7s %-7s %-7s %s", Clock(s.From), Clock(s.To), s.Kind, s.label()))
	}
	for _, c := range t.Cues {
		if c.Kind == Say || c.Kind == Inhale || c.Kind == Exhale {
			continue // its span says the same
		}
		add(c.At, 1, fmt.Sprintf("%-15s %-7s %s", Clock(c.At), c.Kind, c.label()))
	}
	add(t.Length, 3, fmt.Sprintf("%-15s end", Clock(t.Length)))
	slices.SortStableFunc(rows, func(a, b row) int { return cmp.Or(cmp.Compare(a.at, b.at), cmp.Compare(a.rank, b.rank)) })
	var out strings.Builder
	for _, r := range rows {
		out.WriteString(strings.TrimRight(r.line, " ") + "\n")
	}
	return out.String()
}

func (s Span) label() string {
	switch {
	case s.Of > 0:
		return fmt.Sprintf("%d/%d", s.N, s.Of)
	case len(s.Regions) > 0:
		return names(s.Regions)
	}
	return s.Text
}

func (c Cue) label() string {
	if c.Kind == Ambience && c.Name == "" {
		return "off"
	}
	return c.Name + c.Text
}

func names(regions []script.Region) string {
	words := make([]string, len(regions))
	for i, r := range regions {
		words[i] = r.String()
	}
	return strings.Join(words, ", ")
}

// Clock writes a position as minutes, seconds and tenths: "7:10.0", "1:02:03.4".
func Clock(d time.Duration) string {
	tenths := d.Milliseconds() / 100
	minutes, seconds := tenths/600, float64(tenths%600)/10
	if minutes >= 60 {
		return fmt.Sprintf("%d:%02d:%04.1f", minutes/60, minutes%60, seconds)
	}
	return fmt.Sprintf("%d:%04.1f", minutes, seconds)
}

// ByWords is the Speech that reckons WordsAMinute.
func ByWords(l Line) time.Duration {
	return time.Duration(len(strings.Fields(l.Text))) * time.Minute / WordsAMinute
}
