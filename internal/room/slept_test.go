package room

import (
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"stillpoint/internal/session"
	"stillpoint/internal/transport"
)

// bed is a computer that can be put to sleep.
type bed struct{ slept atomic.Int64 }

func (b *bed) sleeps(d time.Duration) { b.slept.Add(int64(d)) }

// with makes it the computer of a house.
func (b *bed) with(c *Config) {
	c.Slept = func() time.Duration { return time.Duration(b.slept.Load()) }
}

// plays is a room of such a house with somebody in it, 10 s into a session.
func (b *bed) plays(t *testing.T) (*Room, *Seat) {
	t.Helper()
	r := roomOf(t, open(t, NewMemory(), b.with), Home)
	guide := join(t, r, session.Guide)
	begin(t, guide, "short")
	time.Sleep(session.LeadIn + 10*time.Second)
	is(t, r, transport.Playing, 10*time.Second)
	return r, guide
}

func TestWhatPlayedIntoASleepIsPaused(t *testing.T) {
	bubble(t, func(t *testing.T) {
		var b bed
		r, guide := b.plays(t)
		b.sleeps(8 * time.Hour) // during which room time stands still
		time.Sleep(wakefulEach)
		synctest.Wait()
		if s := r.State(); s.Transport.State != transport.Paused || s.Why != "slept" || s.By != "" || s.Needs != "" {
			t.Fatalf("it is %s, why %q, by %q, needs %q", s.Transport.State, s.Why, s.By, s.Needs)
		}
		if lost := 10*time.Second - r.State().Transport.Position; lost < 0 || lost > wakefulEach {
			t.Errorf("it was paused %v before where it fell asleep", lost)
		}
		time.Sleep(time.Hour)
		do(t, guide, session.Command{Do: session.Resume}) // nobody else is needed for it
	})
}

// Where room time goes on in sleep, the end may fall due in it.
func TestAnEndThatWasSleptThroughIsAPause(t *testing.T) {
	bubble(t, func(t *testing.T) {
		var b bed
		r, _ := b.plays(t)
		length := r.State().Timeline.Length
		time.Sleep(length - 10*time.Second - wakefulEach/2)
		synctest.Wait()
		b.sleeps(time.Hour)
		time.Sleep(wakefulEach)
		synctest.Wait()
		if s := r.State(); s.Transport.State != transport.Paused || s.Transport.Position < length-2*wakefulEach {
			t.Errorf("it is %s at %v of %v", s.Transport.State, s.Transport.Position, length)
		}
	})
}

func TestANapIsNoSleepAndAPauseStaysOne(t *testing.T) {
	bubble(t, func(t *testing.T) {
		var b bed
		r, guide := b.plays(t)
		b.sleeps(nap / 2) // two clocks that drift
		time.Sleep(time.Second)
		is(t, r, transport.Playing, 11*time.Second)
		do(t, guide, session.Command{Do: session.Pause})
		b.sleeps(time.Hour)
		rev := r.State().Rev
		time.Sleep(time.Minute)
		do(t, guide, session.Command{Do: session.Resume})
		time.Sleep(session.LeadIn + time.Second)
		synctest.Wait()
		if s := r.State(); s.Transport.State != transport.Playing || s.Rev != rev+1 {
			t.Errorf("a sleep during a pause made it %s, rev %d after %d", s.Transport.State, s.Rev, rev)
		}
	})
}
