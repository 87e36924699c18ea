package server

import (
	"context"
	"encoding/json"
	"io"
	"net"
	"net/http"
	"strings"
	"sync"
	"testing"
	"testing/fstest"
	"testing/synctest"
	"time"

	"github.com/gorilla/websocket"

	"stillpoint/internal/audio"
	"stillpoint/internal/journal"
	"stillpoint/internal/library"
	"stillpoint/internal/room"
	"stillpoint/internal/session"
	"stillpoint/internal/timeline"
	"stillpoint/internal/voice"
	"stillpoint/internal/wire"
)

const address = "127.0.0.1:7411"
const origin = "http://" + address

// pipes is a listener without a network, so that a whole server lives in a
// synctest bubble and its minutes pass in no time.
type pipes struct {
	conns chan net.Conn
	done  chan struct{}
	once  sync.Once
}

func newPipes() *pipes { return &pipes{conns: make(chan net.Conn), done: make(chan struct{})} }

func (p *pipes) Accept() (net.Conn, error) {
	select {
	case c := <-p.conns:
		return c, nil
	case <-p.done:
		return nil, net.ErrClosed
	}
}
func (p *pipes) Close() error   { p.once.Do(func() { close(p.done) }); return nil }
func (p *pipes) Addr() net.Addr { return &net.TCPAddr{IP: net.IPv4(127, 0, 0, 1), Port: 7411} }

func (p *pipes) dial(context.Context, string, string) (net.Conn, error) {
	here, there := net.Pipe()
	select {
	case p.conns <- there:
		return here, nil
	case <-p.done:
		return nil, net.ErrClosed
	}
}

// served runs test against a whole server in a bubble.
func served(t *testing.T, test func(t *testing.T, p *pipes)) {
	t.Helper()
	servedWith(t, func(t *testing.T, p *pipes, _ *Server) { test(t, p) })
}

// servedWith does so for a test that changes the server.
func servedWith(t *testing.T, test func(t *testing.T, p *pipes, s *Server)) {
	t.Helper()
	servedAs(t, func(*Config) {}, test)
}

// servedAs does so for a server that is made otherwise.
func servedAs(t *testing.T, otherwise func(*Config), test func(t *testing.T, p *pipes, s *Server)) {
	t.Helper()
	folder := t.TempDir()
	synctest.Test(t, func(t *testing.T) {
		p := newPipes()
		j, err := journal.Open(journal.Config{Folder: folder, Troubled: func(err error) { t.Error(err) }})
		if err != nil {
			t.Fatal(err)
		}
		defer j.Close()
		lib, err := library.Open("")
		if err != nil {
			t.Fatal(err)
		}
		var groundings []session.Grounding
		for _, e := range lib.Versions("grounding") {
			groundings = append(groundings, session.Grounding{ID: e.ID, Script: e.Script})
		}
		rooms := &Rooms{practice: practice{Rooms: []madeRoom{{ID: "two", Name: "Two"}}}}
		house := room.New(room.Config{Store: room.NewMemory(), Script: lib.Script, Groundings: groundings, Speech: timeline.ByWords,
			Happened: func(name string, e session.Event, after session.State) {
				j.Happened(e, after)
				rooms.Happened(name, e, after)
			}})
		c := Config{Address: address, Journal: j, Rooms: rooms, House: house, Library: lib, Bank: audio.NewBank(), Voices: silent(t), Version: "test", Instance: "one",
			Web: fstest.MapFS{"index.html": {Data: []byte("<!doctype html>hello")}, "join.html": {Data: []byte("<!doctype html>hello")}, "app.js": {Data: []byte("export {}")}}}
		otherwise(&c)
		s := New(c)
		ctx, stop := context.WithCancel(t.Context())
		ended := make(chan error, 1)
		go func() { ended <- s.Serve(ctx, p) }()
		defer func() {
			stop()
			if err := <-ended; err != nil {
				t.Errorf("the server ended with %v", err)
			}
			p.Close()
			house.Close()
		}()
		test(t, p, s)
	})
}

