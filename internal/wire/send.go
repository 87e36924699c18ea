package wire

import (
	"encoding/json"
	"time"

	"stillpoint/internal/session"
	"stillpoint/internal/timeline"
	"stillpoint/internal/transport"
)

// The messages a server sends. Every time is in whole milliseconds.
type (
	// Welcome is the whole of what a joining device needs.
	Welcome struct {
		Type      string     `json:"type"` // "welcome"
		You       You        `json:"you"`
		Room      string     `json:"room"`
		Now       int64      `json:"now"`       // room time
		Heartbeat int64      `json:"heartbeat"` // between pings
		Session   *Session   `json:"session,omitempty"`
		Timeline  *Timeline  `json:"timeline,omitempty"`
		Transport *Transport `json:"transport,omitempty"`
		People    *People    `json:"people"`
		Account   *Account   `json:"account,omitempty"` // on a guide's wire only
	}
	// You is the participant a device has become; Resume lets it come back as the same.
	You struct {
		ID     string       `json:"id"`
		Role   session.Role `json:"role"`
		Resume string       `json:"resume"`
	}
	// Session says what is being practised.
	Session struct {
		Type     string   `json:"type"` // "session"
		Session  string   `json:"session"`
		Script   string   `json:"script"`
		Title    string   `json:"title"`
		Kind     string   `json:"kind"`
		Language string   `json:"language"`
		Settings Settings `json:"settings"`
		Aside    bool     `json:"aside"`
		*Course           // on a guide's wire only, and once it has begun
	}
	// Course is when a session began, and how long it was to take as it did.
	Course struct {
		Began   int64 `json:"began"` // room time
		Planned int64 `json:"planned"`
	}
	// Timeline is the score, as the role that receives it may have it.
	Timeline struct {
		Type     string    `json:"type"` // "timeline"
		Session  string    `json:"session"`
		Rev      int       `json:"rev"`
		Length   int64     `json:"length"`
		Sections []Section `json:"sections"`
		Spans    []Span    `json:"spans"`
		Cues     []Cue     `json:"cues"`
	}
	// Section is one heading of the script and the time it has.
	Section struct {
		Title string `json:"title"`
		From  int64  `json:"from"`
		To    int64  `json:"to"`
	}
	// Span is something seen for a while.
	Span struct {
		Kind    timeline.Kind `json:"kind"`
		From    int64         `json:"from"`
		To      int64         `json:"to"`
		Text    string        `json:"text,omitempty"`
		Regions []string      `json:"regions,omitempty"`
		N       int           `json:"n,omitempty"`
		Of      int           `json:"of,omitempty"`
	}
	// Cue is something heard at an instant.
	Cue struct {
		Kind   timeline.Kind `json:"kind"`
		At     int64         `json:"at"`
		Length int64         `json:"length,omitempty"`
		Name   string        `json:"name,omitempty"`
		Text   string        `json:"text,omitempty"`
	}
	// Transport is where the session is.
	Transport struct {
		Type     string          `json:"type"` // "transport"
		Session  string          `json:"session"`
		Rev      int             `json:"rev"`
		State    transport.State `json:"state"`
		Position int64           `json:"position"`
		At       int64           `json:"at"` // room time
		By       string          `json:"by,omitempty"`
		Why      string          `json:"why,omitempty"`
		Needs    string          `json:"needs,omitempty"`
	}
	// People says who is here and which device is the room's sound.
	People struct {
		Type   string   `json:"type"` // "people"
		People []Person `json:"people"`
		Sound  string   `json:"sound"`
		Coming string   `json:"coming,omitempty"`
		Host   bool     `json:"host"`
		Mix    Mix      `json:"mix"`
		Show   Show     `json:"show"`
		Lost   string   `json:"lost,omitempty"` // on a guide's wire only
	}
	// Person is one participant.
	Person struct {
		ID    string       `json:"id"`
		Name  string       `json:"name"`
		Role  session.Role `json:"role"`
		Armed bool         `json:"armed,omitempty"`
	}
	// Account is what has happened in a session, and who did it. It is for guides.
	Account struct {
		Type    string `json:"type"` // "account"
		Session string `json:"session"`
		Lines   []Deed `json:"lines"`
	}
	// Deed is one line of an account.
	Deed struct {
		At       int64        `json:"at"` // room time
		Position int64        `json:"position"`
		What     session.Verb `json:"what"`
		By       string       `json:"by"`
		Name     string       `json:"name,omitempty"`
		Role     session.Role `json:"role,omitempty"`
		Client   bool         `json:"client,omitempty"`
		Agreed   bool         `json:"agreed,omitempty"`
	}
	// Ack says a command was done, and the revision after it.
	Ack struct {
		Type string `json:"type"` // "ack"
		ID   string `json:"id"`
		Rev  int    `json:"rev"`
	}
	// Refused says why a command was not done, in a sentence for people.
	Refused struct {
		Type string `json:"type"` // "refused"
		ID   string `json:"id"`
		Code string `json:"code"`
		Text string `json:"text"`
	}
	// Identify asks a device to show what it is called, large, for a while.
	Identify struct {
		Type string `json:"type"` // "identify"
		Name string `json:"name"`
	}
	// Trial has the device that is the room's sound be heard, to be tried: a few words
	// of a voice, or the quiet bell.
	Trial struct {
		Type     string `json:"type"` // "trial"
		Voice    string `json:"voice,omitempty"`
		Language string `json:"language,omitempty"`
		Over     bool   `json:"over,omitempty"` // be silent again
	}
	// Pong answers a ping with the room's time.
	Pong struct {
		Type string      `json:"type"` // "pong"
		T0   json.Number `json:"t0"`
		T1   int64       `json:"t1"`
	}
)

