package room

import (
	"context"
	"sync/atomic"
	"time"

	"stillpoint/internal/session"
	"stillpoint/internal/transport"
)

// LeftAlone is how long a session plays on with no participant in its room, for
// with no device left nobody could stop it. A reload, or a moment without Wi-Fi,
// is shorter. Watchers are no participants.
const LeftAlone = time.Minute

// Bounds of a room.
const (
	MaxPeople   = 64  // in it at one time
	maxWatchers = 16  // host-side listeners
	maxUrgent   = 128 // pauses and stops heard and not yet carried out, while the Store is slow
)

// Room is the place devices join. One goroutine owns all it holds and does what
// it is asked one thing after another; House.Close, or the house making place
// for another room, ends it. Every method is safe for concurrent use.
type Room struct {
	name  string
	house *House
	ctx   context.Context
	stop  context.CancelFunc
	gone  chan struct{} // closed when the owner has ended

	asks     chan ask // one at a time
	urgent   chan ask // the same, but also heard while the Store keeps the room waiting
	attended atomic.Int32
	shown    atomic.Pointer[session.State]
	met      atomic.Pointer[People]
	telling  atomic.Pointer[Account]

	// The rest is the owner's.
	state     session.State
	account   *Account // of state's session
	stored    int      // the revision the Store is known to have
	listeners map[*listener]struct{}
	people    []*person     // present and away, in the order they first came
	here      *People       // what listeners are told of them
	sound     string        // People.Sound
	coming    string        // People.Coming
	free      time.Duration // room time from which the sound may be somebody's: what sounded last is over then
	mix       session.Mix
	show      session.Show
	lost      string        // People.Lost
	tried     *listener     // the device on which something is being tried, as far as is known
	silenced  time.Duration // room time of the latest pause, stop or ground
	last      string        // who sounded before the silence there is now
	lent      string        // who had the sound when they went away, and gets it back if nobody takes it
	untouched bool          // nobody has chosen the sound yet: the host's speaker may still become it
	pending   []ask         // urgent, heard, to be carried out next
	end       *time.Timer
	alone     *time.Timer   // runs while a session plays and nobody is here
	wakeful   *time.Timer   // runs while a session plays, to look whether the computer slept
	slept     time.Duration // for how long the computer had slept at the latest look
	awake     time.Duration // room time of that look
	keeper    Keeper        // keeps this room beyond the process; nil: nobody does
	awaited   time.Duration // room time until which those of an earlier process may come back
	pulse     *time.Timer   // runs while there is something to keep
	attentive *time.Timer   // runs while a device is the sound, to look whether it is heard of
	arrival   *time.Timer   // runs while a device is coming to be the sound
}

// ask is something for the owner to do.
type ask struct {
	do      func()
	silence *silence // when it brings one
	done    chan struct{}
}

// silence is a command that silences, and when the owner first heard of it. From
// that moment it holds, however long it takes to be carried out.
type silence struct {
	session.Command
	heard time.Duration // room time; 0: not yet
}

func newRoom(h *House, name string, record Record) *Room {
	r := &Room{
		name: name, house: h, gone: make(chan struct{}), asks: make(chan ask), urgent: make(chan ask),
		listeners: map[*listener]struct{}{}, untouched: true, stored: record.Rev, mix: session.EvenMix(), show: session.Show{What: session.ShowSession},
	}
	r.ctx, r.stop = context.WithCancel(h.ctx)
	if name != Home {
		r.keeper, _ = h.config.Store.(Keeper)
	}
	r.takeUp(record.Around)
	r.state = h.rebuild(record, session.State{})
	r.account = h.recorded(record, r.state)
	r.comeBack(record)
	r.hostChanged()
	r.found(record.Alive != 0)
	return r
}

// Name is the room's name in its house.
func (r *Room) Name() string { return r.name }

// State is the session as it stands; the zero State when none is loaded yet.
func (r *Room) State() session.State { return *r.shown.Load() }

// People is who is here now, and where the room sounds. It is not to be changed.
func (r *Room) People() *People { return r.met.Load() }

// Account is what happened in the present session, and who did it; nil when none
// is loaded.
func (r *Room) Account() *Account { return r.telling.Load() }

// Session is the id of the present session, "" for none.
func (r *Room) Session() string { return r.State().ID }

// Do gives a command of the host's own, as a guide, without being a participant:
// what it starts where nobody is plays for LeftAlone.
func (r *Room) Do(ctx context.Context, c session.Command) (rev int, err error) {
	c.By, c.Role = "", session.Guide
	return r.command(ctx, c, nil)
}

// HostChanged has the room look again whether the host has a speaker. A speaker
// that is lost leaves the room without sound until someone chooses; one that
// comes takes over only if nobody has chosen yet.
func (r *Room) HostChanged() {
	r.ask(r.ctx, ask{do: r.hostChanged})
}

// Watch listens without being a participant, for the host's own sound: first the
// whole, then every change, pauses and stops before anyone else. The channel is
// closed when ctx ends, when the host's speaker is in another room, when the room
// closes, when 16 watch already, or when 32 updates lie unread.
func (r *Room) Watch(ctx context.Context) <-chan Update {
	l := &listener{updates: make(chan Update, MaxUpdates)}
	watch := func() {
		if r.watchers() >= maxWatchers || r.house.HostIn() != r.name {
			close(l.updates)
			return
		}
		l.leave = context.AfterFunc(ctx, func() { r.ask(r.ctx, ask{do: func() { r.cut(l) }}) })
		r.listen(l)
		u, _ := l.next(r.state, r.here, r.account)
		l.updates <- u
	}
	if r.ask(ctx, ask{do: watch}) != nil {
		closed := make(chan Update)
		close(closed)
		return closed
	}
	return l.updates
}

