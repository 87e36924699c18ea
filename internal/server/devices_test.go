package server

import (
	"encoding/json"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"stillpoint/internal/pairing"
	"stillpoint/internal/session"
	"stillpoint/internal/wire"
)

// doors runs a test against a server with its three doors open.
func doors(t *testing.T, test func(t *testing.T, s *Server, local, secure, plain *way)) {
	t.Helper()
	doorsAs(t, func(*Config) {}, test)
}

// doorsAs does so for a server that is made otherwise.
func doorsAs(t *testing.T, otherwise func(*Config), test func(t *testing.T, s *Server, local, secure, plain *way)) {
	t.Helper()
	servedAs(t, otherwise, func(t *testing.T, p *pipes, s *Server) {
		local, secure, plain := ways(t, s, p)
		test(t, s, local, secure, plain)
	})
}

// Whatever a hello says, a device is what its record says; and it may not say more.
func TestForgedHellos(t *testing.T) {
	doors(t, func(t *testing.T, s *Server, local, secure, _ *way) {
		roles := []session.Role{session.Guide, session.Guest, session.Display, session.Remote}
		mayAsk := map[session.Role][]session.Role{
			session.Guide: roles, session.Guest: {session.Guest, session.Display},
			session.Display: {session.Display}, session.Remote: {session.Remote},
		}
		for _, is := range roles {
			d := secure.pairs(t, local, is, "two")
			for _, says := range append(slices.Clone(roles), "") {
				for _, in := range []string{"", "two", "home", "three", "No such name!"} {
					socket, status := secure.socket(t, d.cookie)
					if socket == nil {
						t.Fatal(status)
					}
					socket.send(`{"type":"hello","role":"` + string(says) + `","room":"` + in + `"}`)
					var m struct {
						Type, Code, Room string
						You              wire.You
					}
					if err := json.Unmarshal(socket.next("an answer"), &m); err != nil {
						t.Fatal(err)
					}
					fine := (says == "" || slices.Contains(mayAsk[is], says)) && (in == "" || in == "two")
					switch {
					case fine && (m.Type != "welcome" || m.You.Role != is || m.Room != "two"):
						t.Errorf("%s says %q in %q: %+v", is, says, in, m)
					case !fine && m.Code != session.NotAllowed:
						t.Errorf("%s says %q in %q and is not refused: %+v", is, says, in, m)
					case !fine && !socket.cut(time.Second):
						t.Errorf("%s says %q in %q and stays", is, says, in)
					}
					socket.Close()
				}
			}
		}
		if status, _, _ := local.ask("GET", "/api/sessions/none", "", ""); status != 404 {
			t.Error(status)
		}
	})
}

// Who was a guide and is no more does not come back as one by what it remembers.
func TestADemotedDeviceIsDemoted(t *testing.T) {
	doors(t, func(t *testing.T, s *Server, local, secure, _ *way) {
		d := secure.pairs(t, local, session.Guide, "home")
		socket, was := secure.joins(t, d.cookie, `{"type":"hello"}`)
		local.into(t, "PATCH", "/api/devices/"+d.ID, "", `{"role":"display"}`, nil)
		if !socket.cut(time.Second) {
			t.Error("it was not cut off")
		}
		back, is := secure.joins(t, d.cookie, `{"type":"hello","resume":"`+was.You.Resume+`"}`)
		if is.You.Role != session.Display || is.You.ID == was.You.ID {
			t.Errorf("it came back as %+v, and was %+v", is.You, was.You)
		}
		if code := back.do("1", command("1", session.Load)); code != session.NotAllowed {
			t.Errorf("load: %q", code)
		}
		if code := back.do("2", command("2", session.Pause)); code != "" {
			t.Errorf("pause: %q", code)
		}
		back.Close()
		again, same := secure.joins(t, d.cookie, `{"type":"hello","resume":"`+is.You.Resume+`"}`)
		if again.Close(); same.You.ID != is.You.ID {
			t.Error("the same device in the same role is somebody else")
		}
	})
}

