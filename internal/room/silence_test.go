package room

import (
	"context"
	"errors"
	"testing"
	"testing/synctest"
	"time"

	"stillpoint/internal/session"
	"stillpoint/internal/transport"
)

func TestSilenceDoesNotWaitForTheStore(t *testing.T) {
	for _, verb := range []session.Verb{session.Pause, session.Stop, session.Ground} {
		bubble(t, func(t *testing.T) {
			store := &gate{Memory: NewMemory()}
			r := roomOf(t, open(t, store), Home)
			guide, guest, player := join(t, r, session.Guide), join(t, r, session.Guest), join(t, r, session.Guest)
			do(t, player, session.Command{Do: session.Sound, To: "me"})
			begin(t, guide, "short")
			var host, sounding, other view
			watched := r.Watch(t.Context())
			catchUp := func() {
				synctest.Wait()
				host.takeAll(t, watched)
				sounding.takeAll(t, player.Updates())
				other.takeAll(t, guest.Updates())
			}
			sounding.take(t, player.First)
			time.Sleep(session.LeadIn + 10*time.Second)
			catchUp()
			before := host.transport

			release := store.close()
			go quietly(t, guest, verb)
			catchUp()
			if host.transport == before || sounding.transport != host.transport {
				t.Errorf("%s waits for the Store: %+v", verb, host.transport)
			}
			if other.transport != host.transport {
				t.Errorf("%s waits for the Store before others know of it: %+v", verb, other.transport)
			}
			release()
			catchUp()
			if other.transport != host.transport || other.rev != host.rev {
				t.Errorf("after %s was kept others know %+v, the host %+v", verb, other.transport, host.transport)
			}
		})
	}
}

func TestSilenceIsHeardWhileAnotherChangeIsBeingKept(t *testing.T) {
	bubble(t, func(t *testing.T) {
		store := &gate{Memory: NewMemory()}
		r := roomOf(t, open(t, store), Home)
		guide, guest := join(t, r, session.Guide), join(t, r, session.Guest)
		begin(t, guide, "short")
		time.Sleep(session.LeadIn + 10*time.Second)
		watched := r.Watch(t.Context())
		var host view
		host.takeAll(t, watched)

		release := store.close()
		go quietly(t, guide, session.Stay)
		synctest.Wait()
		go quietly(t, guest, session.Pause)
		go quietly(t, guest, session.Stop)
		synctest.Wait()
		if host.takeAll(t, watched); host.transport.State == transport.Playing {
			t.Fatal("the pause waits for another change")
		}
		time.Sleep(300 * time.Millisecond)
		release()
		synctest.Wait()
		is(t, r, transport.Stopped, 10*time.Second) // where it was when it fell silent
		for len(watched) > 0 {
			u := <-watched
			if host.take(t, u); host.transport.State == transport.Playing {
				t.Error("it sounded again after a pause")
			}
		}
		if s := r.State(); s.Transport.State != transport.Stopped || host.transport != s.Transport {
			t.Errorf("it is %s, the host knows %s", s.Transport.State, host.transport.State)
		}
	})
}

func TestWithoutAStoreThereIsStillSilence(t *testing.T) {
	bubble(t, func(t *testing.T) {
		store := &gate{Memory: NewMemory()}
		r := roomOf(t, open(t, store), Home)
		guide, guest := join(t, r, session.Guide), join(t, r, session.Guest)
		go drain(guest)
		begin(t, guide, "short")
		time.Sleep(session.LeadIn + 10*time.Second)
		broken := errors.New("no space left on the disk")
		store.fail(broken)
		do(t, guide, session.Command{Do: session.Pause})
		is(t, r, transport.Paused, 10*time.Second)
		if _, err := guide.Do(t.Context(), session.Command{Do: session.Resume}); !errors.Is(err, broken) {
			t.Errorf("going on without a record: %v", err)
		}
		is(t, r, transport.Paused, 10*time.Second)
		do(t, guide, session.Command{Do: session.Stop})

		store.fail(nil)
		do(t, guide, session.Command{Do: session.Return})
		rec, err := store.Load(t.Context(), Home)
		if err != nil || rec.Rev != r.State().Rev || rec.Run.State != transport.Paused {
			t.Errorf("once it can be kept again the Store has %+v", rec)
		}

		do(t, guide, session.Command{Do: session.Resume})
		store.close() // for good
		go func() {
			if _, err := guide.Do(t.Context(), session.Command{Do: session.Next}); !errors.Is(err, context.DeadlineExceeded) {
				t.Errorf("a Store that never answers: %v", err)
			}
		}()
		time.Sleep(storeWait + time.Millisecond)
		synctest.Wait()
		time.Sleep(time.Hour)
		synctest.Wait()
		is(t, r, transport.Finished, r.State().Timeline.Length)
	})
}

