package server

import (
	"net/http"
	"sync"
	"time"

	"stillpoint/internal/journal"
	"stillpoint/internal/room"
	"stillpoint/internal/session"
	"stillpoint/internal/transport"
)

// led follows the session of each room, in memory alone, for as long as somebody may
// wish to save it: until another is loaded there. Safe for concurrent use.
type led struct {
	mu    sync.Mutex
	rooms map[string]*journal.Led
}

// in is what is led in a room.
func (l *led) in(name string) *journal.Led {
	l.mu.Lock()
	defer l.mu.Unlock()
	one := l.rooms[name]
	if one == nil {
		if l.rooms == nil {
			l.rooms = map[string]*journal.Led{}
		}
		one = &journal.Led{}
		l.rooms[name] = one
	}
	return one
}

// forget lets go of a room and what was led in it.
func (l *led) forget(name string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	delete(l.rooms, name)
}

// saveSession writes the last session of a treatment room into the journal, because
// somebody wishes it. Nothing else of a room is ever kept there.
func (s *Server) saveSession(w http.ResponseWriter, r *http.Request) {
	var wish struct{ CodeName, Note string }
	id := r.PathValue("room")
	if !asked(w, r, maxBody, &wish, "codeName, and perhaps note") || !s.mayChange(w, r, id) {
		return
	}
	e, err := s.lastSession(id)
	if err != nil {
		s.refuseFor(w, err)
		return
	}
	e.CodeName, e.Note = wish.CodeName, wish.Note
	if e, err = s.Journal.Save(r.Context(), e); err != nil {
		s.refuseFor(w, err)
		return
	}
	answer(w, http.StatusCreated, map[string]string{"id": e.ID})
}

// lastSession is what there is to say of a room's session once it does not go on.
func (s *Server) lastSession(name string) (e journal.Entry, err error) {
	in, err := s.room(name)
	if err != nil {
		return e, err
	}
	e, began, ok := s.Rooms.led.in(name).Entry()
	switch {
	case name == room.Home || !ok:
		return e, &session.Refusal{Code: session.NotNow, Text: "There is no session here that could be saved."}
	case s.Journal == nil:
		return e, &session.Refusal{Code: session.NotNow, Text: "There is no journal on this computer to save it in."}
	case in.State().Transport.State == transport.Playing:
		return e, &session.Refusal{Code: session.NotNow, Text: "The session is going on. It can be saved when it is over."}
	}
	e.Began = s.House.Time(began).Round(0)
	if a := in.Account(); a != nil && a.Session == e.ID {
		e.Account = deedsOf(a, began)
	}
	return e, nil
}

// deedsOf is a room's account as the journal keeps it: what each was, and nobody's id
// or name, for a client's own phone is called after its owner; and counted from the
// beginning.
func deedsOf(a *room.Account, began time.Duration) []journal.Deed {
	deeds := make([]journal.Deed, len(a.Deeds))
	for i, d := range a.Deeds {
		deeds[i] = journal.Deed{After: max(0, d.At-began).Milliseconds(), Position: d.Position.Milliseconds(), What: d.What,
			Role: d.Role, Client: d.Client, Agreed: d.Agreed}
	}
	return deeds
}