// Whoever is put out, or is another now, is cut off within a second, and does nothing
// more.
func TestCutOff(t *testing.T) {
	for name, c := range map[string]struct{ method, body, then string }{
		"put out":      {"DELETE", "", "401"},
		"made a guest": {"PATCH", `{"role":"guest"}`, "guest home"},
		"moved":        {"PATCH", `{"room":"two"}`, "guide two"},
	} {
		doors(t, func(t *testing.T, s *Server, local, secure, _ *way) {
			d := secure.pairs(t, local, session.Guide, "home")
			_, w := local.joins(t, "", `{"type":"hello","role":"guide"}`)
			var sockets []*device
			for range 3 {
				one, _ := secure.joins(t, d.cookie, `{"type":"hello"}`)
				sockets = append(sockets, one)
			}
			if code := sockets[0].do("1", command("1", session.Load)); code != "" {
				t.Fatal(code)
			}
			half, _ := secure.socket(t, d.cookie) // has not said hello yet
			local.into(t, c.method, "/api/devices/"+d.ID, "", c.body, nil)
			for _, one := range append(sockets, half) {
				if !one.cut(time.Second) {
					t.Errorf("%s: a socket is open after a second", name)
				}
			}
			then := "401"
			if again, status := secure.socket(t, d.cookie); again != nil {
				again.send(`{"type":"hello"}`)
				var w wire.Welcome
				again.until("welcome", &w)
				then = string(w.You.Role) + " " + w.Room
			} else if status != 401 {
				then = fmt.Sprint(status)
			}
			if then != c.then {
				t.Errorf("%s: it came back as %s, want %s", name, then, c.then)
			}
			if w.You.Role != session.Guide {
				t.Error(w.You)
			}
			synctest.Wait()
			s.devices.mu.Lock()
			defer s.devices.mu.Unlock()
			if len(s.devices.places) > 1 || len(s.sockets) > 2 {
				t.Errorf("%s: %d places, %d sockets are held", name, len(s.devices.places), len(s.sockets))
			}
		})
	}
}

// A name is everywhere at once; and a device shows it when it is asked to.
func TestNames(t *testing.T) {
	doors(t, func(t *testing.T, s *Server, local, secure, _ *way) {
		d := secure.pairs(t, local, session.Display, "home")
		if status, _, _ := local.ask("POST", "/api/devices/"+d.ID+"/identify", "", ""); status != 409 {
			t.Errorf("identify, of one that is not connected: %d", status)
		}
		guide, _ := local.joins(t, "", `{"type":"hello","role":"guide"}`)
		screen, w := secure.joins(t, d.cookie, `{"type":"hello","name":"I am the guide"}`)
		var seen deviceSeen
		local.into(t, "PATCH", "/api/devices/"+d.ID, "", `{"name":" By the window\n"}`, &seen)
		if seen.Name != "By the window" || !seen.Here || !slices.Equal(seen.People, []string{w.You.ID}) {
			t.Errorf("%+v", seen)
		}
		name := func() string {
			var people wire.People
			for {
				guide.until("people", &people)
				if i := slices.IndexFunc(people.People, func(p wire.Person) bool { return p.ID == w.You.ID }); i >= 0 && people.People[i].Name != "Tablet" {
					return people.People[i].Name
				}
			}
		}
		if got := name(); got != "By the window" {
			t.Errorf("in the room it is %q", got)
		}
		local.into(t, "POST", "/api/devices/"+d.ID+"/identify", "", "", nil)
		var m wire.Identify
		if screen.until("identify", &m); m.Name != "By the window" {
			t.Errorf("it shows %q", m.Name)
		}
	})
}

