package room

import "time"

// Unheard is for how long the device that is the room's sound may say nothing before
// a guide is told: three pings and a little. It may sound on, so it is the room's
// sound still; when it is heard of again, that is told too.
const Unheard = 6500 * time.Millisecond

// attentiveEach is how often the room looks whether it is heard of.
const attentiveEach = time.Second

// Heard notes that the device has said something, whatever it was. It never waits.
func (s *Seat) Heard() { s.listener.said.Store(max(1, int64(s.room.now()))) }

// setAttentive has the room listen for as long as a device is its sound.
func (r *Room) setAttentive() {
	switch listens := r.present(r.sound) != nil; {
	case listens && r.attentive == nil:
		r.attentive = time.AfterFunc(attentiveEach, func() { r.ask(r.ctx, ask{do: r.lookHeard}) })
	case !listens && r.attentive != nil:
		r.attentive.Stop()
		r.attentive = nil
	}
}

// lookHeard tells of a sound that is not heard of, or is again. One that never says
// anything is no device that pings.
func (r *Room) lookHeard() {
	p := r.present(r.sound)
	if r.attentive == nil || p == nil {
		return
	}
	r.attentive.Reset(attentiveEach)
	said, lost := time.Duration(p.seat.said.Load()), ""
	if said > 0 && r.now()-said > Unheard {
		lost = called(p.Name, p.Role)
	}
	if r.lost != lost {
		r.lost = lost
		r.count()
	}
}
