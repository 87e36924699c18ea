package room

import (
	"context"
	"crypto/rand"
	"slices"
	"strings"
	"time"
	"unicode"

	"github.com/google/uuid"

	"stillpoint/internal/session"
)

// Bounds of remembering who was here.
const (
	keptAway = 12 * time.Hour // a participant can come back for so long
	maxAway  = 256            // and so many are remembered, the latest to leave
	maxAlike = 32             // of those, in one role and by one name: one device that comes and goes
	maxName  = 40             // characters
)

// Hello is who wants to join. Resume is the token of an earlier seat: whoever
// brings it is that participant again, in the role they had. No role is guest.
type Hello struct {
	Name   string
	Role   session.Role
	Resume string
	Bound  bool // to Role, by more than its own word: nobody of another role comes back by Resume
}

// Seat is one device's place in a room. Leave it when the device goes.
type Seat struct {
	ID     string       // the participant
	Role   session.Role // what they may do
	Resume string       // brings them back; a secret of the device's
	First  Update       // the whole, as it stood when they joined; every later update builds on it

	room     *Room
	listener *listener
}

// person is a participant, here or away. The room's goroutine owns it.
type person struct {
	Person
	token string        // its hash
	seat  *listener     // nil when away
	left  time.Duration // room time, when away
}

// Join takes a seat, and the whole of the room with it in one instant: nothing
// is missed or told twice between First and Updates. A participant who is still
// seated (their old connection is not known to be dead) takes the new seat, and
// the old one is cut off and its token ends, so that two windows that share one
// cannot take the seat from each other forever. The error is a *session.Refusal
// or ErrClosed.
func (r *Room) Join(h Hello) (*Seat, error) {
	var seat *Seat
	var refused error
	err := r.ask(r.ctx, ask{do: func() { seat, refused = r.join(h) }})
	if err != nil {
		return nil, ErrClosed
	}
	return seat, refused
}

// Updates is what changed since First. It closes when the seat is left, is taken
// over, is too slow (32 updates unread), or the room closes.
func (s *Seat) Updates() <-chan Update { return s.listener.updates }

// Do gives a command as this participant, and returns the revision after it. By
// then everyone has been told. The error is a *session.Refusal when it was
// declined, ErrClosed or ctx's when nobody knows, and anything else when a
// change could not be kept and therefore was not made. Pause, stop and ground
// are never declined for want of a place to keep them.
func (s *Seat) Do(ctx context.Context, c session.Command) (rev int, err error) {
	return s.DoUnless(ctx, c, nil)
}

// DoUnless is Do, unless overtaken says, when the room's own turn for the command
// has come, that something newer was asked for meanwhile: then it is declined as
// stale. It must not wait. A silence asked for after overtaken was asked comes to
// the room after the command, and ends what it began.
func (s *Seat) DoUnless(ctx context.Context, c session.Command, overtaken func() bool) (rev int, err error) {
	c.By, c.Role = s.ID, s.Role
	return s.room.command(ctx, c, overtaken)
}

// Rename gives the participant another name to be shown by.
func (s *Seat) Rename(name string) {
	r := s.room
	r.ask(r.ctx, ask{do: func() {
		s.listener.person.Name = CleanName(name)
		r.count()
	}})
}

// Leave gives the seat up. The participant can come back with the token.
func (s *Seat) Leave() {
	r := s.room
	r.ask(r.ctx, ask{do: func() { r.cut(s.listener) }})
}

func (r *Room) join(h Hello) (*Seat, error) {
	p, err := r.admit(h)
	if err != nil {
		return nil, err
	}
	token := h.Resume
	if old := p.seat; old != nil {
		p.seat, token = nil, rand.Text()
		r.cut(old)
	} else if p.token == "" {
		token = rand.Text()
	}
	p.token = hash(token)
	if name := CleanName(h.Name); name != "" {
		p.Name = name
	}
	p.Armed = false // a page that comes anew says so itself
	if r.lent == p.ID && r.sound == "" && r.coming == "" {
		r.lent, r.lost = "", ""
		r.give(p.ID)
	}
	p.seat = &listener{updates: make(chan Update, MaxUpdates), person: p}
	r.listen(p.seat)
	r.count()
	first, _ := p.seat.next(r.state, r.here, r.account)
	return &Seat{ID: p.ID, Role: p.Role, Resume: token, First: first, room: r, listener: p.seat}, nil
}

