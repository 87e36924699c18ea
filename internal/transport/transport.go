// Package transport is three values: state, position, since. Where a session is
// at a moment is a question asked of them, never a counter that someone moves.
//
// Times are durations since the room's clock began (room time): monotonic, the
// same for every device in the room. The package knows nothing of timelines;
// whoever asks says how far the session may run by itself.
package transport

import "time"

// State is what a session is doing.
type State string

// The states a session can be in.
const (
	Ready    State = "ready"
	Playing  State = "playing"
	Paused   State = "paused"
	Stopped  State = "stopped"
	Finished State = "finished"
)

// Transport says that at room time At the session was at Position, in State.
// While playing, At may lie ahead: everyone begins together at that time.
type Transport struct {
	State    State
	Position time.Duration
	At       time.Duration // room time
}

// Position is where the session is at now. It runs only while playing, never
// before At, and never past until: the next place where it holds, or its end.
func (t Transport) PositionAt(now, until time.Duration) time.Duration {
	if t.State != Playing || now <= t.At {
		return t.Position
	}
	return max(t.Position, min(t.Position+now-t.At, until))
}

// Due is the room time at which the session reaches position, if it goes on
// undisturbed. False when it is not playing or has passed it.
func (t Transport) Due(position time.Duration) (time.Duration, bool) {
	if t.State != Playing || position < t.Position {
		return 0, false
	}
	return t.At + position - t.Position, true
}

// Play, Halt: the two ways a transport changes.

// Play is t going on from position at room time at.
func Play(position, at time.Duration) Transport {
	return Transport{State: Playing, Position: position, At: at}
}

// Halt is a session standing still in state at position since at.
func Halt(state State, position, at time.Duration) Transport {
	return Transport{State: state, Position: position, At: at}
}
