package server

import (
	"encoding/json"
	"errors"
	"net/http"

	"stillpoint/internal/library"
	"stillpoint/internal/script"
	"stillpoint/internal/session"
)

// keepScript stores a breath of a person's own among their scripts.
func (s *Server) keepScript(w http.ResponseWriter, r *http.Request) {
	var asked struct{ Title, Language, Breathe string }
	if err := json.NewDecoder(http.MaxBytesReader(w, r.Body, maxBody)).Decode(&asked); err != nil {
		refuse(w, http.StatusBadRequest, session.BadMessage, "This needs a JSON object with breathe, and perhaps title.")
		return
	}
	e, err := s.Library.Keep(asked.Title, asked.Language, asked.Breathe)
	var faults script.Faults
	switch {
	case errors.As(err, &faults):
		refuse(w, http.StatusBadRequest, session.BadMessage, err.Error())
	case errors.Is(err, library.ErrFull):
		refuse(w, http.StatusServiceUnavailable, session.Full, "Your scripts folder is full. You might take something out of it first.")
	case err != nil:
		s.Log.Warn("keep a script", "error", err)
		refuse(w, http.StatusInternalServerError, "internal", "This could not be kept: your scripts folder cannot be written to. It is "+s.Library.Folder()+".")
	default:
		answer(w, http.StatusCreated, s.summary(e))
	}
}

// forgetScript takes away one that was kept so, and no other.
func (s *Server) forgetScript(w http.ResponseWriter, r *http.Request) {
	err := s.Library.Forget(r.PathValue("id"))
	var unknown *library.Unknown
	switch {
	case errors.As(err, &unknown):
		refuse(w, http.StatusNotFound, session.UnknownScript, err.Error())
	case errors.Is(err, library.ErrNotMade):
		refuse(w, http.StatusForbidden, session.NotAllowed, "This script was not made here. You can take its file out of your scripts folder yourself.")
	case err != nil:
		s.Log.Warn("forget a script", "error", err)
		refuse(w, http.StatusInternalServerError, "internal", "This could not be taken away: your scripts folder cannot be written to. It is "+s.Library.Folder()+".")
	default:
		w.WriteHeader(http.StatusNoContent)
	}
}
