package server

import (
	"context"
	"errors"
	"net/http"
	"time"

	"stillpoint/internal/room"
	"stillpoint/internal/session"
	"stillpoint/internal/timeline"
	"stillpoint/internal/transport"
	"stillpoint/internal/wire"
)

// maxPlanned is the longest id of a planned script.
const maxPlanned = 200

// roomRoutes are the rooms of a practice, and what there is in them.
func (s *Server) roomRoutes(mux *http.ServeMux) {
	mux.HandleFunc("GET /api/rooms", s.roomList)
	mux.HandleFunc("POST /api/rooms", s.makeRoom)
	mux.HandleFunc("PATCH /api/rooms/{id}", s.changeRoom)
	mux.HandleFunc("DELETE /api/rooms/{id}", s.takeRoomAway)
	mux.HandleFunc("POST /api/rooms/{room}/save", s.saveSession)
}

// roomSeen is a treatment room, as a guide sees it.
type roomSeen struct {
	ID      string        `json:"id"`
	Name    string        `json:"name"`
	Plan    *planSeenIn   `json:"plan,omitempty"`
	Host    bool          `json:"host"` // the host's speaker is here
	Session *sessionSeen  `json:"session,omitempty"`
	People  []wire.Person `json:"people"`
	Sound   string        `json:"sound"`
	Lost    string        `json:"lost,omitempty"`
	Today   []visit       `json:"today"`
}

// planSeenIn is the script that is planned in a room.
type planSeenIn struct {
	ID    string `json:"id"`
	Title string `json:"title"`
}

// sessionSeen is a session from afar. Position and at are as in a transport.
type sessionSeen struct {
	Title        string          `json:"title"`
	State        transport.State `json:"state"`
	Section      string          `json:"section,omitempty"` // its title
	Position     int64           `json:"position"`
	At           int64           `json:"at"`
	Length       int64           `json:"length"`
	*wire.Course                 // once it has begun
	Waiting      bool            `json:"waiting,omitempty"` // it holds at a wait
	Needs        string          `json:"needs,omitempty"`
}

func (s *Server) roomList(w http.ResponseWriter, _ *http.Request) {
	list := []roomSeen{}
	for _, one := range s.Rooms.all().Rooms {
		if seen, err := s.roomSeen(one); err == nil { // it was taken away meanwhile
			list = append(list, seen)
		}
	}
	answer(w, http.StatusOK, list)
}

// roomSeen looks into a room.
func (s *Server) roomSeen(one madeRoom) (seen roomSeen, err error) {
	in, err := s.room(one.ID)
	if err != nil {
		return seen, err
	}
	here := peopleOf(in.People(), true)
	seen = roomSeen{ID: one.ID, Name: one.Name, Host: s.House.HostIn() == one.ID, People: here.People, Sound: here.Sound, Lost: here.Lost,
		Today: s.Rooms.today.of(one.ID, time.Now())}
	if page, err := s.Library.Script(one.Plan); one.Plan != "" && err == nil {
		seen.Plan = &planSeenIn{one.Plan, page.Title}
	}
	if state := in.State(); state.Loaded() {
		seen.Session = s.sessionSeen(state)
	}
	return seen, nil
}

func (s *Server) sessionSeen(state session.State) *sessionSeen {
	now := s.House.Now()
	t := wire.TransportOf(&state)
	seen := &sessionSeen{Title: state.Script.Title, State: t.State, Position: t.Position, At: t.At, Length: state.Timeline.Length.Milliseconds(), Needs: t.Needs}
	seen.Waiting = t.State == transport.Playing && state.WaitingAt(now)
	seen.Course = wire.SessionOf(&state, true).Course
	for _, span := range state.Timeline.At(state.PositionAt(now)) {
		if span.Kind == timeline.SectionSpan {
			seen.Section = span.Text
		}
	}
	return seen
}

// makeRoom makes a room of a name.
func (s *Server) makeRoom(w http.ResponseWriter, r *http.Request) {
	var wish struct{ Name string }
	if !asked(w, r, maxKnock, &wish, "name") {
		return
	}
	name := room.CleanName(wish.Name)
	if name == "" {
		refuse(w, http.StatusBadRequest, session.BadMessage, "A room needs a name, like “Room 1”.")
		return
	}
	made, err := s.Rooms.make(name)
	if err != nil {
		s.refuseRoom(w, err)
		return
	}
	s.answerRoom(w, http.StatusCreated, made.ID)
}

