package room

import (
	"time"

	"stillpoint/internal/session"
)

// HandOver is how long a room is silent between one device that sounds and the
// next: longer than a message, a fade and an ordinary way from a device to the
// ear, so that nobody hears it twice.
const HandOver = 300 * time.Millisecond

// setSound takes up a choice of where the room sounds.
func (r *Room) setSound(c session.Command) error {
	to := ""
	switch c.To {
	case OnHost:
		if to = OnHost; !r.here.Host {
			return noSpeaker()
		}
	case "me":
		if to = c.By; r.present(to) == nil {
			return &session.Refusal{Code: session.NotNow, Text: "This device is not in the room. It can join again."}
		}
	case "none":
	default:
		if err := r.mayBeNamed(c.To); err != nil {
			return err
		}
		to = c.To
	}
	r.lent, r.lost, r.untouched = "", "", false
	r.give(to)
	r.count()
	return nil
}

// give makes a device the room's sound, or nobody. Whoever had it is silenced
// first; until that is surely heard, the room sounds nowhere, and the device that
// was chosen last is the one that is coming. Who sounded last may sound on: a line
// that was cut for a moment is not heard.
func (r *Room) give(to string) {
	if r.sound != "" && r.sound != to {
		r.sound, r.last, r.free = "", r.sound, r.now()+HandOver
	}
	r.coming = ""
	switch {
	case to == "":
	case r.now() >= r.free, to == r.last:
		r.sound = to
	case to != r.sound:
		r.coming = to
	}
}

// setArrival sets the moment at which the coming device has the sound.
func (r *Room) setArrival() {
	switch {
	case r.coming != "" && r.arrival == nil:
		var timer *time.Timer
		timer = time.AfterFunc(r.free-r.house.Now(), func() {
			r.ask(r.ctx, ask{do: func() {
				if r.arrival == timer { // the choice still stands
					r.sound, r.coming = r.coming, ""
					r.count()
				}
			}})
		})
		r.arrival = timer
	case r.coming == "" && r.arrival != nil:
		r.arrival.Stop()
		r.arrival = nil
	}
}
