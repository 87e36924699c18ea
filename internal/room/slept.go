package room

import (
	"time"

	"stillpoint/internal/session"
	"stillpoint/internal/transport"
)

// While something plays, a room looks this often whether the computer has been
// asleep, and takes less than that for the two clocks' own differences.
const (
	wakefulEach = 250 * time.Millisecond
	nap         = time.Second
)

// setWakeful has the room look, for as long as something plays, whether the
// computer has slept: nobody who opens a lid means to begin a session.
func (r *Room) setWakeful() {
	plays := r.state.Transport.State == transport.Playing
	switch {
	case plays && r.wakeful == nil:
		r.slept, r.awake = r.house.config.Slept(), r.now()
		r.wakeful = time.AfterFunc(wakefulEach, func() { r.ask(r.ctx, ask{do: r.lookAwake}) })
	case !plays && r.wakeful != nil:
		r.wakeful.Stop()
		r.wakeful = nil
	}
}

// lookAwake pauses what played into a sleep, where it was at the look before.
func (r *Room) lookAwake() {
	if r.wakeful == nil {
		return
	}
	slept, before := r.house.config.Slept(), r.awake
	asleep := slept - r.slept
	r.slept, r.awake = slept, r.now()
	if asleep < nap {
		r.wakeful.Reset(wakefulEach)
		return
	}
	r.execute(session.Command{Do: session.Slept}, func() time.Duration { return before })
}