// get does one plain request.
func get(t *testing.T, p *pipes, method, path string, header map[string]string, body string) (status int, h http.Header, answer string) {
	t.Helper()
	transport := &http.Transport{DialContext: p.dial, DisableKeepAlives: true}
	req, err := http.NewRequestWithContext(t.Context(), method, origin+path, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	for k, v := range header {
		if k == "Host" {
			req.Host = v
			continue
		}
		req.Header.Set(k, v)
	}
	res, err := transport.RoundTrip(req)
	if err != nil {
		t.Fatalf("%s %s: %v", method, path, err)
	}
	defer res.Body.Close()
	all, err := io.ReadAll(res.Body)
	if err != nil {
		t.Fatal(err)
	}
	return res.StatusCode, res.Header, string(all)
}

// device is one socket of a test. It takes what it is sent as it comes, as a
// browser does, and keeps it until the test asks.
type device struct {
	*websocket.Conn
	t      *testing.T
	frames chan []byte // closed when the connection has ended
}

func connect(t *testing.T, p *pipes) *device {
	t.Helper()
	dialer := websocket.Dialer{NetDialContext: p.dial, Subprotocols: []string{wire.Subprotocol}}
	ws, _, err := dialer.Dial("ws://"+address+"/ws", http.Header{"Origin": {origin}})
	if err != nil {
		t.Fatal(err)
	}
	return follow(t, ws)
}

// follow takes what a socket is sent, as it comes.
func follow(t *testing.T, ws *websocket.Conn) *device {
	t.Cleanup(func() { ws.Close() })
	d := &device{ws, t, make(chan []byte, 4096)}
	go func() {
		defer close(d.frames)
		for {
			_, frame, err := ws.ReadMessage()
			if err != nil {
				return
			}
			d.frames <- frame
		}
	}()
	return d
}

// join connects and says hello as a role.
func join(t *testing.T, p *pipes, role string) (*device, wire.Welcome) {
	t.Helper()
	d := connect(t, p)
	d.send(`{"type":"hello","role":"` + role + `"}`)
	var w wire.Welcome
	d.until("welcome", &w)
	return d, w
}

func (d *device) send(frame string) {
	d.t.Helper()
	if err := d.WriteMessage(websocket.TextMessage, []byte(frame)); err != nil {
		d.t.Fatal(err)
	}
}

// next is the next frame; the test ends when there is none to come.
func (d *device) next(what string) []byte {
	d.t.Helper()
	select {
	case frame, ok := <-d.frames:
		if !ok {
			d.t.Fatalf("cut off while waiting for %s", what)
		}
		return frame
	case <-time.After(time.Minute):
		d.t.Fatalf("no %s came", what)
	}
	return nil
}

// until reads up to the next message of a type.
func (d *device) until(kind string, into any) {
	d.t.Helper()
	for {
		frame := d.next(kind)
		var m struct {
			Type string `json:"type"`
		}
		if err := json.Unmarshal(frame, &m); err != nil {
			d.t.Fatal(err)
		}
		if m.Type == kind {
			if err := json.Unmarshal(frame, into); err != nil {
				d.t.Fatal(err)
			}
			return
		}
	}
}

// do sends a command and returns its refusal's code, or "".
func (d *device) do(id, frame string) (code string) {
	d.t.Helper()
	d.send(frame)
	for {
		var m struct{ Type, ID, Code string }
		if err := json.Unmarshal(d.next("the answer to "+frame), &m); err != nil {
			d.t.Fatal(err)
		}
		if m.ID == id && (m.Type == "ack" || m.Type == "refused") {
			return m.Code
		}
	}
}

// cut says whether the server ends the connection within a time.
func (d *device) cut(within time.Duration) bool {
	late := time.After(within)
	for {
		select {
		case _, ok := <-d.frames:
			if !ok {
				return true
			}
		case <-late:
			return false
		}
	}
}

// silent is no voice at all: lengths are by words.
func silent(t testing.TB) *voice.Voices {
	t.Helper()
	v, err := voice.New(voice.Config{})
	if err != nil {
		t.Fatal(err)
	}
	return v
}
