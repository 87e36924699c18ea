package room

import (
	"context"
	"errors"
	"sync"
	"time"

	"stillpoint/internal/session"
)

// pulse is how often a room that has a session tells its keeper that it lives,
// and how its devices stand. wakeWithin bounds how long a voice may take to be
// ready before a room is found again without it.
const (
	pulse      = 5 * time.Second
	wakeWithin = 10 * time.Second
)

// Keeper is a Store that outlives its process, and so wants to know how long a
// room has been without one.
type Keeper interface {
	Store
	// Lives puts next in the place of the record of revision want, as Swap does, and
	// notes the time. It never waits for anything slow.
	Lives(room string, want int, next Record) error
	// Forget keeps nothing of a room beyond this process.
	Forget(room string)
}

// Wake opens rooms that an earlier process has left, each as soon as what it says
// is ready: its timeline is known by the lengths of its words.
func (h *House) Wake(ctx context.Context, names ...string) {
	var waking sync.WaitGroup
	for _, name := range names {
		waking.Go(func() {
			rec, err := h.config.Store.Load(ctx, name)
			if err != nil || rec.Rev == 0 {
				return // whoever joins opens it
			}
			h.warm(ctx, rec.Run)
			h.warm(ctx, rec.Aside)
			h.found(name, rec)
		})
	}
	waking.Wait()
}

func (h *House) warm(ctx context.Context, run *Run) {
	if run == nil {
		return
	}
	ctx, cancel := context.WithTimeout(ctx, wakeWithin)
	defer cancel()
	if page, err := h.page(run.Script); err == nil {
		h.config.Prepare(ctx, page, run.Settings) // without it, the session is paused
	}
}

// found opens a room with the record that was found of it.
func (h *House) found(name string, rec Record) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.rooms[name] == nil && h.ctx.Err() == nil {
		h.enter(name, rec)
	}
}

// found is a room's first moment: one that an earlier process has left lives again, or
// what was kept of it is of no use.
func (r *Room) found(left bool) {
	if left {
		r.awaited = r.now() + Missed
	}
	r.settle()
	switch {
	case !left || r.keeper == nil:
	case r.unfinished():
		r.tellKeeper()
	default:
		r.keeper.Forget(r.name)
	}
}

// setPulse has the room tell its keeper that it lives, as long as it holds a
// session that is not over; one that does not go on is over once everyone has left,
// or nobody has come back to it since an earlier process left it.
func (r *Room) setPulse() {
	if r.keeper == nil {
		return
	}
	left := !underWay(r.state.Transport.State) && len(r.here.People) == 0 && r.now() >= r.awaited
	switch lives := r.unfinished() && !left; {
	case lives && r.pulse == nil:
		r.pulse = time.AfterFunc(pulse, func() { r.ask(r.ctx, ask{do: r.beat}) })
	case !lives && r.pulse != nil:
		r.pulse.Stop()
		r.pulse = nil
		r.keeper.Forget(r.name)
	}
}

// unfinished says whether there is a session that has begun and is not over, or one
// that may not begin before somebody has agreed.
func (r *Room) unfinished() bool {
	s := r.state
	return s.Loaded() && (unfinished(s.Transport.State) || s.Needs != "") || s.Aside != nil && unfinished(s.Aside.State)
}

func (r *Room) beat() {
	if r.pulse != nil {
		r.pulse.Reset(pulse)
		r.tellKeeper()
	}
}

// tellKeeper says how the room is now, besides what is told of every change.
func (r *Room) tellKeeper() {
	if r.keeper == nil || !r.unfinished() {
		return
	}
	if r.keeper.Lives(r.name, r.stored, r.record(r.state)) == nil {
		r.stored = r.state.Rev
	}
}

// comeBack is what a room does first that an earlier process has left: what played
// and was missed for long is paused where it was when it last lived. So is what met
// with a change of the clock, for its devices may not be where the clock says.
func (r *Room) comeBack(rec Record) {
	at := r.house.roomTime(rec.Alive)
	if gone := r.now() - at; rec.Alive == 0 || gone >= 0 && gone <= Missed && rec.Stepped == 0 {
		return
	}
	c := session.Command{Do: session.Restarted}
	next, events, err := r.house.env.Apply(r.state, c, min(at, r.now()))
	if err == nil && len(events) > 0 {
		r.take(change{c, next, events, r.accountAfter(c, next, events)}, errUntold)
	}
}

// errUntold is a change that the Store will hear of with the next one.
var errUntold = errors.New("not kept yet")
