package journal

import (
	"context"
	"database/sql"
	"errors"
	"io/fs"
	"os"
)

// Erase takes one entry away, and every trace of it from the disk. It works while
// the journal is off, too.
func (j *Journal) Erase(ctx context.Context, id string) error {
	var there bool
	err := j.use(ctx, func(db *sql.DB) error {
		j.follow.forget(id)
		err := within(ctx, db, func(tx *sql.Tx) error {
			if _, err := tx.ExecContext(ctx, "DELETE FROM check_ins WHERE entry = ?", id); err != nil {
				return err
			}
			result, err := tx.ExecContext(ctx, "DELETE FROM entries WHERE id = ?", id)
			if err != nil {
				return err
			}
			n, err := result.RowsAffected()
			there = n > 0
			return err
		})
		if err == nil {
			err = sweep(ctx, db)
		}
		return err
	})
	if err == nil && !there {
		err = notThere()
	}
	return err
}

// EraseAll takes the whole journal away, its file too, even one that cannot be
// read. A journal that was on stays on, and begins again with an empty file; when
// to ask is remembered, the code name is not.
func (j *Journal) EraseAll(ctx context.Context) error {
	was, _ := j.State(ctx)
	if err := j.remove(); err != nil {
		return err
	}
	if !j.on.Load() {
		return nil
	}
	j.on.Store(false) // until the new file says so
	on := true
	_, err := j.Choose(ctx, Choice{On: &on, CheckIn: &was.CheckIn})
	return err
}

func (j *Journal) remove() error {
	j.mu.Lock()
	defer j.mu.Unlock()
	j.follow.forget("")
	j.shut() // even where that is not possible, the files go
	for _, ending := range []string{"", "-wal", "-shm", "-journal"} {
		if err := os.Remove(j.Place() + ending); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return unwritable(j.Place(), err)
		}
	}
	return nil
}
