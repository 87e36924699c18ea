// Package session is one run of one timeline, and what may be asked of it: a
// pure function from a state, a command and the time to the next state.
//
// It decides who may do what, what each command means in each state, and which
// wish wins when two arrive together: stop beats pause beats resume. It holds no
// clock, starts nothing and stores nothing; package room lives it. It must not
// know of sockets, sound or screens.
package session

import (
	"fmt"
	"slices"
	"time"

	"stillpoint/internal/script"
	"stillpoint/internal/timeline"
	"stillpoint/internal/transport"
)

// How far ahead a session begins, so that every device begins together.
const (
	LeadIn = 2 * time.Second        // start, resume, ground: time to lie back again
	Step   = 300 * time.Millisecond // go-on, next, previous: longer than a message takes to any device
)

// MaxID is the longest command id, in bytes.
const MaxID = 64

// Verb is what a command asks for.
type Verb string

// The verbs. End, Alone, Out, Slept and Restarted are nobody's: the room gives them
// when the end is reached, when no device is left that could stop what plays, when the
// client's last one was taken out, when the computer has been asleep while it played,
// and when the server was away for long.
const (
	Load      Verb = "load"
	Start     Verb = "start"
	Pause     Verb = "pause"
	Resume    Verb = "resume"
	Stop      Verb = "stop"
	Return    Verb = "return"
	Ground    Verb = "ground"
	Next      Verb = "next"
	Previous  Verb = "previous"
	Skip      Verb = "skip"
	Stay      Verb = "stay"
	GoOn      Verb = "go-on"
	Extend    Verb = "extend"
	Reflow    Verb = "reflow" // end when it was to, as far as what is to come can
	Pace      Verb = "pace"
	Anchor    Verb = "anchor"
	Settings  Verb = "settings"
	Sound     Verb = "sound" // which device is the room's sound; the room's own, as are the next four
	Bell      Verb = "bell"
	SetMix    Verb = "mix"  // how loud each kind of sound is, and how the breath sounds
	Arm       Verb = "arm"  // this device has been tapped, and may sound
	SetShow   Verb = "show" // what the client's screens show
	End       Verb = "end"
	Alone     Verb = "alone"
	Out       Verb = "out"
	Slept     Verb = "slept"
	Restarted Verb = "restarted"
)

// Verbs is every verb a device may ask for.
func Verbs() []Verb {
	return []Verb{Load, Start, Pause, Resume, Stop, Return, Ground, Next, Previous, Skip, Stay, GoOn, Extend, Reflow, Pace, Anchor, Settings, Sound, Bell, SetMix, Arm, SetShow}
}

// Silences says whether the verb brings silence. Such a command is never stale
// and never too much, and nothing may make it wait.
func (v Verb) Silences() bool { return v == Pause || v == Stop || v == Ground }

// Told says whether an account of the session tells of the verb: what set it going or
// halted it, and what changed where it is or how long it takes.
func (v Verb) Told() bool {
	switch v {
	case Start, Pause, Stop, Ground, Resume, Return, Next, Previous, Extend, Stay, GoOn, Reflow, Skip, End, Alone, Out, Slept, Restarted:
		return true
	}
	return false
}

// Role is what a device is in its room.
type Role string

// The roles. The zero Role is nobody: time itself.
const (
	Guide   Role = "guide"
	Guest   Role = "guest"
	Display Role = "display"
	Remote  Role = "remote" // in a guide's hand: silence, and the next part
)

// Client is who going on needs when a key that was given to the client halted a
// session. It is no participant, so only a guide can say that they agreed.
const Client = "client"

// Joins says whether it is a role that a device can have.
func (r Role) Joins() bool {
	return r == Guide || r == Guest || r == Display || r == Remote
}

// May says whether a role may ask for a verb at all. Whether resuming needs
// someone's agreement besides is a question of the state.
func (r Role) May(v Verb) bool {
	switch v {
	case End, Alone, Out, Slept, Restarted:
		return r == ""
	case Pause, Stop, Ground:
		return r.Joins()
	case Arm:
		return r.Joins() && r != Remote
	case Next:
		return r == Guide || r == Remote
	case Resume, Return, Skip, Stay, GoOn, Pace, Anchor, Sound:
		return r == Guide || r == Guest
	}
	return r == Guide
}

// State is a session as it stands; the zero State is none. It is a value: what
// its fields point at is never changed, so it may be copied and shared freely.
type State struct {
	ID        string
	ScriptID  string
	Script    *script.Script
	Settings  timeline.Settings
	Timeline  *timeline.Timeline // nil when nothing is loaded
	Transport transport.Transport

	Began   time.Duration // room time at which this run set out; of use once Planned is not 0
	Planned time.Duration // how long it was to take, when it set out; 0: it has not begun

	Rev     int    // grows by one with every change, whatever session it is, and with every pause and stop
	PlanRev int    // the Rev that brought Timeline
	By      string // the participant behind the last change; "" when nobody asked
	Why     string // the verb of the last change

	Needs string // the participant whose agreement going on needs, or Client; "" is none
	Held  bool   // halted where it holds at a wait, it will hold there again
	Aside *Aside // what was put aside for a grounding; nil when not grounding, or nothing was
	Seen  Seen   // the commands done lately
}

