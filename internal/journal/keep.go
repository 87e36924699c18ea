package journal

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strings"
	"time"

	"stillpoint/internal/session"
)

// adder adds entries, many with the same two statements.
type adder struct{ entry, checkIn *sql.Stmt }

func newAdder(ctx context.Context, db interface {
	PrepareContext(context.Context, string) (*sql.Stmt, error)
}) (a adder, err error) {
	if a.entry, err = db.PrepareContext(ctx, "INSERT INTO entries VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?) ON CONFLICT DO NOTHING"); err != nil {
		return a, err
	}
	if a.checkIn, err = db.PrepareContext(ctx, putCheckIn); err != nil {
		a.entry.Close()
	}
	return a, err
}

func (a adder) close() {
	a.entry.Close()
	a.checkIn.Close()
}

// add writes a new entry whole; false when one of its id is there already.
func (a adder) add(ctx context.Context, e *Entry) (bool, error) {
	result, err := a.entry.ExecContext(ctx, e.ID, e.Began.UnixMilli(), zoneOf(e.Began), e.CodeName, e.Script, e.Title, e.Language, e.Kind,
		e.Planned, e.Practised, e.Pauses, e.Ended, e.Anchor, e.Pattern, e.Pace, listText(e.LeftOut), e.Note, accountText(e.Account))
	if err != nil {
		return false, err
	}
	if n, err := result.RowsAffected(); n == 0 || err != nil {
		return false, err
	}
	for moment, c := range map[Asked]*CheckIn{Before: e.Before, After: e.After} {
		if c.Empty() {
			continue
		}
		if _, err := a.checkIn.ExecContext(ctx, c.row(e.ID, moment)...); err != nil {
			return false, err
		}
	}
	return true, nil
}

// play writes what the playing of a session changes of its entry.
func play(ctx context.Context, db *sql.DB, e *Entry) error {
	_, err := db.ExecContext(ctx, "UPDATE entries SET planned=?, practised=?, pauses=?, ended=?, anchor=?, pattern=?, pace=?, left_out=? WHERE id=?",
		e.Planned, e.Practised, e.Pauses, e.Ended, e.Anchor, e.Pattern, e.Pace, listText(e.LeftOut), e.ID)
	return err
}

// putCheckIn writes a check-in in the place of the one there is.
const putCheckIn = "INSERT OR REPLACE INTO check_ins VALUES (?,?,?,?,?,?,?,?)"

func (c *CheckIn) row(id string, moment Asked) []any {
	return []any{id, moment, c.Comfort, c.Tension, c.Distress, bodyText(c.Regions), listText(c.Feelings), c.Note}
}

// selected is every column of an entry, in the order that scan takes them.
const selected = `SELECT e.id, e.began, e.zone, e.code_name, e.script, e.title, e.language, e.kind, e.planned, e.practised, e.pauses,
 e.ended, e.anchor, e.pattern, e.pace, e.left_out, e.note, e.account,
 b.moment, b.comfort, b.tension, b.distress, b.body, b.feelings, b.note,
 a.moment, a.comfort, a.tension, a.distress, a.body, a.feelings, a.note
 FROM entries e
 LEFT JOIN check_ins b ON b.entry = e.id AND b.moment = 'before'
 LEFT JOIN check_ins a ON a.entry = e.id AND a.moment = 'after' `

func scan(row interface{ Scan(...any) error }) (e Entry, err error) {
	var began int64
	var zone int
	var leftOut, account string
	var b, a checkInRow
	into := []any{&e.ID, &began, &zone, &e.CodeName, &e.Script, &e.Title, &e.Language, &e.Kind, &e.Planned, &e.Practised, &e.Pauses,
		&e.Ended, &e.Anchor, &e.Pattern, &e.Pace, &leftOut, &e.Note, &account}
	into = append(append(into, b.into()...), a.into()...)
	if err = row.Scan(into...); err != nil {
		return e, err
	}
	e.Began = wall(began, zone)
	e.LeftOut = listFrom(leftOut)
	if e.Account, err = accountFrom(account); err == nil {
		e.Before, err = b.checkIn()
	}
	if err == nil {
		e.After, err = a.checkIn()
	}
	return e, err
}

// checkInRow is a check-in that may not be there.
type checkInRow struct {
	moment, body, feelings, note *string
	comfort, tension, distress   *int
}

