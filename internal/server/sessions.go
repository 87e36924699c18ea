package server

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"time"

	"stillpoint/internal/room"
	"stillpoint/internal/session"
	"stillpoint/internal/wire"
)

// newSession loads a script into a room, for programs that have no socket. The
// answer comes when its voice is ready, which may take longer than any other.
func (s *Server) newSession(w http.ResponseWriter, r *http.Request) {
	var asked struct {
		Script   string         `json:"script"`
		Settings *wire.Settings `json:"settings"`
		Room     string         `json:"room"`
	}
	if err := json.NewDecoder(http.MaxBytesReader(w, r.Body, maxBody)).Decode(&asked); err != nil {
		refuse(w, http.StatusBadRequest, "bad-message", "This needs a JSON object with script, and perhaps settings and room.")
		return
	}
	set, err := asked.Settings.Timeline()
	if err != nil {
		refuse(w, http.StatusBadRequest, "bad-message", err.Error())
		return
	}
	if v := visitorOf(r); asked.Room == "" {
		asked.Room = v.device.Room
	} else if !v.mayEnter(asked.Room) {
		refuse(w, http.StatusForbidden, session.NotAllowed, "This device is in another room.")
		return
	}
	http.NewResponseController(w).SetWriteDeadline(time.Now().Add(prepareLongest + lineLongest))
	ctx, cancel := context.WithTimeout(r.Context(), prepareLongest)
	defer cancel()
	id, err := s.load(ctx, asked.Room, session.Command{Do: session.Load, Script: asked.Script, Settings: set})
	if err != nil {
		s.refuseFor(w, err)
		return
	}
	answer(w, http.StatusCreated, map[string]string{"id": id})
}

// load joins a room for as long as one command takes.
func (s *Server) load(ctx context.Context, name string, c session.Command) (string, error) {
	in, err := s.room(name)
	if err != nil {
		return "", err
	}
	seat, err := in.Join(room.Hello{Name: "Program", Role: session.Guide})
	if err != nil {
		return "", err
	}
	defer seat.Leave()
	c.ID = seat.ID
	if _, err := seat.Do(ctx, c); err != nil {
		return "", err
	}
	return in.Session(), nil
}

// room is home, or a room that was made. Whoever asks for another is told so, for in
// a room that nobody guides no pause of theirs would reach anyone.
func (s *Server) room(name string) (*room.Room, error) {
	name = cmp.Or(name, room.Home)
	if name != room.Home && room.ValidName(name) && !s.Rooms.has(name) {
		return nil, noRoom()
	}
	return s.House.Room(name)
}

// session answers as on a guest's wire, without the guide's private cues, or as on a
// remote's.
func (s *Server) session(w http.ResponseWriter, r *http.Request) {
	state, ok := s.found(w, r)
	if !ok {
		return
	}
	role := session.Guest
	if visitorOf(r).crowd == remotes {
		role = session.Remote
	}
	answer(w, http.StatusOK, map[string]any{
		"session":   sessionFor(role, state),
		"timeline":  timelineFor(role, state),
		"transport": wire.TransportOf(state),
	})
}

// refuseFor answers an error of a room: a refusal as it is, anything else as our
// own fault, which the log explains and the browser does not.
func (s *Server) refuseFor(w http.ResponseWriter, err error) {
	var no *session.Refusal
	if !errors.As(err, &no) {
		s.Log.Error("command", "error", err)
		refuse(w, http.StatusInternalServerError, "internal", "Something went wrong here. You might try again.")
		return
	}
	if err.Error() != no.Text { // there is more behind it than people are told
		s.Log.Warn("refused", "error", err)
	}
	status := http.StatusConflict
	switch no.Code {
	case "unknown-script", "not-found":
		status = http.StatusNotFound
	case "bad-message":
		status = http.StatusBadRequest
	case "cannot-fit":
		status = http.StatusUnprocessableEntity
	case "slow-down":
		status = http.StatusTooManyRequests
	case "not-allowed":
		status = http.StatusForbidden
	case "full":
		status = http.StatusServiceUnavailable
	}
	refuse(w, status, no.Code, no.Text)
}