// Who let a device in stands beside it, also once they are out: whoever finds a device
// that nobody knows sees where it came from.
func TestInvitedBy(t *testing.T) {
	doors(t, func(t *testing.T, s *Server, local, secure, _ *way) {
		tablet := secure.pairs(t, local, session.Guide, "two")
		i := secure.invite(t, tablet.cookie, session.Guest, "two")
		if status, _, answer := secure.ask("POST", "/api/pair", "", `{"token":"`+i.token()+`"}`); status != 201 {
			t.Fatal(status, answer)
		}
		local.into(t, "DELETE", "/api/devices/"+tablet.ID, "", "", nil)
		own := secure.pairs(t, local, session.Guest, "two")
		var list []deviceSeen
		local.into(t, "GET", "/api/devices", "", "", &list)
		if len(list) != 2 || list[0].By == nil || *list[0].By != (inviter{tablet.ID, "Tablet"}) || list[1].ID != own.ID || list[1].By != nil {
			t.Errorf("%+v", list)
		}
	})
}

// A remote has no need of what is said, what was chosen and who is here, and is sent
// none of it, at either door: somebody may listen.
func TestARemoteIsToldLittle(t *testing.T) {
	doors(t, func(t *testing.T, s *Server, local, secure, plain *way) {
		guide, _ := local.joins(t, "", `{"type":"hello","role":"guide","room":"two","name":"Anna's tablet"}`)
		guide.do("1", `{"type":"command","id":"1","do":"load","script":"feet-first","settings":{"leaveOut":["palm","chest"],"anchor":"hands"}}`)
		guide.do("2", command("2", session.Start))
		two, err := s.room("two")
		if err != nil {
			t.Fatal(err)
		}
		for _, door := range []*way{plain, secure} {
			d := door.pairs(t, local, session.Remote, "two")
			remote, _ := door.socket(t, d.cookie)
			remote.send(`{"type":"hello","name":"Own name"}`)
			told := string(remote.next("welcome"))
			guide.do("3", `{"type":"command","id":"3","do":"skip","regions":["sole"]}`)
			time.Sleep(time.Second)
			for len(remote.frames) > 0 {
				told += string(<-remote.frames)
			}
			_, _, seen := door.ask("GET", "/api/sessions/"+two.Session(), d.cookie, "")
			for _, private := range []string{"leaveOut", "palm", "chest", "hands", "Anna", `"say"`, `"scan"`, `"text"`, `"regions"`, "attention"} {
				if strings.Contains(told+seen, private) {
					t.Errorf("the %v of a remote has %s", door.Kind.scheme(), private)
				}
			}
			for _, of := range []string{told, seen} {
				if !strings.Contains(of, "Feet first") || !strings.Contains(of, "Arriving") || !strings.Contains(of, `"position"`) {
					t.Errorf("it does not know where the session is: %.400s", of)
				}
			}
			if !strings.Contains(told, `"Tablet"`) {
				t.Errorf("it does not know what it is called")
			}
		}
	})
}

// What a device may do, it may do in its own room.
func TestOwnRoom(t *testing.T) {
	doors(t, func(t *testing.T, s *Server, local, secure, _ *way) {
		guide := secure.pairs(t, local, session.Guide, "two")
		var here, there struct{ ID string }
		local.into(t, "POST", "/api/sessions", "", `{"script":"grounding"}`, &here)
		secure.into(t, "POST", "/api/sessions", guide.cookie, `{"script":"grounding"}`, &there)
		if two, err := s.room("two"); err != nil || two.Session() != there.ID {
			t.Errorf("it was loaded elsewhere: %v", err)
		}
		for path, want := range map[string]int{
			"/api/sessions/" + there.ID: 200, "/api/sessions/" + here.ID: 404,
			"/api/sessions/" + there.ID + "/track.wav?rev=99": 409, "/api/sessions/" + here.ID + "/track.wav": 404, "/api/sessions/" + here.ID + "/track.mp3": 404,
		} {
			if status, _, _ := secure.ask("GET", path, guide.cookie, ""); status != want {
				t.Errorf("%s: %d, want %d", path, status, want)
			}
		}
		if status, _, _ := secure.ask("POST", "/api/sessions", guide.cookie, `{"script":"grounding","room":"home"}`); status != 403 {
			t.Errorf("loading into another room: %d", status)
		}
		if home, err := s.room("home"); err != nil || home.Session() != here.ID {
			t.Errorf("the other room has another session: %v", err)
		}
	})
}

