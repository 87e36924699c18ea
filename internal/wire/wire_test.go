package wire_test

import (
	"bytes"
	"encoding/json"
	"flag"
	"os"
	"reflect"
	"strings"
	"testing"
	"time"

	"stillpoint/internal/script"
	"stillpoint/internal/session"
	"stillpoint/internal/timeline"
	"stillpoint/internal/transport"
	. "stillpoint/internal/wire"
)

var update = flag.Bool("update", false, "write the fixtures anew")

// TestFromDevice reads the frames a device may send, good and bad. The
// JavaScript tests check that what the browser sends is among the good ones.
func TestFromDevice(t *testing.T) {
	var fixtures []struct {
		Name    string          `json:"name"`
		Frame   json.RawMessage `json:"frame"`
		Text    string          `json:"text"` // instead of frame, for what is not JSON
		Refused string          `json:"refused"`
	}
	read(t, "testdata/from-device.json", &fixtures)
	for _, f := range fixtures {
		frame := []byte(f.Frame)
		if f.Text != "" {
			frame = []byte(f.Text)
		}
		_, err := Decode(frame)
		if got := sentence(err); got != f.Refused {
			t.Errorf("%s: refused with %q, want %q", f.Name, got, f.Refused)
		}
	}
}

func sentence(err error) string {
	if err == nil {
		return ""
	}
	return err.Error()
}

// A silence is read as far as it can be: what is of the wrong kind takes nothing
// else with it.
func TestSilencesAreReadAsFarAsTheyGo(t *testing.T) {
	for frame, want := range map[string]Command{
		`{"type":"command","id":"c-1","do":"ground","language":"de"}`: {ID: "c-1", Do: session.Ground, Language: "de"},
		`{"type":"command","id":7,"do":"ground","language":"de"}`:     {Do: session.Ground, Language: "de"},
		`{"type":"command","id":"c-1","do":"pause","client":true}`:    {ID: "c-1", Do: session.Pause, Client: true},
		`{"type":"command","id":"c-1","do":"pause","client":"you"}`:   {ID: "c-1", Do: session.Pause},
		`{"type":"command","language":7,"do":"stop","id":"c-1"}`:      {ID: "c-1", Do: session.Stop},
	} {
		if got, err := Decode([]byte(frame)); err != nil || !reflect.DeepEqual(got, &want) {
			t.Errorf("%s: %+v, %v", frame, got, err)
		}
	}
}

func TestTooLongAFrame(t *testing.T) {
	frame := `{"type":"hello","name":"` + strings.Repeat("x", MaxFrame) + `"}`
	if _, err := Decode([]byte(frame)); err == nil {
		t.Error("a frame longer than the limit was read")
	}
}

