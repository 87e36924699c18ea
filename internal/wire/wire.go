// Package wire is the language a device and the server speak: one JSON object a
// text frame, typed here, described in docs/protocol.md, and pinned down by the
// fixtures in testdata, which the Go and the JavaScript tests both read.
//
// It only translates. Who may see a message is decided by Timeline's guide
// argument and by the room; who may send one, by the session.
package wire

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"time"

	"stillpoint/internal/script"
	"stillpoint/internal/session"
	"stillpoint/internal/timeline"
)

// Subprotocol is what both sides name when the socket opens.
const Subprotocol = "stillpoint.v1"

// MaxFrame is the largest frame a device may send, in bytes.
const MaxFrame = 4 << 10

// Hello is a device's first frame.
type Hello struct {
	Room   string       `json:"room,omitempty"`
	Role   session.Role `json:"role,omitempty"`
	Name   string       `json:"name,omitempty"`
	Resume string       `json:"resume,omitempty"`
}

// Command asks something of the session, or of the room.
type Command struct {
	ID       string          `json:"id"`
	Do       session.Verb    `json:"do"`
	Rev      int             `json:"rev,omitempty"`
	Since    int64           `json:"since,omitempty"` // load: room time at which a person wished for it
	Script   string          `json:"script,omitempty"`
	Settings *Settings       `json:"settings,omitempty"`
	Regions  []string        `json:"regions,omitempty"`
	By       json.RawMessage `json:"by,omitempty"` // ms for extend, host, me, none or a participant for sound
	To       string          `json:"to,omitempty"`
	Section  int             `json:"section,omitempty"` // next: which section of the timeline, counted from 0
	Mix      *Mix            `json:"mix,omitempty"`
	Show     *Show           `json:"show,omitempty"`
	On       bool            `json:"on,omitempty"`       // arm
	Voice    string          `json:"voice,omitempty"`    // bell: hear this voice instead
	Language string          `json:"language,omitempty"` // bell: of the voice; ground: of its words
	Agreed   bool            `json:"agreed,omitempty"`
	Client   bool            `json:"client,omitempty"` // pause, stop, ground: by a key that was given to the client
}

// Ping asks what time it is in the room; T0 comes back untouched.
type Ping struct {
	T0 json.Number `json:"t0"`
}

// Settings is timeline.Settings on the wire.
type Settings struct {
	Length   int64         `json:"length,omitempty"` // ms
	LeaveOut []string      `json:"leaveOut,omitempty"`
	Welcome  []string      `json:"welcome,omitempty"`
	Anchor   script.Anchor `json:"anchor,omitempty"`
	Pace     float64       `json:"pace,omitempty"`
	OwnPace  float64       `json:"ownPace,omitempty"`
	Voice    string        `json:"voice,omitempty"`
	TextOnly bool          `json:"textOnly,omitempty"`
	Ambience string        `json:"ambience,omitempty"`
}

// Mix is how loud each kind of sound is, 0 to 100, and how the breath sounds.
type Mix struct {
	Voice    int          `json:"voice"`
	Bells    int          `json:"bells"`
	Breath   int          `json:"breath"`
	Ambience int          `json:"ambience"`
	Tone     session.Tone `json:"tone"`
	Count    bool         `json:"count"`
	Night    bool         `json:"night"`
}

// Show is what the client's screens show, and whether they show time.
type Show struct {
	What session.Shown `json:"what"`
	Time bool          `json:"time"`
}

// ErrType is a frame whose type no device sends.
var ErrType = errors.New("this message is of no type a device sends; there are hello, command and ping")

