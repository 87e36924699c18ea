package room

import (
	"errors"
	"testing"
	"testing/synctest"
	"time"

	"stillpoint/internal/session"
	"stillpoint/internal/timeline"
	"stillpoint/internal/transport"
)

// leftAt is a session left by its last participant at 10 s, a moment ago.
func leftAt(t *testing.T, r *Room) *Seat {
	t.Helper()
	guide := join(t, r, session.Guide)
	begin(t, guide, "short")
	time.Sleep(session.LeadIn + 10*time.Second)
	guide.Leave()
	is(t, r, transport.Playing, 10*time.Second)
	return guide
}

func TestWhereNobodyIsLeftItPauses(t *testing.T) {
	bubble(t, func(t *testing.T) {
		var last session.Event
		store := NewMemory()
		r := roomOf(t, open(t, store, func(c *Config) { c.Happened = func(_ string, e session.Event, _ session.State) { last = e } }), Home)
		var host view
		watched := r.Watch(t.Context()) // a speaker cannot press stop
		leftAt(t, r)
		time.Sleep(LeftAlone - time.Millisecond)
		synctest.Wait()
		is(t, r, transport.Playing, 70*time.Second-time.Millisecond)
		time.Sleep(time.Millisecond)
		synctest.Wait()
		is(t, r, transport.Paused, 70*time.Second)
		r.quiesce(t)
		if s := r.State(); s.By != "" || s.Why != "alone" || s.Needs != "" {
			t.Errorf("it was paused by %q, %s, and needs %q", s.By, s.Why, s.Needs)
		}
		if last.Kind != session.Alone || last.By != "" || last.Position != 70*time.Second {
			t.Errorf("what happened is %+v", last)
		}
		if host.takeAll(t, watched); host.transport != r.State().Transport {
			t.Errorf("the host's speaker knows %+v", host.transport)
		}
		if rec, _ := store.Load(t.Context(), Home); rec.Rev != r.State().Rev || rec.Run.State != transport.Paused {
			t.Errorf("the Store has %+v", rec)
		}
		back := join(t, r, session.Guide)
		time.Sleep(time.Hour)
		is(t, r, transport.Paused, 70*time.Second) // nothing starts by itself
		do(t, back, session.Command{Do: session.Resume})
	})
}

func TestWhoeverComesBackInTimeFindsItPlaying(t *testing.T) {
	bubble(t, func(t *testing.T) {
		r := roomOf(t, open(t, NewMemory()), Home)
		old := leftAt(t, r)
		time.Sleep(LeftAlone - time.Millisecond)
		back, err := r.Join(Hello{Resume: old.Resume})
		if err != nil {
			t.Fatal(err)
		}
		time.Sleep(LeftAlone)
		is(t, r, transport.Playing, 10*time.Second+2*LeftAlone-time.Millisecond)
		screen := join(t, r, session.Display) // any device can stop it
		back.Leave()
		time.Sleep(LeftAlone)
		is(t, r, transport.Playing, 10*time.Second+3*LeftAlone-time.Millisecond)
		screen.Leave()
		time.Sleep(LeftAlone) // a minute of its own, whatever was before
		synctest.Wait()
		is(t, r, transport.Paused, 10*time.Second+4*LeftAlone-time.Millisecond)
	})
}

func TestATakenOverSeatLeavesNobodyAlone(t *testing.T) {
	bubble(t, func(t *testing.T) {
		r := roomOf(t, open(t, NewMemory()), Home)
		guide := join(t, r, session.Guide)
		begin(t, guide, "short")
		time.Sleep(session.LeadIn)
		if _, err := r.Join(Hello{Resume: guide.Resume}); err != nil {
			t.Fatal(err)
		}
		time.Sleep(2 * LeftAlone)
		is(t, r, transport.Playing, 2*LeftAlone)
	})
}

