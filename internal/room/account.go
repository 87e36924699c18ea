package room

import (
	"slices"
	"time"

	"stillpoint/internal/session"
)

// MaxDeeds is how many deeds an account holds: the first and the latest.
const MaxDeeds = 200

// Account is what happened in a room's session since it began, and who did it: so
// that a guide sees who paused it, and that going on was agreed to. It says nothing
// of what was practised, and is gone with the session. It is never changed; a
// longer one takes its place.
type Account struct {
	Session string
	Deeds   []Deed
}

// Deed is one thing that happened in a session.
type Deed struct {
	At       time.Duration // room time
	Position time.Duration // where the session was; while it was put aside, where it is to go on
	What     session.Verb
	By       string // participant; "" when nobody asked
	Name     string // what they were called then
	Role     session.Role
	Client   bool `json:",omitempty"` // by a key that was given to the client
	Agreed   bool `json:",omitempty"` // the guide said that whoever had halted it agreed
}

// accountAfter is the account once a command has been carried out.
func (r *Room) accountAfter(c session.Command, next session.State, events []session.Event) *Account {
	a := r.account.of(next)
	if a == nil {
		return nil
	}
	for _, e := range events {
		if a.tells(c, e, next) {
			a = a.with(r.deed(c, e, next))
		}
	}
	return a
}

// of is the account as far as it is of a state's session: a new one where another
// is practised, nil where none is.
func (a *Account) of(s session.State) *Account {
	switch id := practised(s); {
	case id == "":
		return nil
	case a == nil || a.Session != id:
		return &Account{Session: id}
	}
	return a
}

// practised is the session that a room is there for: the one put aside, while a
// grounding takes its place.
func practised(s session.State) string {
	if s.Aside != nil {
		return s.Aside.ID
	}
	return s.ID
}

// tells says whether an event belongs to the account: it is of this session or of
// its grounding, which has begun. What a grounding stops is told of by the grounding.
func (a *Account) tells(c session.Command, e session.Event, next session.State) bool {
	switch {
	case e.Session != a.Session && e.Session != next.ID, !e.Kind.Told():
		return false
	case e.Kind == session.Stop && next.Why == string(session.Ground):
		return false
	}
	return next.Planned > 0 || len(a.Deeds) > 0
}

func (r *Room) deed(c session.Command, e session.Event, next session.State) Deed {
	d := Deed{At: e.At, Position: e.Position, What: e.Kind, By: e.By}
	if next.Aside != nil {
		d.Position = next.Aside.Position
	}
	for _, p := range r.people {
		if p.ID == e.By {
			d.Name = p.Name
		}
	}
	if e.Kind == c.Do || e.Kind == session.Stop && c.Do == session.Ground {
		d.Role = c.Role
		d.Client = c.Client && c.Do.Silences() && (c.Role == session.Guide || c.Role == session.Remote)
		d.Agreed = c.Agreed && r.state.Needs != "" && r.state.Needs != c.By
	}
	return d
}

// with is the account with one deed more. A halt pressed again where it has halted
// everything already says nothing new.
func (a *Account) with(d Deed) *Account {
	if n := len(a.Deeds); n > 0 && d.What.Silences() {
		last := a.Deeds[n-1]
		if last.At = d.At; last == d {
			return a
		}
	}
	deeds := append(slices.Clip(slices.Clone(a.Deeds)), d)
	if len(deeds) > MaxDeeds {
		deeds = slices.Delete(deeds, MaxDeeds/2, MaxDeeds/2+1)
	}
	return &Account{a.Session, deeds}
}

// shifted is the account by a clock that shows so much more.
func (a *Account) shifted(by time.Duration) *Account {
	if a == nil {
		return nil
	}
	other := &Account{a.Session, slices.Clone(a.Deeds)}
	for i := range other.Deeds {
		other.Deeds[i].At += by
	}
	return other
}

// fit is what a room can have of an account, wherever it was found; nil for nothing.
func (a *Account) fit() *Account {
	if a == nil || len(a.Deeds) > MaxDeeds {
		return nil
	}
	fit := &Account{Session: a.Session}
	for _, d := range a.Deeds {
		if d.What.Told() && len(d.By) <= 64 && (d.Role == "" || d.Role.Joins()) {
			d.Name = CleanName(d.Name)
			fit.Deeds = append(fit.Deeds, d)
		}
	}
	return fit
}
