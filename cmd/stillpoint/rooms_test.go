package main

import (
	"encoding/json"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/gorilla/websocket"
)

// asks does a request, as a page of this computer.
func asks(t *testing.T, method, address, path, body string, into any) {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), method, "http://"+address+path, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	req.Header.Set("Origin", "http://"+address)
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	if res.StatusCode/100 != 2 {
		t.Fatalf("%s %s: %s", method, path, res.Status)
	}
	if err := json.NewDecoder(res.Body).Decode(into); err != nil {
		t.Fatal(err)
	}
}

// starts begins what is loaded in a room.
func starts(t *testing.T, address, in string) {
	t.Helper()
	dialer := websocket.Dialer{Subprotocols: []string{"stillpoint.v1"}}
	ws, res, err := dialer.DialContext(t.Context(), "ws://"+address+"/ws", http.Header{"Origin": {"http://" + address}})
	if err != nil {
		t.Fatal(err)
	}
	res.Body.Close()
	defer ws.Close()
	for _, frame := range []string{`{"type":"hello","role":"guide","room":"` + in + `"}`, `{"type":"command","id":"s","do":"start"}`} {
		if err := ws.WriteMessage(websocket.TextMessage, []byte(frame)); err != nil {
			t.Fatal(err)
		}
	}
	for {
		var m struct{ Type, Text string }
		if err := ws.ReadJSON(&m); err != nil || m.Type == "refused" {
			t.Fatalf("%s %v", m.Text, err)
		}
		if m.Type == "ack" {
			return
		}
	}
}

// seenRoom is what the tests look for in a room.
type seenRoom struct {
	ID      string
	Plan    *struct{ ID string }
	Host    bool
	Session *struct{ Title, State string }
}

// TestATreatmentOutlivesTheProgram: the room, its plan, where the speaker is and what
// goes on there. Home remembers nothing.
func TestATreatmentOutlivesTheProgram(t *testing.T) {
	data := t.TempDir()
	address, end := servingUntil(t, data)
	var made, session struct{ ID string }
	asks(t, "POST", address, "/api/rooms", `{"name":"Garden"}`, &made)
	asks(t, "PATCH", address, "/api/rooms/garden", `{"plan":"treatment-60","host":true}`, &made)
	asks(t, "POST", address, "/api/sessions", `{"script":"grounding","room":"garden"}`, &session)
	asks(t, "POST", address, "/api/sessions", `{"script":"grounding"}`, &session)
	starts(t, address, "garden")
	starts(t, address, "home")
	end()
	left, err := os.ReadDir(filepath.Join(data, "rooms"))
	if err != nil || len(left) != 1 || left[0].Name() != "garden.json" {
		t.Errorf("%v, %v", left, err)
	}
	address, end = servingUntil(t, data)
	defer end()
	var rooms []seenRoom
	asks(t, "GET", address, "/api/rooms", "", &rooms)
	if len(rooms) != 1 || rooms[0].Plan == nil || rooms[0].Plan.ID != "treatment-60" || !rooms[0].Host {
		t.Fatalf("%+v", rooms)
	}
	if s := rooms[0].Session; s == nil || s.State != "playing" {
		t.Errorf("%+v", s)
	}
}

// TestRoomsThatCannotBeRead are put beside, and the program begins without them.
func TestRoomsThatCannotBeRead(t *testing.T) {
	data := t.TempDir()
	if err := os.WriteFile(filepath.Join(data, "rooms.json"), []byte(`{"rooms":[{"id":"one"`), 0o600); err != nil {
		t.Fatal(err)
	}
	address := serving(t, data)
	var made struct{ ID string }
	asks(t, "POST", address, "/api/rooms", `{"name":"Garden"}`, &made)
	kept, err := os.ReadFile(filepath.Join(data, "rooms.json.unread"))
	if err != nil || string(kept) != `{"rooms":[{"id":"one"` {
		t.Errorf("%q, %v", kept, err)
	}
}

// TestWhatIsKeptOfARoomThatIsGoneIsForgotten, and what was half written goes with it;
// where the rooms cannot be read, their files wait.
func TestWhatIsKeptOfARoomThatIsGoneIsForgotten(t *testing.T) {
	for _, tt := range []struct {
		rooms string
		stays bool
	}{{`{"rooms":[]}`, false}, {`{"rooms":[{"id":"one"`, true}} {
		data := t.TempDir()
		gone := filepath.Join(data, "rooms", "garden.json")
		if err := os.Mkdir(filepath.Dir(gone), 0o700); err != nil {
			t.Fatal(err)
		}
		half := filepath.Join(data, ".new-1")
		for name, text := range map[string]string{gone: `{"Rev":3}`, half: "half", filepath.Join(data, "rooms.json"): tt.rooms} {
			if err := os.WriteFile(name, []byte(text), 0o600); err != nil {
				t.Fatal(err)
			}
		}
		_, end := servingUntil(t, data)
		end()
		if _, err := os.Stat(gone); (err == nil) != tt.stays {
			t.Errorf("%s: the file of a room that is not there: %v", tt.rooms, err)
		}
		if _, err := os.Stat(half); err == nil {
			t.Error("what was half written stays")
		}
	}
}
