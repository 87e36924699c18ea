package room

import (
	"math/rand/v2"
	"testing"
	"testing/synctest"
	"time"

	"stillpoint/internal/session"
	"stillpoint/internal/transport"
)

// handing is a room in which one of three devices sounds and everyone listens.
type handing struct {
	*Room
	guide, ann, ben *Seat
	seen            view
}

func newHanding(t *testing.T) *handing {
	there := true
	r := roomOf(t, open(t, NewMemory(), host(&there)), Home)
	h := &handing{Room: r, guide: join(t, r, session.Guide), ann: join(t, r, session.Guest), ben: join(t, r, session.Guest)}
	h.seen.take(t, h.guide.First)
	return h
}

func (h *handing) takes(t *testing.T, s *Seat, to string) {
	t.Helper()
	do(t, s, session.Command{Do: session.Sound, To: to})
}

// sounds fails unless everyone has been told where the room sounds, and who is coming.
func (h *handing) sounds(t *testing.T, from, coming string) {
	t.Helper()
	synctest.Wait()
	if h.seen.takeAll(t, h.guide.Updates()); h.seen.sound != from || h.seen.coming != coming {
		t.Fatalf("the sound is %q and %q is coming; want %q and %q", h.seen.sound, h.seen.coming, from, coming)
	}
}

func TestTakingTheSoundOverSilencesTheOtherFirst(t *testing.T) {
	bubble(t, func(t *testing.T) {
		h := newHanding(t)
		h.takes(t, h.ann, "me")
		h.sounds(t, "", h.ann.ID)
		time.Sleep(HandOver - time.Millisecond)
		h.sounds(t, "", h.ann.ID)
		time.Sleep(time.Millisecond)
		h.sounds(t, h.ann.ID, "")
		h.takes(t, h.ann, "me") // has it already
		h.sounds(t, h.ann.ID, "")
		h.takes(t, h.guide, "host")
		h.sounds(t, "", OnHost)
		time.Sleep(HandOver)
		h.sounds(t, OnHost, "")
	})
}

func TestWhereNothingSoundsTheChoiceHoldsAtOnce(t *testing.T) {
	bubble(t, func(t *testing.T) {
		h := newHanding(t)
		h.takes(t, h.guide, "none")
		h.sounds(t, "", "")
		h.takes(t, h.ann, "me") // right behind: the host may still be heard
		h.sounds(t, "", h.ann.ID)
		h.takes(t, h.guide, "none")
		time.Sleep(time.Minute)
		h.sounds(t, "", "")
		h.takes(t, h.ann, "me")
		h.sounds(t, h.ann.ID, "")
	})
}

func TestTheLatestChoiceOfSoundWins(t *testing.T) {
	bubble(t, func(t *testing.T) {
		h := newHanding(t)
		h.takes(t, h.ann, "me")
		time.Sleep(HandOver / 2)
		h.takes(t, h.ben, "me")
		h.sounds(t, "", h.ben.ID)
		time.Sleep(HandOver / 2)
		h.sounds(t, h.ben.ID, "")
		h.takes(t, h.ann, "me")
		h.takes(t, h.ben, "me") // thought better of it
		time.Sleep(HandOver)
		h.sounds(t, h.ben.ID, "")
		h.takes(t, h.guide, "host")
		h.takes(t, h.guide, "none")
		time.Sleep(time.Minute)
		h.sounds(t, "", "")
	})
}

func TestWhoIsComingMayLeave(t *testing.T) {
	bubble(t, func(t *testing.T) {
		h := newHanding(t)
		h.takes(t, h.ann, "me")
		h.ann.Leave()
		h.sounds(t, "", "")
		back, err := h.Join(Hello{Resume: h.ann.Resume}) // sooner than the host is surely silent
		if err != nil {
			t.Fatal(err)
		}
		h.sounds(t, "", back.ID)
		time.Sleep(HandOver)
		h.sounds(t, back.ID, "")
	})
}

// A device whose line is cut for a moment is the sound again at once: it has sounded
// all the while, and nobody else has.
func TestWhoSoundedLastSoundsOn(t *testing.T) {
	bubble(t, func(t *testing.T) {
		h := newHanding(t)
		h.takes(t, h.ann, "me")
		time.Sleep(HandOver)
		h.sounds(t, h.ann.ID, "")
		h.ann.Leave()
		h.sounds(t, "", "")
		back, err := h.Join(Hello{Resume: h.ann.Resume})
		if err != nil {
			t.Fatal(err)
		}
		h.sounds(t, back.ID, "")
		back.Leave()
		h.takes(t, h.ben, "me")
		h.sounds(t, "", h.ben.ID)
	})
}

func TestTheHostsSpeakerMayBeLostOnItsWay(t *testing.T) {
	bubble(t, func(t *testing.T) {
		there := true
		r := roomOf(t, open(t, NewMemory(), host(&there)), Home)
		guide := join(t, r, session.Guide)
		do(t, guide, session.Command{Do: session.Sound, To: "me"})
		time.Sleep(HandOver)
		do(t, guide, session.Command{Do: session.Sound, To: OnHost})
		there = false
		r.HostChanged()
		time.Sleep(time.Minute)
		synctest.Wait()
		var seen view
		if seen.takeAll(t, guide.Updates()); seen.sound != "" || seen.coming != "" {
			t.Errorf("the sound is %q and %q is coming", seen.sound, seen.coming)
		}
	})
}

// A stop between the two devices holds: who comes is told of it first.
func TestNothingSoundsAfterAStopWithinAHandOver(t *testing.T) {
	bubble(t, func(t *testing.T) {
		h := newHanding(t)
		begin(t, h.guide, "short")
		time.Sleep(session.LeadIn + 10*time.Second)
		h.takes(t, h.ann, "me")
		do(t, h.ben, session.Command{Do: session.Stop})
		var ann view
		ann.take(t, h.ann.First)
		ann.takeAll(t, h.ann.Updates())
		if ann.transport.State != transport.Stopped || ann.sound != "" {
			t.Errorf("who comes knows %s, sound %q", ann.transport.State, ann.sound)
		}
		time.Sleep(HandOver)
		h.sounds(t, h.ann.ID, "")
		is(t, h.Room, transport.Stopped, 10*time.Second)
	})
}

// Whatever is chosen, and whoever comes and goes: between two that sound there is silence.
func TestNeverTwoAtATime(t *testing.T) {
	for seed := range uint64(200) {
		bubble(t, func(t *testing.T) {
			dice := rand.New(rand.NewPCG(seed, 1))
			h := newHanding(t)
			go drain(h.ann)
			go drain(h.ben)
			last, lost := OnHost, time.Time{}
			for range 40 {
				switch dice.IntN(5) {
				case 0:
					h.takes(t, h.guide, []string{"host", "none", "me"}[dice.IntN(3)])
				case 1:
					h.takes(t, h.ann, "me")
				case 2:
					h.takes(t, h.ben, "me")
				case 3:
					h.ann.Leave()
					h.ann, _ = h.Join(Hello{Resume: h.ann.Resume})
					go drain(h.ann)
				default:
					time.Sleep(time.Duration(dice.IntN(400)) * time.Millisecond)
				}
				synctest.Wait()
				was := h.seen.sound
				h.seen.takeAll(t, h.guide.Updates())
				if was != "" && h.seen.sound != was {
					last, lost = was, time.Now()
				}
				if now := h.seen.sound; now != "" && now != was && now != last && time.Since(lost) < HandOver {
					t.Fatalf("seed %d: another sounds %v after the one before", seed, time.Since(lost))
				}
			}
		})
	}
}
