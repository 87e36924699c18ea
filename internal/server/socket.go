package server

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"sync"
	"sync/atomic"
	"time"

	"github.com/gorilla/websocket"
	"golang.org/x/time/rate"

	"stillpoint/internal/room"
	"stillpoint/internal/session"
	"stillpoint/internal/wire"
)

// Times and bounds of one connection.
const (
	helloWithin = 5 * time.Second
	silence     = 30 * time.Second // heard nothing for so long: gone
	writeWithin = 2 * time.Second
	perSecond   = 20  // messages a device may send on average
	reserve     = 40  // and at once
	patience    = 200 // refusals for haste before it is cut off
	repliesHeld = reserve + patience
	flood       = 500 // frames a second of any kind, before it is cut off
	smallRoom   = 2 * time.Second
	pingsASec   = 100 // at most, in one room
)

// socket upgrades a request to the wire. The handler returns at once and leaves
// two goroutines: one reads, one writes; either one's end ends both.
func (s *Server) socket(w http.ResponseWriter, r *http.Request) {
	if !sameOrigin(r) {
		refuse(w, http.StatusForbidden, "not-allowed", "A socket needs the Origin of this page.")
		return
	}
	p, ok := s.enter(w, r)
	if !ok {
		return
	}
	up := websocket.Upgrader{
		ReadBufferSize: 512, WriteBufferPool: writeBuffers(), HandshakeTimeout: helloWithin,
		Subprotocols: []string{wire.Subprotocol},
		CheckOrigin:  func(*http.Request) bool { return true }, // checked above, more strictly
	}
	ws, err := up.Upgrade(w, r, nil)
	if err != nil {
		s.exit(p)
		return
	}
	if ws.Subprotocol() != wire.Subprotocol {
		ws.Close()
		s.exit(p)
		return
	}
	c := newConn(s, ws)
	c.entrance, c.place = s.entranceOf(r), p
	go c.run()
}

// writeBuffers is the pool all connections share while they write.
var writeBuffers = sync.OnceValue(func() websocket.BufferPool { return &sync.Pool{} })

// conn is one device's connection. Its reading goroutine owns it and carries out
// what brings silence itself; two working goroutines do the other commands, those
// of the sound beside those of the session and each in their order, so that none of
// them ever stands before a pause; the writing goroutine takes from the seat's updates and from replies.
type conn struct {
	*Server
	ws       *websocket.Conn
	entrance *entrance // it came by
	place    *place    // as the device it is from
	seat     *room.Seat
	room     *room.Room
	replies  chan any
	work     chan queued
	quick    chan queued   // what does not wait for a voice to be made ready
	done     chan struct{} // closed when reading has ended
	rate     *rate.Limiter
	frames   *rate.Limiter
	refused  int
	halts    atomic.Int64 // silences asked for so far
}

func newConn(s *Server, ws *websocket.Conn) *conn {
	ws.SetReadLimit(wire.MaxFrame)
	return &conn{Server: s, ws: ws, replies: make(chan any, repliesHeld), work: make(chan queued, reserve), quick: make(chan queued, reserve), done: make(chan struct{}),
		rate: rate.NewLimiter(perSecond, reserve), frames: rate.NewLimiter(flood, flood)}
}

// run is the whole life of a connection.
func (c *conn) run() {
	defer c.exit(c.place)
	defer c.ws.Close()
	unhook := closeWith(c)
	defer unhook()
	if !c.join() {
		return
	}
	defer c.seat.Leave()
	here, gone := context.WithCancel(c.ctx)
	defer context.AfterFunc(c.place.open, gone)()
	go c.write()
	go c.carry(here, c.work)
	go c.carry(here, c.quick)
	c.read()
	close(c.done)
	gone() // whatever a device that has gone still waits for
}

