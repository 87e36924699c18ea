package room

import "stillpoint/internal/session"

// arm notes whether a device has been tapped and may sound: a browser that nobody
// has touched yet would be silent, whatever the room thinks.
func (r *Room) arm(c session.Command) error {
	p := r.present(c.By)
	if p == nil {
		return &session.Refusal{Code: session.NotNow, Text: "This device is not in the room. It can join again."}
	}
	if p.Armed != c.On {
		p.Armed = c.On
		r.count()
	}
	return nil
}

// mayBeNamed refuses to make a device the room's sound that is not here, or that
// nobody has touched: the guide would wait for a sound that cannot come.
func (r *Room) mayBeNamed(id string) error {
	switch p := r.present(id); {
	case p == nil:
		return &session.Refusal{Code: session.NotNow, Text: "That device is not in the room now. You might choose another."}
	case !p.Armed:
		return &session.Refusal{Code: session.NotNow, Text: "That device needs to be tapped once before it can sound."}
	}
	return nil
}

// setShow changes what the client's screens show.
func (r *Room) setShow(s session.Show) error {
	if err := s.Check(); err != nil {
		return err
	}
	r.show = s
	r.count()
	return nil
}