// TestFromServer writes one of each message a server sends. The fixture is what
// the JavaScript tests feed to the browser's room.
func TestFromServer(t *testing.T) {
	state := practised(t)
	people := &People{Type: "people", People: []Person{{"p-1", "Tablet", session.Guide, true}, {"p-2", "", session.Guest, false}}, Sound: "host", Host: true,
		Mix: Mix{80, 80, 60, 0, session.Warm, true, false}, Show: Show{session.ShowGlow, true}}
	guide := TimelineOf(state.Timeline, state.ID, state.PlanRev, true)
	account := &Account{"account", state.ID, []Deed{{70001, 0, session.Start, "p-1", "Tablet", session.Guide, false, false},
		{72001, 2000, session.Pause, "p-2", "", session.Guest, false, false}, {73211, 2000, session.Resume, "p-1", "Tablet", session.Guide, false, true}}}
	messages := map[string]any{
		"session":          SessionOf(state, false),
		"session-guide":    SessionOf(state, true),
		"timeline":         TimelineOf(state.Timeline, state.ID, state.PlanRev, false),
		"timeline-guide":   guide,
		"transport":        TransportOf(state),
		"people":           people,
		"people-coming":    &People{Type: "people", People: people.People, Coming: "p-2", Host: true, Mix: people.Mix, Show: people.Show},
		"people-lost":      &People{Type: "people", People: people.People[:1], Host: true, Mix: people.Mix, Show: people.Show, Lost: "Loudspeaker"},
		"account":          account,
		"welcome":          Welcome{"welcome", You{"p-1", session.Guide, "token"}, "home", 73211, 2000, SessionOf(state, true), guide, TransportOf(state), people, account},
		"welcome-to-empty": Welcome{Type: "welcome", You: You{"p-1", session.Guest, "token"}, Room: "home", Now: 5, Heartbeat: 2000, People: people},
		"ack":              Ack{"ack", "c-17", 13},
		"refused":          Refused{"refused", "c-18", "not-allowed", "Starting is the guide's. You can pause and stop."},
		"pong":             Pong{"pong", "1234.5", 73290},
		"identify":         Identify{"identify", "Tablet"},
		"trial":            Trial{Type: "trial", Voice: "amy", Language: "en"},
		"trial over":       Trial{Type: "trial", Over: true},
	}
	got, err := json.MarshalIndent(messages, "", "  ")
	if err != nil {
		t.Fatal(err)
	}
	got = append(got, '\n')
	const file = "testdata/from-server.json"
	if *update {
		if err := os.WriteFile(file, got, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(got, want) {
		t.Errorf("the messages have changed; docs/protocol.md and web/protocol.d.ts may have to follow (go test -update)")
	}
	if strings.Contains(string(mustMarshal(t, messages["timeline"])), "Areas to leave out") {
		t.Error("the guide's words are on a guest's wire")
	}
}

// practised is a small session with one of each span and cue.
func practised(t *testing.T) *session.State {
	t.Helper()
	s, err := script.Parse("x.txt", `title: A little of each
kind: body scan
care: trauma-sensitive

# Arriving
[bell]
[ambience rain]
[guide: Areas to leave out today?]
Your eyes can be open. [6]
[at left sole, hands]
Perhaps here. [34]
[outside]
And the room. [6]
[wait]
# Breathing
Small, soft breaths. No need to fill up. [4]
[breathe 3-1-4-1, 2 times]
[breathe natural for 30]
[rest 5]
[ambience off]
`)
	if err != nil {
		t.Fatal(err)
	}
	set := timeline.Settings{Anchor: script.Hands, LeaveOut: []script.Region{{ID: "toes"}}, Pace: 1.25}
	tl, err := timeline.Compile(s, set, timeline.ByWords)
	if err != nil {
		t.Fatal(err)
	}
	return &session.State{ID: "s-1", ScriptID: "a-little", Script: s, Settings: set, Timeline: tl, Rev: 4, PlanRev: 3, Began: 70001 * time.Millisecond, Planned: tl.Length,
		Transport: transport.Play(2500*time.Millisecond, 75211*time.Millisecond), By: "p-1", Why: "resume"}
}

func TestSettingsGoThereAndBack(t *testing.T) {
	want := Settings{Length: 600000, LeaveOut: []string{"sole.left", "chest"}, Welcome: []string{"belly"}, Anchor: "sight", Pace: 1.5, OwnPace: 12, TextOnly: true}
	set, err := want.Timeline()
	if err != nil {
		t.Fatal(err)
	}
	if got := SettingsOf(set); string(mustMarshal(t, got)) != string(mustMarshal(t, want)) {
		t.Errorf("%+v became %+v", want, got)
	}
	for _, bad := range []Settings{{Length: -1}, {Length: 1 << 62}, {LeaveOut: []string{"wing"}}, {Welcome: make([]string, 1000)}} {
		if _, err := bad.Timeline(); err == nil {
			t.Errorf("%+v was taken", bad)
		}
	}
}

// FuzzDecode: no frame makes Decode panic, and none that it takes is beyond
// what a device may say.
func FuzzDecode(f *testing.F) {
	fixtures, err := os.ReadFile("testdata/from-device.json")
	if err != nil {
		f.Fatal(err)
	}
	var list []struct {
		Frame json.RawMessage `json:"frame"`
	}
	if err := json.Unmarshal(fixtures, &list); err != nil {
		f.Fatal(err)
	}
	for _, one := range list {
		f.Add([]byte(one.Frame))
	}
	f.Fuzz(func(t *testing.T, frame []byte) {
		m, err := Decode(frame)
		if err != nil {
			if len(err.Error()) > 300 {
				t.Errorf("a sentence of %d bytes", len(err.Error()))
			}
			return
		}
		if c, ok := m.(*Command); ok {
			if c.ID == "" && !c.Do.Silences() || len(c.ID) > 64 {
				t.Errorf("id %q", c.ID)
			}
			if set, err := c.Settings.Timeline(); err == nil && (set.Length < 0 || set.Length > script.MaxLength) {
				t.Errorf("length %v", set.Length)
			}
		}
	})
}

func read(t *testing.T, file string, into any) {
	t.Helper()
	body, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(body, into); err != nil {
		t.Fatal(err)
	}
}

func mustMarshal(t *testing.T, v any) []byte {
	t.Helper()
	b, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// Another anchor on the way is the one a device shows.
func TestSessionHasTheAnchorChosenLast(t *testing.T) {
	s := practised(t)
	for _, to := range []script.Anchor{script.Feet, script.Sounds} {
		s.Settings.Edits = append(s.Settings.Edits, timeline.Edit{At: time.Second, Do: timeline.ToAnchor, Anchor: to}, timeline.Edit{At: time.Second, Do: timeline.Slower})
		if got := SessionOf(s, false).Settings.Anchor; got != to {
			t.Errorf("the anchor is %s, want %s", got, to)
		}
	}
}
