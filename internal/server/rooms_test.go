package server

import (
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"time"

	"stillpoint/internal/room"
	"stillpoint/internal/script"
	"stillpoint/internal/session"
)

// roomAt is what a guide sees of one room.
func (w *way) roomAt(t *testing.T, id string) (seen roomSeen) {
	t.Helper()
	var list []roomSeen
	w.into(t, "GET", "/api/rooms", "", "", &list)
	for _, one := range list {
		if one.ID == id {
			return one
		}
	}
	t.Fatalf("there is no room %q", id)
	return seen
}

// stay lets time pass for devices, which say that they are here.
func stay(d time.Duration, all ...*device) {
	for ; d > 0; d -= 10 * time.Second {
		for _, one := range all {
			one.send(`{"type":"ping","t0":1}`)
		}
		time.Sleep(min(d, 10*time.Second))
	}
}

func TestRoomsAreMadeNamedPlannedAndTakenAway(t *testing.T) {
	doors(t, func(t *testing.T, s *Server, local, _, _ *way) {
		var made roomSeen
		local.into(t, "POST", "/api/rooms", "", `{"name":"  The Garden Room "}`, &made)
		if made.ID != "the-garden-room" || made.Name != "The Garden Room" || made.Host || made.Plan != nil || len(made.People)+len(made.Today) > 0 {
			t.Errorf("%+v", made)
		}
		local.into(t, "POST", "/api/rooms", "", `{"name":"The garden room"}`, &made)
		if made.ID != "the-garden-room-2" {
			t.Errorf("a second of the name is %q", made.ID)
		}
		local.into(t, "PATCH", "/api/rooms/the-garden-room-2", "", `{"name":"Upstairs","plan":"treatment-60"}`, &made)
		if made.ID != "the-garden-room-2" || made.Name != "Upstairs" || made.Plan == nil || made.Plan.ID != "treatment-60" || made.Plan.Title == "" {
			t.Errorf("%+v", made)
		}
		made = roomSeen{}
		local.into(t, "PATCH", "/api/rooms/the-garden-room-2", "", `{"plan":""}`, &made)
		if made.Plan != nil || made.Name != "Upstairs" {
			t.Errorf("%+v", made)
		}
		local.into(t, "PATCH", "/api/rooms/the-garden-room", "", `{"host":true}`, &made)
		if !made.Host || s.House.HostIn() != "the-garden-room" || s.Rooms.Host() != "the-garden-room" {
			t.Errorf("the speaker is in %q", s.House.HostIn())
		}
		local.into(t, "DELETE", "/api/rooms/the-garden-room", "", "", nil)
		if s.House.HostIn() != "home" || s.Rooms.Host() != "" {
			t.Errorf("the speaker is in %q, which is gone", s.House.HostIn())
		}
		var list []roomSeen
		local.into(t, "GET", "/api/rooms", "", "", &list)
		if len(list) != 2 || list[0].ID != "two" || list[1].ID != "the-garden-room-2" {
			t.Errorf("%+v", list)
		}
		local.into(t, "PATCH", "/api/rooms/two", "", `{"host":true}`, nil)
		local.into(t, "PATCH", "/api/rooms/home", "", `{"host":true}`, nil)
		if s.House.HostIn() != "home" || local.roomAt(t, "two").Host {
			t.Errorf("the speaker is in %q", s.House.HostIn())
		}
	})
}

func TestWhatCannotBeDoneAboutARoom(t *testing.T) {
	doors(t, func(t *testing.T, s *Server, local, secure, _ *way) {
		for request, want := range map[string]int{
			`POST /api/rooms {"name":" "}`:                                      400,
			`POST /api/rooms {"name":7}`:                                        400,
			`POST /api/rooms {"name":"` + strings.Repeat("x", 2<<10) + `"}`:     400,
			`PATCH /api/rooms/two {"name":"\u202e"}`:                            400,
			`PATCH /api/rooms/two {"plan":"no-such-script"}`:                    404,
			`PATCH /api/rooms/three {"name":"Three"}`:                           404,
			`DELETE /api/rooms/three {}`:                                        404,
			`DELETE /api/rooms/home {}`:                                         404,
			`POST /api/invitations {"room":"three","role":"guest"}`:             404,
			`POST /api/sessions {"script":"feet-first","room":"three"}`:         404,
			`POST /api/sessions {"script":"feet-first","room":"No such room!"}`: 400,
		} {
			method, rest, _ := strings.Cut(request, " ")
			path, body, _ := strings.Cut(rest, " ")
			if got, _, answer := local.ask(method, path, "", body); got != want {
				t.Errorf("%.80s: %d, want %d: %s", request, got, want, answer)
			}
		}
		guide := secure.pairs(t, local, session.Guide, "home")
		for _, request := range []string{"PATCH", "DELETE"} {
			if got, _, answer := secure.ask(request, "/api/rooms/two", guide.cookie, `{"name":"Mine"}`); got != 403 {
				t.Errorf("%s from another room: %d %s", request, got, answer)
			}
		}
		for len(s.Rooms.all().Rooms) < maxMade {
			local.into(t, "POST", "/api/rooms", "", `{"name":"Room"}`, nil)
		}
		if got, _, answer := local.ask("POST", "/api/rooms", "", `{"name":"One more"}`); got != 503 {
			t.Errorf("one more: %d %s", got, answer)
		}
	})
}

