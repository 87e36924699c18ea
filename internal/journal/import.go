package journal

import (
	"cmp"
	"context"
	"database/sql"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strings"
)

// MaxImport is the largest file that is taken in, in bytes.
const MaxImport = 64 << 20

// Imported says what came of taking a file in.
type Imported struct {
	Entries int `json:"entries"` // in the file, each id once
	New     int `json:"new"`     // of these, not in the journal before
}

// Import takes in what Export wrote as JSON or CSV: all of it or, with an error or
// the end of ctx, nothing. An entry that is in the journal already stays as it is.
func (j *Journal) Import(ctx context.Context, r io.Reader, format Format) (done Imported, err error) {
	if !j.on.Load() {
		return done, off()
	}
	entries, err := read(r, format, j.most)
	if err != nil {
		return done, err
	}
	done.Entries = len(entries)
	err = j.change(ctx, func(db *sql.DB) error {
		return within(ctx, db, func(tx *sql.Tx) (err error) {
			if done.New, err = addAll(ctx, tx, entries); err != nil {
				return err
			}
			return j.fits(ctx, tx, 0)
		})
	})
	if err != nil {
		done = Imported{}
	}
	return done, err
}

// addAll adds those of the entries that are not there, and says how many. The end
// of ctx takes them back with the transaction.
func addAll(ctx context.Context, tx *sql.Tx, entries []Entry) (fresh int, err error) {
	lasting := context.WithoutCancel(ctx) // it need not be watched at each of so many
	a, err := newAdder(lasting, tx)
	if err != nil {
		return 0, err
	}
	defer a.close()
	for i := range entries {
		if ctx.Err() != nil {
			return 0, ctx.Err()
		}
		was, err := a.add(lasting, &entries[i])
		if err != nil {
			return 0, err
		}
		if was {
			fresh++
		}
	}
	return fresh, nil
}

// read is every entry of a file, each id once, and at most so many.
func read(r io.Reader, format Format, most int) (entries []Entry, err error) {
	had := map[string]bool{}
	keep := func(where string, e Entry) error {
		if err := e.settle(); err != nil {
			return badly("%s: %v.", where, err)
		}
		switch {
		case had[e.ID]:
			return nil
		case len(had) >= most:
			return badly("%s: a journal has room for %d entries. Try: the file in two parts, of which the older stays where it is.", where, most)
		}
		had[e.ID] = true
		entries = append(entries, e)
		return nil
	}
	from := &faithful{Reader: r}
	switch format {
	case JSON:
		err = readJSON(from, keep)
	case CSV:
		err = readCSV(from, keep)
	default:
		err = badly("A journal can be taken in from JSON or CSV.")
	}
	return entries, cmp.Or(from.err, err)
}

func readJSON(r io.Reader, keep func(where string, e Entry) error) error {
	d := json.NewDecoder(r)
	if err := opening(d, '{'); err != nil {
		return err
	}
	seen := false
	for d.More() {
		key, err := d.Token()
		if err != nil {
			return notOurs()
		}
		switch key {
		case "version":
			var version int
			if err := d.Decode(&version); err != nil || version != jsonVersion {
				return badly("This file was written by a newer Stillpoint. Try: that one, or a CSV file.")
			}
		case "entries":
			seen = true
			if err := readEntries(d, keep); err != nil {
				return err
			}
		default:
			var other json.RawMessage
			if err := d.Decode(&other); err != nil {
				return notOurs()
			}
		}
	}
	if _, err := d.Token(); err != nil || !seen {
		return notOurs()
	}
	if _, err := d.Token(); err != io.EOF {
		return notOurs()
	}
	return nil
}

func readEntries(d *json.Decoder, keep func(string, Entry) error) error {
	if err := opening(d, '['); err != nil {
		return err
	}
	for n := 1; d.More(); n++ {
		where := fmt.Sprintf("Entry %d", n)
		var e Entry
		if err := d.Decode(&e); err != nil {
			return badly("%s cannot be read (%v). Try: the file as it was exported.", where, err)
		}
		if err := keep(where, e); err != nil {
			return err
		}
	}
	if _, err := d.Token(); err != nil {
		return notOurs()
	}
	return nil
}

func opening(d *json.Decoder, want json.Delim) error {
	if t, err := d.Token(); err != nil || t != want {
		return notOurs()
	}
	return nil
}

// notOurs is the refusal of a file that no journal was exported to.
func notOurs() error {
	return badly("This is not a whole journal as Stillpoint exports it. Try: a .json or .csv file from the export.")
}

// faithful remembers what went wrong with reading rather than with what was read:
// that a file is too large, or was cut off.
type faithful struct {
	io.Reader
	err error
}

func (f *faithful) Read(b []byte) (int, error) {
	n, err := f.Reader.Read(b)
	if err != nil && err != io.EOF {
		f.err = err
	}
	return n, err
}

func readCSV(r io.Reader, keep func(where string, e Entry) error) error {
	table := csv.NewReader(r)
	table.ReuseRecord = true
	header, err := table.Read()
	if err != nil {
		return notOurs()
	}
	columns, err := headed(slices.Clone(header))
	if err != nil {
		return err
	}
	for {
		cells, err := table.Read()
		line, _ := table.FieldPos(0)
		switch {
		case err == io.EOF:
			return nil
		case err != nil:
			return badly("This table cannot be read (%v). Try: the file as it was exported.", err)
		}
		e, err := rowOf(columns, cells)
		where := fmt.Sprintf("Line %d", line)
		if err != nil {
			return badly("%s: %v.", where, err)
		}
		if err := keep(where, e); err != nil {
			return err
		}
	}
}

// headed is the columns a table's first line names.
func headed(names []string) (chosen []column, err error) {
	all := map[string]column{}
	for _, c := range columns() {
		all[c.name] = c
	}
	names[0] = strings.TrimPrefix(names[0], "\uFEFF") // some spreadsheets mark their files
	for _, name := range names {
		c, ok := all[name]
		if !ok {
			return nil, badly("Line 1: there is no column “%.40s”, or it is there twice. Try: the file as it was exported.", name)
		}
		delete(all, name)
		chosen = append(chosen, c)
	}
	for _, needed := range []string{"id", "began"} {
		if _, missing := all[needed]; missing {
			return nil, badly("Line 1: without the column %s no entry can be known again. Try: an export with all columns.", needed)
		}
	}
	return chosen, nil
}

func rowOf(columns []column, cells []string) (e Entry, err error) {
	for i, c := range columns {
		cell := asWritten(cells[i])
		if cell == "" {
			continue
		}
		if err := c.read(&e, cell); err != nil {
			return e, fmt.Errorf("%s: %w", c.name, err)
		}
	}
	return e, nil
}
