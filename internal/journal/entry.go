package journal

import (
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"stillpoint/internal/script"
)

// Bounds of what is kept. Texts are counted in characters.
const (
	MaxEntries = 100_000
	MaxNote    = 500
	MaxName    = 40 // a code name
	MaxWords   = 5  // for one region
	MaxRegions = 82 // 41 regions, each with two sides at most

	maxTitle = 200
	maxPlain = 64 // ids, languages, patterns
)

// Ended is how a session came to its end.
type Ended string

// How a session ends. NotEnded is one that goes on, or whose program went away.
const (
	NotEnded Ended = ""
	Finished Ended = "finished"
	ByChoice Ended = "by choice"
)

// Entry is one session that was practised.
type Entry struct {
	ID        string      `json:"id"`    // the session's
	Began     time.Time   `json:"began"` // to the millisecond, as the clock stood where it was practised
	CodeName  string      `json:"codeName,omitempty"`
	Script    string      `json:"script,omitempty"`
	Title     string      `json:"title,omitempty"`
	Language  string      `json:"language,omitempty"`
	Kind      script.Kind `json:"kind,omitempty"`
	Planned   int64       `json:"planned,omitempty"`   // ms
	Practised int64       `json:"practised,omitempty"` // ms really played
	Pauses    int         `json:"pauses,omitempty"`
	Ended     Ended       `json:"ended,omitempty"`
	Anchor    string      `json:"anchor,omitempty"`
	Pattern   string      `json:"pattern,omitempty"` // "extend_4_6", or several with commas
	Pace      float64     `json:"pace,omitempty"`    // breaths a minute as they were led; 0: none were
	LeftOut   []string    `json:"leftOut,omitempty"` // region keys
	Before    *CheckIn    `json:"before,omitempty"`
	After     *CheckIn    `json:"after,omitempty"`
	Note      string      `json:"note,omitempty"`
	Account   []Deed      `json:"account,omitempty"` // of a session that somebody led, and saved
}

// CheckIn is what someone noted of themselves. All of it is optional.
type CheckIn struct {
	Comfort  *int                `json:"comfort,omitempty"` // 0 to 10, as are the next two
	Tension  *int                `json:"tension,omitempty"`
	Distress *int                `json:"distress,omitempty"`
	Regions  map[string][]string `json:"regions,omitempty"` // sensation words by region key
	Feelings []string            `json:"feelings,omitempty"`
	Note     string              `json:"note,omitempty"`
}

// Empty says whether nothing was noted.
func (c *CheckIn) Empty() bool {
	return c == nil || c.Comfort == nil && c.Tension == nil && c.Distress == nil && len(c.Regions) == 0 && len(c.Feelings) == 0 && c.Note == ""
}

// settle brings an entry into its one form, or says what in it cannot be.
func (e *Entry) settle() error {
	e.Began = wall(e.Began.UnixMilli(), zoneOf(e.Began))
	e.Note, e.CodeName, e.Title = tidy(e.Note), tidy(e.CodeName), tidy(e.Title)
	if err := e.bounds(); err != nil {
		return err
	}
	if err := regionKeys(e.LeftOut); err != nil {
		return err
	}
	e.LeftOut = distinct(e.LeftOut)
	if err := e.settleAccount(); err != nil {
		return err
	}
	for _, moment := range []struct {
		name string
		c    **CheckIn
	}{{"before", &e.Before}, {"after", &e.After}} {
		if (*moment.c).Empty() {
			*moment.c = nil
		} else if err := (*moment.c).settle(); err != nil {
			return fmt.Errorf("%s: %w", moment.name, err)
		}
	}
	return nil
}

// wall is a moment as the clock showed it so many minutes east of UTC.
func wall(ms int64, zone int) time.Time {
	return time.UnixMilli(ms).In(time.FixedZone("", zone*60))
}

func zoneOf(t time.Time) (minutes int) {
	_, seconds := t.Zone()
	return seconds / 60
}

