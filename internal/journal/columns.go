package journal

import (
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
	"time"

	"stillpoint/internal/script"
)

// column is one thing an entry says, as a text: what a table has in one of its
// columns.
type column struct {
	name string
	text func(*Entry) string
	read func(*Entry, string) error
}

// Columns is the name of every column, in the order an export has them.
func Columns() (names []string) {
	for _, c := range columns() {
		names = append(names, c.name)
	}
	return names
}

const accountColumn = "account"

// leftOutColumn is exported only when it is asked for by name.
const leftOutColumn = "left_out"

func columns() []column {
	all := []column{
		words("id", func(e *Entry) *string { return &e.ID }),
		{"began", func(e *Entry) string { return e.Began.Format(moment) }, func(e *Entry, text string) (err error) {
			if e.Began, err = time.Parse(time.RFC3339, text); err != nil {
				err = fmt.Errorf("“%.40s” is not a time. Try: 2026-11-22T07:30:00+01:00", text)
			}
			return err
		}},
		words("code_name", func(e *Entry) *string { return &e.CodeName }),
		words("script", func(e *Entry) *string { return &e.Script }),
		words("title", func(e *Entry) *string { return &e.Title }),
		words("language", func(e *Entry) *string { return &e.Language }),
		words("kind", func(e *Entry) *script.Kind { return &e.Kind }),
		minutes("planned_minutes", func(e *Entry) *int64 { return &e.Planned }),
		minutes("practised_minutes", func(e *Entry) *int64 { return &e.Practised }),
		{"pauses", func(e *Entry) string { return strconv.Itoa(e.Pauses) }, func(e *Entry, text string) (err error) {
			e.Pauses, err = digits(text)
			return err
		}},
		words("ended", func(e *Entry) *Ended { return &e.Ended }),
		words("anchor", func(e *Entry) *string { return &e.Anchor }),
		words("pattern", func(e *Entry) *string { return &e.Pattern }),
		{"pace", func(e *Entry) string { return some(e.Pace != 0, number(e.Pace)) }, func(e *Entry, text string) (err error) {
			e.Pace, err = decimal(text)
			return err
		}},
		list(leftOutColumn, func(e *Entry) *[]string { return &e.LeftOut }),
	}
	all = append(all, checkIn("before_", func(e *Entry) **CheckIn { return &e.Before })...)
	all = append(all, checkIn("after_", func(e *Entry) **CheckIn { return &e.After })...)
	return append(all, words("note", func(e *Entry) *string { return &e.Note }),
		column{accountColumn, func(e *Entry) string { return accountText(e.Account) }, func(e *Entry, text string) (err error) {
			e.Account, err = accountFrom(text)
			return err
		}})
}

// moment is a time to the millisecond, with its place in the day where it was.
const moment = "2006-01-02T15:04:05.000Z07:00"

func checkIn(prefix string, of func(*Entry) **CheckIn) []column {
	in := func(e *Entry) *CheckIn {
		if *of(e) == nil {
			return &CheckIn{}
		}
		return *of(e)
	}
	made := func(e *Entry) *CheckIn {
		*of(e) = in(e)
		return *of(e)
	}
	degree := func(name string, n func(*CheckIn) **int) column {
		return column{prefix + name, func(e *Entry) string { return degreeText(*n(in(e))) }, func(e *Entry, text string) error {
			v, err := digits(text)
			*n(made(e)) = &v
			return err
		}}
	}
	return []column{
		degree("comfort", func(c *CheckIn) **int { return &c.Comfort }),
		degree("tension", func(c *CheckIn) **int { return &c.Tension }),
		degree("distress", func(c *CheckIn) **int { return &c.Distress }),
		{prefix + "body", func(e *Entry) string { return bodyText(in(e).Regions) }, func(e *Entry, text string) (err error) {
			made(e).Regions, err = bodyFrom(text)
			return err
		}},
		{prefix + "feelings", func(e *Entry) string { return listText(in(e).Feelings) }, func(e *Entry, text string) error {
			made(e).Feelings = listFrom(text)
			return nil
		}},
		{prefix + "note", func(e *Entry) string { return in(e).Note }, func(e *Entry, text string) error {
			made(e).Note = text
			return nil
		}},
	}
}

func words[T ~string](name string, of func(*Entry) *T) column {
	return column{name, func(e *Entry) string { return string(*of(e)) }, func(e *Entry, text string) error {
		*of(e) = T(text)
		return nil
	}}
}

func list(name string, of func(*Entry) *[]string) column {
	return column{name, func(e *Entry) string { return listText(*of(e)) }, func(e *Entry, text string) error {
		*of(e) = listFrom(text)
		return nil
	}}
}

// minutes is a time in minutes, with as many decimals as tell its milliseconds.
func minutes(name string, of func(*Entry) *int64) column {
	return column{name, func(e *Entry) string { return minutesText(*of(e)) }, func(e *Entry, text string) error {
		n, err := decimal(text)
		if ms := math.Round(n * 60_000); math.Abs(ms) <= float64(maxLength) {
			*of(e) = int64(ms)
		} else if err == nil {
			err = fmt.Errorf("“%.40s” is longer than any session. Try: minutes, like 9.5", text)
		}
		return err
	}}
}

func minutesText(ms int64) string {
	for digits := 0; ; digits++ {
		text := strconv.FormatFloat(float64(ms)/60_000, 'f', digits, 64)
		if n, _ := strconv.ParseFloat(text, 64); int64(math.Round(n*60_000)) == ms || digits == 9 {
			return text
		}
	}
}

func degreeText(n *int) string {
	if n == nil {
		return ""
	}
	return strconv.Itoa(*n)
}

func digits(text string) (int, error) {
	n, err := strconv.Atoi(text)
	if err != nil {
		err = fmt.Errorf("“%.40s” is not a whole number. Try: digits", text)
	}
	return n, err
}

func decimal(text string) (float64, error) {
	n, err := strconv.ParseFloat(text, 64)
	if err != nil || math.IsNaN(n) || math.IsInf(n, 0) {
		return 0, fmt.Errorf("“%.40s” is not a number. Try: digits and a point", text)
	}
	return n, nil
}

func some(there bool, text string) string {
	if !there {
		return ""
	}
	return text
}

// choose is the columns of some names, in our order; all of them where none is
// named. Left-out regions are among them only where they are wanted.
func choose(names []string, leftOut bool) (chosen []column, err error) {
	all := columns()
	for _, name := range names {
		if !slices.ContainsFunc(all, func(c column) bool { return c.name == name }) {
			return nil, badly("There is no column “%.40s”. There are %s.", name, strings.Join(Columns(), ", "))
		}
	}
	for _, c := range all {
		named := len(names) == 0 || slices.Contains(names, c.name)
		if named && (c.name != leftOutColumn || leftOut) {
			chosen = append(chosen, c)
		}
	}
	return chosen, nil
}