// join waits for hello and answers with the welcome. The welcome is written
// before anything else, so that every later update builds on it.
func (c *conn) join() bool {
	c.ws.SetReadDeadline(time.Now().Add(helloWithin))
	_, frame, err := c.ws.ReadMessage()
	if err != nil {
		return false
	}
	m, err := wire.Decode(frame)
	hello, ok := m.(*wire.Hello)
	if err != nil || !ok {
		if err == nil {
			err = errors.New("the first message is a hello")
		}
		c.send(wire.Refused{Type: "refused", Code: "bad-message", Text: err.Error()})
		return false
	}
	if err := c.seatFor(hello); err != nil {
		c.send(c.refusal("", err))
		return false
	}
	c.devices.joined(c.place, c)
	if !c.send(c.welcome()) {
		c.seat.Leave()
		return false
	}
	return true
}

func (c *conn) welcome() wire.Welcome {
	now, first := c.House.Now(), c.seat.First
	w := wire.Welcome{Type: "welcome", You: wire.You{ID: c.seat.ID, Role: c.seat.Role, Resume: c.seat.Resume},
		Room: c.room.Name(), Now: now.Milliseconds(), Heartbeat: heartbeat(first.People).Milliseconds()}
	for _, m := range c.messages(first) {
		switch m := m.(type) {
		case *wire.Session:
			w.Session = m
		case *wire.Timeline:
			w.Timeline = m
		case *wire.Transport:
			w.Transport = m
		case *wire.People:
			w.People = m
		case *wire.Account:
			w.Account = m
		}
	}
	return w
}

// heartbeat keeps a whole room at about pingsASec.
func heartbeat(p *room.People) time.Duration {
	return max(smallRoom, time.Duration(len(p.People))*time.Second/pingsASec)
}

// messages says an update in the order a device needs it.
func (c *conn) messages(u room.Update) (list []any) {
	role := c.seat.Role
	if u.Session != nil {
		list = append(list, sessionFor(role, u.Session))
	}
	if u.Timeline != nil {
		list = append(list, timelineFor(role, u.Timeline))
	}
	if u.Transport != nil {
		list = append(list, wire.TransportOf(u.Transport))
	}
	if u.People != nil {
		list = append(list, c.peopleFor(u.People))
	}
	if u.Account != nil && role == session.Guide {
		list = append(list, accountOf(u.Account))
	}
	if t := u.Trial; t != nil {
		list = append(list, wire.Trial{Type: "trial", Voice: t.Voice, Language: t.Language, Over: t.Over})
	}
	return list
}

// sessionFor is what is practised, as a role may know it.
func sessionFor(role session.Role, s *session.State) *wire.Session {
	w := wire.SessionOf(s, role == session.Guide)
	if role == session.Remote {
		return w.ForRemote()
	}
	return w
}

// timelineFor is a session's timeline, as a role may have it.
func timelineFor(role session.Role, s *session.State) *wire.Timeline {
	w := wire.TimelineOf(s.Timeline, s.ID, s.PlanRev, role == session.Guide)
	if role == session.Remote {
		return w.ForRemote()
	}
	return w
}

// peopleFor is who is here, as this connection may know it.
func (c *conn) peopleFor(p *room.People) *wire.People {
	w := peopleOf(p, c.seat.Role == session.Guide)
	if c.seat.Role == session.Remote {
		return w.ForRemote(c.seat.ID)
	}
	return w
}

// accountOf is what has happened, for a guide.
func accountOf(a *room.Account) *wire.Account {
	w := &wire.Account{Type: "account", Session: a.Session, Lines: []wire.Deed{}}
	for _, d := range a.Deeds {
		w.Lines = append(w.Lines, wire.Deed{At: d.At.Milliseconds(), Position: d.Position.Milliseconds(), What: d.What, By: d.By,
			Name: d.Name, Role: d.Role, Client: d.Client, Agreed: d.Agreed})
	}
	return w
}

// peopleOf is who is here, as a guide or anyone else may know it: that the room's
// sound is gone is for the guide to hear, and for nobody who lies there.
func peopleOf(p *room.People, guide bool) *wire.People {
	w := &wire.People{Type: "people", People: []wire.Person{}, Sound: p.Sound, Coming: p.Coming, Host: p.Host, Mix: wire.Mix(p.Mix), Show: wire.Show(p.Show)}
	if guide {
		w.Lost = p.Lost
	}
	for _, one := range p.People {
		w.People = append(w.People, wire.Person(one))
	}
	return w
}

