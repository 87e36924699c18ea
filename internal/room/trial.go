package room

import (
	"cmp"

	"stillpoint/internal/session"
	"stillpoint/internal/transport"
)

// Trial is a few words of a voice, or the quiet bell where no voice is named: by
// which a person hears that sound will come, and how loud. It ends with the next
// pause or stop.
type Trial struct {
	Voice, Language string
	Over            bool // whatever is being tried is silent now
}

// ring has what will sound be tried: the device that is the room's sound, or is to be, or else
// the host's speaker.
func (r *Room) ring(c session.Command) error {
	p := r.present(cmp.Or(r.coming, r.sound))
	switch {
	case r.state.Needs != "" && !c.Agreed:
		return &session.Refusal{Code: session.NeedsAgreement, Text: "Someone here asked for silence. A sound can be tried when they agree."}
	case r.state.Transport.State == transport.Playing:
		return &session.Refusal{Code: session.NotNow, Text: "The session is playing. You might try this before or after."}
	case p != nil && !p.Armed:
		return r.mayBeNamed(p.ID)
	case p == nil && !r.here.Host:
		return noSpeaker()
	}
	trial := &Trial{Voice: c.Voice, Language: c.Language}
	if p == nil {
		r.tryHost(trial)
		return nil
	}
	if p.Role != session.Guide {
		trial = &Trial{} // the voices are not for other devices to ask for
	}
	r.tried = p.seat
	r.send(p.seat, Update{Rev: r.state.Rev, Trial: trial})
	return nil
}

func (r *Room) tryHost(t *Trial) {
	for l := range r.listeners {
		if l.person == nil {
			r.send(l, Update{Rev: r.state.Rev, Trial: t})
		}
	}
}

// endTrial silences what is being tried on a device; the host's speaker knows it by
// the silence itself.
func (r *Room) endTrial() {
	if l := r.tried; l != nil {
		r.tried = nil
		if _, here := r.listeners[l]; here {
			r.send(l, Update{Rev: r.state.Rev, Trial: &Trial{Over: true}})
		}
	}
}