// Aside is a session put aside for a grounding, as it was.
type Aside struct {
	ID       string
	ScriptID string
	Script   *script.Script
	Settings timeline.Settings
	Timeline *timeline.Timeline
	Began    time.Duration
	Planned  time.Duration
	State    transport.State
	Position time.Duration
	Held     bool
}

// Loaded says whether there is a session at all.
func (s State) Loaded() bool { return s.Timeline != nil }

// PositionAt is where the session is at room time now.
func (s State) PositionAt(now time.Duration) time.Duration {
	if !s.Loaded() {
		return 0
	}
	return s.Transport.PositionAt(now, s.Timeline.Until(s.Transport.Position))
}

// WaitingAt says whether at room time now the session holds until someone goes on.
func (s State) WaitingAt(now time.Duration) bool {
	if !s.Loaded() || s.Transport.State != transport.Playing {
		return false
	}
	// A session that set out from a wait has gone on from it.
	at := s.PositionAt(now)
	return at > s.Transport.Position && s.Timeline.WaitingAt(at)
}

// Ends is the room time at which the session ends if nobody does anything.
// False when it is not playing, or holds somewhere before that.
func (s State) Ends() (time.Duration, bool) {
	if !s.Loaded() {
		return 0, false
	}
	if s.Timeline.Until(s.Transport.Position) < s.Timeline.Length {
		return 0, false
	}
	return s.Transport.Due(s.Timeline.Length)
}

// over says whether it was stopped with nothing left to go back to: at its end,
// while the last bell rang. It can begin again, as after the end.
func (s State) over() bool {
	return s.Loaded() && s.Transport.State == transport.Stopped && s.Transport.Position >= s.Timeline.Length
}

// Command asks something of a session. ID, By and Role are always of use; the
// others only to the verbs named.
type Command struct {
	ID   string // the device's own; the same twice is done once; "" is never remembered
	By   string // participant
	Role Role
	Do   Verb
	Rev  int // the revision the device had seen; 0 when it does not say

	Since    time.Duration     // load: room time at which a person wished for it; 0 when nobody says
	Agreed   bool              // resume, return: the guest agreed
	Client   bool              // pause, stop, ground, of a guide or a remote: a key that was given to the client
	To       string            // pace: slower, easier, hold; anchor: which; sound: host, me, none, or a participant
	Length   time.Duration     // extend: how much longer; negative is shorter
	Section  int               // next: the section of the timeline to go to, ahead of the present one; 0: the next one
	Regions  []script.Region   // skip; none: the present ones
	Settings timeline.Settings // load, settings; without edits
	Script   string            // load: its id
	Mix      Mix               // mix
	Show     Show              // show
	On       bool              // arm
	Voice    string            // bell: which voice to hear instead, "" for the bell
	Language string            // bell: of the voice; ground: of its words, "" for the session's own

	Page  *script.Script // load: what Script means; the room looks it up
	NewID string         // load, ground, start: the id of the session that begins; the room gives it
}

// Mix is how loud each kind of sound is, 0 to 100, and how the breath sounds.
type Mix struct {
	Voice, Bells, Breath, Ambience int
	Tone                           Tone
	Count                          bool // a soft pulse for every second of a breath
	Night                          bool // quiet hours: nothing is louder than the night allows
}

// Check refuses a mix that no person's choice could have made.
func (m Mix) Check() error {
	for _, level := range []int{m.Voice, m.Bells, m.Breath, m.Ambience} {
		if level < 0 || level > 100 {
			return &Refusal{BadMessage, fmt.Sprintf("A level is a number from 0 to 100, and %d is not.", level)}
		}
	}
	if !slices.Contains(Tones(), m.Tone) {
		return &Refusal{BadMessage, "The breath can sound soft, warm, air or none: tone."}
	}
	return nil
}

// Tone is what a breath sounds like.
type Tone string

// The tones.
const (
	Soft   Tone = "soft"
	Warm   Tone = "warm"
	Air    Tone = "air"
	NoTone Tone = "none" // the breath is only seen
)

// Tones is every tone.
func Tones() []Tone { return []Tone{Soft, Warm, Air, NoTone} }

// EvenMix is the mix a room begins with: everything there, with room to go up.
func EvenMix() Mix { return Mix{Voice: 80, Bells: 80, Breath: 80, Ambience: 80, Tone: Soft} }

// Env is what stays the same from command to command.
type Env struct {
	Speech     timeline.Speech
	Groundings []Grounding // one in each language, the first for all others; none: ground only stops
}

// Event is something that happened in a session, for those who keep records.
type Event struct {
	Kind     Verb   // what took effect
	Session  string // in which session
	By       string // participant; "" when nobody asked
	At       time.Duration
	Position time.Duration
}
