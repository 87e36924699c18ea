package room

import (
	"context"
	"errors"
	"fmt"

	"stillpoint/internal/session"
	"stillpoint/internal/transport"
)

// Remove closes a room where no session is going on, and forgets what it held. Whoever asks
// for it later opens another, which has only its name in common.
func (h *House) Remove(ctx context.Context, name string) error {
	r, err := h.Room(name)
	if err != nil {
		return err
	}
	var refused error
	if err := r.ask(ctx, ask{do: func() { refused = r.leave() }}); err != nil && !errors.Is(err, ErrClosed) {
		return err
	}
	if refused != nil {
		return refused
	}
	<-r.gone
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.rooms[name] == r {
		delete(h.rooms, name)
	}
	return nil
}

// leave empties the room's record and ends the room.
func (r *Room) leave() error {
	switch r.state.Transport.State {
	case transport.Playing, transport.Paused:
		return &session.Refusal{Code: session.NotNow, Text: "A session is going on in this room. It can be taken away when that is over, or stopped."}
	}
	stored := r.stored
	err := r.await(func(ctx context.Context) error {
		return r.house.config.Store.Swap(ctx, r.name, stored, Record{Rev: stored + 1})
	})
	if err != nil {
		return fmt.Errorf("forget room %q: %w", r.name, err)
	}
	r.stop()
	return nil
}
