package journal

import (
	"cmp"
	"context"
	"database/sql"
	"errors"
	"sync"
	"time"

	"stillpoint/internal/session"
	"stillpoint/internal/transport"
)

// Led follows the session that somebody leads in a room, in memory alone, so that it
// can be saved once it is over; and is not kept unless somebody does. Safe for
// concurrent use.
type Led struct {
	mu  sync.Mutex
	run *run // nil: none has begun
}

// Happened hears of an event, and of the state after it, as a room.Config's Happened
// does. It never waits. What is loaded anew takes the place of what there was; a
// grounding on the way does not. A session that began before the program did is
// followed from here, as if all before had been played.
func (l *Led) Happened(e session.Event, after session.State) {
	l.mu.Lock()
	defer l.mu.Unlock()
	switch {
	case l.run != nil && l.run.entry.ID == e.Session:
		l.run.happened(e, after)
	case e.Kind == session.Load:
		l.run = nil
	case e.Kind != session.Ground && e.Session == after.ID && after.Aside == nil && after.Planned > 0:
		l.run = &run{entry: Entry{ID: e.Session}, played: e.Position, reached: e.Position}
		l.run.state.Transport.State = transport.Playing // until now, or there would be nothing to follow
		l.run.happened(e, after)
	}
}

// Entry is what there is to say of the session by now, as far as it tells by itself:
// whose it was, its account, and what time of day it began at room time began are for
// the caller to know. False when none has begun.
func (l *Led) Entry() (e Entry, began time.Duration, ok bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.run == nil {
		return Entry{}, 0, false
	}
	r := *l.run
	if r.state.Transport.State == transport.Playing {
		r.count(r.at + time.Since(r.seen))
	}
	return *r.fill(), r.state.Began, true
}

// Forget lets go of it.
func (l *Led) Forget() {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.run = nil
}

// Save writes one whole entry, under a code name, because somebody wishes it: the
// file is made where there is none, and the journal stays as on or off as it was. An
// entry of the same session gives way to it, but for its check-ins. Its account may
// know of pauses from before the program last began.
func (j *Journal) Save(ctx context.Context, e Entry) (Entry, error) {
	e.Pauses = max(e.Pauses, pauses(e.Account))
	if err := e.settle(); err != nil {
		return e, badly("%s.", sentence(err))
	}
	if e.CodeName == "" {
		return e, badly("What is saved needs a code name, so that it can be found again: codeName.")
	}
	if err := j.make(ctx); err != nil {
		return e, err
	}
	err := j.use(ctx, func(db *sql.DB) error { return j.replace(ctx, db, &e) })
	return e, err
}

// replace writes an entry in the place of the one there is, of which nothing is left.
func (j *Journal) replace(ctx context.Context, db *sql.DB, e *Entry) error {
	was, err := scan(db.QueryRowContext(ctx, selected+"WHERE e.id = ?", e.ID))
	if errors.Is(err, sql.ErrNoRows) {
		return within(ctx, db, func(tx *sql.Tx) error {
			if err := j.fits(ctx, tx, 1); err != nil {
				return err
			}
			_, err := addAll(ctx, tx, []Entry{*e})
			return err
		})
	}
	if err != nil {
		return err
	}
	e.Before, e.After = cmp.Or(e.Before, was.Before), cmp.Or(e.After, was.After)
	return wipe(ctx, db, func(tx *sql.Tx) error {
		for _, gone := range []string{"DELETE FROM check_ins WHERE entry = ?", "DELETE FROM entries WHERE id = ?"} {
			if _, err := tx.ExecContext(ctx, gone, e.ID); err != nil {
				return err
			}
		}
		_, err := addAll(ctx, tx, []Entry{*e})
		return err
	})
}
