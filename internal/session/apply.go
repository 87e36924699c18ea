package session

import (
	"time"

	"stillpoint/internal/timeline"
	"stillpoint/internal/transport"
)

// Apply is the state after a command at room time now, and what happened. It
// changes nothing it is given. No events: the command was fine and nothing
// changed (it was so already, or the command came a second time). The error is
// always a *Refusal, and comes with the state as it was.
//
// A pause and a stop always happen, each id once: where nothing is left to halt,
// Rev alone grows, and the transport's At. So whatever still rings can hear of
// it, and what was asked on older knowledge is stale. Only presses of one
// participant within a quarter of a second are one.
//
// A session whose end has passed unnoticed ends first, whatever is asked.
func (e Env) Apply(s State, c Command, now time.Duration) (State, []Event, error) {
	if _, done := s.Acknowledged(c); done {
		return s, nil, nil
	}
	if err := admit(s, c); err != nil {
		return s, nil, err
	}
	t := turn{env: e, c: c, met: s, s: s, now: now.Truncate(time.Millisecond)}
	t.end()
	if err := t.do(); err != nil {
		return s, nil, err
	}
	if n := len(t.events); n > 0 {
		t.s.Rev, t.s.By, t.s.Why = s.Rev+1, t.events[n-1].By, string(t.events[n-1].Kind)
	}
	if t.s.Timeline != s.Timeline {
		t.s.PlanRev = t.s.Rev
	}
	return t.s.Acknowledge(c), t.events, nil
}

// admit looks at what can be said of a command without knowing its verb's meaning.
func admit(s State, c Command) error {
	switch {
	case c.Do.Silences() && c.Role.May(c.Do):
		return nil
	case len(c.ID) > MaxID:
		return &Refusal{BadMessage, "This command’s id is too long."}
	case !c.Role.May(c.Do):
		return notAllowed(c.Role, c.Do)
	case c.Rev > 0 && c.Rev < s.Rev && binding(c.Do), c.Do == Load && s.haltedSince(c.Since):
		return &Refusal{Stale, "Something changed just before this. See how it stands now, then choose."}
	}
	return nil
}

// haltedSince says whether a silence was the last that was asked for, and that
// after a moment: getting a voice ready takes time, in which anyone may think
// better of it.
func (s State) haltedSince(at time.Duration) bool {
	return at > 0 && Verb(s.Why).Silences() && s.Transport.At > at
}

// binding is a verb that sets things going on the strength of what its giver
// saw. It is refused when someone has since done something else: that is how
// stop beats pause and pause beats resume.
func binding(v Verb) bool {
	switch v {
	case Start, Resume, Return, GoOn, Next, Previous:
		return true
	}
	return false
}

// turn is one command being carried out on its own copy of the state.
type turn struct {
	env    Env
	c      Command
	met    State // as the command met it
	s      State
	now    time.Duration
	events []Event
}

func (t *turn) do() error {
	switch t.c.Do {
	case End:
		return nil // Apply has seen to it
	case Alone, Out, Slept, Restarted:
		t.unasked()
		return nil
	case Load:
		return t.load()
	case Settings:
		return t.settings()
	case Start:
		return t.start()
	case Pause:
		return t.pause()
	case Resume:
		return t.resume()
	case Stop:
		return t.stop()
	case Return:
		return t.goBack()
	case Ground:
		return t.ground()
	case Next:
		return t.next()
	case Previous:
		return t.previous()
	case Skip:
		return t.skip()
	case Stay:
		return t.stay()
	case GoOn:
		return t.goOn()
	case Extend:
		return t.extend()
	case Reflow:
		return t.reflow()
	case Pace:
		return t.pace()
	case Anchor:
		return t.anchor()
	}
	return &Refusal{BadMessage, "There is no such command."}
}

// happened notes that something took effect. Call it once the state is so.
func (t *turn) happened(kind Verb) {
	t.events = append(t.events, Event{kind, t.s.ID, t.c.By, t.now, t.position()})
}

func (t *turn) position() time.Duration { return t.s.PositionAt(t.now) }

// present is the position for the purpose of asking what is going on: a session
// that holds at a wait is still with what came before it.
func (t *turn) present() time.Duration {
	if t.s.Held || t.s.WaitingAt(t.now) {
		return max(0, t.position()-time.Millisecond)
	}
	return t.position()
}

// in says whether there is a session in one of the states.
func (t *turn) in(states ...transport.State) bool {
	for _, s := range states {
		if t.s.Loaded() && t.s.Transport.State == s {
			return true
		}
	}
	return false
}

// end finishes a session that has run to its end by now.
func (t *turn) end() {
	if at, ok := t.s.Ends(); ok && at <= t.now {
		t.s.Transport = transport.Halt(transport.Finished, t.s.Timeline.Length, at)
		t.events = append(t.events, Event{Kind: End, Session: t.s.ID, At: at, Position: t.s.Timeline.Length})
	}
}

// play goes on from a position, after a lead; never sooner than what is about
// to begin anyway.
func (t *turn) play(position, lead time.Duration) {
	at := t.now + lead
	if t.in(transport.Playing) {
		at = max(at, t.s.Transport.At)
	}
	t.s.Transport, t.s.Held = transport.Play(position, at), false
}

// halt stands still where it is, at once.
func (t *turn) halt(state transport.State) {
	if t.in(transport.Playing) {
		t.s.Held = t.s.WaitingAt(t.now)
	}
	t.s.Transport = transport.Halt(state, t.position(), t.now)
}

// fresh is a session of a new timeline.
func (t *turn) fresh(tl *timeline.Timeline, set timeline.Settings) {
	t.s.ID, t.s.Timeline, t.s.Settings, t.s.Held = t.c.NewID, tl, set, false
	t.s.Began, t.s.Planned = 0, 0
	t.s.Transport = transport.Halt(transport.Ready, 0, t.now)
}