// However many devices the network has, each has a bound, and this computer's own
// page opens.
func TestBoundsOfDevices(t *testing.T) {
	doors(t, func(t *testing.T, s *Server, local, secure, _ *way) {
		status := 0
		for len(s.sockets) < maxSockets-heldHere {
			in := []string{"home", "two", "one", "three"}[len(s.sockets)/32]
			if !s.Rooms.has(in) && in != "home" {
				local.into(t, "POST", "/api/rooms", "", `{"name":"`+in+`"}`, nil)
			}
			d := secure.pairs(t, local, session.Guest, in)
			for range maxSocketsEach {
				secure.joins(t, d.cookie, `{"type":"hello"}`)
			}
			var one *device
			if one, status = secure.socket(t, d.cookie); one != nil {
				t.Fatal("one socket more than a device may have")
			}
		}
		if status != 503 {
			t.Errorf("one socket more: %d", status)
		}
		local.joins(t, "", `{"type":"hello","role":"guide"}`)
		for range pairing.MaxOpen {
			local.invite(t, "", session.Guest, "home")
		}
		if status, _, _ := local.ask("POST", "/api/invitations", "", `{"room":"home","role":"guest"}`); status != 503 {
			t.Errorf("one invitation more: %d", status)
		}
		for body, want := range map[string]int{`{"room":"home","role":"host"}`: 400, `{"room":"No!","role":"guest"}`: 400, `{"role":"guest"}`: 400, `[]`: 400} {
			time.Sleep(pairing.OpenFor)
			if status, _, _ := local.ask("POST", "/api/invitations", "", body); status != want {
				t.Errorf("%s: %d, want %d", body, status, want)
			}
		}
		s.Reach = s.outside.reach
		if status, _, answer := local.ask("POST", "/api/invitations", "", `{"room":"home","role":"guest"}`); status != 409 {
			t.Errorf("with the network off: %d %s", status, answer)
		}
	})
}

// A device that is connected is in use, however long it asks for nothing else; one
// that is not is forgotten after a month.
func TestInUse(t *testing.T) {
	doors(t, func(t *testing.T, s *Server, local, secure, _ *way) {
		used, idle := secure.pairs(t, local, session.Display, "home"), secure.pairs(t, local, session.Display, "home")
		screen, _ := secure.joins(t, used.cookie, `{"type":"hello"}`)
		screen.Close()
		time.Sleep(pairing.Disuse - time.Hour)
		screen, _ = secure.joins(t, used.cookie, `{"type":"hello"}`)
		for began := time.Now(); time.Since(began) < 2*time.Hour; time.Sleep(20 * time.Second) {
			screen.send(`{"type":"ping","t0":1}`)
			screen.next("a pong")
		}
		for cookie, want := range map[string]int{used.cookie: 200, idle.cookie: 401} {
			if status, _, _ := secure.ask("GET", "/api/me", cookie, ""); status != want {
				t.Errorf("%d, want %d", status, want)
			}
		}
	})
}

// What cannot be written down is said, and holds for now all the same.
func TestADiskThatIsFull(t *testing.T) {
	doors(t, func(t *testing.T, s *Server, local, secure, _ *way) {
		s.devices.file = pairing.File(filepath.Join(t.TempDir(), "gone", devicesFile))
		d := secure.pairs(t, local, session.Guest, "home")
		socket, _ := secure.joins(t, d.cookie, `{"type":"hello"}`)
		status, _, answer := local.ask("DELETE", "/api/devices/"+d.ID, "", "")
		if status != 500 || !strings.Contains(answer, "This device is out.") {
			t.Errorf("%d %s", status, answer)
		}
		if !socket.cut(time.Second) {
			t.Error("it was not cut off")
		}
		if status, _, _ := secure.ask("GET", "/api/me", d.cookie, ""); status != 401 {
			t.Errorf("it is known: %d", status)
		}
	})
}
