package room

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"time"

	"github.com/google/uuid"

	"stillpoint/internal/session"
	"stillpoint/internal/transport"
)

// tries is how often a command is applied when other nodes keep changing the
// same room in between.
const tries = 8

// command gives c to the owner. What takes time without needing the room, such
// as looking up a script, is done here. overtaken may be nil; see DoUnless.
func (r *Room) command(ctx context.Context, c session.Command, overtaken func() bool) (rev int, err error) {
	c.NewID = uuid.NewString()
	met, asked := r.State(), r.now()
	if c.Role.May(c.Do) {
		if c, err = r.prepare(ctx, c); err != nil {
			return 0, err
		}
	}
	var result struct {
		rev int
		err error
	}
	a := ask{do: func() {
		if overtaken != nil && overtaken() || (c.Do == session.Load || c.Do == session.Settings) && r.overtook(met, asked) {
			result.err = &session.Refusal{Code: session.Stale, Text: "It was stopped or paused just after this. See how it stands now, then choose."}
			return
		}
		result.rev, result.err = r.execute(c, r.now)
	}}
	if c.Do.Silences() {
		a.silence = &silence{Command: c}
		a.do = func() { result.rev, result.err = r.execute(c, func() time.Duration { return r.hear(a.silence) }) }
	}
	if err := r.ask(ctx, a); err != nil {
		return 0, err
	}
	return result.rev, result.err
}

// overtook says whether, since a command was asked for in the state met, anyone has
// silenced the room or set another session going: getting a voice ready takes time,
// and what was wished for before must not end what was wished for after.
func (r *Room) overtook(met session.State, asked time.Duration) bool {
	playing := func(s session.State) bool { return s.Transport.State == transport.Playing }
	return r.silenced > asked || playing(r.state) && (!playing(met) || r.state.ID != met.ID)
}

// prepare looks up the script that is to be loaded, and gives the session its voice.
func (r *Room) prepare(ctx context.Context, c session.Command) (_ session.Command, err error) {
	page := r.State().Script
	switch c.Do {
	case session.Load:
		if page, err = r.house.config.Script(c.Script); err != nil {
			return c, &session.Refusal{Code: session.UnknownScript, Text: err.Error()}
		}
		c.Page = page
	case session.Settings:
	default:
		return c, nil
	}
	if page != nil {
		c.Settings, err = r.house.config.Prepare(ctx, page, c.Settings)
	}
	return c, err
}

// execute carries a command out. A change is in the Store before anyone hears of
// it; but a silence is heard before the Store is told, where the session sounds
// first, for nothing may stand between a person and silence.
func (r *Room) execute(c session.Command, now func() time.Duration) (rev int, err error) {
	switch c.Do {
	case session.Sound, session.Bell, session.SetMix, session.Arm, session.SetShow:
		return r.devices(c)
	}
	if rev, done := r.state.Acknowledged(c); done {
		return rev, nil
	}
	if c.Do.Silences() {
		r.silenced = now()
		r.endTrial()
	}
	for try := 1; ; try++ {
		next, events, err := r.house.env.Apply(r.state, c, now())
		if len(events) == 0 {
			// Refused, or nothing to do: unless that is old knowledge, and the
			// session has gone on elsewhere.
			if try < tries && r.refresh() {
				continue
			}
			r.state = next
			return next.Rev, err
		}
		ch := change{c, next, events, r.account}
		same := c.Do.Silences() && saysNothingNew(r.state, next)
		if !same {
			ch.account = r.accountAfter(c, next, events)
		}
		if quiets(c.Do) {
			r.hush(ch)
		}
		if same && r.keeper != nil {
			return r.take(ch, errUntold)
		}
		err = r.keep(ch)
		if errors.Is(err, ErrConflict) && try < tries && r.refresh() {
			continue
		}
		return r.take(ch, err)
	}
}

// change is a command and what it makes of a room.
type change struct {
	session.Command
	next    session.State
	events  []session.Event
	account *Account
}

// take makes a change so when it was kept. A silence, or the end, holds even
// if it could not be: the Store is told with the next change, which reports what
// is wrong with it.
func (r *Room) take(ch change, err error) (int, error) {
	if err == nil {
		r.stored = ch.next.Rev
	} else if !quiets(ch.Do) && ch.Do != session.End {
		return 0, fmt.Errorf("keep room %q: %w", r.name, err)
	}
	r.state, r.account = ch.next, ch.account
	for _, e := range ch.events {
		r.house.config.Happened(r.name, e, ch.next)
	}
	return ch.next.Rev, nil
}

// quiets says whether a verb brings silence, asked for or not.
func quiets(v session.Verb) bool {
	return v.Silences() || v == session.Alone || v == session.Out || v == session.Slept || v == session.Restarted
}

// saysNothingNew says whether a halt has found everything halted already. It makes
// what was asked before it stale; that is of use to other nodes, and no file's to keep.
func saysNothingNew(was, next session.State) bool {
	next.Transport.At = was.Transport.At
	return next.Loaded() && next.ID == was.ID && next.PlanRev == was.PlanRev && next.Transport == was.Transport &&
		next.Needs == was.Needs && next.Held == was.Held && next.Aside == was.Aside
}