// quietly gives a command beside the test.
func quietly(t *testing.T, s *Seat, v session.Verb) {
	if _, err := s.Do(context.Background(), session.Command{Do: v}); err != nil {
		t.Errorf("%s: %v", v, err)
	}
}

// rival is a Store in which someone else is always a moment ahead.
type rival struct{ *Memory }

func (s rival) Swap(ctx context.Context, room string, want int, next Record) error {
	now, _ := s.Load(ctx, room)
	if next.Why == "next" || next.Why == "stop" {
		theirs := now
		theirs.Rev++
		if err := s.Memory.Swap(ctx, room, now.Rev, theirs); err != nil {
			return err
		}
	}
	return s.Memory.Swap(ctx, room, want, next)
}

func TestItTriesEightTimesAndSilenceHoldsEvenThen(t *testing.T) {
	bubble(t, func(t *testing.T) {
		r := roomOf(t, open(t, rival{NewMemory()}), Home)
		guide := join(t, r, session.Guide)
		begin(t, guide, "short")
		time.Sleep(session.LeadIn + 10*time.Second)
		rev := r.State().Rev
		if _, err := guide.Do(t.Context(), session.Command{Do: session.Next}); !errors.Is(err, ErrConflict) {
			t.Errorf("always a moment late: %v", err)
		}
		if got := r.State().Rev - rev; got != tries-1 {
			t.Errorf("it looked again %d times", got)
		}
		do(t, guide, session.Command{Do: session.Stop})
		if s := r.State(); s.Transport.State != transport.Stopped {
			t.Errorf("it is %s", s.Transport.State)
		}
	})
}

// A display stands still at once, however slow the disk is.
func TestADisplayHearsOfASilenceBeforeTheDisk(t *testing.T) {
	programmed(t, func(t *testing.T, p *program) {
		guide, guest, display := join(t, p.room(), session.Guide), join(t, p.room(), session.Guest), join(t, p.room(), session.Display)
		begin(t, guide, "short")
		time.Sleep(session.LeadIn + 10*time.Second)
		hangs := make(chan struct{})
		hang := func() error { <-hangs; return nil }
		p.disk.Store(&hang)
		go quietly(t, guide, session.Stay)
		synctest.Wait()
		var shown view
		for _, verb := range []session.Verb{session.Pause, session.Stop} {
			before := time.Now()
			go quietly(t, guest, verb)
			synctest.Wait()
			shown.takeAll(t, display.Updates())
			if s := shown.transport.State; s != transport.Paused && verb == session.Pause || s != transport.Stopped && verb == session.Stop || time.Since(before) > 0 {
				t.Errorf("after a %s the display knows %s", verb, s)
			}
		}
		p.disk.Store(nil)
		close(hangs)
		time.Sleep(time.Second)
		if shown.takeAll(t, display.Updates()); shown.transport != p.room().State().Transport {
			t.Errorf("the display ends with %+v", shown.transport)
		}
	})
}

// Two windows that press pause without end, on a disk that takes its time, keep
// nobody out, and fill nobody's account.
func TestHaltsWithoutEndKeepNobodyOut(t *testing.T) {
	programmed(t, func(t *testing.T, p *program) {
		guide := join(t, p.room(), session.Guide)
		go drain(guide)
		begin(t, guide, "short")
		time.Sleep(session.LeadIn + 10*time.Second)
		slow := func() error { time.Sleep(20 * time.Millisecond); return nil }
		p.disk.Store(&slow)
		ctx, enough := context.WithCancel(t.Context())
		for range 2 {
			d := join(t, p.room(), session.Display)
			go drain(d)
			go func() {
				for ctx.Err() == nil {
					d.Do(t.Context(), session.Command{Do: session.Pause})
					time.Sleep(2 * time.Millisecond)
				}
			}()
		}
		time.Sleep(time.Second)
		before, told := time.Now(), len(p.room().Account().Deeds)
		if _, err := guide.Do(t.Context(), session.Command{Do: session.Resume}); codeOf(err) != session.NeedsAgreement {
			t.Errorf("a resume: %v", err)
		}
		join(t, p.room(), session.Remote)
		if took := time.Since(before); took > 100*time.Millisecond {
			t.Errorf("the others have a turn after %v", took)
		}
		time.Sleep(time.Second)
		if now := len(p.room().Account().Deeds); now != told {
			t.Errorf("the account has %d lines, after %d", now, told)
		}
		enough()
		time.Sleep(time.Second)
	})
}
