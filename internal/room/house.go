// Package room is where sessions live: the place devices join, one owner
// goroutine for each, and a Store behind it.
//
// A room puts session.Env.Apply into time. It keeps the state, tells everyone
// who listens what has changed, keeps every change in the Store, and does three
// things by itself: the end, and a pause where nobody is left or the computer slept. It knows nothing
// of sockets, frames or samples; a listener gets values and does with them what
// it likes.
package room

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"regexp"
	"sync"
	"sync/atomic"
	"time"

	"stillpoint/internal/script"
	"stillpoint/internal/session"
	"stillpoint/internal/timeline"
	"stillpoint/internal/transport"
)

// Home is the room a device joins when it names none. The host's speaker is
// there until it is moved.
const Home = "home"

// Bounds of a house.
const (
	MaxRooms  = 32
	storeWait = 2 * time.Second // for the Store, before a change counts as not kept
)

// ErrClosed is any call to a room that has closed.
var ErrClosed = errors.New("this room has closed; join again")

// Config is what a house is made with. Store, Script and Speech are required.
type Config struct {
	Store      Store
	Script     func(id string) (*script.Script, error) // its error is a sentence for people
	Groundings []session.Grounding                     // see session.Env
	Speech     timeline.Speech
	Host       func() bool // whether the host has a speaker now; nil: it has none
	HostIn     string      // the room its speaker is in to begin with; "": Home

	// Zero is room time 0, so that room time goes on from one run of the program to
	// the next and devices need not notice; the zero Time: now.
	Zero time.Time

	// Slept is for how long this computer has been asleep in all; room time may or
	// may not go on meanwhile. May be nil: it never sleeps.
	Slept func() time.Duration

	// Prepare chooses the voice of a session before it begins, and makes sure that
	// Speech knows its lines. It may take a while and holds nobody up but the one
	// who asked. May be nil.
	Prepare func(context.Context, *script.Script, timeline.Settings) (timeline.Settings, error)

	// Happened hears of every event, each once, in order, and of the state after the
	// change it belongs to, from the room's own goroutine: it must not wait for
	// anything. May be nil.
	Happened func(room string, e session.Event, after session.State)
}

// House opens rooms by name. Safe for concurrent use.
type House struct {
	config  Config
	env     session.Env
	started time.Time    // room time 0
	clock   func() int64 // the wall clock, in ms since 1970
	ctx     context.Context
	stop    context.CancelFunc
	running sync.WaitGroup

	moving sync.Mutex             // held while the host's speaker changes rooms
	host   atomic.Pointer[string] // the room it is in

	mu    sync.Mutex
	rooms map[string]*Room
}

// New is a house without rooms. Room time begins now. Close ends it.
func New(c Config) *House {
	if c.Host == nil {
		c.Host = func() bool { return false }
	}
	if c.Prepare == nil {
		c.Prepare = func(_ context.Context, _ *script.Script, s timeline.Settings) (timeline.Settings, error) {
			return s, nil
		}
	}
	if c.Slept == nil {
		c.Slept = func() time.Duration { return 0 }
	}
	if c.Happened == nil {
		c.Happened = func(string, session.Event, session.State) {}
	}
	h := &House{config: c, started: began(c.Zero), clock: func() int64 { return time.Now().UnixMilli() }, rooms: map[string]*Room{}}
	h.env = session.Env{Speech: c.Speech, Groundings: c.Groundings}
	h.ctx, h.stop = context.WithCancel(context.Background())
	in := cmp.Or(c.HostIn, Home)
	h.host.Store(&in)
	return h
}

// began is the moment of room time 0 on the monotonic clock, never in the future.
func began(zero time.Time) time.Time {
	now := time.Now()
	if zero.IsZero() || zero.After(now) {
		return now
	}
	return now.Add(zero.Sub(now))
}

// Now is room time: monotonic, and the same in every room of the house.
func (h *House) Now() time.Duration { return time.Since(h.started) }

// Time is the moment of a room time, for whoever plays sound by the clock.
func (h *House) Time(at time.Duration) time.Time { return h.started.Add(at) }

// validName: what may stand in an address.
var validName = regexp.MustCompile(`^[a-z0-9-]{1,32}$`)

// ValidName says whether a room can have a name.
func ValidName(name string) bool { return validName.MatchString(name) }

// Room is the room of a name, opened when it is not open yet, as the Store
// remembers it. The error is a *session.Refusal for a bad name or a full house.
func (h *House) Room(name string) (*Room, error) {
	if !ValidName(name) {
		return nil, &session.Refusal{Code: session.BadMessage, Text: "A room’s name has 1 to 32 small letters, digits or hyphens."}
	}
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.ctx.Err() != nil {
		return nil, ErrClosed
	}
	if r, ok := h.rooms[name]; ok {
		return r, nil
	}
	if len(h.rooms) >= MaxRooms && !h.closeIdle() {
		return nil, &session.Refusal{Code: session.Full, Text: "All rooms are in use. You might join one that is open."}
	}
	ctx, cancel := context.WithTimeout(h.ctx, storeWait)
	defer cancel()
	record, err := h.config.Store.Load(ctx, name)
	if err != nil {
		return nil, fmt.Errorf("open room %q: %w", name, err)
	}
	return h.enter(name, record), nil
}

// enter makes a room of a record. The caller holds mu.
func (h *House) enter(name string, record Record) *Room {
	r := newRoom(h, name, record)
	h.rooms[name] = r
	h.running.Go(r.run)
	return r
}

// closeIdle closes one room where nobody is and nothing plays, to make place
// for another. What it holds stays in the Store.
func (h *House) closeIdle() bool {
	for name, r := range h.rooms {
		if r.attended.Load() == 0 && r.State().Transport.State != transport.Playing {
			r.stop()
			delete(h.rooms, name)
			return true
		}
	}
	return false
}

// Find is the room whose present session has an id, and that session.
func (h *House) Find(sessionID string) (*Room, session.State, bool) {
	h.mu.Lock()
	defer h.mu.Unlock()
	for _, r := range h.rooms {
		if s := r.State(); s.Loaded() && s.ID == sessionID {
			return r, s, true
		}
	}
	return nil, session.State{}, false
}

// Close closes every room, and returns when their goroutines have ended.
func (h *House) Close() {
	h.mu.Lock()
	h.stop()
	h.mu.Unlock()
	h.running.Wait()
}