// admit is the participant who says hello, known or new.
func (r *Room) admit(h Hello) (*person, error) {
	r.forget()
	token := hash(h.Resume)
	i := slices.IndexFunc(r.people, func(p *person) bool { return p.token == token && (!h.Bound || p.Role == h.Role) })
	if i >= 0 && r.people[i].seat != nil {
		return r.people[i], nil
	}
	if len(r.here.People) >= MaxPeople {
		return nil, &session.Refusal{Code: session.Full, Text: "This room is full."}
	}
	if i >= 0 {
		return r.people[i], nil
	}
	if h.Role == "" {
		h.Role = session.Guest
	}
	if !h.Role.Joins() {
		return nil, &session.Refusal{Code: session.BadMessage, Text: "A device can join as guide, guest, display or remote."}
	}
	p := &person{Person: Person{ID: uuid.NewString(), Role: h.Role}}
	r.people = append(r.people, p)
	return p, nil
}

// goesAway marks a participant as gone. If theirs was the sound, the room has
// none until they are back or someone else takes it.
func (r *Room) goesAway(p *person) {
	p.seat, p.left = nil, r.now()
	if r.sound == p.ID || r.coming == p.ID {
		r.give("")
		r.lent, r.lost = p.ID, called(p.Name, p.Role)
	}
	r.forgetBeyond(maxAlike, func(other *person) bool { return other.Role == p.Role && other.Name == p.Name })
	r.forget()
	r.count()
}

// forget lets go of those who have been away for too long, or are too many. Who is
// needed to go on, and who is to be the sound, stay.
func (r *Room) forget() {
	r.people = slices.DeleteFunc(r.people, func(p *person) bool {
		return p.seat == nil && r.now()-p.left > keptAway
	})
	r.forgetBeyond(maxAway, func(*person) bool { return true })
}

// forgetBeyond lets go of whoever has been away for longest where more than so many
// of a kind are.
func (r *Room) forgetBeyond(most int, kind func(*person) bool) {
	var away []*person
	for _, p := range r.people {
		if p.seat == nil && kind(p) && r.worth(p) == 0 {
			away = append(away, p)
		}
	}
	if len(away) > most {
		first := slices.MinFunc(away, func(a, b *person) int { return int(a.left - b.left) })
		r.people = slices.DeleteFunc(r.people, func(p *person) bool { return p == first })
	}
}

// present is the participant of an id who is here; nil when there is none.
func (r *Room) present(id string) *person {
	for _, p := range r.people {
		if p.ID == id && p.seat != nil {
			return p
		}
	}
	return nil
}

// count makes anew what listeners are told of the room's people.
func (r *Room) count() {
	here := &People{People: []Person{}, Sound: r.sound, Coming: r.coming, Mix: r.mix, Show: r.show, Lost: r.lost}
	for _, p := range r.people {
		if p.seat != nil {
			here.People = append(here.People, p.Person)
		}
	}
	if r.here != nil {
		here.Host = r.here.Host
	}
	r.here = here
}

// CleanName makes a name fit to be shown to others: one short line, and no
// characters that reorder what stands around them.
func CleanName(name string) string {
	name = strings.Map(func(c rune) rune {
		if unicode.IsControl(c) || unicode.Is(unicode.Bidi_Control, c) {
			return -1
		}
		return c
	}, strings.ToValidUTF8(name, ""))
	runes := []rune(strings.TrimSpace(name))
	return strings.TrimSpace(string(runes[:min(len(runes), maxName)]))
}
