// Package timeline is a script with every duration worked out: spans (what is
// seen) and cues (what is heard).
//
// Compile is pure: the same script, settings and speech lengths always give the
// same timeline, to the millisecond. Whatever people change on the way (skip,
// stay, longer, slower) is an Edit in the settings, so a change is simply
// compiling again; the new timeline agrees with the old one up to the moment of
// the edit.
package timeline

import (
	"time"

	"stillpoint/internal/script"
)

// Timeline is one session's score. It never changes once compiled, and may be
// shared freely. All times are whole milliseconds from its beginning.
type Timeline struct {
	Title    string
	Language string
	Voice    string // the one its speech lengths are of
	Length   time.Duration
	Spans    []Span // ordered by From, the longer first
	Cues     []Cue  // ordered by At
}

// Kind says what a span shows or a cue sounds.
type Kind string

// The kinds of span. A section, a scan or an outside lies over the others; the
// rest follow one another in a single file.
const (
	SectionSpan Kind = "section" // Text: its title, may be empty
	Scan        Kind = "scan"    // Regions: where attention is
	Outside     Kind = "outside" // attention is with the room
	Say         Kind = "say"     // Text: words being spoken; they stay on screen until the next
	Inhale      Kind = "inhale"  // N of Of: which breath of its block
	Hold        Kind = "hold"
	Exhale      Kind = "exhale"
	Rest        Kind = "rest"    // the pause after an exhale
	Natural     Kind = "natural" // breathing as it comes
	Quiet       Kind = "quiet"   // nothing said: a `rest` direction
	Wait        Kind = "wait"    // the session holds at its From until someone goes on; it lasts 1 ms
)

// The kinds of cue. A say, inhale or exhale cue stands at the start of its span
// and lasts as long.
const (
	Bell     Kind = "bell"     // Name
	Ambience Kind = "ambience" // Name, "" for off
	Here     Kind = "here"     // a soft "still here" inside a long silence
	Guide    Kind = "guide"    // Text, for the guide's eyes only; no sound
)

// Span is something lasting [From, To) that is seen.
type Span struct {
	Kind     Kind
	From, To time.Duration
	Text     string
	Regions  []script.Region
	N, Of    int
}

// Cue is an instant that is heard (or, for a guide cue, privately seen).
type Cue struct {
	Kind   Kind
	At     time.Duration
	Length time.Duration // say, inhale, exhale: how long the sound may last
	Name   string
	Text   string
}

// Line is words to be spoken: by which voice, and in which language.
type Line struct {
	Text     string
	Language string // as the script names it: "en", "de", "pt-BR"; "" is English
	Voice    string // as Settings names it
}

// Speech says how long a line takes to speak. It must be pure.
type Speech func(Line) time.Duration

// Settings is everything a person may choose. The zero Settings is the script
// as it is written.
type Settings struct {
	Length   time.Duration   // asked for; 0: as the script says
	LeaveOut []script.Region // prompts about these are not there
	Welcome  []script.Region // opt-in regions that may be there
	Anchor   script.Anchor   // "" is feet, or the first that names no place left out
	Pace     float64         // breath lengths are multiplied by it; 0 is 1; within MinPace..MaxPace
	OwnPace  float64         // the person's own breaths a minute, 8..20; 0 is 12
	Voice    string          // who speaks; "" is whoever speaks this script best
	TextOnly bool            // words on screen only, none spoken
	Ambience string          // beneath it all, instead of the script's own; NoAmbience is none, "" is as written
	Edits    []Edit          // in the order they were made; at most MaxEdits
}

// Edit is a change made at a position of the timeline as it was then.
type Edit struct {
	At      time.Duration
	Do      Change
	By      time.Duration   // extend: how much, may be negative; reflow: how long it is to go on
	Regions []script.Region // skip; leave-out
	Anchor  script.Anchor   // anchor
}

// Change is what an edit does.
type Change string

// The changes.
const (
	Skip     Change = "skip"   // leave these regions out from here on; the present one ends now
	Stay     Change = "stay"   // hold at the end of the present prompt
	GoOn     Change = "go-on"  // undo a stay that was not reached yet
	Extend   Change = "extend" // make the present silence, rest or breath block longer or shorter
	Reflow   Change = "reflow" // fit what is still to come, so that it ends when it is to
	Slower   Change = "slower" // breaths lengthen by a tenth, at most 3 % a breath
	Easier   Change = "easier" // breaths shorten by a tenth at once
	HoldPace Change = "hold"   // the present pace stays
	ToAnchor Change = "anchor" // later anchor prompts name another anchor
)

// Bounds of Settings.
const (
	MinPace  = 0.5
	MaxPace  = 2
	MaxEdits = 500
	MaxVoice = 64 // bytes of a voice's name
)

// NoAmbience leaves out what ambience a script has.
const NoAmbience = "none"
