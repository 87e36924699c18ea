// Package pairing is which devices may come in from the network, as what, and who
// is being waited for.
//
// A guide invites; a device answers with what it was given, a token or a number;
// from then on it is known by a secret of its own, until it is put out, unused for
// a month, or a year old. One whose time is over is a stranger, and is kept all the
// same until another needs its place: a clock that was wrong, and is right again,
// has put nobody out. A Register is a value without a clock, a lock or a
// file: every method takes the time, and whoever owns it calls one after another.
// File keeps its devices between runs. It must not know of cookies, addresses that
// are listened on, or rooms that there are.
package pairing

import (
	"crypto/rand"
	"crypto/sha256"
	"crypto/subtle"
	"fmt"
	"slices"
	"time"

	"stillpoint/internal/session"
)

// Bounds of letting devices in.
const (
	MaxDevices  = 64
	MaxOpen     = 16                   // invitations at one time
	OpenFor     = 2 * time.Minute      // an invitation
	TriesMinute = 5                    // numbers that one address may try in a minute
	MaxTries    = 20                   // wrong numbers, from anywhere, before a number is spent
	Disuse      = 30 * 24 * time.Hour  // after so long a device is a stranger again: a practice may close for a while,
	Longest     = 365 * 24 * time.Hour // and after so long in any case
	MaxName     = 40                   // characters
)

// lastWithin is how exactly it is known when a device was last here: a file is
// not written anew for every request.
const lastWithin = 10 * time.Minute

// Device is one that has been let in.
type Device struct {
	ID     string
	Name   string
	Role   session.Role
	Room   string
	Plain  bool // it came without encryption, and is a remote for as long as it stays
	By     Inviter
	Paired time.Time
	Last   time.Time // when it was last here, to within ten minutes
}

// Inviter is the device that let another in, as it was called then. The zero Inviter
// is a page of this computer.
type Inviter struct{ ID, Name string }

// Register is all devices and invitations. Make one with New, or with File.Load.
type Register struct {
	devices     []known
	invitations []Invitation // the latest last; those that have ended are remembered for a while
	tries       []try
}

// known is a device and what proves that it is the one.
type known struct {
	Device
	sum [sha256.Size]byte
}

// New is a register of no devices.
func New() *Register { return &Register{} }

// secret is 130 bits that nobody guesses.
func secret() string { return rand.Text() }

// sumOf is what is kept of a secret. A secret is worth something at the door where
// it was given and at no other, since the door is a part of it.
func sumOf(door, secret string) [sha256.Size]byte {
	return sha256.Sum256([]byte(door + "\n" + secret))
}

// Known is the device that has a secret, at a door.
func (r *Register) Known(door, secret string, now time.Time) (Device, bool) {
	sum := sumOf(door, secret)
	for _, k := range r.devices {
		if !k.lapsed(now) && subtle.ConstantTimeCompare(k.sum[:], sum[:]) == 1 {
			return k.Device, true
		}
	}
	return Device{}, false
}

// Devices is all of them, in the order they came.
func (r *Register) Devices(now time.Time) []Device {
	list := make([]Device, 0, len(r.devices))
	for _, k := range r.devices {
		if !k.lapsed(now) {
			list = append(list, k.Device)
		}
	}
	return list
}

// Device is one of them.
func (r *Register) Device(id string, now time.Time) (Device, error) {
	k, err := r.find(id, now)
	if err != nil {
		return Device{}, err
	}
	return k.Device, nil
}

// Used notes that a device is here. Changed says that its Last has moved, which is
// worth keeping; an error that it is known no more.
func (r *Register) Used(id string, now time.Time) (changed bool, err error) {
	k, err := r.find(id, now)
	if err != nil || now.Sub(k.Last) < lastWithin {
		return false, err
	}
	k.Last = now
	return true, nil
}

// Change is what a guide makes otherwise about a device; nil stays as it is.
type Change struct {
	Name, Room *string
	Role       *session.Role
}

// Change makes something about a device otherwise.
func (r *Register) Change(id string, c Change, now time.Time) (Device, error) {
	k, err := r.find(id, now)
	if err != nil {
		return Device{}, err
	}
	next := k.Device
	next.Name, next.Room, next.Role = or(c.Name, k.Name), or(c.Room, k.Room), or(c.Role, k.Role)
	if err := next.check(); err != nil {
		return Device{}, err
	}
	k.Device = next
	if next.Role != session.Guide {
		r.withdrawBy(id)
	}
	return next, nil
}

// or is what v says, or else what there is.
func or[T any](v *T, is T) T {
	if v != nil {
		return *v
	}
	return is
}

// PutOut makes a device a stranger again, and ends what it has invited to.
func (r *Register) PutOut(id string, now time.Time) (Device, error) {
	k, err := r.find(id, now)
	if err != nil {
		return Device{}, err
	}
	gone := k.Device
	r.drop(id)
	return gone, nil
}

func (r *Register) drop(id string) {
	r.withdrawBy(id)
	r.devices = slices.DeleteFunc(r.devices, func(k known) bool { return k.ID == id })
}

// lapsed says whether a device has not been here for too long. A time that has not
// come yet, of a clock that was set back since, is not long ago.
func (d Device) lapsed(now time.Time) bool {
	return now.Sub(d.Last) >= Disuse || now.Sub(d.Paired) >= Longest
}

// makePlace lets go of the device that has been a stranger the longest, where there
// is no place for another; false when all of them are known.
func (r *Register) makePlace(now time.Time) bool {
	if len(r.devices) < MaxDevices {
		return true
	}
	var oldest *known
	for i := range r.devices {
		if k := &r.devices[i]; k.lapsed(now) && (oldest == nil || k.Last.Before(oldest.Last)) {
			oldest = k
		}
	}
	if oldest == nil {
		return false
	}
	r.drop(oldest.ID)
	return true
}

func (r *Register) find(id string, now time.Time) (*known, error) {
	i := slices.IndexFunc(r.devices, func(k known) bool { return k.ID == id && !k.lapsed(now) })
	if i < 0 {
		return nil, &session.Refusal{Code: "not-found", Text: "There is no such device here any more."}
	}
	return &r.devices[i], nil
}

// check refuses what no device can be.
func (d Device) check() error {
	switch {
	case !d.Role.Joins():
		return &session.Refusal{Code: session.BadMessage, Text: fmt.Sprintf("There is no role “%.40s”. There are guide, guest, display and remote.", d.Role)}
	case d.Plain && d.Role != session.Remote:
		return &session.Refusal{Code: session.NotAllowed, Text: "This device came in without encryption, and can be a remote. For more it can be invited again, to the secure address."}
	case d.Room == "" || len(d.Room) > 64 || len([]rune(d.Name)) > MaxName:
		return &session.Refusal{Code: session.BadMessage, Text: "A device needs a room, and a name of at most 40 characters."}
	}
	return nil
}
