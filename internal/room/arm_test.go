package room

import (
	"testing"
	"testing/synctest"
	"time"

	"stillpoint/internal/session"
)

// told is the latest of the people messages that lie waiting for a seat.
func told(t *testing.T, s *Seat, last People) People {
	t.Helper()
	synctest.Wait()
	for len(s.Updates()) > 0 {
		if u := <-s.Updates(); u.People != nil {
			last = *u.People
		}
	}
	return last
}

func TestAGuideNamesADeviceThatMaySound(t *testing.T) {
	bubble(t, func(t *testing.T) {
		h := newHanding(t)
		screen := join(t, h.Room, session.Display)
		name := session.Command{Do: session.Sound, To: screen.ID}
		if _, err := h.guide.Do(t.Context(), name); codeOf(err) != session.NotNow {
			t.Errorf("a screen nobody has tapped is named: %v", err)
		}
		do(t, screen, session.Command{Do: session.Arm, On: true})
		if _, err := h.ann.Do(t.Context(), name); codeOf(err) != session.NotAllowed {
			t.Errorf("a guest names another: %v", err)
		}
		do(t, h.guide, name)
		h.sounds(t, "", screen.ID)
		time.Sleep(HandOver)
		h.sounds(t, screen.ID, "")

		do(t, screen, session.Command{Do: session.Arm}) // its browser will not play: the guide sees it
		h.sounds(t, screen.ID, "")
		people := told(t, h.ann, People{}).People
		if p := people[len(people)-1]; p.ID != screen.ID || p.Armed {
			t.Errorf("it is %+v", p)
		}
		screen.Leave()
		if _, err := h.guide.Do(t.Context(), name); codeOf(err) != session.NotNow {
			t.Errorf("a screen that is away is named: %v", err)
		}
	})
}

func TestASoundThatIsGoneIsSaidUntilThereIsOneAgain(t *testing.T) {
	bubble(t, func(t *testing.T) {
		there := true
		r := roomOf(t, open(t, NewMemory(), host(&there)), Home)
		guide := join(t, r, session.Guide)
		box, err := r.Join(Hello{Name: "Loudspeaker", Role: session.Guest})
		if err != nil {
			t.Fatal(err)
		}
		seen := People{}
		lost := func(want, sound string) {
			t.Helper()
			time.Sleep(HandOver)
			if seen = told(t, guide, seen); seen.Lost != want || seen.Sound != sound {
				t.Fatalf("lost is %q and the sound %q, want %q and %q", seen.Lost, seen.Sound, want, sound)
			}
		}
		do(t, box, session.Command{Do: session.Sound, To: "me"})
		lost("", box.ID)
		box.Leave()
		lost("Loudspeaker", "")
		if box, err = r.Join(Hello{Resume: box.Resume}); err != nil {
			t.Fatal(err)
		}
		lost("", box.ID)
		if p := seen.People[1]; p.Armed {
			t.Error("a page that comes anew counts as tapped")
		}
		box.Leave()
		do(t, guide, session.Command{Do: session.Sound, To: OnHost})
		lost("", OnHost)
		there = false
		r.HostChanged()
		lost(OnHost, "")
		there = true
		r.HostChanged()
		lost(OnHost, "") // nothing comes back by itself: someone chooses
		do(t, guide, session.Command{Do: session.Sound, To: "none"})
		lost("", "")
	})
}

func TestWhoComesOrGoesLosesNobodysSound(t *testing.T) {
	bubble(t, func(t *testing.T) {
		h := newHanding(t)
		h.ann.Leave()
		nameless, err := h.Join(Hello{Role: session.Guest})
		if err != nil {
			t.Fatal(err)
		}
		if got := told(t, h.guide, People{}); got.Lost != "" || got.Sound != OnHost {
			t.Errorf("lost is %q", got.Lost)
		}
		do(t, nameless, session.Command{Do: session.Sound, To: "me"})
		nameless.Leave() // while it was coming
		if got := told(t, h.guide, People{}); got.Lost != "guest" || got.Sound != "" {
			t.Errorf("lost is %q, the sound %q", got.Lost, got.Sound)
		}
	})
}

func TestWhatTheClientSeesIsTheGuidesToChoose(t *testing.T) {
	bubble(t, func(t *testing.T) {
		h := newHanding(t)
		if show := h.ann.First.People.Show; show != (session.Show{What: session.ShowSession}) {
			t.Errorf("at first it shows %+v", show)
		}
		want := session.Show{What: session.ShowGlow, Time: true}
		do(t, h.guide, session.Command{Do: session.SetShow, Show: want})
		if got := told(t, h.ann, People{}); got.Show != want {
			t.Errorf("it shows %+v", got.Show)
		}
		if _, err := h.guide.Do(t.Context(), session.Command{Do: session.SetShow, Show: session.Show{What: "moon"}}); codeOf(err) != session.BadMessage {
			t.Errorf("a moon: %v", err)
		}
		if _, err := h.ann.Do(t.Context(), session.Command{Do: session.SetShow, Show: want}); codeOf(err) != session.NotAllowed {
			t.Errorf("a guest: %v", err)
		}
	})
}
