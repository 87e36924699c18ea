package journal

import (
	"context"
	"database/sql"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
	"time"
)

// MaxPage is how many entries one page of the journal holds at most.
const MaxPage = 200

// batch is how many entries are read at once where all are wanted.
const batch = 500

// Filter says which entries are wanted; the zero Filter is all of them.
type Filter struct {
	Text     string   // in the title, or in what was noted
	Kind     string   // of script
	Ended    string   // finished, by choice, or open
	From, To string   // days as they were where it was practised: 2026-11-22; both included
	Without  []string // ids
}

// reading is a filter as the database takes it.
type reading struct {
	where   string
	args    []any
	text    string
	without map[string]bool
}

func (f Filter) reading() (r reading, err error) {
	r.text = strings.ToLower(tidy(f.Text))
	and := func(condition string, arg any) {
		r.where += " AND " + condition
		r.args = append(r.args, arg)
	}
	if f.Kind != "" {
		and("e.kind = ?", f.Kind)
	}
	switch f.Ended {
	case "":
	case "open":
		and("e.ended = ?", NotEnded)
	case string(Finished), string(ByChoice):
		and("e.ended = ?", f.Ended)
	default:
		return r, badly("A session ended finished, by choice, or is open: ended.")
	}
	if f.From != "" {
		day, err := dayOf(f.From)
		if err != nil {
			return r, err
		}
		and("e.began + e.zone * 60000 >= ?", day.UnixMilli())
	}
	if f.To != "" {
		day, err := dayOf(f.To)
		if err != nil {
			return r, err
		}
		and("e.began + e.zone * 60000 < ?", day.AddDate(0, 0, 1).UnixMilli())
	}
	r.without = map[string]bool{}
	for _, id := range f.Without {
		r.without[id] = true
	}
	return r, nil
}

func dayOf(text string) (time.Time, error) {
	day, err := time.Parse(time.DateOnly, text)
	if err != nil {
		return day, badly("“%.40s” is not a day. Try: 2026-11-22", text)
	}
	return day, nil
}

// wants says what the database cannot: whether a text is in an entry, in any script.
func (r *reading) wants(e *Entry) bool {
	if r.without[e.ID] {
		return false
	}
	if r.text == "" {
		return true
	}
	texts := []string{e.Title, e.Note, e.CodeName}
	for _, c := range []*CheckIn{e.Before, e.After} {
		if c != nil {
			texts = append(texts, c.Note)
		}
	}
	return slices.ContainsFunc(texts, func(text string) bool { return strings.Contains(strings.ToLower(text), r.text) })
}

// cursor is a place between two entries: everything behind it is older.
type cursor struct {
	began int64
	id    string
}

// newest is before every entry.
var newest = cursor{began: math.MaxInt64}

func (c cursor) String() string { return fmt.Sprintf("%d.%s", c.began, c.id) }

func cursorFrom(text string) (cursor, error) {
	if text == "" {
		return newest, nil
	}
	began, id, ok := strings.Cut(text, ".")
	n, err := strconv.ParseInt(began, 10, 64)
	if !ok || err != nil {
		return newest, badly("This is not a place in the journal: before. It comes with the page before.")
	}
	return cursor{n, id}, nil
}

// Page is the entries a filter wants from a place on, the newest first, and the
// place after them: "" when there are no more.
func (j *Journal) Page(ctx context.Context, f Filter, before string, limit int) (entries []Entry, more string, err error) {
	limit = min(max(limit, 1), MaxPage)
	at, err := cursorFrom(before)
	if err != nil {
		return nil, "", err
	}
	err = j.each(ctx, f, at, limit+1, func(e Entry) error {
		if len(entries) == limit {
			last := &entries[limit-1]
			more = cursor{last.Began.UnixMilli(), last.ID}.String()
			return errEnough
		}
		entries = append(entries, e)
		return nil
	})
	return entries, more, err
}

// errEnough ends an each.
var errEnough = fmt.Errorf("enough")

// each gives every entry a filter wants, the newest first, until one is enough. It
// reads so many at once, and holds nobody up in between.
func (j *Journal) each(ctx context.Context, f Filter, from cursor, atOnce int, give func(Entry) error) error {
	r, err := f.reading()
	if err != nil {
		return err
	}
	if r.text != "" || len(r.without) > 0 {
		atOnce = batch
	}
	for {
		entries, err := j.some(ctx, r, from, atOnce)
		if err != nil {
			return err
		}
		for i := range entries {
			if !r.wants(&entries[i]) {
				continue
			}
			switch err := give(entries[i]); err {
			case nil:
			case errEnough:
				return nil
			default:
				return err
			}
		}
		if len(entries) < atOnce {
			return nil
		}
		last := &entries[len(entries)-1]
		from = cursor{last.Began.UnixMilli(), last.ID}
	}
}

func (j *Journal) some(ctx context.Context, r reading, from cursor, most int) (entries []Entry, err error) {
	args := append([]any{from.began, from.id}, r.args...)
	err = j.use(ctx, func(db *sql.DB) error {
		rows, err := db.QueryContext(ctx, selected+"WHERE (e.began, e.id) < (?, ?)"+r.where+" ORDER BY e.began DESC, e.id DESC LIMIT ?", append(args, most)...)
		if err != nil {
			return err
		}
		defer rows.Close()
		for rows.Next() {
			e, err := scan(rows)
			if err != nil {
				return err
			}
			entries = append(entries, e)
		}
		return rows.Err()
	})
	return entries, err
}