// TimelineOf is t as a guide, or anyone else, may have it.
func TimelineOf(t *timeline.Timeline, sessionID string, rev int, guide bool) *Timeline {
	if !guide {
		t = t.ForGuests()
	}
	w := &Timeline{Type: "timeline", Session: sessionID, Rev: rev, Length: t.Length.Milliseconds(),
		Sections: []Section{}, Spans: make([]Span, 0, len(t.Spans)), Cues: make([]Cue, 0, len(t.Cues))}
	for _, s := range t.Spans {
		from, to := s.From.Milliseconds(), s.To.Milliseconds()
		if s.Kind == timeline.SectionSpan {
			w.Sections = append(w.Sections, Section{s.Text, from, to})
			continue
		}
		w.Spans = append(w.Spans, Span{s.Kind, from, to, s.Text, Keys(s.Regions), s.N, s.Of})
	}
	for _, c := range t.Cues {
		w.Cues = append(w.Cues, Cue{c.Kind, c.At.Milliseconds(), c.Length.Milliseconds(), c.Name, c.Text})
	}
	return w
}

// TransportOf is a session's transport on the wire.
func TransportOf(s *session.State) *Transport {
	t := s.Transport
	return &Transport{Type: "transport", Session: s.ID, Rev: s.Rev, State: t.State, Position: t.Position.Milliseconds(),
		At: ms(t.At), By: s.By, Why: s.Why, Needs: s.Needs}
}

// SessionOf is what a session practises, as a guide, or anyone else, may know it,
// with the anchor that was chosen last.
func SessionOf(s *session.State, guide bool) *Session {
	set := SettingsOf(s.Settings)
	for _, e := range s.Settings.Edits {
		if e.Do == timeline.ToAnchor {
			set.Anchor = e.Anchor
		}
	}
	w := &Session{Type: "session", Session: s.ID, Script: s.ScriptID, Title: s.Script.Title, Kind: string(s.Script.Kind),
		Language: s.Script.Language, Settings: set, Aside: s.Aside != nil}
	if guide && s.Planned > 0 {
		w.Course = &Course{ms(s.Began), s.Planned.Milliseconds()}
	}
	return w
}

// ms rounds up, so that a time ahead never comes early.
func ms(d time.Duration) int64 { return (d + time.Millisecond - 1).Milliseconds() }