// TestARoomIsNotTakenAwayUnderASession, and one of the same name is another room.
func TestARoomIsNotTakenAwayUnderASession(t *testing.T) {
	doors(t, func(t *testing.T, s *Server, local, secure, _ *way) {
		display := secure.pairs(t, local, session.Display, "two")
		shown, _ := secure.joins(t, display.cookie, `{"type":"hello"}`)
		guide, _ := local.joins(t, "", `{"type":"hello","role":"guide","room":"two"}`)
		guide.do("1", command("1", session.Load))
		guide.do("2", command("2", session.Start))
		if got, _, answer := local.ask("DELETE", "/api/rooms/two", "", ""); got != 409 {
			t.Errorf("%d %s", got, answer)
		}
		guide.do("3", command("3", session.Pause))
		if got, _, answer := local.ask("DELETE", "/api/rooms/two", "", ""); got != 409 || !s.Rooms.has("two") {
			t.Errorf("paused: %d %s", got, answer)
		}
		guide.do("4", command("4", session.Stop))
		s.Rooms.file = filepath.Join(t.TempDir(), "no such folder", roomsFile)
		got, _, answer := local.ask("DELETE", "/api/rooms/two", "", "")
		two, err := s.room("two")
		if got != 500 || err != nil || !two.State().Loaded() || guide.cut(time.Millisecond) {
			t.Errorf("where that cannot be kept: %d %s, %v", got, answer, err)
		}
		s.Rooms.file = ""
		local.into(t, "DELETE", "/api/rooms/two", "", "", nil)
		if !guide.cut(time.Second) || !shown.cut(time.Second) {
			t.Error("a device is in a room that is gone")
		}
		again, _ := secure.socket(t, display.cookie)
		again.send(`{"type":"hello"}`)
		var no struct{ Code, Text string }
		if again.until("refused", &no); no.Code != "not-found" || !strings.Contains(no.Text, "therapist") {
			t.Errorf("a device of the room that is gone: %+v", no)
		}
		local.into(t, "POST", "/api/rooms", "", `{"name":"Two"}`, nil)
		if _, welcome := secure.joins(t, display.cookie, `{"type":"hello"}`); welcome.Session != nil || welcome.Room != "two" {
			t.Errorf("the new room knows of the old one: %+v", welcome)
		}
	})
}

func TestWhatGoesOnInARoomIsSeenFromAfar(t *testing.T) {
	doors(t, func(t *testing.T, s *Server, local, secure, _ *way) {
		guide, _ := local.joins(t, "", `{"type":"hello","role":"guide","room":"two","name":"Laptop"}`)
		guest, _ := local.joins(t, "", `{"type":"hello","role":"guest","room":"two"}`)
		guide.do("1", command("1", session.Load))
		if today := local.roomAt(t, "two").Today; len(today) != 0 {
			t.Errorf("before it has begun: %+v", today)
		}
		guide.do("2", command("2", session.Start))
		stay(session.LeadIn+5*time.Minute, guide, guest)
		seen := local.roomAt(t, "two")
		if g := seen.Session; g == nil || g.State != "playing" || g.Title != "Feet first" || g.Section == "" || g.Length == 0 || g.Waiting {
			t.Errorf("%+v", g)
		}
		if len(seen.People) != 2 || seen.People[0].Name != "Laptop" {
			t.Errorf("%+v", seen.People)
		}
		guest.do("3", command("3", session.Pause))
		guest.do("4", command("4", session.Stop))
		if seen := local.roomAt(t, "two"); len(seen.Today) != 1 || seen.Session.Needs == "" {
			t.Fatalf("%+v", seen)
		}
		want := visit{Began: time.Now().Add(-session.LeadIn - 5*time.Minute).UnixMilli(), Title: "Feet first", Minutes: 5, Ended: "stopped", Vetoes: 1}
		if got := plain(local.roomAt(t, "two").Today[0]); got != want {
			t.Errorf("%+v, want %+v", got, want)
		}
		guest.do("5", command("5", session.Return))
		guest.do("6", command("6", session.Resume))
		if got := local.roomAt(t, "two").Today[0]; got.Ended != "" {
			t.Errorf("it goes on, and is %q", got.Ended)
		}
		stay(time.Hour, guide, guest)
		if got := local.roomAt(t, "two").Today[0]; got.Ended != "finished" || got.Minutes < 9 || got.Minutes > 12 {
			t.Errorf("%+v", got)
		}
		time.Sleep(24 * time.Hour)
		if got := local.roomAt(t, "two").Today; len(got) != 0 {
			t.Errorf("the day after: %+v", got)
		}
	})
}