// Decode reads a device's frame: *Hello, *Command or *Ping. Its error is a
// sentence for the device's screen.
func Decode(frame []byte) (any, error) {
	if len(frame) > MaxFrame {
		return nil, fmt.Errorf("this message is %d bytes long; the most is %d", len(frame), MaxFrame)
	}
	var kind struct {
		Type string       `json:"type"`
		Do   session.Verb `json:"do"`
	}
	if err := json.Unmarshal(frame, &kind); err != nil {
		return nil, errors.New("this message is not a JSON object")
	}
	var m any
	switch kind.Type {
	case "hello":
		m = &Hello{}
	case "command":
		if kind.Do.Silences() {
			return silence(frame, kind.Do), nil
		}
		m = &Command{}
	case "ping":
		m = &Ping{}
	default:
		return nil, ErrType
	}
	decoder := json.NewDecoder(bytes.NewReader(frame))
	decoder.UseNumber()
	if err := decoder.Decode(m); err != nil {
		return nil, fmt.Errorf("this %s has a field of the wrong kind", kind.Type)
	}
	return m, m.(interface{ check() error }).check()
}

// silence is a command that brings silence. It is never refused for its form:
// whatever else the frame holds is passed over.
func silence(frame []byte, do session.Verb) *Command {
	c := &Command{Do: do}
	var said struct {
		ID       string `json:"id"`
		Language string `json:"language"`
		Client   bool   `json:"client"`
	}
	_ = json.Unmarshal(frame, &said) // a field of the wrong kind is passed over, and the other read
	if len(said.ID) <= session.MaxID {
		c.ID = said.ID
	}
	c.Language, c.Client = said.Language, said.Client
	return c
}

func (h *Hello) check() error {
	if len(h.Room) > 64 || len(h.Name) > 200 || len(h.Resume) > 128 {
		return errors.New("this hello has a field that is too long")
	}
	if h.Role == "" || h.Role.Joins() {
		return nil
	}
	return fmt.Errorf("there is no role “%.40s”; there are guide, guest, display and remote", h.Role)
}

func (c *Command) check() error {
	switch {
	case c.ID == "" || len(c.ID) > 64:
		return errors.New("a command needs an id of 1 to 64 characters")
	case len(c.Voice) > timeline.MaxVoice || len(c.Language) > 16:
		return errors.New("this command names a voice or a language that is too long")
	case len(c.Regions) > 64:
		return errors.New("a command can name at most 64 regions")
	case !slices.Contains(session.Verbs(), c.Do):
		return fmt.Errorf("there is no command “%.40s”", c.Do)
	}
	return nil
}

func (p *Ping) check() error {
	if _, err := p.T0.Float64(); err != nil {
		return errors.New("a ping needs a number t0")
	}
	return nil
}

// Timeline settings from the wire's. Unknown regions and anchors are errors.
func (s *Settings) Timeline() (set timeline.Settings, err error) {
	if s == nil {
		return set, nil
	}
	set = timeline.Settings{Length: time.Duration(s.Length) * time.Millisecond, Anchor: s.Anchor, Pace: s.Pace, OwnPace: s.OwnPace, Voice: s.Voice, TextOnly: s.TextOnly, Ambience: s.Ambience}
	if s.Length < 0 || s.Length > script.MaxLength.Milliseconds() {
		return set, fmt.Errorf("a length of %d ms is not one a session can have", s.Length)
	}
	if set.LeaveOut, err = Regions(s.LeaveOut); err != nil {
		return set, err
	}
	set.Welcome, err = Regions(s.Welcome)
	return set, err
}

// SettingsOf is the wire's form of settings.
func SettingsOf(s timeline.Settings) Settings {
	return Settings{Length: s.Length.Milliseconds(), LeaveOut: Keys(s.LeaveOut), Welcome: Keys(s.Welcome),
		Anchor: s.Anchor, Pace: s.Pace, OwnPace: s.OwnPace, Voice: s.Voice, TextOnly: s.TextOnly, Ambience: s.Ambience}
}

// Regions reads region keys.
func Regions(keys []string) ([]script.Region, error) {
	if len(keys) > 128 {
		return nil, errors.New("a list can name at most 128 regions")
	}
	var regions []script.Region
	for _, k := range keys {
		r, ok := script.RegionByKey(k)
		if !ok {
			return nil, fmt.Errorf("there is no region “%.40s”", k)
		}
		regions = append(regions, r)
	}
	return regions, nil
}

// Keys writes regions as their keys.
func Keys(regions []script.Region) []string {
	var keys []string
	for _, r := range regions {
		keys = append(keys, r.Key())
	}
	return keys
}
