package server

import (
	"context"
	"encoding/json"
	"fmt"
	"math"
	"net/http"
	"os"
	"path/filepath"
	"slices"
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
	"stillpoint/internal/wire"
)

// clinic is a whole server that can go away and come back, in a bubble of its own
// time, and the screens of one of its rooms.
type clinic struct {
	t       *testing.T
	data    string
	zero    time.Time // room time 0
	lib     *library.Library
	journal *journal.Journal
	pipes   *pipes
	close   func()
	screens []*screen

	mu    sync.Mutex
	house *room.House   // nil while the server is away
	known session.State // what the room was when it went
}

const clinicRoom = "garden"

func treated(t *testing.T, test func(t *testing.T, c *clinic)) {
	t.Helper()
	data := t.TempDir()
	lib, err := library.Open("")
	if err != nil {
		t.Fatal(err)
	}
	synctest.Test(t, func(t *testing.T) {
		c := &clinic{t: t, data: data, zero: time.Now(), lib: lib}
		c.open()
		defer func() {
			for _, s := range c.screens {
				close(s.done)
			}
			c.close()
		}()
		c.post("/api/rooms", `{"name":"`+clinicRoom+`"}`)
		test(t, c)
	})
}

func (c *clinic) open() {
	var err error
	if c.journal, err = journal.Open(journal.Config{Folder: c.data, Troubled: func(err error) { c.t.Error(err) }}); err != nil {
		c.t.Fatal(err)
	}
	rooms, err := OpenRooms(c.data)
	if err != nil {
		c.t.Fatal(err)
	}
	files, err := room.OpenFiles(filepath.Join(c.data, "rooms"), func(err error) { c.t.Error(err) })
	if err != nil {
		c.t.Fatal(err)
	}
	house := room.New(room.Config{Store: files, Script: c.lib.Script, Speech: timeline.ByWords, Zero: c.zero, Happened: rooms.Happened})
	house.Wake(c.t.Context(), files.Rooms()...)
	c.pipes = newPipes()
	s := New(Config{Address: address, House: house, Rooms: rooms, Journal: c.journal, Library: c.lib, Bank: audio.NewBank(), Voices: silent(c.t), Version: "test", Instance: "one", Web: fstest.MapFS{}})
	ctx, stop := context.WithCancel(c.t.Context())
	ended := make(chan error, 1)
	go func(p *pipes) { ended <- s.Serve(ctx, p) }(c.pipes)
	c.close = func() {
		stop()
		<-ended
		c.pipes.Close()
		house.Close()
		files.Close()
		c.journal.Close()
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.house = house
}

// away is a server that is gone for so long; every screen comes back.
func (c *clinic) away(d time.Duration) {
	before, known := time.Now(), c.state()
	c.mu.Lock()
	c.house, c.known = nil, known
	c.mu.Unlock()
	c.close()
	time.Sleep(d - time.Since(before))
	c.open()
	for _, s := range c.screens {
		s.join()
	}
}

// post asks for something that must be made.
func (c *clinic) post(path, body string) {
	c.t.Helper()
	header := map[string]string{"Origin": origin, "Content-Type": "application/json"}
	if status, _, answer := get(c.t, c.pipes, "POST", path, header, body); status != http.StatusCreated {
		c.t.Fatalf("%s: %d %s", path, status, answer)
	}
}

// kept is every file there is.
func (c *clinic) kept() (names []string) {
	err := filepath.WalkDir(c.data, func(name string, d os.DirEntry, err error) error {
		if err == nil && !d.IsDir() {
			names = append(names, filepath.Base(name))
		}
		return err
	})
	if err != nil {
		c.t.Fatal(err)
	}
	return names
}

// state is how the room truly stands.
func (c *clinic) state() session.State {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.house == nil {
		return c.known
	}
	r, err := c.house.Room(clinicRoom)
	if err != nil {
		c.t.Fatal(err)
	}
	return r.State()
}

func (c *clinic) now() time.Duration { return time.Since(c.zero) }

// screen is one device of the room. What it knows it has from the wire alone, and
// goes by it while there is no server.
type screen struct {
	clinic    *clinic
	role      session.Role
	asked     int        // commands so far
	mu        sync.Mutex // one writes at a time
	ws        *websocket.Conn
	resume    string
	frames    chan []byte // of every connection
	answers   chan string // codes of refusals, "" for none
	done      chan struct{}
	sent      [][]byte // every frame it was sent
	session   wire.Session
	timeline  wire.Timeline
	transport wire.Transport
	account   wire.Account
	reached   int64
	felt      []feeling
}

// feeling is a private cue as it comes.
type feeling struct {
	at, position int64
	text         string
}

func (c *clinic) screen(role session.Role) *screen {
	s := &screen{clinic: c, role: role, frames: make(chan []byte), answers: make(chan string), done: make(chan struct{}), reached: -1}
	c.screens = append(c.screens, s)
	go s.live()
	s.join()
	return s
}

func (s *screen) join() {
	s.clinic.t.Helper()
	dialer := websocket.Dialer{NetDialContext: s.clinic.pipes.dial, Subprotocols: []string{wire.Subprotocol}}
	ws, _, err := dialer.Dial("ws://"+address+"/ws", http.Header{"Origin": {origin}})
	if err != nil {
		s.clinic.t.Fatal(err)
	}
	s.mu.Lock()
	s.ws = ws
	s.mu.Unlock()
	s.say(fmt.Sprintf(`{"type":"hello","room":"%s","role":"%s","name":"%s","resume":"%s"}`, clinicRoom, s.role, s.role, s.resume))
	go func() {
		for {
			_, frame, err := ws.ReadMessage()
			if err != nil {
				return
			}
			select {
			case s.frames <- frame:
			case <-s.done:
				return
			}
		}
	}()
	go s.ping()
	synctest.Wait()
}

// ping says that the device is here, often enough.
func (s *screen) ping() {
	for {
		select {
		case <-s.done:
			return
		case <-time.After(20 * time.Second):
			if s.write(`{"type":"ping","t0":1}`) != nil {
				return
			}
		}
	}
}

func (s *screen) write(frame string) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.ws.WriteMessage(websocket.TextMessage, []byte(frame))
}

