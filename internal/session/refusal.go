package session

import (
	"errors"
	"unicode"
	"unicode/utf8"

	"stillpoint/internal/timeline"
	"stillpoint/internal/transport"
)

// The codes of the protocol that a session or a room gives: which kind of
// refusal it is, for devices.
const (
	BadMessage     = "bad-message"
	NotAllowed     = "not-allowed"
	NeedsAgreement = "needs-agreement"
	Stale          = "stale"
	UnknownScript  = "unknown-script"
	CannotFit      = "cannot-fit"
	NotNow         = "not-now"
	Full           = "full"
	Internal       = "internal"
)

// Refusal is a command that was not done: nothing has changed. Text is a
// sentence for people, and names a way out where there is one.
type Refusal struct {
	Code string
	Text string
}

func (r *Refusal) Error() string { return r.Text }

// notAllowed says whose a verb is, and what this role can do.
func notAllowed(role Role, v Verb) *Refusal {
	text, may := "This is the guide’s.", "You can pause and stop."
	switch {
	case v == Start:
		text = "Starting is the guide’s."
	case v == Load:
		text = "Choosing what is practised is the guide’s."
	case v == Next || v == Previous:
		text = "Moving from part to part is the guide’s."
	case v == Resume || v == Return:
		text = "Going on is the guide’s, or theirs who paused."
	case v == SetShow:
		text = "Choosing what the screens show is the guide’s."
	case v == Sound || v == Bell || v == SetMix:
		text = "Choosing the room’s sound is the guide’s."
	case role == Display:
		text = "This screen shows the session."
	}
	if role == Remote {
		may = "This remote can pause and stop, and go to the next part."
	}
	return &Refusal{NotAllowed, text + " " + may}
}

// MayAsk refuses a verb that is not a role's.
func (r Role) MayAsk(v Verb) error {
	if r.May(v) {
		return nil
	}
	return notAllowed(r, v)
}

const ended = "The session has come to its end. Start begins it again."

// notNow is the refusal of what needs a running session.
func notNow(s State) *Refusal {
	text := "Nothing is loaded yet. The guide can choose a script first."
	if s.Loaded() {
		switch s.Transport.State {
		case transport.Ready:
			text = "The session has not begun yet."
		case transport.Paused:
			text = "The session is paused. Resume takes it up again."
		case transport.Stopped:
			text = "The session has stopped. “Go back to where I was” returns to it."
			if s.over() {
				text = ended
			}
		case transport.Finished:
			text = ended
		case transport.Playing:
			text = "The session is playing. Pause or stop it first."
		}
	}
	return &Refusal{NotNow, text}
}

// unfit is the refusal of settings no timeline can be made of.
func unfit(err error) *Refusal {
	var fit *timeline.CannotFit
	if errors.As(err, &fit) {
		return &Refusal{CannotFit, sentence(err.Error())}
	}
	return &Refusal{BadMessage, sentence(err.Error())}
}

// sentence begins an error's text with a capital letter and ends it with a stop.
func sentence(text string) string {
	first, n := utf8.DecodeRuneInString(text)
	return string(unicode.ToUpper(first)) + text[n:] + "."
}
