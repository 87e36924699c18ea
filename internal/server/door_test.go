package server

import (
	"net"
	"net/http/httptest"
	"strings"
	"testing"
	"testing/fstest"
)

// TestEveryDoorHasItsGuard: the exact hosts of the address that was reached, and the
// exact Origin with its scheme, at each door; nobody gets further for coming to another.
func TestEveryDoorHasItsGuard(t *testing.T) {
	s := New(Config{Address: address, Voices: silent(t), Web: fstest.MapFS{"join.html": {Data: []byte("<!doctype html>hello")}}})
	handler := s.Handler()
	at := func(kind doorKind, ip string, port int) *entrance {
		if kind == Local {
			return nil
		}
		return newEntrance(kind, &net.TCPAddr{IP: net.ParseIP(ip), Port: port}, map[doorKind]string{Secure: "room.local"}[kind], t.Context())
	}
	secure, plain := at(Secure, "192.168.1.20", 7443), at(Plain, "192.168.1.20", 7412)
	usual, six := at(Secure, "10.0.0.7", 443), at(Plain, "fd00::7", 80)
	for _, c := range []struct {
		name               string
		at                 *entrance
		method, path, host string
		header             map[string]string
		want               int
	}{
		{"the door over HTTPS", secure, "GET", "/join", "192.168.1.20:7443", nil, 200},
		{"by this computer’s name", secure, "GET", "/join", "Room.local:7443", nil, 200},
		{"by a name that ends like it", secure, "GET", "/", "evil-room.local:7443", nil, 421},
		{"the door over HTTP", plain, "GET", "/join", "192.168.1.20:7412", nil, 200},
		{"a name, which a neighbour could take, over HTTP", plain, "GET", "/", "room.local:7412", nil, 421},
		{"the other door’s port", secure, "GET", "/", "192.168.1.20:7412", nil, 421},
		{"another of our addresses", secure, "GET", "/", "10.0.0.7:7443", nil, 421},
		{"the loopback’s name at the network", secure, "GET", "/", "127.0.0.1:7411", nil, 421},
		{"localhost at the network", secure, "GET", "/", "localhost:7443", nil, 421},
		{"the network’s name at the loopback", nil, "GET", "/", "192.168.1.20:7443", nil, 421},
		{"a name rebound to the network", secure, "GET", "/", "evil.example:7443", nil, 421},
		{"no port", secure, "GET", "/", "192.168.1.20", nil, 421},
		{"no port where none is needed", usual, "GET", "/join", "10.0.0.7", nil, 200},
		{"a port where none is needed", usual, "GET", "/join", "10.0.0.7:443", nil, 200},
		{"HTTP’s usual port, with six", six, "GET", "/join", "[fd00::7]", nil, 200},
		{"a link followed from elsewhere", secure, "GET", "/join", "192.168.1.20:7443", map[string]string{"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate", "Sec-Fetch-Dest": "document"}, 200},
		{"a read from another site", secure, "GET", "/", "192.168.1.20:7443", map[string]string{"Sec-Fetch-Site": "cross-site"}, 403},
		{"what only the known may read", secure, "GET", "/api/scripts", "192.168.1.20:7443", nil, 401},
		{"the journal", plain, "GET", "/api/journal", "192.168.1.20:7412", nil, 401},
		{"a socket", secure, "GET", "/ws", "192.168.1.20:7443", map[string]string{"Origin": "https://192.168.1.20:7443"}, 401},
		{"a way around a pattern", secure, "GET", "/x/../api/scripts", "192.168.1.20:7443", nil, 401},
		{"another method", secure, "PUT", "/", "192.168.1.20:7443", map[string]string{"Origin": "https://192.168.1.20:7443"}, 401},
		{"a change", secure, "POST", "/api/sessions", "192.168.1.20:7443", map[string]string{"Origin": "https://192.168.1.20:7443"}, 401},
		{"a change from the other scheme", secure, "POST", "/api/sessions", "192.168.1.20:7443", map[string]string{"Origin": "http://192.168.1.20:7443"}, 403},
		{"a change from the other door", secure, "POST", "/api/sessions", "192.168.1.20:7443", map[string]string{"Origin": "http://192.168.1.20:7412"}, 403},
		{"a change from the loopback", secure, "POST", "/api/sessions", "192.168.1.20:7443", map[string]string{"Origin": origin}, 403},
		{"a change without an Origin", plain, "POST", "/api/sessions", "192.168.1.20:7412", nil, 403},
		{"a change at the loopback from the network", nil, "POST", "/api/sessions", address, map[string]string{"Origin": "http://192.168.1.20:7412"}, 403},
	} {
		r := httptest.NewRequest(c.method, c.path, strings.NewReader("{}"))
		r.Host = c.host
		for k, v := range c.header {
			r.Header.Set(k, v)
		}
		if c.at != nil {
			r = r.WithContext(through(r.Context(), c.at))
		}
		w := httptest.NewRecorder()
		handler.ServeHTTP(w, r)
		if w.Code != c.want {
			t.Errorf("%s: %d, want %d: %.200s", c.name, w.Code, c.want, w.Body)
		}
	}
}
