// Package script is a page of words with stage directions in brackets: the
// text a therapist writes in any editor, and the Script it means.
//
// A file is UTF-8 text: a header of `key: value` lines, a blank line, then the
// body. `#` opens a section, a paragraph is a prompt, square brackets are
// directions, `//` starts a comment line. docs/scripts.md is the author's guide.
//
// Parse reads text into a Script and reports every fault it finds with its line;
// Format writes a Script back in its one canonical form, so that
// Format(Parse(Format(s))) == Format(s). The package does no I/O and knows
// nothing of clock times: turning words into times is package timeline's.
package script

import "time"

// Limits every script keeps. A text beyond them is a fault, never a crash.
const (
	MaxBytes   = 256 << 10     // size of the text
	MaxLength  = 4 * time.Hour // longest session, and longest single silence or rest
	MaxItems   = 5000          // sections, prompts and directions together
	MaxBreaths = 2000          // breaths in one breathe direction
)

// Script is one page of words, understood.
type Script struct {
	Title    string
	Summary  string
	Language string // BCP 47, "en" when the header is silent
	Kind     Kind
	Care     bool // header `care: trauma-sensitive`: the checks in script/check apply
	Author   string
	Reviewer string
	Length   Length
	Sections []Section // at least one; text before the first `#` is a section with an empty Title
}

// Kind says which way in a script belongs to.
type Kind string

// The kinds a header may name.
const (
	BodyScan  Kind = "body scan"
	Breathing Kind = "breathing"
	Grounding Kind = "grounding"
	Treatment Kind = "treatment"
)

// Length is the header's `length: 10 min (5 to 20)`.
// Min and Max equal Want when no bounds are written. All zero: as long as it comes out.
type Length struct{ Want, Min, Max time.Duration }

// Section is a `#` heading and what stands under it.
type Section struct {
	Line  int
	Title string
	Items []Item
}

// Item is a prompt or a direction: one of the types below.
type Item interface{ line() int }

// Line gives the 1-based line an item stands on.
func Line(i Item) int { return i.line() }

// Prompt is a paragraph, spoken and shown, and the silence after it.
type Prompt struct {
	At      int    // line
	Text    string // one line, single spaces
	Silence Silence
}

// Silence is a bracketed number of seconds. It stretches with the length asked
// for unless it is Fixed.
type Silence struct {
	Length time.Duration
	Fixed  bool
}

// Bell is `[bell]` or `[bell NAME]`; Name is one of Bells.
type Bell struct {
	At   int
	Name string // "" is the plain bell
}

// Place is `[at REGION, …]`: attention goes there and stays until the next
// place, `[outside]`, or the end of the section. No regions: `[at nowhere]`.
type Place struct {
	At      int
	Regions []Region
}

// Outside is `[outside]`: attention returns to the room.
type Outside struct{ At int }

// Breathe is `[breathe …]`: a pattern for a time or a count, or a ramp.
type Breathe struct {
	At      int
	Pattern Pattern       // one breath; zero for a ramp
	For     time.Duration // whole breaths nearest to this; zero when Times or Ramp is set
	Times   int           // breaths; zero when For or Ramp is set
	Ramp    *Ramp         // nil unless `from A to B a minute over T`
}

// Ramp leads the breath from one rate to another.
type Ramp struct {
	From      float64       // breaths a minute; 0 means the person's own pace (`from own`)
	To        float64       // breaths a minute
	Over      time.Duration //
	OutLonger bool          // `out longer`: in 40, out 60 of 100; otherwise even
}

// Quiet is `[rest 60]` or `[rest 12 min]`, or a bare number alone on a line:
// a time with nothing said. It stretches unless Fixed.
type Quiet struct {
	At     int
	Length time.Duration
	Fixed  bool
}

// Guide is `[guide: TEXT]` or `[guide at 10 min: TEXT]`: for the therapist's
// eyes only, never sounded. After counts from the start of the section in the
// script's own times, and moves with them when they stretch; negative means
// "here, where it stands".
type Guide struct {
	At    int
	After time.Duration
	Text  string
}

// Wait is `[wait]`: the session holds here until someone goes on.
type Wait struct{ At int }

// Ambience is `[ambience NAME]`; Name is one of Ambiences, or "" for `[ambience off]`.
type Ambience struct {
	At   int
	Name string
}

// AnchorPrompt is `[anchor]` or `[anchor 14]`: a prompt that names the anchor
// the person chose, and the silence after it.
type AnchorPrompt struct {
	At      int
	Silence Silence
}

func (i Prompt) line() int       { return i.At }
func (i Bell) line() int         { return i.At }
func (i Place) line() int        { return i.At }
func (i Outside) line() int      { return i.At }
func (i Breathe) line() int      { return i.At }
func (i Quiet) line() int        { return i.At }
func (i Guide) line() int        { return i.At }
func (i Wait) line() int         { return i.At }
func (i Ambience) line() int     { return i.At }
func (i AnchorPrompt) line() int { return i.At }

// Bells and Ambiences are the names an author may use.
// The plain bell is "bowl".
var (
	Bells     = []string{"bowl", "high", "low", "village", "chime", "closing"}
	Ambiences = []string{"pink", "brown", "rain", "ocean", "drone"}
)

// Anchor is the steady place a person chose to return to. Never breath unless chosen.
type Anchor string

// The anchors of R7, the default first.
const (
	Feet    Anchor = "feet"
	Hands   Anchor = "hands"
	Support Anchor = "support"
	Sounds  Anchor = "sounds"
	Sight   Anchor = "sight"
	Breath  Anchor = "breath"
)

// Anchors lists them in the order they are offered.
var Anchors = []Anchor{Feet, Hands, Support, Sounds, Sight, Breath}