// plain is a visit as it is told.
func plain(v visit) visit {
	return visit{Began: v.Began, Title: v.Title, Minutes: v.Minutes, Ended: v.Ended, Vetoes: v.Vetoes}
}

func TestAGroundingIsNoSessionOfItsOwn(t *testing.T) {
	doors(t, func(t *testing.T, s *Server, local, secure, _ *way) {
		guide, _ := local.joins(t, "", `{"type":"hello","role":"guide","room":"two"}`)
		guide.do("1", command("1", session.Load))
		guide.do("2", command("2", session.Start))
		stay(time.Minute, guide)
		guide.do("3", command("3", session.Ground))
		stay(10*time.Minute, guide)
		if got := local.roomAt(t, "two").Today; len(got) != 1 || got[0].Title != "Feet first" || got[0].Ended != "stopped" || got[0].Vetoes != 0 {
			t.Errorf("%+v", got)
		}
		guide.do("4", command("4", session.Return))
		guide.do("5", command("5", session.Resume))
		if got := local.roomAt(t, "two").Today; len(got) != 1 || got[0].Ended != "" {
			t.Errorf("after it: %+v", got)
		}
		guide.do("6", command("6", session.Pause))
		guide.do("7", command("7", session.Load))
		if got := local.roomAt(t, "two").Today; len(got) != 1 || got[0].Ended != "stopped" {
			t.Errorf("another was chosen: %+v", got)
		}
	})
}

func TestRoomsAreKept(t *testing.T) {
	folder := t.TempDir()
	rooms, err := OpenRooms(folder)
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"Room 1", "Zimmer Süd", "Home", "!?", strings.Repeat("a", 40), strings.Repeat("a", 40)} {
		if _, err := rooms.make(name); err != nil {
			t.Fatal(err)
		}
	}
	rooms.alter("room-1", func(one *madeRoom) { one.Plan = "feet-first" })
	rooms.hostIs("room-1")
	again, err := OpenRooms(folder)
	if err != nil || !reflect.DeepEqual(again.all(), rooms.all()) || again.Host() != "room-1" {
		t.Errorf("%+v, %v", again.all(), err)
	}
	for _, one := range again.all().Rooms {
		if !room.ValidName(one.ID) || one.ID == room.Home {
			t.Errorf("%q has the id %q", one.Name, one.ID)
		}
	}
	if left := again.Left([]string{"room-1", "gone"}); !reflect.DeepEqual(left, []string{"room-1"}) {
		t.Error(left)
	}
	if seen, err := os.Stat(filepath.Join(folder, roomsFile)); err != nil || seen.Mode().Perm() != 0o600 {
		t.Errorf("%v %v", seen, err)
	}
	if err := os.RemoveAll(folder); err != nil {
		t.Fatal(err)
	}
	if _, err := again.make("Not kept"); !errors.Is(err, errUnkept) || again.has("not-kept") {
		t.Errorf("a room that could not be kept: %v", err)
	}
}

// FuzzRooms: whatever a file holds, there is an error or rooms that can be.
func FuzzRooms(f *testing.F) {
	for _, text := range []string{
		`{"rooms":[{"id":"one","name":"One","plan":"feet-first"},{"id":"two","name":"Two"}],"host":"two"}`,
		`{"rooms":[{"id":"home","name":"Home"}]}`, `{"rooms":[{"id":"a","name":"A"},{"id":"a","name":"B"}]}`, `{"rooms":[{"id":"../x","name":"X"}]}`, `[]`, `{"host":"nowhere"}`,
	} {
		f.Add([]byte(text))
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		p, err := readPractice(text)
		if err != nil && (len(p.Rooms) > 0 || p.Host != "") {
			t.Fatalf("an error and rooms: %+v", p)
		}
		if p.Host != "" && p.find(p.Host) < 0 {
			t.Errorf("the speaker is in %q", p.Host)
		}
		for i, one := range p.Rooms {
			if !room.ValidName(one.ID) || one.Name == "" || p.find(one.ID) != i {
				t.Errorf("%+v", one)
			}
		}
	})
}

