package server

import (
	"encoding/json"
	"errors"
	"fmt"
	"mime"
	"net/http"
	"strconv"
	"time"

	"stillpoint/internal/journal"
	"stillpoint/internal/session"
)

// Bounds of what is asked of the journal.
const (
	maxExportBody = 8 << 20          // an export with many ids and words
	journalLong   = 10 * time.Minute // for a whole journal to come or go
)

// journalRoutes are only there where there is a journal.
func (s *Server) journalRoutes(mux *http.ServeMux) {
	if s.Journal == nil {
		return
	}
	mux.HandleFunc("GET /api/journal", s.journalState)
	mux.HandleFunc("PUT /api/journal", s.journalChoose)
	mux.HandleFunc("DELETE /api/journal", s.journalEraseAll)
	mux.HandleFunc("GET /api/journal/entries", s.journalEntries)
	mux.HandleFunc("GET /api/journal/entries/{id}", s.journalEntry)
	mux.HandleFunc("PUT /api/journal/entries/{id}", s.journalNote)
	mux.HandleFunc("PUT /api/journal/entries/{id}/checkin/{moment}", s.journalCheckIn)
	mux.HandleFunc("DELETE /api/journal/entries/{id}", s.journalErase)
	mux.HandleFunc("GET /api/journal/marks", s.journalMarks)
	mux.HandleFunc("GET /api/journal/words", s.journalWords)
	mux.HandleFunc("GET /api/journal/export", s.journalExport)
	mux.HandleFunc("POST /api/journal/export", s.journalExport)
	mux.HandleFunc("POST /api/journal/import", s.journalImport)
}

// told answers what the journal gave, or why it did not.
func (s *Server) told(w http.ResponseWriter, v any, err error) {
	if err != nil {
		s.refuseFor(w, err)
		return
	}
	answer(w, http.StatusOK, v)
}

func (s *Server) journalState(w http.ResponseWriter, r *http.Request) {
	state, err := s.Journal.State(r.Context())
	s.told(w, state, err)
}

func (s *Server) journalChoose(w http.ResponseWriter, r *http.Request) {
	var choice journal.Choice
	if !asked(w, r, maxBody, &choice, "on, codeName or checkIn") {
		return
	}
	state, err := s.Journal.Choose(r.Context(), choice)
	s.told(w, state, err)
}

func (s *Server) journalEraseAll(w http.ResponseWriter, r *http.Request) {
	err := s.Journal.EraseAll(r.Context())
	if err != nil {
		s.refuseFor(w, err)
		return
	}
	s.journalState(w, r)
}

func (s *Server) journalEntry(w http.ResponseWriter, r *http.Request) {
	e, err := s.Journal.Entry(r.Context(), r.PathValue("id"))
	s.told(w, e, err)
}

func (s *Server) journalNote(w http.ResponseWriter, r *http.Request) {
	var said struct{ Note, CodeName *string }
	if !asked(w, r, maxBody, &said, "note or codeName") {
		return
	}
	e, err := s.Journal.Note(r.Context(), r.PathValue("id"), said.Note, said.CodeName)
	s.told(w, e, err)
}

func (s *Server) journalCheckIn(w http.ResponseWriter, r *http.Request) {
	var c journal.CheckIn
	if !asked(w, r, maxBody, &c, "comfort, tension, distress, regions, feelings and note, all of them optional") {
		return
	}
	e, err := s.Journal.CheckIn(r.Context(), r.PathValue("id"), journal.Asked(r.PathValue("moment")), c)
	s.told(w, e, err)
}

func (s *Server) journalErase(w http.ResponseWriter, r *http.Request) {
	if err := s.Journal.Erase(r.Context(), r.PathValue("id")); err != nil {
		s.refuseFor(w, err)
		return
	}
	w.WriteHeader(http.StatusNoContent)
}

func (s *Server) journalEntries(w http.ResponseWriter, r *http.Request) {
	q := r.URL.Query()
	limit := 50
	if text := q.Get("limit"); text != "" {
		n, err := strconv.Atoi(text)
		if err != nil || n < 1 || n > journal.MaxPage {
			refuse(w, http.StatusBadRequest, session.BadMessage, fmt.Sprintf("A page has 1 to %d entries: limit.", journal.MaxPage))
			return
		}
		limit = n
	}
	entries, more, err := s.Journal.Page(r.Context(), filterFrom(q), q.Get("before"), limit)
	if entries == nil {
		entries = []journal.Entry{}
	}
	s.told(w, map[string]any{"entries": entries, "more": more}, err)
}

func (s *Server) journalMarks(w http.ResponseWriter, r *http.Request) {
	marks, err := s.Journal.Marks(r.Context())
	s.told(w, marks, err)
}

func (s *Server) journalWords(w http.ResponseWriter, _ *http.Request) {
	answer(w, http.StatusOK, map[string]any{"sensations": journal.Sensations(), "feelings": journal.Feelings(), "most": journal.MaxWords})
}

// journalImport takes in a file that was exported.
func (s *Server) journalImport(w http.ResponseWriter, r *http.Request) {
	kind, _, _ := mime.ParseMediaType(r.Header.Get("Content-Type"))
	format, ok := map[string]journal.Format{"application/json": journal.JSON, "text/csv": journal.CSV}[kind]
	if !ok {
		refuse(w, http.StatusUnsupportedMediaType, session.BadMessage, "A journal can be taken in from a file of application/json or text/csv: Content-Type.")
		return
	}
	select {
	case s.imports <- struct{}{}:
		defer func() { <-s.imports }()
	default:
		refuse(w, http.StatusServiceUnavailable, session.Full, "A file is being taken in already. It works again in a moment.")
		return
	}
	control := http.NewResponseController(w)
	control.SetReadDeadline(time.Now().Add(journalLong))
	control.SetWriteDeadline(time.Now().Add(journalLong))
	done, err := s.Journal.Import(r.Context(), http.MaxBytesReader(w, r.Body, journal.MaxImport), format)
	if large := (*http.MaxBytesError)(nil); errors.As(err, &large) {
		refuse(w, http.StatusRequestEntityTooLarge, session.BadMessage, fmt.Sprintf("This file is larger than %d MB, and nothing of it was taken in. You might export it again in parts.", journal.MaxImport>>20))
		return
	}
	s.told(w, done, err)
}

// asked reads a request's JSON object; false when that was refused.
func asked(w http.ResponseWriter, r *http.Request, most int64, into any, needs string) bool {
	if err := json.NewDecoder(http.MaxBytesReader(w, r.Body, most)).Decode(into); err != nil {
		refuse(w, http.StatusBadRequest, session.BadMessage, "This needs a JSON object with "+needs+".")
		return false
	}
	return true
}
