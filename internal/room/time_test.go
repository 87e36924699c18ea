package room

import (
	"context"
	"math/rand/v2"
	"slices"
	"testing"
	"testing/synctest"
	"time"

	"stillpoint/internal/session"
	"stillpoint/internal/timeline"
	"stillpoint/internal/transport"
)

// heardCue is a cue a runner met, and when.
type heardCue struct {
	cue timeline.Cue
	at  time.Duration // room time
}

// runner follows a room as a device that sounds does: it wakes at each next cue
// and asks for what fell due since it last asked. It ends with the channel.
type runner struct {
	house *House
	state session.State
	asked time.Duration
	heard []heardCue
}

func (r *runner) follow(updates <-chan Update) {
	wake := time.NewTimer(time.Hour)
	defer wake.Stop()
	for {
		select {
		case u, ok := <-updates:
			if !ok {
				return
			}
			r.catchUp()
			if u.Transport != nil {
				r.state = *u.Transport
				r.asked = r.state.Transport.Position - 1
			}
		case <-wake.C:
			r.catchUp()
		}
		wake.Reset(r.untilNext())
	}
}

func (r *runner) catchUp() {
	if r.state.Transport.State != transport.Playing || r.house.Now() < r.state.Transport.At {
		return
	}
	at := r.state.PositionAt(r.house.Now())
	for _, c := range r.state.Timeline.Between(r.asked, at) {
		r.heard = append(r.heard, heardCue{c, r.house.Now()})
	}
	r.asked = at
}

func (r *runner) untilNext() time.Duration {
	if r.state.Timeline != nil {
		for _, c := range r.state.Timeline.Between(r.asked, r.state.Timeline.Length) {
			if due, ok := r.state.Transport.Due(c.At); ok {
				return max(0, due-r.house.Now())
			}
		}
	}
	return time.Hour
}

// stretch is a part of the timeline that was played, and when it began.
type stretch struct{ from, to, at time.Duration }

// player keeps its own account, by plain arithmetic, of where a session must be.
type player struct {
	plan       *timeline.Timeline
	from, at   time.Duration // playing from, since
	stretches  []stretch
	still      bool
	stillSince time.Duration // a position
}

func (p *player) position(now time.Duration) time.Duration {
	if p.still {
		return p.stillSince
	}
	return p.from + max(0, now-p.at)
}

func (p *player) play(from, at time.Duration) { p.from, p.at, p.still = from, at, false }

// close ends the present stretch at room time now.
func (p *player) close(now time.Duration) {
	if !p.still && now >= p.at {
		p.stretches = append(p.stretches, stretch{p.from, p.position(now), p.at})
	}
	p.stillSince, p.still = p.position(now), true
}

// want is every cue that has to be heard, and when.
func (p *player) want() (all []heardCue) {
	for _, s := range p.stretches {
		for _, c := range p.plan.Between(s.from-1, s.to) {
			all = append(all, heardCue{c, s.at + c.At - s.from})
		}
	}
	return all
}

// ms is room time as the room reckons it.
func ms(h *House) time.Duration { return h.Now().Truncate(time.Millisecond) }

// A session of 45 minutes, with changes at random moments between milliseconds.
func playLong(t *testing.T, change func(dice *rand.Rand, r *Room, s *Seat, p *player)) {
	bubble(t, func(t *testing.T) {
		dice := rand.New(rand.NewPCG(45, 40))
		h := open(t, NewMemory())
		r := roomOf(t, h, Home)
		seat := join(t, r, session.Guide)
		go drain(seat)
		follower := &runner{house: h}
		go follower.follow(r.Watch(t.Context()))

		time.Sleep(1500 * time.Microsecond)
		begin(t, seat, "long")
		p := &player{plan: r.State().Timeline}
		p.play(0, ms(h)+session.LeadIn)
		if p.plan.Length != 45*time.Minute {
			t.Fatalf("it takes %v", p.plan.Length)
		}
		for range 40 {
			time.Sleep(time.Duration(dice.IntN(60_000)) * time.Millisecond)
			if r.State().Transport.State == transport.Finished {
				break
			}
			change(dice, r, seat, p)
		}
		end := p.at + p.plan.Length - p.from
		p.close(end)
		time.Sleep(end - h.Now() - time.Millisecond)
		synctest.Wait()
		is(t, r, transport.Playing, 45*time.Minute-time.Millisecond)
		time.Sleep(time.Millisecond)
		synctest.Wait()
		is(t, r, transport.Finished, 45*time.Minute)
		if got := r.State().Transport.At; got != end {
			t.Errorf("it ended at %v, want %v", got, end)
		}
		if !slices.Equal(follower.heard, p.want()) {
			t.Errorf("heard %d cues, want %d at their times", len(follower.heard), len(p.want()))
		}
		if len(p.want()) < len(p.plan.Cues)/2 {
			t.Fatalf("of %d cues only %d were to be heard", len(p.plan.Cues), len(p.want()))
		}
	})
}