// roomChange is what can be otherwise about a room; what is nil stays.
type roomChange struct {
	Name *string
	Plan *string // the id of a script; "" for none
	Host bool    // bring the host's speaker here
}

// changeRoom names a room, plans a script in it, or brings the host's speaker there.
func (s *Server) changeRoom(w http.ResponseWriter, r *http.Request) {
	var c roomChange
	id := r.PathValue("id")
	if !asked(w, r, maxKnock, &c, "name, plan or host") || !s.mayChange(w, r, id) {
		return
	}
	if err := s.check(&c); err != nil {
		s.refuseFor(w, err)
		return
	}
	err := error(nil)
	if id != room.Home && (c.Name != nil || c.Plan != nil) {
		err = s.Rooms.alter(id, c.to)
	}
	if err == nil && c.Host {
		err = s.bringHost(id)
	}
	switch {
	case err != nil:
		s.refuseRoom(w, err)
	case id == room.Home:
		w.WriteHeader(http.StatusNoContent)
	default:
		s.answerRoom(w, http.StatusOK, id)
	}
}

// mayChange answers where there is no such room, or it is another's.
func (s *Server) mayChange(w http.ResponseWriter, r *http.Request, id string) bool {
	if id != room.Home && !s.Rooms.has(id) {
		s.refuseFor(w, noRoom())
		return false
	}
	if !visitorOf(r).mayEnter(id) {
		refuse(w, http.StatusForbidden, session.NotAllowed, "This device is in another room.")
		return false
	}
	return true
}

// check makes a change fit, or says why it is not.
func (s *Server) check(c *roomChange) error {
	if c.Name != nil {
		if *c.Name = room.CleanName(*c.Name); *c.Name == "" {
			return &session.Refusal{Code: session.BadMessage, Text: "A room needs a name, like “Room 1”."}
		}
	}
	if c.Plan == nil || *c.Plan == "" {
		return nil
	}
	if _, err := s.Library.Script(*c.Plan); err != nil || len(*c.Plan) > maxPlanned {
		return &session.Refusal{Code: session.UnknownScript, Text: "There is no script “" + room.CleanName(*c.Plan) + "” here."}
	}
	return nil
}

func (c *roomChange) to(one *madeRoom) {
	if c.Name != nil {
		one.Name = *c.Name
	}
	if c.Plan != nil {
		one.Plan = *c.Plan
	}
}

// bringHost moves the host's speaker. It has moved even where that cannot be kept.
func (s *Server) bringHost(id string) error {
	if err := s.House.MoveHost(id); err != nil {
		return err
	}
	if err := s.Rooms.hostIs(id); err != nil {
		s.Log.Warn("keep where the speaker is", "error", err)
	}
	return nil
}

// takeRoomAway closes a room for good. Its devices are known still, and can be moved
// to another.
func (s *Server) takeRoomAway(w http.ResponseWriter, r *http.Request) {
	id := r.PathValue("id")
	if !s.mayChange(w, r, id) {
		return
	}
	in, err := s.room(id)
	if err == nil {
		err = s.Rooms.takeAway(id, func() error { return s.closeRoom(r.Context(), in) })
	}
	if err != nil {
		s.refuseRoom(w, err)
		return
	}
	s.Rooms.today.leave(id)
	s.Rooms.led.forget(id)
	w.WriteHeader(http.StatusNoContent)
}

// closeRoom closes a room where no session is going on, and then takes the host's
// speaker home, so that it does not follow a room that is gone.
func (s *Server) closeRoom(ctx context.Context, in *room.Room) error {
	if err := s.House.Remove(ctx, in.Name()); err != nil {
		return err
	}
	if s.House.HostIn() != in.Name() {
		return nil
	}
	return s.House.MoveHost(room.Home)
}

// answerRoom answers a room as it is now.
func (s *Server) answerRoom(w http.ResponseWriter, status int, id string) {
	all := s.Rooms.all()
	i := all.find(id)
	if i < 0 {
		s.refuseFor(w, noRoom())
		return
	}
	seen, err := s.roomSeen(all.Rooms[i])
	if err != nil {
		s.refuseFor(w, err)
		return
	}
	answer(w, status, seen)
}

// refuseRoom answers what could not be done about a room.
func (s *Server) refuseRoom(w http.ResponseWriter, err error) {
	if errors.Is(err, errUnkept) {
		s.Log.Warn("keep the rooms", "error", err)
		refuse(w, http.StatusInternalServerError, session.Internal, "This could not be kept: your folder cannot be written to. It is "+s.Data+".")
		return
	}
	s.refuseFor(w, err)
}
