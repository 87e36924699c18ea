package room

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"stillpoint/internal/session"
)

// deeds is an account as one would read it out.
func deeds(a *Account) string {
	if a == nil {
		return "no account"
	}
	var lines []string
	for _, d := range a.Deeds {
		line := fmt.Sprintf("%v %s", d.Position, d.What)
		if d.Role != "" {
			line += fmt.Sprintf(" by %s (%s)", d.Name, d.Role)
		}
		if d.Client {
			line += ", the client's key"
		}
		if d.Agreed {
			line += ", agreed"
		}
		lines = append(lines, line)
	}
	return strings.Join(lines, "\n")
}

func TestAnAccountSaysWhoDidWhat(t *testing.T) {
	programmed(t, func(t *testing.T, p *program) {
		guide, guest := join(t, p.room(), session.Guide), join(t, p.room(), session.Guest)
		remote := join(t, p.room(), session.Remote)
		do(t, guest, session.Command{Do: session.Stop}) // before anything has begun
		begin(t, guide, "waiting")
		time.Sleep(session.LeadIn + 10*time.Second)
		do(t, guest, session.Command{Do: session.Pause})
		do(t, guide, session.Command{Do: session.Resume, Agreed: true})
		time.Sleep(session.LeadIn + 10*time.Second)
		do(t, remote, session.Command{Do: session.Pause, Client: true})
		do(t, guide, session.Command{Do: session.Pace, To: "slower"}) // of no interest to anyone
		p.away(5 * time.Second)
		guide, guest = p.back(guide), p.back(guest)
		do(t, guide, session.Command{Do: session.Resume, Agreed: true})
		time.Sleep(session.LeadIn + 10*time.Second)
		do(t, guest, session.Command{Do: session.Ground})
		time.Sleep(session.LeadIn + time.Second)
		do(t, guest, session.Command{Do: session.Stop})
		do(t, guide, session.Command{Do: session.Return, Agreed: true})
		do(t, guide, session.Command{Do: session.Resume, Agreed: true})
		time.Sleep(session.LeadIn + time.Minute)
		do(t, guide, session.Command{Do: session.GoOn})
		time.Sleep(session.Step + 10*time.Second)
		do(t, guide, session.Command{Do: session.Extend, Length: -10 * time.Second})
		time.Sleep(2 * time.Minute)
		want := `0s start by guide (guide)
10s pause by guest (guest)
10s resume by guide (guide), agreed
20s pause by remote (remote), the client's key
20s resume by guide (guide), agreed
30s ground by guest (guest)
30s stop by guest (guest)
30s return by guide (guide), agreed
30s resume by guide (guide), agreed
1m0s go-on by guide (guide)
1m10s extend by guide (guide)
1m50.001s end`
		if got := deeds(p.room().Account()); got != want {
			t.Errorf("the account is\n%s\n\nand not\n%s", got, want)
		}
		do(t, guide, session.Command{Do: session.Load, Script: "waiting"})
		if a := p.room().Account(); deeds(a) != "" || a.Session != p.room().Session() {
			t.Errorf("of what is loaded anew it says %s", deeds(a))
		}
	})
}

func TestAnAccountIsForGuidesAlone(t *testing.T) {
	bubble(t, func(t *testing.T) {
		r := roomOf(t, open(t, NewMemory()), "blue")
		seats := map[session.Role]*Seat{}
		for _, role := range []session.Role{session.Guide, session.Guest, session.Display, session.Remote} {
			seats[role] = join(t, r, role)
		}
		begin(t, seats[session.Guide], "waiting")
		do(t, seats[session.Guest], session.Command{Do: session.Pause})
		late := join(t, r, session.Guide)
		if deeds(late.First.Account) != deeds(r.Account()) {
			t.Errorf("a guide who comes later has %s", deeds(late.First.Account))
		}
		for role, seat := range seats {
			last, times := (*Account)(nil), 0
			for len(seat.Updates()) > 0 {
				if u := <-seat.Updates(); u.Account != nil {
					last, times = u.Account, times+1
				}
			}
			if role == session.Guide && (times != 3 || last != r.Account()) {
				t.Errorf("a guide is told %d times, at last %s", times, deeds(last))
			}
			if role != session.Guide && times > 0 {
				t.Errorf("a %s is told %s", role, deeds(last))
			}
		}
	})
}

