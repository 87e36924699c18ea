package room

import (
	"testing"
	"time"

	"stillpoint/internal/session"
)

// When a session began is told as it begins, to the guide, and survives.
func TestWhenItBeganIsForTheGuide(t *testing.T) {
	programmed(t, func(t *testing.T, p *program) {
		guide, guest := join(t, p.room(), session.Guide), join(t, p.room(), session.Guest)
		do(t, guide, session.Command{Do: session.Load, Script: "short"})
		for _, seat := range []*Seat{guide, guest} {
			var v view
			v.takeAll(t, seat.Updates())
		}
		do(t, guide, session.Command{Do: session.Start})
		u := <-guide.Updates()
		if u.Session == nil || u.Timeline != nil || u.Session.Planned != u.Session.Timeline.Length || u.Session.Began != p.house.Now()+session.LeadIn {
			t.Errorf("the guide is told %+v", u)
		}
		if u := <-guest.Updates(); u.Session != nil || u.Transport == nil {
			t.Errorf("a guest is told %+v", u)
		}
		before := p.room().State()
		time.Sleep(20 * time.Second)
		p.away(20 * time.Second)
		if s := p.room().State(); s.Began != before.Began || s.Planned != before.Planned {
			t.Errorf("it began at %v, to take %v, and at %v, %v after a restart", before.Began, before.Planned, s.Began, s.Planned)
		}
	})
}
