package session

import (
	"time"

	"stillpoint/internal/timeline"
	"stillpoint/internal/transport"
)

// reflow fits what is still to come so that the session ends when it was to as it
// began, or as near to that as its silences and rests can. What is halted, or
// holds, is reckoned as going on now.
func (t *turn) reflow() error {
	if !t.in(transport.Playing, transport.Paused) {
		return notNow(t.s)
	}
	from, at := t.onward()
	left := t.s.Began + t.s.Planned - at
	e := timeline.Edit{At: t.position(), Do: timeline.Reflow, By: max(0, left+from-t.position())}
	if e.At+e.By == t.s.Timeline.Length {
		return nil // it does already
	}
	tl, err := t.edited(e)
	if err != nil {
		return err
	}
	if tl.Length == t.s.Timeline.Length {
		return &Refusal{NotNow, "What is still to come stays as long as it is."}
	}
	t.adopt(e, tl)
	return nil
}

// onward is where the session goes on from and when, if whoever may does so now.
func (t *turn) onward() (position, at time.Duration) {
	switch {
	case t.in(transport.Paused):
		return t.reentry(), t.now + LeadIn
	case t.s.WaitingAt(t.now):
		return t.position(), t.now + Step
	}
	return t.position(), max(t.now, t.s.Transport.At)
}