// write sends updates and replies until reading ends, the seat is cut off for
// being too slow, or the device does not take what it is sent.
func (c *conn) write() {
	defer c.ws.Close() // wakes the reader
	for {
		select {
		case u, ok := <-c.seat.Updates():
			if !ok {
				return
			}
			for _, m := range c.messages(u) {
				if !c.send(m) {
					return
				}
			}
		case m := <-c.replies:
			if !c.send(m) {
				return
			}
		case <-c.done:
			return
		}
	}
}

// send writes one message; false when the device is gone.
func (c *conn) send(m any) bool {
	body, err := json.Marshal(m)
	if err != nil {
		c.Log.Error("write a message", "error", err)
		return false
	}
	c.ws.SetWriteDeadline(time.Now().Add(writeWithin))
	return c.ws.WriteMessage(websocket.TextMessage, body) == nil
}

// reply queues an answer. A device that sends without reading its answers fills
// the queue and is cut off.
func (c *conn) reply(m any) bool {
	select {
	case c.replies <- m:
		return true
	default:
		return false
	}
}

// read takes frames until the device goes, goes silent, or misbehaves.
func (c *conn) read() {
	for {
		c.ws.SetReadDeadline(time.Now().Add(silence))
		kind, frame, err := c.ws.ReadMessage()
		if err != nil || !c.frames.Allow() || c.place.open.Err() != nil {
			return
		}
		c.seat.Heard()
		if kind != websocket.TextMessage || !c.take(frame) {
			return
		}
	}
}

// take answers one frame; false ends the connection.
func (c *conn) take(frame []byte) bool {
	m, err := wire.Decode(frame)
	if !sacred(m) && !c.rate.Allow() {
		c.refused++
		return c.refused < patience && c.reply(slowDown(m))
	}
	if err != nil {
		return c.reply(wire.Refused{Type: "refused", ID: idOf(m), Code: "bad-message", Text: err.Error()})
	}
	switch m := m.(type) {
	case *wire.Ping:
		return c.devices.stillHere(c.place) && c.reply(wire.Pong{Type: "pong", T0: m.T0, T1: c.House.Now().Milliseconds()})
	case *wire.Command:
		if sacred(m) {
			c.halts.Add(1)
			return c.reply(c.do(c.ctx, m, nil))
		}
		return c.queue(m)
	}
	return c.reply(wire.Refused{Type: "refused", Code: "bad-message", Text: "This device has said hello already."})
}

// queue leaves a command to the working goroutine.
func (c *conn) queue(m *wire.Command) bool {
	line := c.work
	switch m.Do {
	case session.Sound, session.SetMix, session.Bell, session.Arm, session.SetShow:
		line = c.quick
	}
	select {
	case line <- queued{m, c.halts.Load()}:
		return true
	default:
		return c.reply(slowDown(m))
	}
}

// queued is a command and how many silences were asked for before it.
type queued struct {
	*wire.Command
	halts int64
}

// carry does the commands that may take their time.
func (c *conn) carry(here context.Context, line <-chan queued) {
	for {
		select {
		case q := <-line:
			if !c.reply(c.after(here, q)) {
				c.ws.Close()
				return
			}
		case <-c.done:
			return
		}
	}
}

// after does a queued command, unless it would undo a silence that was asked for
// after it and, being sacred, overtook it: stop beats pause beats resume.
func (c *conn) after(here context.Context, q queued) any {
	switch q.Do {
	case session.Load, session.Start, session.Resume, session.Return, session.GoOn, session.Next, session.Previous, session.Bell:
		return c.do(here, q.Command, func() bool { return q.halts < c.halts.Load() })
	}
	return c.do(here, q.Command, nil)
}

func slowDown(m any) wire.Refused {
	return wire.Refused{Type: "refused", ID: idOf(m), Code: "slow-down", Text: "That was a lot at once. Pause and stop still work."}
}

// sacred commands are never counted and never kept waiting.
func sacred(m any) bool {
	c, ok := m.(*wire.Command)
	return ok && c.Do.Silences()
}

func idOf(m any) string {
	if c, ok := m.(*wire.Command); ok {
		return c.ID
	}
	return ""
}
