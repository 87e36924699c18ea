package server

import (
	"cmp"
	"errors"
	"net/http"

	"stillpoint/internal/room"
	"stillpoint/internal/session"
	"stillpoint/internal/wire"
)

// heldHere is how many sockets are held for the pages of this computer: however many
// devices the network has, the therapist's own page opens.
const heldHere = 16

// enter is a place for a socket, and one of the server's; or it answers why there is
// none.
func (s *Server) enter(w http.ResponseWriter, r *http.Request) (*place, bool) {
	v := visitorOf(r)
	full := v.crowd != here && len(s.sockets) >= maxSockets-heldHere
	if !full {
		select {
		case s.sockets <- struct{}{}:
		default:
			full = true
		}
	}
	if full {
		refuse(w, http.StatusServiceUnavailable, session.Full, "Too many devices are connected.")
		return nil, false
	}
	p, err := s.devices.take(v)
	if err != nil {
		<-s.sockets
		s.refuseFor(w, err)
		return nil, false
	}
	return p, true
}

// exit gives both places up.
func (s *Server) exit(p *place) {
	s.devices.leave(p)
	<-s.sockets
}

// seatFor takes the seat that a hello asks for. A device of the network is what its
// record says, whatever it says itself.
func (c *conn) seatFor(h *wire.Hello) (err error) {
	as := room.Hello{Name: h.Name, Role: h.Role, Resume: h.Resume}
	in := h.Room
	if d := c.place.device; d.ID != "" {
		if beyond(h.Role, d.Role) || in != "" && in != d.Room {
			return &session.Refusal{Code: session.NotAllowed, Text: "This device is here as something else. The therapist can change what it is, and its room."}
		}
		in, as.Role, as.Bound, as.Name = d.Room, d.Role, true, cmp.Or(d.Name, h.Name)
	}
	if c.room, err = c.Server.room(in); err != nil {
		return c.homeless(err)
	}
	c.seat, err = c.room.Join(as)
	return err
}

// homeless is why there is no room to join, fit for the eyes of whoever holds the
// device: a client has no rooms to make or choose.
func (c *conn) homeless(err error) error {
	no := (*session.Refusal)(nil)
	if c.place.device.ID != "" && errors.As(err, &no) && no.Code == notThere {
		return &session.Refusal{Code: notThere, Text: "The room of this screen is not here any more. The therapist can give it another."}
	}
	return err
}

// beyond says whether who asks for a role could do anything with it that is not
// theirs.
func beyond(asked, has session.Role) bool {
	for _, v := range session.Verbs() {
		if asked.May(v) && !has.May(v) {
			return true
		}
	}
	return false
}
