package audio

import "time"

// clock knows when the frames of a stream are heard. A device asks for frames in
// bursts, and always a little late, never early: so the earliest of what it was
// told in the last second or two is the truth, and the rest is haste and waiting.
type clock struct {
	base     time.Time     // everything is counted from here
	now, old time.Duration // earliest estimates of when frame 0 was heard: in this window and the one before
	window   int           // frame this window began with
}

// Bounds of a clock.
const (
	clockWindow = Rate                   // frames a window lasts
	clockBreak  = 250 * time.Millisecond // an estimate this much later is no waiting: the device stood still
)

// tell says that frame is heard at a time, and returns for how long the device has
// stood still meanwhile; 0 when it has not.
func (c *clock) tell(frame int, at time.Time) (still time.Duration) {
	if c.base.IsZero() {
		c.base = at
		c.now, c.old, c.window = -length(frame), -length(frame), frame
	}
	zero := at.Sub(c.base) - length(frame)
	if late := zero - min(c.now, c.old); late > clockBreak {
		still = late
		c.now, c.old, c.window = zero, zero, frame
	}
	if frame-c.window >= clockWindow {
		c.old, c.now, c.window = c.now, zero, frame
	}
	c.now = min(c.now, zero)
	return still
}

// until is how many frames after frame the time at is heard; negative when it has
// passed.
func (c *clock) until(at time.Time, frame int) int {
	return frames(at.Sub(c.base)-min(c.now, c.old)) - frame
}
