package room

import (
	"fmt"
	"strings"
	"testing"
	"testing/synctest"
	"time"
	"unicode"
	"unicode/utf8"

	"stillpoint/internal/session"
)

func TestAParticipantComesBack(t *testing.T) {
	bubble(t, func(t *testing.T) {
		r := roomOf(t, open(t, NewMemory()), Home)
		guest, err := r.Join(Hello{Name: "Ann", Role: session.Guest})
		if err != nil {
			t.Fatal(err)
		}
		guest.Leave()
		guest.Leave() // twice is once
		if _, ok := <-guest.Updates(); ok {
			t.Error("updates after leaving")
		}
		time.Sleep(keptAway - time.Second)
		back, err := r.Join(Hello{Role: session.Guide, Resume: guest.Resume})
		if err != nil || back.ID != guest.ID || back.Role != session.Guest || back.First.People.People[0].Name != "Ann" {
			t.Errorf("she came back as %+v, %v", back, err)
		}
		back.Leave()
		time.Sleep(keptAway + time.Second)
		late, err := r.Join(Hello{Role: session.Display, Resume: back.Resume})
		if err != nil || late.ID == guest.ID || late.Role != session.Display {
			t.Errorf("after too long: %+v, %v", late, err)
		}
		if stranger := join(t, r, session.Guest); stranger.ID == late.ID || stranger.Resume == late.Resume || len(late.Resume) < 26 {
			t.Error("two participants are one")
		}
	})
}

func TestTwoWindowsNeverFightOverASeat(t *testing.T) {
	bubble(t, func(t *testing.T) {
		r := roomOf(t, open(t, NewMemory()), Home)
		old := join(t, r, session.Guide)
		do(t, old, session.Command{Do: session.Sound, To: "me"})
		fresh, err := r.Join(Hello{Resume: old.Resume}) // the old connection is not known to be dead
		if err != nil || fresh.ID != old.ID || fresh.First.People.Sound != old.ID || len(fresh.First.People.People) != 1 {
			t.Fatalf("taking over: %+v, %v", fresh, err)
		}
		for range old.Updates() {
		}
		again, err := r.Join(Hello{Role: session.Guide, Resume: old.Resume})
		if err != nil || again.ID == old.ID {
			t.Errorf("the old window took the seat back: %v", err)
		}
		old.Leave() // of a seat that is not its own any more
		if r.seated(t, fresh.ID) == nil {
			t.Error("the old window's leaving sent the new one away")
		}
	})
}

// seated asks the owner for a participant.
func (r *Room) seated(t *testing.T, id string) (p *person) {
	t.Helper()
	if err := r.ask(t.Context(), ask{do: func() { p = r.present(id) }}); err != nil {
		t.Fatal(err)
	}
	return p
}

func TestARoomHolds64(t *testing.T) {
	bubble(t, func(t *testing.T) {
		r := roomOf(t, open(t, NewMemory()), Home)
		var last *Seat
		for range MaxPeople {
			last = join(t, r, session.Guest)
			go drain(last)
			synctest.Wait() // everyone has read who joined
		}
		if _, err := r.Join(Hello{}); codeOf(err) != session.Full {
			t.Errorf("one more: %v", err)
		}
		if _, err := r.Join(Hello{Resume: last.Resume}); err != nil {
			t.Errorf("one who is there already: %v", err)
		}
	})
}

func TestFewAreRememberedWhenManyHaveLeft(t *testing.T) {
	bubble(t, func(t *testing.T) {
		r := roomOf(t, open(t, NewMemory()), Home)
		var first *Seat
		for n := range maxAway + 1 {
			s := join(t, r, session.Guest)
			if n == 0 {
				first = s
			}
			time.Sleep(time.Second)
			s.Leave()
		}
		if back, err := r.Join(Hello{Resume: first.Resume}); err != nil || back.ID == first.ID {
			t.Errorf("the first to leave of too many came back as %v, %v", back, err)
		}
	})
}

