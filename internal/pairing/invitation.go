package pairing

import (
	"crypto/rand"
	"crypto/subtle"
	"fmt"
	"math/big"
	"slices"
	"time"

	"stillpoint/internal/session"
)

// State is how it stands with an invitation.
type State string

// The states. Ended is without anybody having come.
const (
	Open  State = "open"
	Used  State = "used"
	Ended State = "ended"
)

// told is for how long an invitation that is over is remembered, for whoever asks
// how it went; and maxTold so many of them.
const (
	told    = 10 * time.Minute
	maxTold = 64
)

// Invitation lets one device in, once, within two minutes. Its secrets are gone as
// soon as it is over.
type Invitation struct {
	ID     string
	Room   string
	Role   session.Role
	Name   string // what the device will be called; "": what it says itself
	By     Inviter
	Until  time.Time
	State  State
	Device string // the id of who came
	Token  string // for a link
	Number string // six digits, to be typed; "" once it was guessed at too often
	wrong  int    // numbers tried while it was open
}

// Invite opens an invitation for what i says of room, role, name and inviter.
func (r *Register) Invite(i Invitation, now time.Time) (Invitation, error) {
	r.over(now)
	if err := (Device{Name: i.Name, Room: i.Room, Role: i.Role}).check(); err != nil {
		return i, err
	}
	if r.open() >= MaxOpen {
		return i, &session.Refusal{Code: session.Full, Text: "Many invitations are open. In two minutes there is room for another."}
	}
	i = Invitation{ID: secret(), Room: i.Room, Role: i.Role, Name: i.Name, By: i.By, Until: now.Add(OpenFor), State: Open, Token: secret(), Number: r.number()}
	r.invitations = append(r.invitations, i)
	return i, nil
}

// number is one that is not given out at present.
func (r *Register) number() string {
	for {
		n, _ := rand.Int(rand.Reader, big.NewInt(1_000_000)) // crypto/rand's Reader never returns an error
		number := fmt.Sprintf("%06d", n)
		if !slices.ContainsFunc(r.invitations, func(i Invitation) bool { return i.Number == number }) {
			return number
		}
	}
}

// Invitation is one that is open, or was lately.
func (r *Register) Invitation(id string, now time.Time) (Invitation, error) {
	r.over(now)
	if i := r.invited(id); i != nil {
		return *i, nil
	}
	return Invitation{}, &session.Refusal{Code: "not-found", Text: "This invitation is not there any more. You might make another."}
}

// Withdraw ends an invitation; one that is over stays as it is.
func (r *Register) Withdraw(id string) {
	if i := r.invited(id); i != nil {
		i.end(Ended)
	}
}

// withdrawBy ends what a device has invited to, so that nobody who is put out has
// left a way in.
func (r *Register) withdrawBy(device string) {
	for i := range r.invitations {
		if one := &r.invitations[i]; device != "" && one.By.ID == device {
			one.end(Ended)
		}
	}
}

func (r *Register) invited(id string) *Invitation {
	i := slices.IndexFunc(r.invitations, func(i Invitation) bool { return i.ID == id })
	if i < 0 {
		return nil
	}
	return &r.invitations[i]
}

// end is how it ends, with its secrets, if it has not already.
func (i *Invitation) end(how State) {
	if i.State == Open {
		i.State, i.Token, i.Number = how, "", ""
	}
}

// over ends the invitations whose time is over, and forgets those that nobody asks
// after any more.
func (r *Register) over(now time.Time) {
	for i := range r.invitations {
		if !now.Before(r.invitations[i].Until) {
			r.invitations[i].end(Ended)
		}
	}
	r.invitations = slices.DeleteFunc(r.invitations, func(i Invitation) bool { return now.Sub(i.Until) > told })
	for len(r.invitations) >= maxTold {
		first := slices.IndexFunc(r.invitations, func(i Invitation) bool { return i.State != Open })
		r.invitations = slices.Delete(r.invitations, first, first+1)
	}
}

func (r *Register) open() (n int) {
	for _, i := range r.invitations {
		if i.State == Open {
			n++
		}
	}
	return n
}

// same compares without telling by its time how much was right.
func same(a, b string) bool { return subtle.ConstantTimeCompare([]byte(a), []byte(b)) == 1 }
