package room

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"stillpoint/internal/session"
	"stillpoint/internal/timeline"
	"stillpoint/internal/transport"
)

func TestASlowListenerIsCutOffAndTheOthersGoOn(t *testing.T) {
	bubble(t, func(t *testing.T) {
		r := roomOf(t, open(t, NewMemory()), Home)
		quick, slow := join(t, r, session.Guide), join(t, r, session.Guest)
		var seen view
		seen.take(t, quick.First)
		do(t, quick, session.Command{Do: session.Load, Script: "short"})
		for range MaxUpdates {
			do(t, quick, session.Command{Do: session.Ground})
			if !seen.takeAll(t, quick.Updates()) {
				t.Fatal("the quick one was cut off too")
			}
		}
		for range MaxUpdates {
			if _, ok := <-slow.Updates(); !ok {
				t.Fatal("cut off too soon")
			}
		}
		if _, ok := <-slow.Updates(); ok {
			t.Error("more updates than the queue holds")
		}
		if seen.rev != r.State().Rev || strings.Contains(seen.people, slow.ID) {
			t.Errorf("the quick one knows revision %d of %d, people %s", seen.rev, r.State().Rev, seen.people)
		}
		do(t, slow, session.Command{Do: session.Stop}) // it may still stop
		back, err := r.Join(Hello{Resume: slow.Resume})
		if err != nil || back.ID != slow.ID {
			t.Errorf("it came back as %v, %v", back, err)
		}
	})
}

func TestJoiningLateIsHavingBeenThere(t *testing.T) {
	bubble(t, func(t *testing.T) {
		dice := rand.New(rand.NewPCG(1, 2))
		there := true
		r := roomOf(t, open(t, NewMemory(), host(&there)), Home)
		old := join(t, r, session.Guide)
		var was view
		was.take(t, old.First)
		for n := range 60 {
			r.command(context.Background(), randomCommand(dice, old, n), nil)
			time.Sleep(time.Duration(dice.IntN(5000)) * time.Millisecond)
			late := join(t, r, session.Guest)
			var fresh view
			fresh.take(t, late.First)
			was.takeAll(t, old.Updates())
			if fresh != was {
				t.Fatalf("after %d commands the late one knows\n%+v\nand the old one\n%+v", n, fresh, was)
			}
			late.Leave()
		}
	})
}

func randomCommand(dice *rand.Rand, s *Seat, n int) session.Command {
	verbs := []session.Verb{session.Load, session.Start, session.Start, session.Pause, session.Resume, session.Resume, session.Stop,
		session.Return, session.Ground, session.Next, session.Previous, session.Skip, session.Stay, session.GoOn,
		session.Extend, session.Pace, session.Anchor, session.Sound, session.Bell}
	return session.Command{
		ID: fmt.Sprint(s.ID, n), By: s.ID, Role: s.Role, Do: verbs[dice.IntN(len(verbs))], Script: []string{"short", "waiting"}[dice.IntN(2)],
		Agreed: true, Length: time.Duration(dice.IntN(60)-20) * time.Second,
		To: []string{"slower", "easier", "hands", "host", "me", "none"}[dice.IntN(6)],
	}
}

func TestAHouseHolds32Rooms(t *testing.T) {
	bubble(t, func(t *testing.T) {
		h := open(t, NewMemory())
		for _, bad := range []string{"", "Home", "a b", "é", "../x", strings.Repeat("a", 33)} {
			if _, err := h.Room(bad); codeOf(err) != session.BadMessage {
				t.Errorf("room %q: %v", bad, err)
			}
		}
		var seats []*Seat
		for n := range MaxRooms {
			seats = append(seats, join(t, roomOf(t, h, fmt.Sprint("room-", n)), session.Guide))
		}
		if _, err := h.Room("one-more"); codeOf(err) != session.Full {
			t.Errorf("one more: %v", err)
		}
		old := roomOf(t, h, "room-3")
		do(t, seats[3], session.Command{Do: session.Load, Script: "short"})
		id := old.Session()
		seats[3].Leave()
		roomOf(t, h, "one-more") // an idle room makes place
		if _, err := old.Join(Hello{}); !errors.Is(err, ErrClosed) {
			t.Errorf("joining the closed room: %v", err)
		}
		seats[5].Leave()
		if r := roomOf(t, h, "room-3"); r == old || r.Session() != id {
			t.Errorf("opened again it has session %q, want %q", r.Session(), id)
		}
		if r, s, ok := h.Find(id); !ok || r.Name() != "room-3" || s.ScriptID != "short" {
			t.Errorf("found %v, %v", s.ID, ok)
		}
		if _, _, ok := h.Find(""); ok {
			t.Error("found a session that is none")
		}
	})
}

func TestAfterCloseNothingHangs(t *testing.T) {
	bubble(t, func(t *testing.T) {
		h := open(t, NewMemory())
		r := roomOf(t, h, Home)
		seat := join(t, r, session.Guide)
		watched := r.Watch(t.Context())
		begin(t, seat, "short")
		h.Close()
		drain(seat)
		for range watched {
		}
		if _, err := seat.Do(t.Context(), session.Command{Do: session.Pause}); !errors.Is(err, ErrClosed) {
			t.Errorf("a command: %v", err)
		}
		if _, err := h.Room("another"); !errors.Is(err, ErrClosed) {
			t.Errorf("another room: %v", err)
		}
		r.HostChanged()
		seat.Leave()
		for range r.Watch(t.Context()) {
			t.Error("a closed room tells something")
		}
	})
}

