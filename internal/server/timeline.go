package server

import (
	"encoding/json"
	"net/http"

	"stillpoint/internal/session"
	"stillpoint/internal/timeline"
	"stillpoint/internal/wire"
)

// timeline answers the timeline that a session would have, without making one:
// what is coming can be looked at before it begins. The guide's private cues are
// not in it.
func (s *Server) timeline(w http.ResponseWriter, r *http.Request) {
	var asked struct {
		Script   string         `json:"script"`
		Settings *wire.Settings `json:"settings"`
	}
	if err := json.NewDecoder(http.MaxBytesReader(w, r.Body, maxBody)).Decode(&asked); err != nil {
		refuse(w, http.StatusBadRequest, session.BadMessage, "This needs a JSON object with script, and perhaps settings.")
		return
	}
	set, err := asked.Settings.Timeline()
	if err != nil {
		refuse(w, http.StatusBadRequest, session.BadMessage, err.Error())
		return
	}
	c, err := s.Library.Script(asked.Script)
	if err != nil {
		refuse(w, http.StatusNotFound, session.UnknownScript, err.Error())
		return
	}
	set.Voice = s.Voices.Choose(c, set.Voice)
	t, err := timeline.Compile(c, set, s.Voices.Length)
	if err != nil {
		s.refuseFor(w, unfit(err))
		return
	}
	answer(w, http.StatusOK, wire.TimelineOf(t, "", 0, false))
}
