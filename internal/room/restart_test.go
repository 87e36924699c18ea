package room

import (
	"math/rand/v2"
	"os"
	"path/filepath"
	"testing"
	"testing/synctest"
	"time"

	"stillpoint/internal/session"
	"stillpoint/internal/transport"
)

func TestARoomThatWasAwayForAMomentGoesOn(t *testing.T) {
	programmed(t, func(t *testing.T, p *program) {
		guide, guest := join(t, p.room(), session.Guide), join(t, p.room(), session.Guest)
		begin(t, guide, "short")
		time.Sleep(session.LeadIn + 100*time.Second)
		now := p.house.Now()
		p.away(50 * time.Second)
		if gone := p.house.Now() - now; gone != 50*time.Second {
			t.Errorf("room time went on by %v", gone)
		}
		is(t, p.room(), transport.Playing, 150*time.Second)
		guide, guest = p.back(guide), p.back(guest)
		do(t, guest, session.Command{Do: session.Pause})
		p.away(time.Second)
		guide, guest = p.back(guide), p.back(guest)
		if _, err := guide.Do(t.Context(), session.Command{Do: session.Resume}); codeOf(err) != session.NeedsAgreement {
			t.Errorf("a guest's pause is forgotten: %v", err)
		}
		do(t, guest, session.Command{Do: session.Resume})
	})
}

func TestARoomThatWasMissedForLongIsPausedWhereItWas(t *testing.T) {
	programmed(t, func(t *testing.T, p *program) {
		guide := join(t, p.room(), session.Guide)
		begin(t, guide, "short")
		time.Sleep(session.LeadIn + 102*time.Second)
		p.away(Missed + pulse)
		s := p.room().State()
		if s.Transport.State != transport.Paused || s.Why != "restarted" || s.By != "" || s.Needs != "" {
			t.Fatalf("it is %s, why %q", s.Transport.State, s.Why)
		}
		if back := 102*time.Second - s.Transport.Position; back < 0 || back > pulse {
			t.Errorf("it was paused %v before where it was", back)
		}
		p.away(time.Hour)
		is(t, p.room(), transport.Paused, s.Transport.Position)
		do(t, p.back(guide), session.Command{Do: session.Resume})
		p.away(tooOld + time.Minute)
		if p.room().State().Loaded() || p.kept() {
			t.Error("a session of another day is still there")
		}
	})
}

func TestWhereNobodyComesAfterARestartItPauses(t *testing.T) {
	programmed(t, func(t *testing.T, p *program) {
		begin(t, join(t, p.room(), session.Guide), "short")
		time.Sleep(session.LeadIn + 100*time.Second)
		p.away(10 * time.Second)
		time.Sleep(LeftAlone)
		synctest.Wait()
		is(t, p.room(), transport.Paused, 170*time.Second)
		if why := p.room().State().Why; why != "alone" {
			t.Errorf("it was paused by %q", why)
		}
	})
}

func TestTheSameDeviceSoundsAsBeforeAfterARestart(t *testing.T) {
	programmed(t, func(t *testing.T, p *program) {
		guide, box := join(t, p.room(), session.Guide), join(t, p.room(), session.Guest)
		go drain(guide)
		begin(t, guide, "short")
		do(t, box, session.Command{Do: session.Sound, To: "me"})
		mix := session.EvenMix()
		mix.Voice, mix.Night = 20, true
		show := session.Show{What: session.ShowDark}
		do(t, guide, session.Command{Do: session.SetMix, Mix: mix})
		do(t, guide, session.Command{Do: session.SetShow, Show: show})
		p.away(time.Second)
		back, err := p.room().Join(Hello{Resume: guide.Resume})
		if err != nil {
			t.Fatal(err)
		}
		if got := back.First.People; got.Sound != "" || got.Lost != "guest" || got.Mix != mix || got.Show != show {
			t.Errorf("it came back as %+v", got)
		}
		p.back(box)
		if got := told(t, back, People{}); got.Sound != box.ID || got.Lost != "" {
			t.Errorf("the sound is %q, lost %q", got.Sound, got.Lost)
		}
	})
}

func TestTwoRoomsAtOnce(t *testing.T) {
	programmed(t, func(t *testing.T, p *program) {
		blue := func() *Room { return roomOf(t, p.house, "blue") }
		one, two := join(t, p.room(), session.Guide), join(t, blue(), session.Guide)
		begin(t, one, "short")
		begin(t, two, "long")
		time.Sleep(session.LeadIn + 60*time.Second)
		do(t, one, session.Command{Do: session.Pause})
		is(t, blue(), transport.Playing, 60*time.Second)
		p.away(30 * time.Second)
		is(t, p.room(), transport.Paused, 60*time.Second)
		is(t, blue(), transport.Playing, 90*time.Second)
		if stranger, err := p.room().Join(Hello{Resume: two.Resume}); err != nil || stranger.ID == two.ID || stranger.Role != session.Guest {
			t.Errorf("a guide of one room is %s in another, %v", stranger.Role, err)
		}
	})
}

