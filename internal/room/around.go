package room

import (
	"crypto/sha256"
	"encoding/hex"
	"slices"

	"stillpoint/internal/session"
)

// Around is what a record keeps of a room besides its session, so that after a
// restart the same devices are who they were and nothing sounds from elsewhere,
// or louder.
type Around struct {
	Sound  string
	Mix    session.Mix
	Show   session.Show
	People []Known
}

// Known is a participant who may come back. Their token is known by its hash alone.
type Known struct {
	ID    string
	Name  string
	Role  session.Role
	Token string
}

// hash is what is kept of a token.
func hash(token string) string {
	sum := sha256.Sum256([]byte(token))
	return hex.EncodeToString(sum[:])
}

// around is what is to be kept; nil where nothing is.
func (r *Room) around() *Around {
	if r.keeper == nil {
		return nil
	}
	a := &Around{Sound: r.chosen(), Mix: r.mix, Show: r.show}
	for _, p := range r.dearest(MaxPeople) {
		a.People = append(a.People, Known{p.ID, p.Name, p.Role, p.token})
	}
	return a
}

// dearest is so many of the people, in the order they first came: whoever may not be
// forgotten, then those who are here, then who came last.
func (r *Room) dearest(n int) []*person {
	people := slices.Clone(r.people)
	slices.Reverse(people)
	slices.SortStableFunc(people, func(a, b *person) int { return r.worth(b) - r.worth(a) })
	kept := people[:min(len(people), n)]
	return slices.DeleteFunc(slices.Clone(r.people), func(p *person) bool { return !slices.Contains(kept, p) })
}

// worth is how dear a participant is to the room.
func (r *Room) worth(p *person) int {
	switch {
	case p.ID == r.state.Needs || p.ID == r.chosen():
		return 2
	case p.seat != nil:
		return 1
	}
	return 0
}

// chosen is where the room is to sound, whether it does by now or not.
func (r *Room) chosen() string {
	for _, id := range []string{r.coming, r.sound, r.lent} {
		if id != "" {
			return id
		}
	}
	return ""
}

// fit is what a room can have of it, wherever it was found; nil for nothing.
func (a *Around) fit() *Around {
	if a == nil || a.Mix.Check() != nil || a.Show.Check() != nil {
		return nil
	}
	fit := &Around{Sound: a.Sound, Mix: a.Mix, Show: a.Show}
	for _, k := range a.People[:min(len(a.People), MaxPeople)] {
		if k.ID != "" && len(k.ID) <= 64 && len(k.Token) == 2*sha256.Size && k.Role.Joins() {
			k.Name = CleanName(k.Name)
			fit.People = append(fit.People, k)
		}
	}
	return fit
}

// takeUp makes a room what it was around its session. Everyone is away, and comes
// back; the sound waits for whoever had it.
func (r *Room) takeUp(a *Around) {
	if a == nil {
		return
	}
	r.mix, r.show = a.Mix, a.Show
	for _, k := range a.People {
		r.people = append(r.people, &person{Person: Person{ID: k.ID, Name: k.Name, Role: k.Role}, token: k.Token, left: r.now()})
		if k.ID == a.Sound {
			r.lent, r.lost = k.ID, called(k.Name, k.Role)
		}
	}
	r.untouched = a.Sound == OnHost
}