// TestASessionIsSavedWhereSomebodyWishes, once it is over, with what happened in it;
// and nothing of a room is in the journal before that.
func TestASessionIsSavedWhereSomebodyWishes(t *testing.T) {
	doors(t, func(t *testing.T, s *Server, local, secure, _ *way) {
		save := func(body string, want int) (saved struct{ ID, Code string }) {
			t.Helper()
			status, _, answer := local.ask("POST", "/api/rooms/two/save", "", body)
			if status != want {
				t.Fatalf("%s: %d, want %d: %s", body, status, want, answer)
			}
			if err := json.Unmarshal([]byte(answer), &saved); err != nil {
				t.Fatal(err)
			}
			return saved
		}
		save(`{"codeName":"Heron"}`, 409)
		guide, _ := local.joins(t, "", `{"type":"hello","role":"guide","room":"two","name":"Laptop"}`)
		guest, _ := local.joins(t, "", `{"type":"hello","role":"guest","room":"two","name":"The phone of Maria"}`)
		guide.do("1", command("1", session.Load))
		guide.do("2", command("2", session.Start))
		began := time.Now().Add(session.LeadIn)
		stay(session.LeadIn+5*time.Minute, guide, guest)
		save(`{"codeName":"Heron"}`, 409)
		guest.do("3", command("3", session.Pause))
		guide.do("4", `{"type":"command","id":"4","do":"resume","agreed":true}`)
		stay(time.Hour, guide, guest)
		if state, err := s.Journal.State(t.Context()); err != nil || state.On || state.Count != 0 {
			t.Errorf("before anybody wished it: %+v, %v", state, err)
		}
		save(`{"codeName":""}`, 400)
		saved := save(`{"codeName":" Heron ","note":"Slept well."}`, 201)
		save(`{"codeName":"Heron"}`, 201) // the same again, without the note
		e, err := s.Journal.Entry(t.Context(), saved.ID)
		if err != nil {
			t.Fatal(err)
		}
		if e.CodeName != "Heron" || e.Note != "" || e.Title != "Feet first" || e.Ended != "finished" || e.Pauses != 1 || e.Began.Sub(began).Abs() > time.Second {
			t.Errorf("%+v", e)
		}
		var told []string
		for _, d := range e.Account {
			told = append(told, strings.TrimSpace(string(d.What)+" "+string(d.Role)+" "+d.Name)) // nobody's name beside the code name
		}
		if got := strings.Join(told, ", "); got != "start guide, pause guest, resume guide, end" || !e.Account[2].Agreed {
			t.Error(got)
		}
		if state, err := s.Journal.State(t.Context()); err != nil || state.On || state.Count != 1 {
			t.Errorf("afterwards: %+v, %v", state, err)
		}
		guide.do("5", command("5", session.Load))
		save(`{"codeName":"Heron"}`, 409)
		there := secure.pairs(t, local, session.Guide, "home")
		if got, _, answer := secure.ask("POST", "/api/rooms/two/save", there.cookie, `{"codeName":"Mine"}`); got != 403 {
			t.Errorf("from another room: %d %s", got, answer)
		}
		if got, _, _ := local.ask("POST", "/api/rooms/home/save", "", `{"codeName":"Heron"}`); got != 409 {
			t.Errorf("home: %d", got)
		}
	})
}

// TestASessionThatBeganBeforeTheProgramIsOneOfToday, from when it began.
func TestASessionThatBeganBeforeTheProgramIsOneOfToday(t *testing.T) {
	page, err := script.Parse("one.txt", "title: One\n\nHello. [60]\n")
	if err != nil {
		t.Fatal(err)
	}
	var seen today
	now := time.Date(2026, 3, 4, 11, 0, 0, 0, time.Local)
	after := session.State{ID: "s", Script: page, Began: 10 * time.Minute, Planned: time.Hour}
	seen.happened("two", session.Event{Kind: session.Resume, Session: "s", At: 30 * time.Minute}, after, now)
	seen.happened("two", session.Event{Kind: session.Pause, Session: "s", At: 31 * time.Minute}, after, now.Add(time.Minute))
	got := seen.of("two", now.Add(2*time.Minute))
	if len(got) != 1 || got[0].Began != now.Add(-20*time.Minute).UnixMilli() || got[0].Minutes != 22 || got[0].Ended != "" {
		t.Errorf("%+v", got)
	}
	if got := seen.of("two", now.Add(13*time.Hour)); len(got) > 0 {
		t.Errorf("after midnight: %+v", got)
	}
}