// Whenever the program goes away in 45 minutes, and for however long: the session
// is where it would be, or paused where it was.
func TestRestartsAtRandom(t *testing.T) {
	for seed := range uint64(12) {
		programmed(t, func(t *testing.T, p *program) {
			dice := rand.New(rand.NewPCG(seed, 3))
			some := func(d time.Duration) time.Duration {
				return time.Duration(dice.Int64N(d.Milliseconds())) * time.Millisecond
			}
			guide := join(t, p.room(), session.Guide)
			go drain(guide)
			begin(t, guide, "long")
			for {
				time.Sleep(some(4 * time.Minute))
				before, at, gone := p.room().State(), p.room().State().PositionAt(p.house.Now()), some(2*time.Minute)
				p.away(gone)
				if over := before.Transport.State == transport.Finished; over || !p.room().State().Loaded() {
					if !over || p.room().State().Loaded() {
						t.Fatalf("seed %d: it was %s at %v, and after %v it is %s", seed, before.Transport.State, at, gone, p.room().State().Transport.State)
					}
					return
				}
				synctest.Wait()
				after, now := p.room().State(), p.room().State().PositionAt(p.house.Now())
				if after.Transport.State == transport.Finished {
					return // it has come to its end meanwhile
				}
				guide = p.back(guide)
				switch {
				case after.Transport.State == transport.Playing:
					if now != before.PositionAt(p.house.Now()) || gone > Missed {
						t.Fatalf("seed %d: after %v it is at %v and was at %v", seed, gone, now, at)
					}
				case after.Why != "restarted" || gone < Missed-pulse || now > at || now < at-pulse:
					t.Fatalf("seed %d: after %v it is %s at %v, why %q, and was at %v", seed, gone, after.Transport.State, now, after.Why, at)
				default:
					do(t, guide, session.Command{Do: session.Resume})
				}
			}
		})
	}
}

// What met with a change of the clock comes back paused where it was, however far
// and whichever way the clock was put.
func TestAClockThatWasPutIsNoticedAfterARestart(t *testing.T) {
	for _, step := range []time.Duration{20 * time.Minute, 10 * time.Second, -10 * time.Second, -20 * time.Minute} {
		programmed(t, func(t *testing.T, p *program) {
			begin(t, join(t, p.room(), session.Guide), "long")
			time.Sleep(session.LeadIn + 8*time.Minute)
			was := p.room().State()
			at, over := was.PositionAt(p.house.Now()), p.house.Now()-was.Began
			p.house.clock = func() int64 { return time.Now().Add(step).UnixMilli() }
			p.room().beatNow(t)
			p.ends()
			// From here on the bubble's clock is the one that was put.
			name := filepath.Join(p.folder, "garden.json")
			rec, err := readRecord(name)
			if err != nil {
				t.Fatal(err)
			}
			if off := rec.Stepped - int64(step/time.Second); off < -1 || off > 1 {
				t.Fatalf("put by %v, it says %d s", step, rec.Stepped)
			}
			stepped(t, name, -step)
			p.begins()
			s := p.room().State()
			if s.Transport.State != transport.Paused || s.Why != "restarted" || (s.Transport.Position-at).Abs() > 2*time.Second {
				t.Errorf("put by %v, it is %s at %v, not %v, why %s", step, s.Transport.State, s.Transport.Position, at, s.Why)
			}
			if began := p.house.Now() - s.Began; (began - over).Abs() > 2*time.Second {
				t.Errorf("put by %v, it began %v ago, not %v", step, began, over)
			}
		})
	}
}

// beatNow has the room tell its keeper how it is.
func (r *Room) beatNow(t *testing.T) {
	t.Helper()
	if err := r.ask(t.Context(), ask{do: r.beat}); err != nil {
		t.Fatal(err)
	}
	synctest.Wait()
}

// stepped makes the times in a file those of a clock that shows so much more, as the
// bubble's cannot be put.
func stepped(t *testing.T, name string, by time.Duration) {
	t.Helper()
	text, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	rec, err := decodeRecord(text)
	if err != nil {
		t.Fatal(err)
	}
	said := rec.Stepped
	rec.Stepped = int64(by / time.Second)
	rec = rec.steadied()
	rec.Stepped = said
	text, err = encodeRecord(rec)
	if err != nil {
		t.Fatal(err)
	}
	if err := WriteWhole(name, text, time.Now()); err != nil {
		t.Fatal(err)
	}
}
