package room

import (
	"testing"
	"time"

	"stillpoint/internal/session"
	"stillpoint/internal/transport"
)

// With the client's last device, what plays pauses, and the account says why; a guide
// goes on without asking anybody, and a room at rest stays as it is.
func TestTheClientsLastDevice(t *testing.T) {
	bubble(t, func(t *testing.T) {
		r := roomOf(t, open(t, NewMemory()), Home)
		guide, screen, own := join(t, r, session.Guide), join(t, r, session.Display), join(t, r, session.Guest)
		begin(t, guide, "short")
		time.Sleep(session.LeadIn + 10*time.Second)
		r.ClientOut(screen.ID)
		is(t, r, transport.Playing, 10*time.Second)
		screen.Leave()
		r.ClientOut(own.ID)
		is(t, r, transport.Paused, 10*time.Second)
		if s := r.State(); s.By != "" || s.Why != "out" || s.Needs != "" {
			t.Errorf("it was paused by %q, %s, and needs %q", s.By, s.Why, s.Needs)
		}
		if deeds := r.Account().Deeds; deeds[len(deeds)-1].What != session.Out {
			t.Errorf("the account is %+v", deeds)
		}
		rev := r.State().Rev
		if r.ClientOut(own.ID); r.State().Rev != rev {
			t.Error("a room at rest has changed")
		}
		do(t, guide, session.Command{Do: session.Resume})
		if now := r.State().Transport.State; now != transport.Playing {
			t.Errorf("then it is %v", now)
		}
	})
}