func TestTheHostIsNobody(t *testing.T) {
	bubble(t, func(t *testing.T) {
		r := roomOf(t, open(t, NewMemory()), Home)
		host := func(do session.Verb) {
			t.Helper()
			if _, err := r.Do(t.Context(), session.Command{Do: do, Script: "short"}); err != nil {
				t.Fatal(err)
			}
		}
		host(session.Load)
		time.Sleep(time.Hour) // a session that does not play has time
		host(session.Start)
		time.Sleep(LeftAlone / 2)
		host(session.Stay)
		time.Sleep(LeftAlone / 2)
		synctest.Wait()
		s := r.State()
		if at := min(LeftAlone-session.LeadIn, s.Timeline.Until(0)); s.Transport != transport.Halt(transport.Paused, at, s.Transport.At) || s.Why != "alone" {
			t.Fatalf("it is %+v by %s", s.Transport, s.Why)
		}
		host(session.Resume)
		join(t, r, session.Guest)
		time.Sleep(2 * LeftAlone)
		if s := r.State(); s.Transport.State != transport.Playing {
			t.Errorf("with a guest there it is %s", s.Transport.State)
		}
	})
}

func TestAtAWaitAloneItHoldsThereAgain(t *testing.T) {
	bubble(t, func(t *testing.T) {
		r := roomOf(t, open(t, NewMemory()), Home)
		seat := join(t, r, session.Guide)
		begin(t, seat, "waiting")
		seat.Leave()
		time.Sleep(session.LeadIn + 2*LeftAlone)
		synctest.Wait()
		if s := r.State(); s.Transport.State != transport.Paused {
			t.Fatalf("it is %s", s.Transport.State)
		}
		back := join(t, r, session.Guide)
		do(t, back, session.Command{Do: session.Resume})
		time.Sleep(time.Hour)
		is(t, r, transport.Playing, time.Minute)
	})
}

// The owner is kept busy while the minute runs out, and someone has come by the
// time it looks.
func TestAMinuteThatRanOutTooLatePausesNothing(t *testing.T) {
	bubble(t, func(t *testing.T) {
		store := &gate{Memory: NewMemory()}
		r := roomOf(t, open(t, store), Home)
		leftAt(t, r)
		time.Sleep(LeftAlone - 500*time.Millisecond)
		release := store.close()
		go r.Do(t.Context(), session.Command{Do: session.Pace, To: string(timeline.HoldPace)})
		synctest.Wait()
		go r.Join(Hello{Role: session.Guest})
		time.Sleep(time.Second)
		release()
		synctest.Wait()
		r.quiesce(t)
		if s := r.State(); s.Transport.State != transport.Playing || s.Why != string(session.Pace) {
			t.Errorf("it is %s by %s", s.Transport.State, s.Why)
		}
	})
}

func TestAloneItFallsSilentBeforeTheStoreKnows(t *testing.T) {
	bubble(t, func(t *testing.T) {
		store := &gate{Memory: NewMemory()}
		r := roomOf(t, open(t, store), Home)
		var host view
		watched := r.Watch(t.Context())
		leftAt(t, r)
		store.fail(errors.New("no space left on the disk"))
		release := store.close()
		time.Sleep(LeftAlone)
		synctest.Wait()
		if host.takeAll(t, watched); host.transport.State != transport.Paused {
			t.Errorf("the host's speaker knows %+v", host.transport)
		}
		release()
		synctest.Wait()
		is(t, r, transport.Paused, 70*time.Second)
	})
}

func TestALaterRunWaitsAMinuteForItsDevices(t *testing.T) {
	bubble(t, func(t *testing.T) {
		store := NewMemory()
		first := New(Config{Store: store, Script: page, Speech: timeline.ByWords})
		begin(t, join(t, roomOf(t, first, Home), session.Guide), "short")
		time.Sleep(session.LeadIn + 10*time.Second)
		first.Close()
		r := roomOf(t, open(t, store), Home)
		time.Sleep(LeftAlone - time.Millisecond)
		is(t, r, transport.Playing, 70*time.Second-time.Millisecond)
		time.Sleep(time.Millisecond)
		synctest.Wait()
		is(t, r, transport.Paused, 70*time.Second)
	})
}
