package library

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"stillpoint/internal/script"
)

// Bounds of a plan.
const (
	MaxPlanBytes = 16 << 10
	MaxItems     = 20  // lines that name a script
	MaxFrom      = 80  // characters
	MaxNote      = 300 // characters
	maxTimes     = 21  // a week
	maxMinutes   = 180
)

// Plan is what a therapist suggests for home: a page of words in the person's own
// folder. Nothing is counted, and nothing asks whether it was done.
type Plan struct {
	From  string // who wrote it
	Note  string
	Items []PlanItem
}

// PlanItem is one line of a plan.
type PlanItem struct {
	Line   int    // of the page, 1-based
	Script string // an id of the library
	Times  int    // a week; 0: when you like
	Length time.Duration
}

// ParsePlan reads a plan. What can be understood is there even beside faults,
// which name their line and a way out.
func ParsePlan(name, text string) (Plan, script.Faults) {
	p := planParser{name: name}
	if len(text) > MaxPlanBytes || !utf8.ValidString(text) {
		p.fault(0, "this is more than a page of plain words", "a few lines, saved as plain text")
		return p.plan, p.faults
	}
	for i, line := range strings.Split(strings.TrimPrefix(text, "\ufeff"), "\n") {
		if line = strings.TrimSpace(line); line != "" {
			p.line(i+1, line)
		}
	}
	return p.plan, p.faults.Shortened()
}

type planParser struct {
	name   string
	plan   Plan
	faults script.Faults
}

func (p *planParser) fault(line int, what, try string) {
	p.faults = append(p.faults, script.Fault{File: p.name, Line: line, What: what, Try: try})
}

func (p *planParser) line(n int, line string) {
	name, value, _ := strings.Cut(line, ":")
	switch strings.ToLower(strings.TrimSpace(name)) {
	case "from":
		p.header(n, &p.plan.From, value, MaxFrom)
	case "note":
		p.header(n, &p.plan.Note, value, MaxNote)
	default:
		p.item(n, line)
	}
}

func (p *planParser) header(n int, to *string, value string, most int) {
	value = strings.TrimSpace(value)
	switch {
	case *to != "":
		p.fault(n, "this is said twice", "keeping one of the two lines")
	case utf8.RuneCountInString(value) > most:
		p.fault(n, fmt.Sprintf("this is longer than %d characters", most), "fewer words")
	default:
		*to = value
	}
}

// item reads `feet-first, three times a week, 10 min`: the name of a script, which
// may hold commas itself, and after it how often and how long, in either order.
func (p *planParser) item(n int, line string) {
	if len(p.plan.Items) == MaxItems {
		p.fault(n, fmt.Sprintf("there are more than %d lines", MaxItems), "a few, for a start")
		return
	}
	item := PlanItem{Line: n, Script: line}
	for {
		comma := strings.LastIndex(item.Script, ",")
		if comma < 0 || !item.take(strings.ToLower(strings.Join(strings.Fields(item.Script[comma+1:]), " "))) {
			break
		}
		item.Script = strings.TrimSpace(item.Script[:comma])
	}
	switch {
	case item.Script == "":
		p.fault(n, "no script is named here", "a line like: feet-first, three times a week")
	case item.Times > maxTimes:
		p.fault(n, fmt.Sprintf("that is more than %d times a week", maxTimes), "three times a week")
	case item.Length > maxMinutes*time.Minute:
		p.fault(n, fmt.Sprintf("that is longer than %d minutes", maxMinutes), "10 min")
	default:
		p.plan.Items = append(p.plan.Items, item)
	}
}

var (
	oftenLine  = regexp.MustCompile(`^(?:(\w+) times|(once|twice)) a week$`)
	minuteLine = regexp.MustCompile(`^(\d{1,4}) ?min(?:utes?)?$`)
	numbers    = []string{"", "once", "twice", "three", "four", "five", "six", "seven", "eight", "nine", "ten"}
)

// take keeps what a part of the line says; false when it is part of a name.
func (i *PlanItem) take(part string) bool {
	if often := oftenLine.FindStringSubmatch(part); often != nil {
		n := number(often[1] + often[2])
		i.Times = n
		return n > 0
	}
	if long := minuteLine.FindStringSubmatch(part); long != nil {
		n, _ := strconv.Atoi(long[1])
		i.Length = time.Duration(n) * time.Minute
		return n > 0
	}
	return part == "when you like" || part == "every day" && i.daily()
}

func (i *PlanItem) daily() bool { i.Times = 7; return true }

// number is a count in digits or words, 0 where it is neither.
func number(word string) int {
	switch word {
	case "one":
		return 1
	case "two":
		return 2
	}
	if n, err := strconv.Atoi(word); err == nil && n > 0 && n < 1000 {
		return n
	}
	return max(0, slices.Index(numbers, word))
}

// ReadPlan reads a plan from a file. No file is an empty plan.
func ReadPlan(path string) (Plan, script.Faults, error) {
	text, err := read(os.DirFS(filepath.Dir(path)), filepath.Base(path))
	if errors.Is(err, fs.ErrNotExist) {
		return Plan{}, nil, nil
	}
	if err != nil {
		return Plan{}, nil, fmt.Errorf("read the plan: %w", err)
	}
	plan, faults := ParsePlan(filepath.Base(path), text)
	return plan, faults, nil
}
