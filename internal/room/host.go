package room

import (
	"cmp"
	"errors"

	"stillpoint/internal/session"
	"stillpoint/internal/transport"
)

// HostIn is the room that the host's speaker is in.
func (h *House) HostIn() string { return *h.host.Load() }

// MoveHost takes the host's speaker to another room, which has it as its sound when
// it has no other. The room it leaves is silent before it is gone. It stays where a
// session sounds from it: nobody there asked for silence.
func (h *House) MoveHost(to string) error {
	h.moving.Lock()
	defer h.moving.Unlock()
	next, err := h.Room(to)
	if err != nil {
		return err
	}
	if to == h.HostIn() {
		return nil
	}
	if err := h.leaveHost(to); err != nil {
		return err
	}
	return next.ask(h.ctx, ask{do: next.welcomeHost})
}

// HostChanged has the room where it is look again whether the host has a speaker.
func (h *House) HostChanged() {
	h.mu.Lock()
	in := h.rooms[h.HostIn()]
	h.mu.Unlock()
	if in != nil {
		in.HostChanged()
	}
}

// leaveHost has the room where the speaker is let it go, if that is open.
func (h *House) leaveHost(to string) error {
	h.mu.Lock()
	was := h.rooms[h.HostIn()]
	h.mu.Unlock()
	if was != nil {
		var refused error
		if err := was.ask(h.ctx, ask{do: func() { refused = was.yieldHost(to) }}); !errors.Is(err, ErrClosed) {
			return cmp.Or(refused, err)
		}
	}
	h.host.Store(&to) // nobody is there
	return nil
}

// yieldHost lets the speaker go to another room.
func (r *Room) yieldHost(to string) error {
	if (r.sound == OnHost || r.coming == OnHost) && r.state.Transport.State == transport.Playing {
		return &session.Refusal{Code: session.NotNow, Text: "The speaker of this computer is heard in another room now. It can be moved when the session there is paused or over."}
	}
	r.house.host.Store(&to)
	r.hostChanged()
	for l := range r.listeners {
		if l.person == nil {
			r.cut(l)
		}
	}
	return nil
}

// welcomeHost has the speaker, which somebody brought here to be heard.
func (r *Room) welcomeHost() {
	r.untouched = r.chosen() == ""
	r.hostChanged()
}