func TestAnAccountIsBounded(t *testing.T) {
	a := &Account{Session: "s"}
	for n := range 3 * MaxDeeds {
		a = a.with(Deed{At: time.Duration(n), What: session.Next})
	}
	first, latest := a.Deeds[MaxDeeds/2-1].At, a.Deeds[MaxDeeds/2].At
	if len(a.Deeds) != MaxDeeds || first != MaxDeeds/2-1 || latest != 5*MaxDeeds/2 {
		t.Errorf("%d deeds, the first up to %d, the latest from %d", len(a.Deeds), first, latest)
	}
	before := slices.Clone(a.Deeds)
	for n := range 20 {
		a.with(Deed{At: time.Duration(n), What: session.Pause})
	}
	if !slices.Equal(a.Deeds, before) {
		t.Error("an account that was told has changed")
	}
	b := a.with(Deed{At: 1, By: "ann", What: session.Stop}).with(Deed{At: 2, By: "ann", What: session.Stop})
	if at := b.Deeds[MaxDeeds-2:]; at[0].What != session.Next || at[1].At != 1 {
		t.Errorf("a second press is told of: %+v", at)
	}
}

// What a file says of an account may be anything.
func TestAnAccountFromAFile(t *testing.T) {
	a := (&Account{"s", []Deed{
		{What: session.Pause, By: "ann", Name: "A\u202eb", Role: session.Guest},
		{What: "sing", By: "ann"}, {What: session.Stop, By: strings.Repeat("x", 65)}, {What: session.Stop, Role: "king"}, {What: session.End},
	}}).fit()
	if got := deeds(a); got != "0s pause by Ab (guest)\n0s end" {
		t.Errorf("it is\n%s", got)
	}
	if (&Account{"s", make([]Deed, MaxDeeds+1)}).fit() != nil {
		t.Error("one that is too long is taken")
	}
}

// Where several nodes share a Store, an account has what was done at the others.
func TestAnAccountOfTwoNodes(t *testing.T) {
	bubble(t, func(t *testing.T) {
		store := NewMemory()
		here := roomOf(t, open(t, store), "blue")
		begin(t, join(t, here, session.Guide), "waiting")
		time.Sleep(session.LeadIn + 10*time.Second)
		there := roomOf(t, open(t, store), "blue")
		do(t, join(t, here, session.Guest), session.Command{Do: session.Pause})
		time.Sleep(time.Second)
		do(t, join(t, there, session.Guide), session.Command{Do: session.Resume, Agreed: true})
		want := "0s start by guide (guide)\n10s pause by guest (guest)\n10s resume by guide (guide), agreed"
		if got := deeds(there.Account()); got != want {
			t.Errorf("the account there is\n%s", got)
		}
	})
}

// The account of a session that began after somebody halted the one before begins
// with who said that they agreed.
func TestTheNextAccountBeginsWithTheAgreement(t *testing.T) {
	bubble(t, func(t *testing.T) {
		r := roomOf(t, open(t, NewMemory()), Home)
		guide, guest := join(t, r, session.Guide), join(t, r, session.Guest)
		begin(t, guide, "short")
		do(t, guest, session.Command{Do: session.Stop})
		do(t, guide, session.Command{Do: session.Load, Script: "short"})
		do(t, guide, session.Command{Do: session.Start, Agreed: true})
		if d := r.Account().Deeds; len(d) != 1 || d[0].What != session.Start || !d[0].Agreed || d[0].By != guide.ID {
			t.Errorf("it says %+v", d)
		}
	})
}