func TestTheRoomsSound(t *testing.T) {
	bubble(t, func(t *testing.T) {
		there := false
		r := roomOf(t, open(t, NewMemory(), host(&there)), Home)
		guide, guest := join(t, r, session.Guide), join(t, r, session.Guest)
		screen := join(t, r, session.Display)
		var seen view
		seen.take(t, guide.First)
		sound := func(want string, host bool) {
			t.Helper()
			time.Sleep(HandOver)
			synctest.Wait()
			if seen.takeAll(t, guide.Updates()); seen.sound != want || seen.host != host {
				t.Fatalf("the sound is %q, host %v; want %q, %v", seen.sound, seen.host, want, host)
			}
		}
		refused := func(s *Seat, c session.Command, code string) {
			t.Helper()
			if _, err := s.Do(t.Context(), c); codeOf(err) != code {
				t.Errorf("%s to %q by a %s: %v, want %s", c.Do, c.To, s.Role, err, code)
			}
		}
		sound("", false)
		refused(guide, session.Command{Do: session.Sound, To: "host"}, session.NotNow)
		refused(guide, session.Command{Do: session.Bell}, session.NotNow)

		there = true
		r.HostChanged()
		sound(OnHost, true) // nobody had chosen
		refused(guest, session.Command{Do: session.Sound, To: "host"}, session.NotAllowed)
		refused(screen, session.Command{Do: session.Sound, To: "me"}, session.NotAllowed)
		refused(guide, session.Command{Do: session.Sound, To: "moon"}, session.NotNow)
		do(t, guest, session.Command{Do: session.Sound, To: "me"})
		sound(guest.ID, true)

		guest.Leave()
		sound("", true)
		back, err := r.Join(Hello{Resume: guest.Resume})
		if err != nil {
			t.Fatal(err)
		}
		sound(guest.ID, true) // a moment without network gives nothing away
		back.Leave()
		do(t, guide, session.Command{Do: session.Sound, To: "host"})
		if back, err = r.Join(Hello{Resume: guest.Resume}); err != nil {
			t.Fatal(err)
		}
		sound(OnHost, true) // someone took it meanwhile

		there = false
		r.HostChanged()
		sound("", false)
		there = true
		r.HostChanged()
		sound("", true) // it comes back silently
		do(t, back, session.Command{Do: session.Sound, To: "none"})
		sound("", true)
	})
}

func TestOnlyHomeHasTheHostsSpeaker(t *testing.T) {
	bubble(t, func(t *testing.T) {
		there := true
		h := open(t, NewMemory(), host(&there))
		if s := join(t, roomOf(t, h, Home), session.Guide); s.First.People.Sound != OnHost {
			t.Errorf("home sounds from %q", s.First.People.Sound)
		}
		if s := join(t, roomOf(t, h, "studio"), session.Guide); s.First.People.Sound != "" || s.First.People.Host {
			t.Errorf("another room sounds from %q", s.First.People.Sound)
		}
	})
}

func FuzzCleanName(f *testing.F) {
	for _, name := range []string{"Ann", "  tablet\n", "\u202eevil", strings.Repeat("é", 100), "\xff\x00", "👩🏽‍🦽 phone"} {
		f.Add(name)
	}
	f.Fuzz(func(t *testing.T, name string) {
		got := CleanName(name)
		if !utf8.ValidString(got) || utf8.RuneCountInString(got) > maxName || strings.TrimSpace(got) != got || CleanName(got) != got {
			t.Errorf("%q became %q", name, got)
		}
		for _, c := range got {
			if unicode.IsControl(c) || unicode.Is(unicode.Bidi_Control, c) {
				t.Errorf("%q keeps %q", name, c)
			}
		}
	})
}

// A display that comes and goes without end makes nobody forgotten who is needed.
func TestNobodyIsForgottenForADisplayThatComesAndGoes(t *testing.T) {
	programmed(t, func(t *testing.T, p *program) {
		guide, guest, away := join(t, p.room(), session.Guide), join(t, p.room(), session.Guest), join(t, p.room(), session.Guest)
		go drain(guide)
		begin(t, guide, "short")
		do(t, guest, session.Command{Do: session.Sound, To: "me"})
		away.Leave()
		comesAndGoes := func() {
			for range maxAway + 1 {
				join(t, p.room(), session.Display).Leave()
			}
		}
		comesAndGoes()
		do(t, guest, session.Command{Do: session.Pause})
		p.away(time.Second)
		guest = p.back(guest)
		if s := p.room(); s.State().Needs != guest.ID || s.People().Sound != guest.ID {
			t.Fatalf("needs %q, sound %q", s.State().Needs, s.People().Sound)
		}
		p.back(away)
		guest.Leave()
		comesAndGoes()
		do(t, p.back(guest), session.Command{Do: session.Resume})
		p.back(guide)
	})
}

// Whoever is needed stays, however many others leave after them.
func TestWhoIsNeededIsRememberedHoweverManyLeave(t *testing.T) {
	bubble(t, func(t *testing.T) {
		r := roomOf(t, open(t, NewMemory()), Home)
		guide, guest := join(t, r, session.Guide), join(t, r, session.Guest)
		go drain(guide)
		begin(t, guide, "short")
		do(t, guest, session.Command{Do: session.Pause})
		guest.Leave()
		for n := range maxAway + 10 {
			s, err := r.Join(Hello{Name: fmt.Sprint("phone ", n), Role: session.Guest})
			if err != nil {
				t.Fatal(err)
			}
			s.Leave()
		}
		back, err := r.Join(Hello{Resume: guest.Resume})
		if err != nil || back.ID != guest.ID {
			t.Fatalf("they came back as %v, %v", back, err)
		}
		n := 0
		r.ask(t.Context(), ask{do: func() { n = len(r.people) }})
		if n > maxAway+3 {
			t.Errorf("%d are remembered", n)
		}
	})
}
