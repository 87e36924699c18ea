package room

import (
	"sync/atomic"

	"stillpoint/internal/session"
)

// MaxUpdates is how many updates may wait for a listener. One that is slower is
// cut off: its channel closes, and it comes back for the whole.
const MaxUpdates = 32

// Update says everything that changed since a listener's last one; what is nil
// has not. It is never changed after it is sent. A Timeline never comes without
// its Session, nor either without Transport, so that a score is always there before
// what is played of it; all three point at the same state. Rev alone is a pause
// or a stop in a room with no session, where the quiet bell may be ringing.
type Update struct {
	Rev       int
	Session   *session.State // what is practised
	Timeline  *session.State // its Timeline, made in PlanRev
	Transport *session.State // its Transport, By, Why and Needs
	People    *People
	Account   *Account // for guides: what has happened, whole
	Trial     *Trial   // what is to sound here to be tried; seen by Watch, and by the device that is the room's sound
}

// People is who is in a room, and which device is its sound.
type People struct {
	People []Person // in the order they first came
	Sound  string   // a participant's id, OnHost, or "" for none
	Coming string   // who has been chosen and becomes the sound once the one before is silent; "" for nobody
	Host   bool     // whether the host has a speaker
	Mix    session.Mix
	Show   session.Show
	Lost   string // the name of what was the sound and is gone, OnHost for the host's speaker; "" when nothing is
}

// OnHost is the host's speaker as the room's sound.
const OnHost = "host"

// Person is one participant.
type Person struct {
	ID    string
	Name  string
	Role  session.Role
	Armed bool // it has been tapped, and may sound
}

// listener is one bounded queue of updates, and what went into it so far. The
// room's goroutine owns it.
type listener struct {
	updates chan Update
	person  *person // nil for a Watch
	heard   session.State
	people  *People
	said    atomic.Int64 // room time at which its device last said anything; 0: not yet
	account *Account
	leave   func() bool // a Watch's hook on its context
}

// next is the update that brings the listener from what it has heard to s, and
// remembers it as heard. False when there is nothing to tell.
func (l *listener) next(s session.State, people *People, account *Account) (Update, bool) {
	u := Update{Rev: s.Rev}
	if s.Loaded() {
		if s.Timeline != l.heard.Timeline || s.ID != l.heard.ID {
			u.Session, u.Timeline, u.Transport = &s, &s, &s
		}
		if l.guides() && (s.Began != l.heard.Began || s.Planned != l.heard.Planned) {
			u.Session = &s // when it began, which is for guides to know
		}
		if s.Rev != l.heard.Rev || s.Transport != l.heard.Transport {
			u.Transport = &s
		}
	}
	if people != l.people {
		u.People = people
	}
	if account != l.account && l.guides() {
		u.Account = account
	}
	fresh := s.Rev != l.heard.Rev
	l.heard, l.people, l.account = s, people, account
	return u, fresh || u.Transport != nil || u.People != nil || u.Account != nil
}

// guides says whether it is a guide's.
func (l *listener) guides() bool { return l.person != nil && l.person.Role == session.Guide }