func (r *Room) watchers() (n int) {
	for l := range r.listeners {
		if l.person == nil {
			n++
		}
	}
	return n
}

// ask hands something to the owner and waits until it is done and told. After an
// error it may yet be done, or not.
func (r *Room) ask(ctx context.Context, a ask) error {
	a.done = make(chan struct{})
	queue := r.asks
	if a.silence != nil {
		queue = r.urgent
	}
	select {
	case queue <- a:
	case <-r.gone:
		return ErrClosed
	case <-ctx.Done():
		return ctx.Err()
	}
	select {
	case <-a.done:
		return nil
	case <-r.gone:
		return ErrClosed
	case <-ctx.Done():
		return ctx.Err()
	}
}

// run is the owner.
func (r *Room) run() {
	defer r.close()
	for {
		select {
		case a := <-r.urgent:
			r.carry(a)
		case a := <-r.asks:
			r.carry(a)
		case <-r.ctx.Done():
			return
		}
		for len(r.pending) > 0 {
			r.catchUp()
		}
	}
}

// catchUp carries out the silences that were heard while the Store kept the room
// waiting. Then whoever waits with anything else has a turn, so that devices that
// halt it again and again keep nobody out.
func (r *Room) catchUp() {
	for range len(r.pending) {
		a := r.pending[0]
		r.pending = r.pending[1:]
		r.carry(a)
	}
	select {
	case a := <-r.asks:
		r.carry(a)
	default:
	}
}

// carry does one thing, tells everyone, and only then lets the asker go on.
func (r *Room) carry(a ask) {
	a.do()
	r.settle()
	close(a.done)
}

func (r *Room) close() {
	for _, t := range []*time.Timer{r.end, r.alone, r.wakeful, r.arrival, r.pulse, r.attentive} {
		if t != nil {
			t.Stop()
		}
	}
	for l := range r.listeners {
		r.cut(l)
	}
	close(r.gone)
}

// settle tells every listener what has changed for it and sets the timers. While a
// silence that they have heard already is not carried out yet, they hear nothing.
func (r *Room) settle() {
	state := r.state
	r.shown.Store(&state)
	r.met.Store(r.here)
	r.telling.Store(r.account)
	for told := false; !told; {
		told = true // unless cutting off a slow one leaves something to tell of that
		for l := range r.listeners {
			if len(r.pending) == 0 {
				told = r.tell(l, state, r.account) && told
			}
		}
	}
	r.attended.Store(int32(len(r.listeners)))
	r.setEnd()
	r.setAlone()
	r.setWakeful()
	r.setArrival()
	r.setPulse()
	r.setAttentive()
}

// tell brings one listener up to a state; false when it had to be cut off.
func (r *Room) tell(l *listener, s session.State, a *Account) bool {
	if u, ok := l.next(s, r.here, a); ok {
		return r.send(l, u)
	}
	return true
}

func (r *Room) send(l *listener, u Update) bool {
	select {
	case l.updates <- u:
		return true
	default:
		r.cut(l)
		return false
	}
}

func (r *Room) listen(l *listener) { r.listeners[l] = struct{}{} }

// cut ends a listener, once.
func (r *Room) cut(l *listener) {
	if _, ok := r.listeners[l]; !ok {
		return
	}
	delete(r.listeners, l)
	close(l.updates)
	if l.leave != nil {
		l.leave()
	}
	if p := l.person; p != nil && p.seat == l {
		r.goesAway(p)
	}
}

// sounds says whether a listener is a place where the session is heard.
func (r *Room) sounds(l *listener) bool {
	return l.person == nil || l.person.ID == r.sound
}

// setEnd sets the end, which comes by itself.
func (r *Room) setEnd() {
	at, ok := r.state.Ends()
	if r.end != nil {
		r.end.Stop()
		r.end = nil
	}
	if ok {
		r.end = time.AfterFunc(at-r.house.Now(), func() {
			r.ask(r.ctx, ask{do: r.lookAwake}) // where sleep counts, it was slept through
			r.command(r.ctx, session.Command{Do: session.End}, nil)
		})
	}
}

// setAlone sets the pause that comes by itself when nobody is left.
func (r *Room) setAlone() {
	alone := len(r.here.People) == 0 && r.state.Transport.State == transport.Playing
	switch {
	case alone && r.alone == nil:
		var timer *time.Timer
		timer = time.AfterFunc(LeftAlone, func() {
			r.ask(r.ctx, ask{do: func() {
				if r.alone == timer { // nobody has come meanwhile
					r.execute(session.Command{Do: session.Alone}, r.now)
				}
			}})
		})
		r.alone = timer
	case !alone && r.alone != nil:
		r.alone.Stop()
		r.alone = nil
	}
}

// now is room time in whole milliseconds, as all positions are.
func (r *Room) now() time.Duration { return r.house.Now().Truncate(time.Millisecond) }
