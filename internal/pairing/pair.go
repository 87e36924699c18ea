package pairing

import (
	"net/netip"
	"slices"
	"time"

	"stillpoint/internal/session"
)

// Knock is a device that asks to be let in: with a token, or with a number.
type Knock struct {
	Token  string
	Number string
	Name   string // what it says it is called
	Door   string // where it knocks, in words that no other door has
	Plain  bool   // that door is without encryption
	From   netip.Addr
	Was    string // the device it has been so far, which it replaces; "" for none
}

// unknownInvitation is one sentence for what never was, has been used and is over:
// whoever guesses learns nothing from it.
var unknownInvitation = &session.Refusal{Code: "not-found", Text: "This invitation is not open. The therapist can make a new one."}

// Pair lets a device in, and gives it its secret. An invitation is over with the
// first who brings it. A refusal changes nothing but what was tried.
func (r *Register) Pair(k Knock, now time.Time) (d Device, private string, err error) {
	r.over(now)
	i, err := r.bidden(k, now)
	if err != nil {
		return d, "", err
	}
	if k.Plain && i.Role != session.Remote {
		i.end(Ended) // it has been said aloud
		return d, "", &session.Refusal{Code: session.NotAllowed, Text: "This address is for remotes. The therapist can make a new invitation, for the secure address."}
	}
	if _, err := r.find(k.Was, now); err != nil && !r.makePlace(now) {
		return d, "", &session.Refusal{Code: session.Full, Text: "There are as many devices as there can be. The therapist can take one away."}
	}
	d = Device{ID: secret(), Name: i.Name, Role: i.Role, Room: i.Room, Plain: k.Plain, By: i.By, Paired: now, Last: now}
	if d.Name == "" && len([]rune(k.Name)) <= MaxName {
		d.Name = k.Name
	}
	i.Device = d.ID
	i.end(Used)
	r.drop(k.Was)
	private = secret()
	r.devices = append(r.devices, known{d, sumOf(k.Door, private)})
	return d, private, nil
}

// bidden is the invitation that a device brings.
func (r *Register) bidden(k Knock, now time.Time) (*Invitation, error) {
	if k.Token != "" {
		return r.byToken(k.Token)
	}
	if err := r.mayTry(k.From, now); err != nil {
		return nil, err
	}
	return r.byNumber(k.Number)
}

func (r *Register) byToken(token string) (*Invitation, error) {
	for i := range r.invitations {
		if one := &r.invitations[i]; one.State == Open && same(one.Token, token) {
			return one, nil
		}
	}
	return nil, unknownInvitation
}

// byNumber counts a wrong number against every invitation that is open, since it
// was a guess at each of them.
func (r *Register) byNumber(number string) (*Invitation, error) {
	for i := range r.invitations {
		if one := &r.invitations[i]; one.State == Open && one.Number != "" && same(one.Number, number) {
			return one, nil
		}
	}
	for i := range r.invitations {
		if one := &r.invitations[i]; one.State == Open {
			if one.wrong++; one.wrong >= MaxTries {
				one.Number = ""
			}
		}
	}
	return nil, unknownInvitation
}

// maxTrying is how many addresses are told apart within a minute. Who comes beyond
// them waits: numbers are for a hand, and there is always the link.
const maxTrying = 64

// try is an address that has tried a number, and when.
type try struct {
	from netip.Prefix
	at   []time.Time
}

// mayTry counts a try of an address, or refuses it unread.
func (r *Register) mayTry(from netip.Addr, now time.Time) error {
	r.tries = slices.DeleteFunc(r.tries, func(t try) bool { return now.Sub(t.at[len(t.at)-1]) >= time.Minute })
	whose := OneOf(from)
	i := slices.IndexFunc(r.tries, func(t try) bool { return t.from == whose })
	if i < 0 && len(r.tries) < maxTrying {
		r.tries = append(r.tries, try{whose, []time.Time{now}})
		return nil
	}
	if i < 0 {
		return slower
	}
	t := &r.tries[i]
	t.at = slices.DeleteFunc(t.at, func(at time.Time) bool { return now.Sub(at) >= time.Minute })
	if len(t.at) >= TriesMinute {
		return slower
	}
	t.at = append(t.at, now)
	return nil
}

var slower = &session.Refusal{Code: "slow-down", Text: "That was tried a few times. You might wait a minute, or use the picture to scan."}

// OneOf is what one device can call its own: an address, or of IPv6 a whole network,
// within which it may take as many addresses as it likes.
func OneOf(from netip.Addr) netip.Prefix {
	from = from.Unmap().WithZone("")
	bits := from.BitLen()
	if from.Is6() {
		bits = 64
	}
	p, _ := from.Prefix(bits) // the zero Prefix for the zero address
	return p
}
