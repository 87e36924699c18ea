package journal

import (
	"context"
	"slices"
	"sync"
	"time"

	"stillpoint/internal/script"
	"stillpoint/internal/session"
	"stillpoint/internal/transport"
)

// maxRuns is how many sessions are followed: the present one, one put aside for a
// grounding, and those whose entries could not be written yet.
const maxRuns = 4

// follow is what is known of the sessions that are being practised. It is guarded
// by a mutex of its own, so that a room never waits for the disk.
type follow struct {
	mu   sync.Mutex
	runs []*run        // the latest last
	wake chan struct{} // the writer has something to write
	over bool
}

// run is one session as it is practised.
type run struct {
	entry   Entry
	state   session.State // after the latest event
	at      time.Duration // room time of that event
	seen    time.Time     // when it was heard of
	played  time.Duration // up to then
	reached time.Duration // the furthest position
	fresh   bool          // not written as it is
	begun   bool          // on the disk
}

// Happened hears of an event, and of the state after it, as a room.Config's
// Happened does for the room the person practises in. It never waits: the latest
// of each session is written behind it, and before anyone reads.
func (j *Journal) Happened(e session.Event, after session.State) {
	f := &j.follow
	f.mu.Lock()
	defer f.mu.Unlock()
	r := f.find(e.Session)
	if r == nil && j.on.Load() && begins(e, after) {
		r = f.begin(e)
	}
	if r == nil || f.over {
		return
	}
	r.happened(e, after)
	f.stir()
}

// begins says whether an entry begins here. What a therapist leads is not kept, nor
// is a grounding that someone fled to.
func begins(e session.Event, after session.State) bool {
	return e.Kind == session.Start && after.ID == e.Session && after.Aside == nil && after.Script.Kind != script.Treatment
}

func (f *follow) find(id string) *run {
	if i := slices.IndexFunc(f.runs, func(r *run) bool { return r.entry.ID == id }); i >= 0 {
		return f.runs[i]
	}
	return nil
}

func (f *follow) begin(e session.Event) *run {
	r := &run{entry: Entry{ID: e.Session, Began: time.Now().Truncate(time.Millisecond)}}
	f.runs = append(f.runs, r)
	f.runs = f.runs[max(0, len(f.runs)-maxRuns):]
	return r
}

// stir has the writer look. The caller holds mu.
func (f *follow) stir() {
	select {
	case f.wake <- struct{}{}:
	default: // it is about to
	}
}

// forget no longer follows a session, or any: what is erased must not come back.
func (f *follow) forget(id string) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.runs = slices.DeleteFunc(f.runs, func(r *run) bool { return id == "" || r.entry.ID == id })
}

// part follows nothing any more; what plays has come as far as it has.
func (f *follow) part() {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.over {
		return
	}
	f.over = true
	for _, r := range f.runs {
		if r.state.Transport.State == transport.Playing {
			r.count(r.at + time.Since(r.seen))
		}
	}
	close(f.wake)
}

func (r *run) happened(e session.Event, after session.State) {
	was := r.state.Transport.State
	r.count(e.At)
	r.at, r.seen = e.At, time.Now()
	if after.ID == e.Session {
		r.state = after
	} else { // another session has taken its place
		r.state.Transport = transport.Halt(transport.Stopped, e.Position, e.At)
	}
	switch e.Kind {
	case session.Pause, session.Alone, session.Out, session.Slept, session.Restarted:
		if was == transport.Playing {
			r.entry.Pauses++
		}
	case session.End:
		r.entry.Ended = Finished
	case session.Stop:
		if r.entry.Ended == NotEnded {
			r.entry.Ended = ByChoice
		}
	case session.Return:
		if after.Transport.State == transport.Paused {
			r.entry.Ended = NotEnded
		}
	}
}

// count counts what was played up to a room time.
func (r *run) count(at time.Duration) {
	r.fresh = true
	if r.state.Transport.State != transport.Playing {
		return
	}
	position := r.state.PositionAt(at)
	r.played += position - r.state.Transport.Position
	r.reached = max(r.reached, position)
}

// fill works out what an entry says of its session.
func (r *run) fill() *Entry {
	e, s := r.entry, &r.state
	e.Script, e.Title, e.Language, e.Kind = clip(s.ScriptID), clip(s.Script.Title), s.Script.Language, s.Script.Kind
	e.Planned, e.Practised = s.Timeline.Length.Milliseconds(), r.played.Round(time.Second).Milliseconds()
	e.Anchor, e.LeftOut = string(anchorOf(s)), leftOut(s)
	e.Pattern, e.Pace = breathed(s, r.reached)
	return &e
}

// take is what is to be written, as copies; from now on it counts as written.
func (f *follow) take() (fresh []run) {
	f.mu.Lock()
	defer f.mu.Unlock()
	for _, r := range f.runs {
		if r.fresh {
			fresh = append(fresh, *r)
			r.fresh = false
		}
	}
	return fresh
}

// wrote notes how the writing of a session went.
func (f *follow) wrote(id string, err error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if r := f.find(id); r != nil {
		r.begun = r.begun || err == nil
		r.fresh = r.fresh || err != nil
	}
}

// write writes what is noted, until the journal is closed.
func (j *Journal) write() {
	defer close(j.ended)
	for range j.follow.wake {
		j.mu.Lock()
		if err := j.open(context.Background()); err == nil {
			j.catchUp()
		} else if err != errNone {
			j.Troubled(err)
		}
		j.mu.Unlock()
	}
}

// catchUp writes what is noted and not yet written. What cannot be written now is
// tried again with the next change. The caller holds mu, and the file is open.
func (j *Journal) catchUp() {
	for _, r := range j.follow.take() {
		if !j.on.Load() {
			j.follow.forget(r.entry.ID)
			continue
		}
		err := j.put(context.Background(), &r)
		j.follow.wrote(r.entry.ID, err)
		if err != nil {
			j.Troubled(err)
		}
	}
}

// put writes an entry that has begun, or how far it has come. One that was erased
// meanwhile stays so.
func (j *Journal) put(ctx context.Context, r *run) error {
	e := r.fill()
	if r.begun {
		return play(ctx, j.db, e)
	}
	if err := e.settle(); err != nil {
		return err
	}
	if err := j.fits(ctx, j.db, 1); err != nil {
		return err
	}
	row := j.db.QueryRowContext(ctx, "SELECT code_name FROM choices")
	if err := row.Scan(&e.CodeName); err != nil {
		return err
	}
	a, err := newAdder(ctx, j.db)
	if err != nil {
		return err
	}
	defer a.close()
	_, err = a.add(ctx, e)
	return err
}
