package script

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
)

// Fault is one thing in a text that cannot be understood, or should not be
// said, and a way out of it.
type Fault struct {
	File string // as the person knows it; may be empty
	Line int    // 1-based; 0: no line
	What string
	Try  string
}

// Error reads `feet.txt:14: what is wrong. Try: …`.
func (f Fault) Error() string {
	var b strings.Builder
	if f.File != "" {
		b.WriteString(f.File + ":")
	}
	if f.Line > 0 {
		fmt.Fprintf(&b, "%d:", f.Line)
	}
	if b.Len() > 0 {
		b.WriteByte(' ')
	}
	b.WriteString(f.What)
	if f.Try != "" {
		b.WriteString(". Try: " + f.Try)
	}
	return b.String()
}

// Faults are all the faults of one text, in the order of its lines. Beyond
// MaxFaults the last one says how many more there are.
type Faults []Fault

// MaxFaults is how many faults are listed in full: more than a person would
// mend before looking again.
const MaxFaults = 50

// Error is one fault a line.
func (fs Faults) Error() string {
	lines := make([]string, len(fs))
	for i, f := range fs {
		lines[i] = f.Error()
	}
	return strings.Join(lines, "\n")
}

// Shortened is the faults in the order of their lines, those beyond MaxFaults
// only counted. fs itself is put in order too.
func (fs Faults) Shortened() Faults {
	fs = fs.sorted()
	if len(fs) <= MaxFaults {
		return fs
	}
	beyond := fs[MaxFaults]
	return append(fs[:MaxFaults:MaxFaults], counting(beyond.File, beyond.Line, len(fs)-MaxFaults))
}

func (fs Faults) sorted() Faults {
	slices.SortStableFunc(fs, func(a, b Fault) int { return cmp.Compare(a.Line, b.Line) })
	return fs
}

// counting is the closing line that stands for more faults.
func counting(file string, line, more int) Fault {
	return Fault{File: file, Line: line, What: fmt.Sprintf("%d more from here on", more), Try: "mend those above first, then look again"}
}

// problem is a fault that does not know its line yet. When among is set, the
// way out is the names nearest to word; they are looked for only when the fault
// is listed, so that a text of nothing but unknown words stays cheap.
type problem struct {
	what, try string
	word      string
	among     []string
}

func troubled(try, format string, a ...any) *problem {
	return &problem{what: fmt.Sprintf(format, a...), try: try}
}

func unknown(kind, word string, among []string) *problem {
	return &problem{what: fmt.Sprintf("there is no %s called %s", kind, quoted(word)), word: word, among: among}
}

func (p *problem) fault(file string, line int) Fault {
	try := p.try
	if p.among != nil {
		near := Nearest(p.word, p.among)
		if len(near) == 0 {
			near = p.among[:min(len(p.among), 12)]
		}
		try = strings.Join(near, ", ")
	}
	return Fault{File: file, Line: line, What: p.what, Try: try}
}

// quoted is a person's own word as a fault repeats it: never longer than a line
// can bear, and with nothing unprintable in it.
func quoted(word string) string {
	const most = 40
	if r := []rune(word[:min(len(word), 4*most+4)]); len(r) > most {
		word = string(r[:most]) + "…"
	}
	return fmt.Sprintf("%q", word)
}

// tally collects faults: the first MaxFaults in full, the others counted.
type tally struct {
	file   string
	listed Faults
	more   int
	beyond int // the line of the first one not listed
}

func (t *tally) add(line int, p *problem) {
	if len(t.listed) < MaxFaults {
		t.listed = append(t.listed, p.fault(t.file, line))
		return
	}
	if t.more == 0 {
		t.beyond = line
	}
	t.more++
}

// faults are what was collected, nil for none.
func (t *tally) faults() Faults {
	fs := t.listed.sorted()
	if t.more > 0 {
		fs = append(fs, counting(t.file, max(fs[len(fs)-1].Line, t.beyond), t.more))
	}
	return fs
}