func (e *Entry) bounds() error {
	if !validID(e.ID) {
		return fmt.Errorf("an id has 1 to %d letters, digits, hyphens, dots or underscores, and “%.40s” is none. Try: the file as it was exported", maxPlain, e.ID)
	}
	if y := e.Began.Year(); y < 1970 || y > 9999 {
		return fmt.Errorf("it began in the year %d. Try: a time like 2026-11-22T07:30:00+01:00", y)
	}
	if e.Planned < 0 || e.Practised < 0 || e.Planned > maxLength || e.Practised > maxLength || e.Pauses < 0 || e.Pauses > 1e6 {
		return fmt.Errorf("a length or the number of pauses is one no session has. Try: minutes from 0 to %d", maxLength/time.Minute.Milliseconds())
	}
	if !(e.Pace >= 0 && e.Pace <= 60) {
		return fmt.Errorf("nobody is led at %v breaths a minute. Try: 0 to 60", e.Pace)
	}
	if !slices.Contains([]Ended{NotEnded, Finished, ByChoice}, e.Ended) {
		return fmt.Errorf("it ended “%.40s”. Try: finished, by choice, or nothing", e.Ended)
	}
	return e.lengths()
}

// maxLength is longer than any session with its pauses counted out, in ms.
const maxLength = int64(7 * 24 * time.Hour / time.Millisecond)

func (e *Entry) lengths() error {
	for _, text := range []struct {
		name, text string
		most       int
	}{
		{"the note", e.Note, MaxNote}, {"the code name", e.CodeName, MaxName}, {"the title", e.Title, maxTitle},
		{"the script", e.Script, maxTitle}, {"the language", e.Language, maxPlain}, {"the kind", string(e.Kind), maxPlain},
		{"the anchor", e.Anchor, maxPlain}, {"the pattern", e.Pattern, maxTitle},
	} {
		if n := utf8.RuneCountInString(text.text); n > text.most {
			return fmt.Errorf("%s has %d characters, and there is room for %d. Try: a shorter one", text.name, n, text.most)
		}
		if tidy(text.text) != text.text {
			return fmt.Errorf("%s has signs that cannot be shown. Try: letters and spaces", text.name)
		}
	}
	return nil
}

// settle brings a check-in into its one form, or says what in it cannot be.
func (c *CheckIn) settle() error {
	c.Note = tidy(c.Note)
	if n := utf8.RuneCountInString(c.Note); n > MaxNote {
		return fmt.Errorf("the note has %d characters, and there is room for %d. Try: a shorter one", n, MaxNote)
	}
	for name, n := range map[string]*int{"comfort": c.Comfort, "tension": c.Tension, "distress": c.Distress} {
		if n != nil && (*n < 0 || *n > 10) {
			return fmt.Errorf("%s is %d, and the numbers go from 0 to 10. Try: one of those, or none", name, *n)
		}
	}
	if err := known(c.Feelings, feelings); err != nil {
		return err
	}
	c.Feelings = distinct(c.Feelings)
	return c.settleRegions()
}

func (c *CheckIn) settleRegions() error {
	if len(c.Regions) > MaxRegions {
		return fmt.Errorf("%d regions are noted, and there are %d. Try: fewer", len(c.Regions), MaxRegions)
	}
	if len(c.Regions) == 0 {
		c.Regions = nil
	}
	for key, words := range c.Regions {
		if err := regionKeys([]string{key}); err != nil {
			return err
		}
		if err := known(words, sensations); err != nil {
			return err
		}
		if words = distinct(words); len(words) > MaxWords {
			return fmt.Errorf("%s has %d words, and there is room for %d. Try: the nearest few", key, len(words), MaxWords)
		}
		c.Regions[key] = words
	}
	return nil
}

// known says which word is none of a list.
func known(words, list []string) error {
	for _, w := range words {
		if !slices.Contains(list, w) {
			return fmt.Errorf("there is no word “%.40s” here. Try: %s", w, strings.Join(list, ", "))
		}
	}
	return nil
}

func regionKeys(keys []string) error {
	for _, k := range keys {
		if _, ok := script.RegionByKey(k); !ok {
			return fmt.Errorf("there is no region “%.40s”. Try: a key like sole or sole.left", k)
		}
	}
	return nil
}

// distinct is the words without those that come again; never empty but nil.
func distinct(words []string) (kept []string) {
	for _, w := range words {
		if !slices.Contains(kept, w) {
			kept = append(kept, w)
		}
	}
	return kept
}

// tidy is a text as one line: what cannot be shown is a space.
func tidy(text string) string {
	return strings.TrimSpace(strings.Map(func(r rune) rune {
		if unicode.IsControl(r) || r == '\u2028' || r == '\u2029' {
			return ' '
		}
		return r
	}, strings.ToValidUTF8(text, "\uFFFD")))
}

// clip is as much of a text as a title has room for.
func clip(text string) string {
	runes := []rune(tidy(text))
	return tidy(string(runes[:min(len(runes), maxTitle)]))
}

func validID(id string) bool {
	return id != "" && len(id) <= maxPlain && strings.Trim(id, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._") == ""
}
