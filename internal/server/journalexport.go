package server

import (
	"cmp"
	"mime"
	"net/http"
	"net/url"
	"strings"
	"time"

	"stillpoint/internal/journal"
)

// exportAsked is an export as a page asks for it; with GET its fields are in the
// query, lists with commas.
type exportAsked struct {
	Format   journal.Format    `json:"format"`
	Columns  []string          `json:"columns"`
	Without  []string          `json:"without"`
	LeftOut  bool              `json:"leftOut"`
	Q        string            `json:"q"`
	Kind     string            `json:"kind"`
	Ended    string            `json:"ended"`
	From     string            `json:"from"`
	To       string            `json:"to"`
	Words    map[string]string `json:"words"`    // for a page: what it calls things
	Language string            `json:"language"` // for a page
}

// filterFrom reads the filter that entries and exports share.
func filterFrom(q url.Values) journal.Filter {
	return journal.Filter{Text: q.Get("q"), Kind: q.Get("kind"), Ended: q.Get("ended"), From: q.Get("from"), To: q.Get("to"), Without: commas(q.Get("without"))}
}

func commas(text string) []string {
	return strings.FieldsFunc(text, func(r rune) bool { return r == ',' })
}

// exportOf is the export a request asks for; false when it was refused.
func exportOf(w http.ResponseWriter, r *http.Request) (x journal.Export, ok bool) {
	q := r.URL.Query()
	if r.Method != http.MethodPost {
		leftOut := q.Get("leftOut") == "1" || q.Get("leftOut") == "true"
		return journal.Export{Format: journal.Format(q.Get("format")), Columns: commas(q.Get("columns")), LeftOut: leftOut, Filter: filterFrom(q)}, true
	}
	var a exportAsked
	if !asked(w, r, maxExportBody, &a, "format, and perhaps columns, without, leftOut, words, language and what entries are filtered by") {
		return x, false
	}
	return journal.Export{
		Format: a.Format, Columns: a.Columns, LeftOut: a.LeftOut, Words: a.Words, Language: a.Language,
		Filter: journal.Filter{Text: a.Q, Kind: a.Kind, Ended: a.Ended, From: a.From, To: a.To, Without: a.Without},
	}, true
}

// journalExport writes the journal as a file to be kept. Who goes away ends it.
func (s *Server) journalExport(w http.ResponseWriter, r *http.Request) {
	x, ok := exportOf(w, r)
	if !ok {
		return
	}
	_, err := s.Journal.State(r.Context()) // whatever is wrong is said before the file begins
	if err := cmp.Or(x.Check(), err); err != nil {
		s.refuseFor(w, err)
		return
	}
	kind := map[journal.Format][2]string{
		journal.JSON: {"application/json", "json"}, journal.CSV: {"text/csv; charset=utf-8", "csv"}, journal.Page: {"text/html; charset=utf-8", "html"},
	}[x.Format]
	name := "stillpoint-journal-" + time.Now().Format(time.DateOnly) + "." + kind[1]
	w.Header().Set("Content-Type", kind[0])
	w.Header().Set("Content-Disposition", mime.FormatMediaType("attachment", map[string]string{"filename": name}))
	w.Header().Set("Cache-Control", "no-store")
	out := &patient{w, http.NewResponseController(w), s.ctx, idleReader}
	if err := s.Journal.Export(r.Context(), out, x); err != nil && r.Context().Err() == nil {
		s.Log.Error("export the journal", "error", err)
		panic(http.ErrAbortHandler) // half a journal must not look like a whole one
	}
}