func drain(s *Seat) {
	for range s.Updates() {
	}
}

func TestFortyPausesEndAtTheRightMillisecond(t *testing.T) {
	playLong(t, func(dice *rand.Rand, r *Room, s *Seat, p *player) {
		p.close(ms(r.house))
		do(t, s, session.Command{Do: session.Pause})
		is(t, r, transport.Paused, p.stillSince)
		time.Sleep(time.Duration(dice.IntN(600_000)) * time.Millisecond)
		is(t, r, transport.Paused, p.stillSince)
		p.play(p.plan.Reentry(p.stillSince), ms(r.house)+session.LeadIn)
		do(t, s, session.Command{Do: session.Resume})
	})
}

func TestFortyLeapsLoseAndRepeatNothing(t *testing.T) {
	leaps := 0
	playLong(t, func(dice *rand.Rand, r *Room, s *Seat, p *player) {
		now := ms(r.house)
		if now < p.at || leaps > 30 && p.position(now) < 40*time.Minute {
			return
		}
		leaps++
		here := p.position(now)
		to, ok := p.plan.NextSection(here)
		verb := session.Next
		if dice.IntN(2) == 0 || !ok {
			to, verb = p.plan.PreviousSection(here), session.Previous
		}
		p.close(now)
		p.play(to, now+session.Step)
		do(t, s, session.Command{Do: verb})
	})
	if leaps < 20 {
		t.Errorf("only %d leaps", leaps)
	}
}

func TestAWaitHasNoEnd(t *testing.T) {
	bubble(t, func(t *testing.T) {
		h := open(t, NewMemory())
		r := roomOf(t, h, Home)
		seat := join(t, r, session.Guide)
		begin(t, seat, "waiting")
		time.Sleep(72 * time.Hour)
		is(t, r, transport.Playing, time.Minute)
		do(t, seat, session.Command{Do: session.GoOn})
		left := r.State().Timeline.Length - time.Minute
		time.Sleep(session.Step + left - time.Millisecond)
		is(t, r, transport.Playing, r.State().Timeline.Length-time.Millisecond)
		time.Sleep(time.Millisecond)
		synctest.Wait()
		is(t, r, transport.Finished, r.State().Timeline.Length)
	})
}

func TestALaterRunGoesOnWhereTheClockIs(t *testing.T) {
	bubble(t, func(t *testing.T) {
		store := NewMemory()
		first := New(Config{Store: store, Script: page, Speech: timeline.ByWords})
		seat := join(t, roomOf(t, first, Home), session.Guide)
		begin(t, seat, "short")
		id := roomOf(t, first, Home).Session()
		time.Sleep(session.LeadIn + 40*time.Second)
		first.Close()
		time.Sleep(10 * time.Second)
		second := New(Config{Store: store, Script: page, Speech: timeline.ByWords})
		r := roomOf(t, second, Home)
		is(t, r, transport.Playing, 50*time.Second)
		if r.Session() != id {
			t.Errorf("session %s, want %s", r.Session(), id)
		}
		second.Close()
		time.Sleep(time.Hour)
		third := open(t, store)
		r = roomOf(t, third, Home)
		synctest.Wait()
		is(t, r, transport.Finished, r.State().Timeline.Length)
		if rec, _ := store.Load(context.Background(), Home); rec.Rev != r.State().Rev {
			t.Errorf("the Store has revision %d, the room %d", rec.Rev, r.State().Rev)
		}
	})
}
