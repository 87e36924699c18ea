package journal

import (
	"bufio"
	"context"
	"encoding/csv"
	"encoding/json"
	"io"
	"slices"
	"strings"
)

// Format is a kind of file a journal can be taken away in.
type Format string

// The formats. JSON and CSV can be taken in again; a page is to be read and printed.
const (
	JSON Format = "json"
	CSV  Format = "csv"
	Page Format = "page"
)

// Formats is every format.
func Formats() []Format { return []Format{JSON, CSV, Page} }

// Export says what is taken away, and how.
type Export struct {
	Format  Format
	Columns []string // none: all
	LeftOut bool     // regions that were left out, too
	Filter  Filter

	// For a page: what it calls things, in the language of whoever reads it.
	Words    map[string]string
	Language string
}

// Check says what in an export cannot be, before anything of it is written.
func (x *Export) Check() error {
	if !slices.Contains(Formats(), x.Format) {
		return badly("A journal can be taken away as json, csv or page: format.")
	}
	if _, err := x.Filter.reading(); err != nil {
		return err
	}
	_, err := choose(x.Columns, x.LeftOut)
	return err
}

// Export writes the entries a filter wants, the newest first, as they are read. It
// ends with ctx.
func (j *Journal) Export(ctx context.Context, w io.Writer, x Export) error {
	if err := x.Check(); err != nil {
		return err
	}
	chosen, err := choose(x.Columns, x.LeftOut)
	if err != nil {
		return err
	}
	out := bufio.NewWriter(w)
	var to sheet
	switch x.Format {
	case CSV:
		to = &csvSheet{csv.NewWriter(out), chosen}
	case JSON:
		to = &jsonSheet{Writer: out, columns: chosen}
	default:
		to = &pageSheet{Writer: out, columns: chosen, words: x.Words, language: x.Language}
	}
	if err := to.begin(); err != nil {
		return err
	}
	if err := j.each(ctx, x.Filter, newest, batch, func(e Entry) error { return to.entry(&e) }); err != nil {
		return err
	}
	if err := to.end(); err != nil {
		return err
	}
	return out.Flush()
}

// sheet is a file that entries are written to.
type sheet interface {
	begin() error
	entry(*Entry) error
	end() error
}

type csvSheet struct {
	*csv.Writer
	columns []column
}

func (s *csvSheet) begin() error {
	var names []string
	for _, c := range s.columns {
		names = append(names, c.name)
	}
	return s.Write(names)
}

func (s *csvSheet) entry(e *Entry) error {
	cells := make([]string, len(s.columns))
	for i, c := range s.columns {
		cells[i] = harmless(c.text(e))
	}
	return s.Write(cells)
}

func (s *csvSheet) end() error {
	s.Flush()
	return s.Error()
}

// formula says whether a spreadsheet would take a cell for a formula, whatever
// apostrophes stand before it.
func formula(cell string) bool {
	rest := strings.TrimLeft(cell, "'")
	return rest != "" && strings.ContainsRune("=+-@\t\r", rune(rest[0]))
}

// harmless is a cell that no spreadsheet takes for a formula; asWritten is the cell
// it was.
func harmless(cell string) string {
	if formula(cell) {
		return "'" + cell
	}
	return cell
}

func asWritten(cell string) string {
	if formula(cell) {
		return strings.TrimPrefix(cell, "'")
	}
	return cell
}

// jsonVersion is the form of a JSON export.
const jsonVersion = 1

type jsonSheet struct {
	*bufio.Writer
	columns []column
	begun   bool
}

func (s *jsonSheet) begin() error {
	_, err := s.WriteString(`{"stillpoint": "journal", "version": 1, "entries": [`)
	return err
}

func (s *jsonSheet) entry(e *Entry) error {
	some, err := project(e, s.columns)
	if err != nil {
		return err
	}
	line, err := json.Marshal(some)
	if err != nil {
		return err
	}
	if s.begun {
		s.WriteByte(',')
	}
	s.begun = true
	s.WriteByte('\n')
	_, err = s.Write(line)
	return err
}

func (s *jsonSheet) end() error {
	_, err := s.WriteString("\n]}\n")
	return err
}

// project is an entry with some of its columns.
func project(e *Entry, columns []column) (*Entry, error) {
	some := &Entry{}
	for _, c := range columns {
		if text := c.text(e); text != "" {
			if err := c.read(some, text); err != nil {
				return nil, err
			}
		}
	}
	return some, nil
}
