package room

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"stillpoint/internal/library"
	"stillpoint/internal/script"
	"stillpoint/internal/session"
	"stillpoint/internal/timeline"
	"stillpoint/internal/transport"
)

const short = `title: A page to try
length: 6 min (4 to 10)
kind: body scan

# Arriving
[bell]
Welcome. Everything here is optional, and you can pause or stop at any moment. [7]

# Feet
[at soles]
When you are ready, attention could drop to the soles of your feet. [18]

# A few soft breaths
Small, soft breaths. No need to fill up. [5]
[breathe extend_4_6, 6 times]

# Closing
[outside]
You might look around slowly: something near, something far, the way out. [14]
[bell closing]
`

const waiting = `title: A treatment
kind: treatment

# Before
[rest 60]
[wait]

# After
[rest 60]
`

const calm = `title: Sixty seconds
kind: grounding

# Here
You might look around, and find three things that do not move. [20]
`

// long is 45 minutes of prompts, breaths and bells.
func long() string {
	var b strings.Builder
	b.WriteString("title: Forty-five minutes\nlength: 45 min (30 to 60)\nkind: body scan\n")
	for n := range 9 {
		fmt.Fprintf(&b, "\n# Part %d\n[bell]\n", n+1)
		for range 7 {
			b.WriteString("Attention could rest here for a while, or anywhere else that is kinder. [24]\n\n")
		}
		b.WriteString("Small, soft breaths. No need to fill up. [5]\n[breathe extend_4_6, 4 times]\n")
	}
	return b.String()
}

// page finds the scripts of these tests.
func page(id string) (*script.Script, error) {
	texts := map[string]string{"short": short, "waiting": waiting, "long": long(), "grounding": calm}
	text, ok := texts[id]
	if strings.HasPrefix(id, "breathe:") {
		lib, err := library.Open("")
		if err != nil {
			return nil, err
		}
		return lib.Script(id)
	}
	if !ok {
		return nil, fmt.Errorf("There is no script “%s”.", id)
	}
	return script.Parse(id, text)
}

// open is a house in a bubble of its own time; it closes when the test ends.
func open(t testing.TB, store Store, more ...func(*Config)) *House {
	t.Helper()
	grounding, err := page("grounding")
	if err != nil {
		t.Fatal(err)
	}
	c := Config{Store: store, Script: page, Groundings: []session.Grounding{{ID: "grounding", Script: grounding}}, Speech: timeline.ByWords}
	for _, m := range more {
		m(&c)
	}
	h := New(c)
	t.Cleanup(h.Close)
	return h
}

// host makes a house that has a speaker while there is true.
func host(there *bool) func(*Config) {
	return func(c *Config) { c.Host = func() bool { return *there } }
}

func roomOf(t testing.TB, h *House, name string) *Room {
	t.Helper()
	r, err := h.Room(name)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func join(t testing.TB, r *Room, role session.Role) *Seat {
	t.Helper()
	s, err := r.Join(Hello{Name: string(role), Role: role})
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// do gives a command that must not be refused.
func do(t testing.TB, s *Seat, c session.Command) int {
	t.Helper()
	rev, err := s.Do(context.Background(), c)
	if err != nil {
		t.Fatalf("%s: %v", c.Do, err)
	}
	return rev
}

func begin(t testing.TB, s *Seat, id string) {
	t.Helper()
	do(t, s, session.Command{Do: session.Load, Script: id})
	do(t, s, session.Command{Do: session.Start})
}

// is fails unless the room's session is in a state, at a position.
func is(t testing.TB, r *Room, state transport.State, position time.Duration) {
	t.Helper()
	s := r.State()
	if at := s.PositionAt(r.house.Now()); s.Transport.State != state || at != position {
		t.Fatalf("it is %s at %v, want %s at %v", s.Transport.State, at, state, position)
	}
}

func codeOf(err error) string {
	var r *session.Refusal
	if errors.As(err, &r) {
		return r.Code
	}
	return ""
}

// view is what a device knows from the updates it has had.
type view struct {
	rev       int
	session   string
	plan      *timeline.Timeline
	transport transport.Transport
	needs     string
	sound     string
	coming    string
	host      bool
	people    string
}

func (v *view) take(t testing.TB, u Update) {
	t.Helper()
	if u.Rev < v.rev {
		t.Errorf("revision %d after %d", u.Rev, v.rev)
	}
	v.rev = u.Rev
	if u.Session != nil {
		v.session = u.Session.ID
	}
	if u.Timeline != nil {
		v.plan = u.Timeline.Timeline
		if u.Session == nil || u.Transport == nil {
			t.Error("a timeline came alone")
		}
	}
	if u.Transport != nil {
		v.transport, v.needs = u.Transport.Transport, u.Transport.Needs
		if u.Transport.Timeline != v.plan || u.Transport.ID != v.session {
			t.Error("a transport came before its timeline")
		}
	}
	if u.People != nil {
		v.sound, v.coming, v.host, v.people = u.People.Sound, u.People.Coming, u.People.Host, fmt.Sprint(u.People.People)
	}
}

// takeAll is every update that lies waiting; false when the channel is closed.
func (v *view) takeAll(t testing.TB, updates <-chan Update) bool {
	t.Helper()
	for {
		select {
		case u, ok := <-updates:
			if !ok {
				return false
			}
			v.take(t, u)
		default:
			return true
		}
	}
}

// gate is a Store that can be made to wait, or to fail.
type gate struct {
	*Memory
	mu    sync.Mutex
	shut  chan struct{} // closed to let go on; nil: it does not wait
	fault error
}

func (g *gate) Swap(ctx context.Context, room string, want int, next Record) error {
	g.mu.Lock()
	shut, fault := g.shut, g.fault
	g.mu.Unlock()
	if shut != nil {
		select {
		case <-shut:
		case <-ctx.Done():
			return ctx.Err()
		}
	}
	if fault != nil {
		return fault
	}
	return g.Memory.Swap(ctx, room, want, next)
}

func (g *gate) close() (open func()) {
	g.mu.Lock()
	defer g.mu.Unlock()
	shut := make(chan struct{})
	g.shut = shut
	return func() {
		g.mu.Lock()
		defer g.mu.Unlock()
		g.shut = nil
		close(shut)
	}
}

func (g *gate) fail(err error) {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.fault = err
}

// bubble runs a test in its own time.
func bubble(t *testing.T, f func(t *testing.T)) { t.Helper(); synctest.Test(t, f) }