// hush tells everyone a state ahead of the Store, the devices that sound first.
func (r *Room) hush(ch change) {
	for _, l := range r.soundFirst() {
		r.tell(l, ch.next, ch.account)
	}
}

// soundFirst is every listener, those first where the session is heard.
func (r *Room) soundFirst() []*listener {
	return slices.SortedFunc(maps.Keys(r.listeners), func(a, b *listener) int {
		switch first := r.sounds(a); {
		case first == r.sounds(b):
			return 0
		case first:
			return -1
		}
		return 1
	})
}

// keep writes a change to the Store.
func (r *Room) keep(ch change) error {
	stored, around := r.stored, r.around()
	return r.await(func(ctx context.Context) error {
		rec := r.house.record(ch.next, ch.account)
		rec.Around = around
		return r.house.config.Store.Swap(ctx, r.name, stored, rec)
	})
}

// refresh takes up what another node has made of this room. False when nobody
// changed it, or when the Store does not answer.
func (r *Room) refresh() bool {
	known, stored := r.state, r.stored
	var theirs session.State
	var account *Account
	var rev int
	err := r.await(func(ctx context.Context) error {
		record, err := r.house.config.Store.Load(ctx, r.name)
		if err != nil || record.Rev == stored {
			return err
		}
		rev, theirs = record.Rev, r.house.rebuild(record, known)
		account = r.house.recorded(record, theirs)
		return nil
	})
	if err != nil || rev == 0 {
		return false
	}
	theirs.Rev = max(theirs.Rev, r.state.Rev) // what devices were told only grows
	r.state, r.account, r.stored = theirs, account, rev
	return true
}

// await lets the Store take its time, up to storeWait, and meanwhile has every
// silence heard at once by everyone; it is carried out after. The
// work runs beside the owner and may outlast the wait: it must touch nothing of
// the owner's.
func (r *Room) await(work func(context.Context) error) error {
	ctx, cancel := context.WithTimeout(r.ctx, storeWait)
	defer cancel()
	done := make(chan error, 1)
	go func() { done <- work(ctx) }()
	for {
		urgent := r.urgent
		if len(r.pending) >= maxUrgent {
			urgent = nil // the silence has been heard; the rest can wait
		}
		select {
		case err := <-done:
			return err
		case <-ctx.Done():
			return ctx.Err()
		case a := <-urgent:
			r.pending = append(r.pending, a)
			r.hushEarly(a.silence)
		}
	}
}

// hear is when the owner first heard of a silence.
func (r *Room) hear(s *silence) time.Duration {
	if s.heard == 0 {
		s.heard = r.now()
	}
	return s.heard
}

// hushEarly applies a silence to what each listener has heard last, which is the
// same for nearly all.
func (r *Room) hushEarly(s *silence) {
	r.endTrial()
	var from, next session.State
	var events []session.Event
	for n, l := range r.soundFirst() {
		if n == 0 || l.heard.Rev != from.Rev || l.heard.Transport != from.Transport || l.heard.Timeline != from.Timeline {
			from = l.heard
			next, events, _ = r.house.env.Apply(from, s.Command, r.hear(s))
		}
		if len(events) > 0 {
			r.tell(l, next, r.account)
		}
	}
}

// devices does what concerns the room's devices rather than its session.
func (r *Room) devices(c session.Command) (rev int, err error) {
	if rev, done := r.state.Acknowledged(c); done {
		return rev, nil
	}
	r.hostChanged()
	err = c.Role.MayAsk(c.Do)
	switch {
	case err != nil:
	case c.Do == session.Sound && c.To != "me" && c.To != "none" && c.Role != session.Guide:
		err = &session.Refusal{Code: session.NotAllowed, Text: "Choosing the room’s sound is the guide’s. You can pause and stop."}
	case c.Do == session.Bell:
		err = r.ring(c)
	case c.Do == session.SetMix:
		err = r.setMix(c.Mix)
	case c.Do == session.Arm:
		err = r.arm(c)
	case c.Do == session.SetShow:
		err = r.setShow(c.Show)
	default:
		err = r.setSound(c)
	}
	if err != nil {
		return 0, err
	}
	r.state = r.state.Acknowledge(c)
	r.tellKeeper()
	return r.state.Rev, nil
}

// noSpeaker says why the host cannot sound.
func noSpeaker() error {
	return &session.Refusal{Code: session.NotNow, Text: "There is no sound device on the computer that runs Stillpoint."}
}

// setMix changes how the room sounds, wherever it does.
func (r *Room) setMix(m session.Mix) error {
	if err := m.Check(); err != nil {
		return err
	}
	r.mix = m
	r.count()
	return nil
}

// hostChanged looks whether the host's speaker is there.
func (r *Room) hostChanged() {
	host := r.house.HostIn() == r.name && r.house.config.Host()
	if r.here != nil && host == r.here.Host {
		return
	}
	switch {
	case host && r.untouched:
		r.untouched = false
		r.give(OnHost)
	case !host && (r.sound == OnHost || r.coming == OnHost):
		r.give("")
		if r.house.HostIn() == r.name { // it was not taken elsewhere
			r.lost = OnHost
		}
	}
	r.count()
	r.here.Host = host
}