func (r *checkInRow) into() []any {
	return []any{&r.moment, &r.comfort, &r.tension, &r.distress, &r.body, &r.feelings, &r.note}
}

func (r *checkInRow) checkIn() (*CheckIn, error) {
	if r.moment == nil {
		return nil, nil
	}
	regions, err := bodyFrom(*r.body)
	return &CheckIn{r.comfort, r.tension, r.distress, regions, listFrom(*r.feelings), *r.note}, err
}

// Entry is the entry of an id.
func (j *Journal) Entry(ctx context.Context, id string) (e Entry, err error) {
	found := false
	err = j.use(ctx, func(db *sql.DB) error {
		e, err = scan(db.QueryRowContext(ctx, selected+"WHERE e.id = ?", id))
		found = err == nil
		if errors.Is(err, sql.ErrNoRows) {
			return nil
		}
		return err
	})
	if err == nil && !found {
		err = notThere()
	}
	return e, err
}

func notThere() error {
	return &session.Refusal{Code: NotFound, Text: "This entry is not in the journal."}
}

// CheckIn keeps what someone noted before or after a session; an empty check-in
// takes what was noted away.
func (j *Journal) CheckIn(ctx context.Context, id string, moment Asked, c CheckIn) (Entry, error) {
	if moment != Before && moment != After {
		return Entry{}, badly("A check-in is before or after.")
	}
	if err := c.settle(); err != nil {
		return Entry{}, badly("%s.", sentence(err))
	}
	return j.edit(ctx, id, func(tx *sql.Tx) (err error) {
		if c.Empty() {
			_, err = tx.ExecContext(ctx, "DELETE FROM check_ins WHERE entry = ? AND moment = ?", id, moment)
		} else {
			_, err = tx.ExecContext(ctx, putCheckIn, c.row(id, moment)...)
		}
		return err
	})
}

// Note keeps a line about a session, and whose it was; nil leaves each as it is.
func (j *Journal) Note(ctx context.Context, id string, note, codeName *string) (Entry, error) {
	e := Entry{ID: "x", Began: time.Unix(0, 0)}
	for from, to := range map[*string]*string{note: &e.Note, codeName: &e.CodeName} {
		if from != nil {
			*to = *from
		}
	}
	if err := e.settle(); err != nil {
		return Entry{}, badly("%s.", sentence(err))
	}
	if note != nil {
		note = &e.Note
	}
	if codeName != nil {
		codeName = &e.CodeName
	}
	return j.edit(ctx, id, func(tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, "UPDATE entries SET note = ifnull(?, note), code_name = ifnull(?, code_name) WHERE id = ?", note, codeName, id)
		return err
	})
}

// edit changes an entry that is there, and leaves nothing of what it replaces.
func (j *Journal) edit(ctx context.Context, id string, do func(*sql.Tx) error) (e Entry, err error) {
	err = j.change(ctx, func(db *sql.DB) error {
		was, err := scan(db.QueryRowContext(ctx, selected+"WHERE e.id = ?", id))
		if errors.Is(err, sql.ErrNoRows) {
			return notThere()
		}
		switch {
		case err != nil:
			return err
		case was.written():
			return wipe(ctx, db, do)
		}
		return within(ctx, db, do)
	})
	if err != nil {
		return e, err
	}
	return j.Entry(ctx, id)
}

// written says whether an entry holds anything in someone's own words.
func (e *Entry) written() bool {
	return e.Note != "" || e.CodeName != "" || e.Before != nil || e.After != nil
}

// sentence is an error's text as one begins it.
func sentence(err error) string {
	text := err.Error()
	return strings.ToUpper(text[:1]) + text[1:]
}

// fits says whether there is room for so many entries more.
func (j *Journal) fits(ctx context.Context, db queryer, more int) error {
	var n int
	if err := db.QueryRowContext(ctx, "SELECT count(*) FROM entries").Scan(&n); err != nil {
		return err
	}
	if n+more > j.most {
		return &session.Refusal{Code: session.Full, Text: fmt.Sprintf("The journal has room for %d entries. You might export it, and erase it or a part of it.", j.most)}
	}
	return nil
}

// queryer is a database, or a transaction in it.
type queryer interface {
	QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row
}
