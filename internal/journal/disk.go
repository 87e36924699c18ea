package journal

import (
	"context"
	"database/sql"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"strings"

	_ "modernc.org/sqlite" // the driver "sqlite"

	"stillpoint/internal/session"
)

// steps are how the file came to its present form, each in a file of its own.
//
//go:embed sql/*.sql
var steps embed.FS

// pragmas: a change is on the disk before it is acknowledged, and what is deleted
// is overwritten; nothing is ever put in a temporary file.
var pragmas = []string{"busy_timeout(2000)", "journal_mode(WAL)", "synchronous(FULL)", "secure_delete(ON)", "foreign_keys(ON)", "temp_store(MEMORY)"}

// open opens the file that is there, and brings it to its present form; errNone
// where there is none. The caller holds mu.
func (j *Journal) open(ctx context.Context) error {
	switch {
	case j.closed:
		return &session.Refusal{Code: session.NotNow, Text: "Stillpoint is ending."}
	case j.db != nil:
		return nil
	}
	if _, err := os.Stat(j.Place()); errors.Is(err, fs.ErrNotExist) {
		return errNone
	}
	if err := os.Chmod(j.Place(), 0o600); err != nil {
		return unreadable(j.Place(), err)
	}
	db, err := sql.Open("sqlite", source(j.Place()))
	if err != nil {
		return unreadable(j.Place(), err)
	}
	db.SetMaxOpenConns(1)
	if err := migrate(ctx, db); err != nil {
		db.Close()
		return unreadable(j.Place(), err)
	}
	j.db = db
	return nil
}

// source names a file the way SQLite reads names, whatever signs are in it.
func source(file string) string {
	path := filepath.ToSlash(file)
	if !strings.HasPrefix(path, "/") {
		path = "/" + path // a Windows drive
	}
	u := url.URL{Scheme: "file", Path: path, RawQuery: url.Values{"_pragma": pragmas, "_txlock": {"immediate"}}.Encode()}
	return u.String()
}

// shut closes the file. The caller holds mu.
func (j *Journal) shut() error {
	if j.db == nil {
		return nil
	}
	err := j.db.Close()
	j.db = nil
	return err
}

// migrate takes the steps that a file has not had, each whole or not at all.
func migrate(ctx context.Context, db *sql.DB) error {
	files, err := fs.Glob(steps, "sql/*.sql")
	if err != nil {
		return err
	}
	var version int
	if err := db.QueryRowContext(ctx, "PRAGMA user_version").Scan(&version); err != nil {
		return err
	}
	if version > len(files) {
		return errNewer
	}
	for n := version; n < len(files); n++ {
		text, err := steps.ReadFile(files[n])
		if err != nil {
			return err
		}
		if err := within(ctx, db, func(tx *sql.Tx) error {
			_, err := tx.ExecContext(ctx, string(text)+fmt.Sprintf("\nPRAGMA user_version = %d;", n+1))
			return err
		}); err != nil {
			return fmt.Errorf("%s: %w", files[n], err)
		}
	}
	return nil
}

// within does something whole or not at all.
func within(ctx context.Context, db *sql.DB, do func(*sql.Tx) error) error {
	tx, err := db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer tx.Rollback()
	if err := do(tx); err != nil {
		return err
	}
	return tx.Commit()
}

// sweep leaves nothing on the disk of what was deleted: SQLite overwrites it in
// place, but pages that were once moved may still hold a copy, and so does the log
// of changes. So the file is written anew and the log cut to nothing.
func sweep(ctx context.Context, db *sql.DB) error {
	ctx = context.WithoutCancel(ctx) // what was promised to be gone is gone
	if _, err := db.ExecContext(ctx, "VACUUM"); err != nil {
		return err
	}
	var busy, pages, done int
	if err := db.QueryRowContext(ctx, "PRAGMA wal_checkpoint(TRUNCATE)").Scan(&busy, &pages, &done); err != nil {
		return err
	}
	if busy != 0 {
		return errors.New("another program reads the journal, so what was erased may still be on the disk. You might end it and erase once more")
	}
	return nil
}

// private makes a folder its owner's alone.
func private(folder string) error {
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return unwritable(folder, err)
	}
	if err := os.Chmod(folder, 0o700); err != nil {
		return unwritable(folder, err)
	}
	return nil
}

var errNewer = errors.New("it was written by a newer Stillpoint")

func unreadable(place string, err error) error {
	text := "The journal at " + place + " cannot be read. You might move that file to another place; a new journal begins when you turn it on."
	if errors.Is(err, errNewer) {
		text = "The journal at " + place + " was written by a newer Stillpoint, and is left as it is. You might use that one."
	}
	return &fault{session.Refusal{Code: session.NotNow, Text: text}, err}
}

func unwritable(place string, err error) error {
	return &fault{session.Refusal{Code: session.NotNow, Text: "Stillpoint cannot write to " + place + ", or keep it private, so the journal stays as it was. You might choose another folder with --data."}, err}
}

// fault is a refusal for people, and its cause for the log.
type fault struct {
	session.Refusal
	cause error
}

func (f *fault) Error() string { return fmt.Sprintf("%s (%v)", f.Text, f.cause) }

func (f *fault) Unwrap() []error { return []error{&f.Refusal, f.cause} }

// badly is the refusal of something that was not understood.
func badly(format string, a ...any) error {
	return &session.Refusal{Code: session.BadMessage, Text: fmt.Sprintf(format, a...)}
}