func TestAWatchEndsWithItsContext(t *testing.T) {
	bubble(t, func(t *testing.T) {
		r := roomOf(t, open(t, NewMemory()), Home)
		ctx, stop := context.WithCancel(t.Context())
		updates := r.Watch(ctx)
		if u := <-updates; u.People == nil {
			t.Error("the first update is not the whole")
		}
		stop()
		if _, ok := <-updates; ok {
			t.Error("an update after the end")
		}
		for range maxWatchers {
			r.Watch(t.Context())
		}
		for range r.Watch(t.Context()) {
			t.Error("one watcher too many hears something")
		}
	})
}

func TestTheBellRingsOnceAndOnlyWhenNothingPlays(t *testing.T) {
	bubble(t, func(t *testing.T) {
		there := true
		r := roomOf(t, open(t, NewMemory(), host(&there)), Home)
		guide := join(t, r, session.Guide)
		updates := r.Watch(t.Context())
		<-updates
		for range 2 {
			do(t, guide, session.Command{ID: "b-1", Do: session.Bell})
		}
		begin(t, guide, "short")
		if _, err := guide.Do(t.Context(), session.Command{Do: session.Bell}); codeOf(err) != session.NotNow {
			t.Errorf("a bell while playing: %v", err)
		}
		rung := 0
		for len(updates) > 0 {
			if u := <-updates; u.Trial != nil {
				rung++
			}
		}
		if rung != 1 {
			t.Errorf("it rang %d times", rung)
		}
	})
}

func TestEveryEventIsToldOnce(t *testing.T) {
	bubble(t, func(t *testing.T) {
		var events []session.Verb
		r := roomOf(t, open(t, NewMemory(), func(c *Config) {
			c.Happened = func(room string, e session.Event, _ session.State) { events = append(events, e.Kind) }
		}), Home)
		seat := join(t, r, session.Guide)
		begin(t, seat, "short")
		time.Sleep(20 * time.Second)
		do(t, seat, session.Command{Do: session.Ground})
		time.Sleep(time.Hour)
		r.quiesce(t)
		want := []session.Verb{session.Load, session.Start, session.Stop, session.Ground, session.End}
		if fmt.Sprint(events) != fmt.Sprint(want) {
			t.Errorf("happened: %v, want %v", events, want)
		}
	})
}

// quiesce waits until the owner has nothing more to do.
func (r *Room) quiesce(t *testing.T) {
	t.Helper()
	synctest.Wait()
	r.seated(t, "")
}

func TestAnUnknownScriptIsRefusedKindly(t *testing.T) {
	bubble(t, func(t *testing.T) {
		r := roomOf(t, open(t, NewMemory()), Home)
		guide, guest := join(t, r, session.Guide), join(t, r, session.Guest)
		if _, err := guide.Do(t.Context(), session.Command{Do: session.Load, Script: "nowhere"}); codeOf(err) != session.UnknownScript {
			t.Errorf("an unknown script: %v", err)
		}
		if _, err := guest.Do(t.Context(), session.Command{Do: session.Load, Script: "nowhere"}); codeOf(err) != session.NotAllowed {
			t.Errorf("a guest must not learn which scripts there are: %v", err)
		}
		if _, err := r.Join(Hello{Role: "queen"}); codeOf(err) != session.BadMessage {
			t.Errorf("an unknown role: %v", err)
		}
		if rev, err := r.Do(t.Context(), session.Command{Do: session.Load, Script: "short"}); err != nil || rev != 1 || r.State().ScriptID != "short" {
			t.Errorf("the host loads: %d, %v", rev, err)
		}
		if s := guest.First; s.People == nil || s.Transport != nil || s.Rev != 0 {
			t.Errorf("the first of an empty room: %+v", s)
		}
		is(t, r, transport.Ready, 0)
	})
}

// Many devices at once, in real time, for the race detector.
func TestManyAtOnce(t *testing.T) {
	there := true
	h := New(Config{Store: NewMemory(), Script: page, Speech: timeline.ByWords, Host: func() bool { return there }})
	defer h.Close()
	var all sync.WaitGroup
	for n := range 20 {
		all.Go(func() {
			dice := rand.New(rand.NewPCG(uint64(n), 3))
			r, err := h.Room([]string{Home, "b"}[n%2])
			if err != nil {
				t.Error(err)
				return
			}
			role := []session.Role{session.Guide, session.Guest, session.Display}[n%3]
			hello := Hello{Role: role, Name: "N"}
			for try := range 60 {
				s, err := r.Join(hello)
				if err != nil {
					t.Error(err)
					return
				}
				hello.Resume = s.Resume
				if try%2 == 0 {
					go drain(s)
				}
				for k := range 4 {
					_, err := s.Do(context.Background(), randomCommand(dice, s, try*4+k))
					var no *session.Refusal
					if err != nil && !errors.As(err, &no) {
						t.Error(err)
					}
				}
				if try%3 > 0 {
					s.Leave()
				}
			}
		})
	}
	all.Go(func() {
		for range 100 {
			r, err := h.Room(Home)
			if err != nil {
				t.Error(err)
				return
			}
			r.HostChanged()
			h.Find(r.Session())
			ctx, stop := context.WithCancel(context.Background())
			<-r.Watch(ctx)
			stop()
		}
	})
	all.Wait()
}
