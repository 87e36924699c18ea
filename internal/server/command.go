package server

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"math"
	"time"

	"stillpoint/internal/script"
	"stillpoint/internal/session"
	"stillpoint/internal/wire"
)

// do carries a command to the room and says how it went. overtaken may be nil.
func (c *conn) do(ctx context.Context, m *wire.Command, overtaken func() bool) any {
	cmd, err := commandFrom(m)
	if err != nil {
		return wire.Refused{Type: "refused", ID: m.ID, Code: "bad-message", Text: err.Error()}
	}
	rev, err := c.seat.DoUnless(ctx, cmd, overtaken)
	if err != nil {
		return c.refusal(m.ID, err)
	}
	return wire.Ack{Type: "ack", ID: m.ID, Rev: rev}
}

// refusal turns a room's error into what the device hears of it.
func (c *conn) refusal(id string, err error) wire.Refused {
	var no *session.Refusal
	if errors.As(err, &no) {
		return wire.Refused{Type: "refused", ID: id, Code: no.Code, Text: no.Text}
	}
	if !errors.Is(err, context.Canceled) {
		c.Log.Error("command", "error", err)
	}
	return wire.Refused{Type: "refused", ID: id, Code: "internal", Text: "Something went wrong here. Pause and stop still work."}
}

// commandFrom reads the fields that a command's verb has.
func commandFrom(m *wire.Command) (c session.Command, err error) {
	c = session.Command{ID: m.ID, Do: m.Do, Rev: m.Rev, Script: m.Script, To: m.To, Agreed: m.Agreed}
	switch m.Do {
	case session.Next:
		c.Section = m.Section
	case session.Extend:
		var ms int64
		if json.Unmarshal(m.By, &ms) != nil || ms < -script.MaxLength.Milliseconds() || ms > script.MaxLength.Milliseconds() {
			return c, errors.New("extend needs a number of milliseconds in by")
		}
		c.Length = time.Duration(ms) * time.Millisecond
	case session.Sound:
		if json.Unmarshal(m.By, &c.To) != nil {
			return c, errors.New("sound needs host, me, none or a device’s id in by")
		}
	case session.SetMix:
		if m.Mix == nil {
			return c, errors.New("mix needs levels in mix")
		}
		c.Mix = session.Mix(*m.Mix)
		c.Mix.Tone = cmp.Or(c.Mix.Tone, session.Soft)
	case session.SetShow:
		if m.Show == nil {
			return c, errors.New("show needs what, and perhaps time, in show")
		}
		c.Show = session.Show(*m.Show)
	case session.Arm:
		c.On = m.On
	case session.Pause, session.Stop, session.Ground:
		c.Language, c.Client = m.Language, m.Client
	case session.Bell:
		c.Voice, c.Language = m.Voice, m.Language
	case session.Skip:
		c.Regions, err = wire.Regions(m.Regions)
	case session.Load, session.Settings:
		c.Since = time.Duration(min(max(m.Since, 0), math.MaxInt32*1000)) * time.Millisecond
		c.Settings, err = m.Settings.Timeline()
	}
	return c, err
}

// closeWith ends the connection when the server ends.
func closeWith(c *conn) (unhook func() bool) {
	return context.AfterFunc(c.ctx, func() { c.ws.Close() })
}
