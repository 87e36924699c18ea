package server

import (
	"encoding/json"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/gorilla/websocket"

	"stillpoint/internal/session"
	"stillpoint/internal/wire"
)

// way is a door of a server, as a device comes through it.
type way struct {
	*entrance
	handler http.Handler
	from    string // the address of the device
	pipes   *pipes // for sockets
}

// ways are the three doors of a server: this computer's own, and the network's.
func ways(t *testing.T, s *Server, p *pipes) (local, secure, plain *way) {
	t.Helper()
	s.Reach = func() ([]string, []string) {
		return []string{"https://192.168.1.20:7443"}, []string{"http://192.168.1.20:7412"}
	}
	local = &way{&entrance{hosts: []string{address}}, s.Handler(), "127.0.0.1:50000", p}
	return local, opened(t, s, Secure, 7443), opened(t, s, Plain, 7412)
}

// opened opens a door in the bubble.
func opened(t *testing.T, s *Server, kind doorKind, port int) *way {
	t.Helper()
	e := newEntrance(kind, &net.TCPAddr{IP: net.IPv4(192, 168, 1, 20), Port: port}, "", t.Context())
	w := &way{e, s.Handler(), "192.168.1.31:50000", newPipes()}
	h := &http.Server{Handler: http.HandlerFunc(func(rw http.ResponseWriter, r *http.Request) {
		w.handler.ServeHTTP(rw, r.WithContext(through(r.Context(), e)))
	})}
	ended := make(chan struct{})
	go func() { defer close(ended); h.Serve(w.pipes) }()
	t.Cleanup(func() { h.Close(); w.pipes.Close(); <-ended })
	return w
}

func (w *way) origin() string { return w.Kind.scheme() + "://" + w.hosts[0] }

// ask does one request, as a device that has a cookie, or none.
func (w *way) ask(method, path, cookie, body string) (status int, h http.Header, answer string) {
	r := httptest.NewRequest(method, path, strings.NewReader(body))
	r.Host, r.RemoteAddr = w.hosts[0], w.from
	if w.Kind != Local {
		r = r.WithContext(through(r.Context(), w.entrance))
	}
	r.Header.Set("Origin", w.origin())
	if cookie != "" {
		r.Header.Set("Cookie", cookie)
	}
	rec := httptest.NewRecorder()
	w.handler.ServeHTTP(rec, r)
	return rec.Code, rec.Header(), rec.Body.String()
}

// into does a request that has to succeed.
func (w *way) into(t *testing.T, method, path, cookie, body string, v any) {
	t.Helper()
	status, _, answer := w.ask(method, path, cookie, body)
	if status/100 != 2 {
		t.Fatalf("%s %s: %d %s", method, path, status, answer)
	}
	if v != nil {
		if err := json.Unmarshal([]byte(answer), v); err != nil {
			t.Fatal(err)
		}
	}
}

// invitation is one as it is answered.
type invitation struct {
	ID, Number, Link, Plain string
	Until                   int64
}

func (i invitation) token() string { return i.Link[strings.Index(i.Link, "#")+1:] }

// invite makes an invitation at this way.
func (w *way) invite(t *testing.T, cookie string, role session.Role, room string) (i invitation) {
	t.Helper()
	w.into(t, "POST", "/api/invitations", cookie, `{"room":"`+room+`","role":"`+string(role)+`"}`, &i)
	return i
}

// pairedDevice is one that has come in.
type pairedDevice struct {
	deviceSelf
	cookie string
}

// pairs lets a device of a role in through this way, invited at local.
func (w *way) pairs(t *testing.T, local *way, role session.Role, room string) (d pairedDevice) {
	t.Helper()
	status, h, answer := w.ask("POST", "/api/pair", "", `{"token":"`+local.invite(t, "", role, room).token()+`","name":"Tablet"}`)
	var came struct{ Device deviceSelf }
	if err := json.Unmarshal([]byte(answer), &came); status != 201 || err != nil {
		t.Fatalf("pair as %s: %d %s", role, status, answer)
	}
	cookie, _, _ := strings.Cut(h.Get("Set-Cookie"), ";")
	return pairedDevice{came.Device, cookie}
}

// socket opens a socket with a cookie; nil and the status where it is refused.
func (w *way) socket(t *testing.T, cookie string) (*device, int) {
	t.Helper()
	h := http.Header{"Origin": {w.origin()}}
	if cookie != "" {
		h.Set("Cookie", cookie)
	}
	dialer := websocket.Dialer{NetDialContext: w.pipes.dial, Subprotocols: []string{wire.Subprotocol}}
	ws, res, err := dialer.Dial("ws://"+w.hosts[0]+"/ws", h)
	if err != nil {
		if res == nil {
			t.Fatal(err)
		}
		return nil, res.StatusCode
	}
	return follow(t, ws), 0
}

// joins opens a socket and says hello, in words of its own.
func (w *way) joins(t *testing.T, cookie, hello string) (*device, wire.Welcome) {
	t.Helper()
	d, status := w.socket(t, cookie)
	if d == nil {
		t.Fatalf("no socket: %d", status)
	}
	d.send(hello)
	var welcome wire.Welcome
	d.until("welcome", &welcome)
	return d, welcome
}
