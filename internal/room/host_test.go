package room

import (
	"testing"
	"time"

	"stillpoint/internal/session"
	"stillpoint/internal/transport"
)

// TestTheHostsSpeakerIsInOneRoom at a time: it leaves one before it is in the other,
// and nobody is told that it was lost.
func TestTheHostsSpeakerIsInOneRoom(t *testing.T) {
	bubble(t, func(t *testing.T) {
		there := true
		h := open(t, NewMemory(), host(&there))
		home, garden := roomOf(t, h, Home), roomOf(t, h, "garden")
		if home.People().Sound != OnHost || garden.People().Host {
			t.Fatalf("to begin with: %+v, %+v", home.People(), garden.People())
		}
		watched := home.Watch(t.Context())
		if err := h.MoveHost("garden"); err != nil {
			t.Fatal(err)
		}
		if p := home.People(); p.Host || p.Sound != "" || p.Lost != "" {
			t.Errorf("the room it left: %+v", p)
		}
		if p := garden.People(); !p.Host || p.Sound != OnHost {
			t.Errorf("the room it is in: %+v", p)
		}
		for range watched { // it ends
		}
		for range home.Watch(t.Context()) {
			t.Error("the speaker hears a room that it is not in")
		}
		there = false
		h.HostChanged()
		if p := garden.People(); p.Host || p.Lost != OnHost {
			t.Errorf("a speaker that is gone: %+v", p)
		}
		there = true
		h.HostChanged()
		if p := garden.People(); !p.Host || p.Sound != "" || p.Lost != OnHost {
			t.Errorf("it is back, and somebody chooses: %+v", p)
		}
	})
}

func TestTheHostsSpeakerStaysWhereItIsHeard(t *testing.T) {
	bubble(t, func(t *testing.T) {
		there := true
		h := open(t, NewMemory(), host(&there))
		guide := join(t, roomOf(t, h, Home), session.Guide)
		begin(t, guide, "short")
		if err := h.MoveHost("garden"); codeOf(err) != session.NotNow || h.HostIn() != Home {
			t.Errorf("it is in %s: %v", h.HostIn(), err)
		}
		do(t, guide, session.Command{Do: session.Pause})
		if err := h.MoveHost("garden"); err != nil {
			t.Error(err)
		}
		if err := h.MoveHost("No such name!"); codeOf(err) != session.BadMessage || h.HostIn() != "garden" {
			t.Errorf("it is in %s: %v", h.HostIn(), err)
		}
	})
}

// TestARoomThatHasASoundKeepsIt when the host's speaker is brought there.
func TestARoomThatHasASoundKeepsIt(t *testing.T) {
	bubble(t, func(t *testing.T) {
		there := true
		h := open(t, NewMemory(), host(&there))
		garden := roomOf(t, h, "garden")
		guest := join(t, garden, session.Guest)
		do(t, guest, session.Command{Do: session.Sound, To: "me"})
		if err := h.MoveHost("garden"); err != nil {
			t.Fatal(err)
		}
		if p := garden.People(); !p.Host || p.Sound != guest.ID {
			t.Errorf("%+v", p)
		}
	})
}

// TestTheHostsSpeakerIsWhereItWasKept.
func TestTheHostsSpeakerIsWhereItWasKept(t *testing.T) {
	bubble(t, func(t *testing.T) {
		there := true
		h := open(t, NewMemory(), host(&there), func(c *Config) { c.HostIn = "garden" })
		if roomOf(t, h, Home).People().Host || !roomOf(t, h, "garden").People().Host {
			t.Error("it is elsewhere")
		}
	})
}

func TestARoomIsTakenAway(t *testing.T) {
	programmed(t, func(t *testing.T, p *program) {
		guide := join(t, p.room(), session.Guide)
		begin(t, guide, "short")
		time.Sleep(session.LeadIn + time.Minute)
		if err := p.house.Remove(t.Context(), "garden"); codeOf(err) != session.NotNow {
			t.Errorf("while it plays: %v", err)
		}
		is(t, p.room(), transport.Playing, time.Minute)
		do(t, guide, session.Command{Do: session.Pause})
		if err := p.house.Remove(t.Context(), "garden"); codeOf(err) != session.NotNow || !p.kept() {
			t.Errorf("while it is paused: %v", err)
		}
		do(t, guide, session.Command{Do: session.Stop})
		if err := p.house.Remove(t.Context(), "garden"); err != nil {
			t.Fatal(err)
		}
		for range guide.Updates() { // it ends
		}
		if p.kept() {
			t.Error("its file is there")
		}
		if p.room().State().Loaded() || len(p.room().people) > 0 {
			t.Error("a room of the same name knows of it")
		}
	})
}