func (s *screen) say(frame string) {
	s.clinic.t.Helper()
	if err := s.write(frame); err != nil {
		s.clinic.t.Fatal(err)
	}
}

// do gives a command and returns the code of its refusal, "" for none.
func (s *screen) do(command string) string {
	s.clinic.t.Helper()
	s.asked++
	s.say(fmt.Sprintf(`{"type":"command","id":"%d",%s}`, s.asked, command))
	return <-s.answers
}

// live takes what comes, and feels each private cue when it is due.
func (s *screen) live() {
	for {
		select {
		case frame := <-s.frames:
			s.feel()
			s.take(frame)
			s.feel()
		case <-time.After(s.next()):
			s.feel()
		case <-s.done:
			return
		}
	}
}

func (s *screen) take(frame []byte) {
	s.sent = append(s.sent, frame)
	var m struct{ Type, Code string }
	into := map[string]any{"welcome": &wire.Welcome{}, "session": &wire.Session{}, "timeline": &wire.Timeline{}, "transport": &wire.Transport{}, "account": &wire.Account{}}
	err := json.Unmarshal(frame, &m)
	if what := into[m.Type]; err == nil && what != nil {
		if err = json.Unmarshal(frame, what); err == nil {
			s.know(what)
		}
	}
	if err != nil {
		s.clinic.t.Error(err)
	}
	if m.Type == "ack" || m.Type == "refused" {
		s.answers <- m.Code
	}
}

func (s *screen) know(what any) {
	switch m := what.(type) {
	case *wire.Welcome:
		if m.Now != s.clinic.now().Milliseconds() {
			s.clinic.t.Errorf("room time is %d, and was %v", m.Now, s.clinic.now())
		}
		s.resume = m.You.Resume
		for _, part := range []any{m.Session, m.Timeline, m.Transport, m.Account} {
			s.know(part)
		}
	case *wire.Session:
		s.session = value(m)
	case *wire.Timeline:
		s.timeline = value(m)
	case *wire.Transport:
		s.transport = value(m)
	case *wire.Account:
		s.account = value(m)
	}
}

// value is what p points at, or nothing.
func value[T any](p *T) (v T) {
	if p != nil {
		v = *p
	}
	return v
}

// position is where the session is by all that this screen knows.
func (s *screen) position() int64 {
	t := s.transport
	if t.State != "playing" {
		return t.Position
	}
	return min(t.Position+max(0, s.clinic.now().Milliseconds()-t.At), s.until())
}

// until is how far it runs by itself.
func (s *screen) until() int64 {
	for _, span := range s.timeline.Spans {
		if span.Kind == timeline.Wait && span.From > s.transport.Position {
			return span.From
		}
	}
	return s.timeline.Length
}

// next is how long it is until a private cue is due.
func (s *screen) next() time.Duration {
	t, now := s.transport, s.clinic.now().Milliseconds()
	for _, cue := range s.timeline.Cues {
		if t.State == "playing" && cue.Kind == timeline.Guide && cue.At > s.reached && cue.At <= s.until() {
			return time.Duration(t.At+cue.At-t.Position-now) * time.Millisecond
		}
	}
	return math.MaxInt64
}

// feel notes the private cues that have become due.
func (s *screen) feel() {
	now := s.clinic.now().Milliseconds()
	if s.transport.State != "playing" || now < s.transport.At {
		return
	}
	position := s.position()
	for _, cue := range s.timeline.Cues {
		if cue.Kind == timeline.Guide && cue.At > s.reached && cue.At <= position {
			s.felt = append(s.felt, feeling{now, cue.At, cue.Text})
			s.due(cue)
		}
	}
	s.reached = max(s.reached, position)
}

// due fails unless, by what the room itself knows, a cue is due at this very moment.
func (s *screen) due(cue wire.Cue) {
	room := s.clinic.state()
	at := room.PositionAt(s.clinic.now().Truncate(time.Millisecond))
	if !slices.Contains(room.Timeline.Cues, timeline.Cue{Kind: timeline.Guide, At: at, Text: cue.Text}) {
		s.clinic.t.Errorf("“%s” came at %v, when the room was at %v", cue.Text, time.Duration(cue.At)*time.Millisecond, at)
	}
}
