package server

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"testing/fstest"

	"stillpoint/internal/session"
)

// Whoever opens the page from the network is led to where they belong, and to
// nothing else in between; a worker that fetches it to keep is led nowhere.
func TestDoorstep(t *testing.T) {
	web := fstest.MapFS{"index.html": {Data: []byte("the page")}, "join.html": {Data: []byte("the door")}}
	doorsAs(t, func(c *Config) { c.Web = web }, func(t *testing.T, s *Server, local, secure, _ *way) {
		cookies := map[string]string{"nobody": ""}
		for _, role := range []session.Role{session.Guide, session.Guest, session.Display, session.Remote} {
			cookies[string(role)] = secure.pairs(t, local, role, "two").cookie
		}
		for _, c := range []struct{ who, path, mode, to, there string }{
			{"nobody", "/", "navigate", "/join", ""}, {"nobody", "/?role=guide", "", "/join", ""}, {"nobody", "/index.html", "navigate", "/join", ""}, {"nobody", "/", "cors", "", "the page"},
			{"nobody", "/join", "navigate", "", "the door"},
			{"guide", "/", "navigate", "", "the page"}, {"guide", "/?role=guide", "navigate", "", "the page"}, {"guide", "/?role=display", "navigate", "/", ""},
			{"display", "/", "navigate", "/?role=display", ""}, {"display", "/?role=display", "navigate", "", "the page"}, {"display", "/?role=guide", "", "/?role=display", ""},
			{"guest", "/", "navigate", "/?role=guest", ""}, {"remote", "/", "navigate", "/?role=remote", ""}, {"remote", "/", "no-cors", "", "the page"},
		} {
			to, there := guided(secure, c.path, cookies[c.who], c.mode)
			if to != c.to || !strings.Contains(there, c.there) {
				t.Errorf("%s at %s (%s) is led to %q, where there is %q", c.who, c.path, c.mode, to, there)
			}
		}
		if to, there := guided(local, "/?role=display", "", "navigate"); to != "" || there != "the page" {
			t.Errorf("a page of this computer is led to %q", to)
		}
	})
}

// guided is where a way leads whoever opens a path, and what is there.
func guided(w *way, path, cookie, mode string) (to, answer string) {
	r := httptest.NewRequest(http.MethodGet, path, nil)
	r.Host, r.RemoteAddr = w.hosts[0], w.from
	if w.Kind != Local {
		r = r.WithContext(through(r.Context(), w.entrance))
	}
	if mode != "" {
		r.Header.Set("Sec-Fetch-Mode", mode)
	}
	if cookie != "" {
		r.Header.Set("Cookie", cookie)
	}
	rec := httptest.NewRecorder()
	w.handler.ServeHTTP(rec, r)
	return rec.Header().Get("Location"), rec.Body.String()
}

// A device hears what its room is called.
func TestRoomsAreCalled(t *testing.T) {
	doors(t, func(t *testing.T, s *Server, local, secure, _ *way) {
		for id, name := range map[string]string{"two": "Two", "home": ""} {
			var me struct{ Place string }
			secure.into(t, "GET", "/api/me", secure.pairs(t, local, session.Display, id).cookie, "", &me)
			if me.Place != name {
				t.Errorf("room %s is called %q", id, me.Place)
			}
		}
	})
}

// The library is there for who guides, and empty for every other device.
func TestTheLibraryIsTheGuides(t *testing.T) {
	doors(t, func(t *testing.T, s *Server, local, secure, _ *way) {
		for role, some := range map[session.Role]bool{session.Guide: true, session.Guest: false, session.Display: false, session.Remote: false} {
			list := []struct{ ID string }{}
			secure.into(t, "GET", "/api/scripts", secure.pairs(t, local, role, "two").cookie, "", &list)
			if len(list) > 0 != some {
				t.Errorf("a %s sees %d scripts", role, len(list))
			}
		}
	})
}
