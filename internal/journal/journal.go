// Package journal remembers what someone has practised, for themselves alone: off
// until they turn it on, in one file of their own, and gone when they erase it.
//
// An entry begins when a session of theirs begins to play, and is written again
// when it pauses and ends; Happened hears of that and never waits. Everything else
// reads and writes at once, one caller at a time. Until the journal is first turned
// on, no file exists. It knows nothing of rooms, of HTTP, or of what the numbers
// people give might mean.
package journal

import (
	"context"
	"database/sql"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"sync/atomic"
	"unicode/utf8"

	"stillpoint/internal/session"
)

// NotFound is the code of a refusal about an entry that is not there.
const NotFound = "not-found"

// Config is what a journal is made with.
type Config struct {
	Folder   string      // the person's data folder
	Troubled func(error) // hears of an entry that could not be written; may be nil
}

// Journal is the one owner of the journal's file. Safe for concurrent use; Close
// ends it.
type Journal struct {
	Config
	on     atomic.Bool
	follow follow
	ended  chan struct{} // closed when the writer has ended
	most   int           // MaxEntries

	mu     sync.Mutex // one at a time; the rest is guarded by it
	db     *sql.DB    // nil: the file is not there, or not open yet
	closed bool
}

// State is what a person may know of their journal.
type State struct {
	On       bool   `json:"on"`
	Place    string `json:"place"` // the file, whether it is there or not
	Count    int    `json:"count"`
	CodeName string `json:"codeName"` // for the entries to come
	CheckIn  Asked  `json:"checkIn"`
}

// Asked is when someone wants to be asked how they are.
type Asked string

// When to ask. Never is how a journal begins.
const (
	Never  Asked = "never"
	Before Asked = "before"
	After  Asked = "after"
	Both   Asked = "both"
)

// Choice is what to change of the journal itself; nil leaves it as it is.
type Choice struct {
	On       *bool   `json:"on"`
	CodeName *string `json:"codeName"`
	CheckIn  *Asked  `json:"checkIn"`
}

// Open is the journal of a folder. It makes no file. An error says that a journal
// is there and cannot be read; the Journal is there all the same, and off.
func Open(c Config) (*Journal, error) {
	if c.Troubled == nil {
		c.Troubled = func(error) {}
	}
	j := &Journal{Config: c, ended: make(chan struct{}), most: MaxEntries}
	j.follow.wake = make(chan struct{}, 1)
	go j.write()
	state, err := j.State(context.Background())
	j.on.Store(err == nil && state.On)
	return j, err
}

// Place is the journal's file, whether it is there or not.
func (j *Journal) Place() string { return filepath.Join(j.Folder, "journal.db") }

// State is how the journal stands.
func (j *Journal) State(ctx context.Context) (State, error) {
	s := State{Place: j.Place(), CheckIn: Never}
	err := j.use(ctx, func(db *sql.DB) error {
		row := db.QueryRowContext(ctx, "SELECT is_on, code_name, check_in, (SELECT count(*) FROM entries) FROM choices")
		return row.Scan(&s.On, &s.CodeName, &s.CheckIn, &s.Count)
	})
	return s, err
}

// Choose changes the journal itself. Turned on, its file is made; turned off, what
// is there stays, and nothing more is written.
func (j *Journal) Choose(ctx context.Context, c Choice) (State, error) {
	if err := c.check(); err != nil {
		return State{}, err
	}
	on := c.On != nil && *c.On
	if !on && !j.on.Load() && (c.CodeName != nil || c.CheckIn != nil) {
		return State{}, off()
	}
	if on {
		if err := j.make(ctx); err != nil {
			return State{}, err
		}
	}
	err := j.use(ctx, func(db *sql.DB) error {
		_, err := db.ExecContext(ctx, "UPDATE choices SET is_on = ifnull(?, is_on), code_name = ifnull(?, code_name), check_in = ifnull(?, check_in)", c.On, c.CodeName, c.CheckIn)
		if err == nil && c.On != nil {
			j.on.Store(*c.On)
		}
		if err == nil && c.CodeName != nil {
			err = sweep(ctx, db)
		}
		return err
	})
	if err != nil {
		return State{}, err
	}
	return j.State(ctx)
}

func (c *Choice) check() error {
	if c.CodeName != nil {
		*c.CodeName = tidy(*c.CodeName)
		if utf8.RuneCountInString(*c.CodeName) > MaxName {
			return badly("A code name has at most %d characters.", MaxName)
		}
	}
	if c.CheckIn != nil && !slices.Contains([]Asked{Never, Before, After, Both}, *c.CheckIn) {
		return badly("You can be asked never, before, after or both: checkIn.")
	}
	return nil
}

// off is the refusal to write while the journal is off.
func off() error {
	return &session.Refusal{Code: session.NotNow, Text: "The journal is off, so nothing is written. You might turn it on first."}
}

// errNone is a journal that has no file.
var errNone = errors.New("there is no journal")

// use does something with the file, what was noted until now included. Where there
// is no file it does nothing.
func (j *Journal) use(ctx context.Context, do func(*sql.DB) error) error {
	j.mu.Lock()
	defer j.mu.Unlock()
	err := j.open(ctx)
	if errors.Is(err, errNone) {
		return nil
	}
	if err == nil {
		j.catchUp()
		err = do(j.db)
	}
	return err
}

// change is a use that writes: only while the journal is on.
func (j *Journal) change(ctx context.Context, do func(*sql.DB) error) error {
	if !j.on.Load() {
		return off()
	}
	return j.use(ctx, do)
}

// make makes the file where it is not there yet.
func (j *Journal) make(ctx context.Context) error {
	j.mu.Lock()
	defer j.mu.Unlock()
	if err := j.open(ctx); !errors.Is(err, errNone) {
		return err
	}
	if err := private(j.Folder); err != nil {
		return err
	}
	f, err := os.OpenFile(j.Place(), os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return unwritable(j.Place(), err)
	}
	if err := f.Close(); err != nil {
		return unwritable(j.Place(), err)
	}
	return j.open(ctx)
}

// Close writes how far a running session has come, and closes the file.
func (j *Journal) Close() error {
	j.follow.part()
	<-j.ended
	j.mu.Lock()
	defer j.mu.Unlock()
	if j.open(context.Background()) == nil {
		j.catchUp()
	}
	j.closed = true
	return j.shut()
}
