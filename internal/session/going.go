package session

import (
	"time"

	"stillpoint/internal/script"
	"stillpoint/internal/timeline"
	"stillpoint/internal/transport"
)

func (t *turn) start() error {
	switch {
	case t.in(transport.Playing):
		return nil
	case t.in(transport.Finished):
		t.again()
	case !t.in(transport.Ready):
		return notNow(t.s)
	}
	t.play(0, LeadIn)
	t.happened(Start)
	return nil
}

// again makes the session anew for another run. Where to hold and what to
// lengthen were wishes of that hour; what someone asked to have left out and
// the anchor they chose stay as they wished.
func (t *turn) again() {
	set := t.s.Settings
	set.Edits = nil
	for _, e := range t.s.Settings.Edits {
		switch e.Do {
		case timeline.Skip:
			set.LeaveOut = append(set.LeaveOut[:len(set.LeaveOut):len(set.LeaveOut)], e.Regions...)
		case timeline.ToAnchor:
			set.Anchor = e.Anchor
		}
	}
	tl, err := timeline.Compile(t.s.Script, set, t.env.Speech)
	if err != nil { // with so much left out it cannot take its length: as it was, then
		tl, set = t.s.Timeline, t.s.Settings
	}
	t.fresh(tl, set)
}

func (t *turn) pause() error {
	switch {
	case t.in(transport.Playing):
		t.halt(transport.Paused)
		t.claim()
		t.happened(Pause)
	case t.in(transport.Paused):
		t.second(Pause)
	}
	return nil
}

func (t *turn) stop() error {
	switch {
	case t.in(transport.Playing, transport.Paused):
		t.halt(transport.Stopped)
		t.claim()
		t.happened(Stop)
	case t.in(transport.Stopped):
		t.second(Stop)
	}
	return nil
}

// claim: going on needs the agreement of whoever halted the session, unless it
// was a guide. A guide's own halt leaves standing what a guest asked for.
func (t *turn) claim() {
	if t.c.Role != Guide {
		t.s.Needs = t.c.By
	}
}

// second is a halt that someone else was a moment ahead of. Nothing is left to
// halt, but the wish counts: going on needs this guest now, if nobody else.
func (t *turn) second(v Verb) {
	if t.s.Needs == "" && t.c.Role != Guide {
		t.claim()
		t.happened(v)
	}
}

// agreed says whether this command may set a halted session going.
func (t *turn) agreed() error {
	switch {
	case t.s.Needs == "" && t.c.Role == Guide, t.s.Needs != "" && t.s.Needs == t.c.By:
		return nil
	case t.c.Role != Guide:
		return notAllowed(t.c.Role, t.c.Do)
	case !t.c.Agreed:
		return &Refusal{NeedsAgreement, "Someone here asked for this pause. Go on when they agree."}
	}
	return nil
}

func (t *turn) resume() error {
	switch {
	case t.in(transport.Playing):
		return nil
	case !t.in(transport.Paused):
		return notNow(t.s)
	}
	if err := t.agreed(); err != nil {
		return err
	}
	t.s.Needs = ""
	t.play(t.s.Timeline.Reentry(t.present()), LeadIn) // before the wait that held it, to hold there again
	t.happened(Resume)
	return nil
}

// goBack leads from stopped, or out of a grounding, to paused where it was: the
// third of the choices after a stop. Nothing sounds until someone resumes.
func (t *turn) goBack() error {
	if t.s.Aside == nil && !t.in(transport.Stopped) {
		return &Refusal{NotNow, "There is nothing to go back to."}
	}
	if err := t.agreed(); err != nil {
		return err
	}
	if t.s.Aside != nil {
		t.takeUp(*t.s.Aside)
	} else {
		t.halt(transport.Paused)
	}
	t.happened(Return)
	return nil
}

// takeUp makes the session that was put aside the present one again. What had
// not begun, or had ended, is as it was; all else is paused.
func (t *turn) takeUp(a Aside) {
	t.s.ID, t.s.ScriptID, t.s.Script = a.ID, a.ScriptID, a.Script
	t.s.Settings, t.s.Timeline, t.s.Held, t.s.Aside = a.Settings, a.Timeline, a.Held, nil
	state := transport.Paused
	if a.State == transport.Ready || a.State == transport.Finished {
		state = a.State
	}
	t.s.Transport = transport.Halt(state, a.Position, t.now)
}

// ground puts the present session aside and begins the grounding, for anyone,
// from anywhere. Whatever cannot be done, there is silence.
func (t *turn) ground() error {
	set := t.groundingSettings()
	tl, err := t.compileGrounding(&set)
	if err != nil {
		return t.stop()
	}
	if t.s.Loaded() && t.s.ScriptID != GroundingID {
		t.putAside()
	}
	t.s.ScriptID, t.s.Script = GroundingID, t.env.Grounding
	t.fresh(tl, set)
	t.play(0, LeadIn)
	t.happened(Ground)
	return nil
}

// groundingSettings is what a person chose that holds in a grounding too.
func (t *turn) groundingSettings() timeline.Settings {
	s := t.s.Settings
	return timeline.Settings{LeaveOut: s.LeaveOut, Anchor: s.Anchor, TextOnly: s.TextOnly}
}

// compileGrounding falls back to the grounding as it is written.
func (t *turn) compileGrounding(set *timeline.Settings) (*timeline.Timeline, error) {
	if t.env.Grounding == nil {
		return nil, notNow(t.s)
	}
	if tl, err := timeline.Compile(t.env.Grounding, *set, t.env.Speech); err == nil && tl.Length > 0 {
		return tl, nil
	}
	*set = timeline.Settings{}
	return timeline.Compile(t.env.Grounding, *set, t.env.Speech)
}

func (t *turn) putAside() {
	if t.in(transport.Playing, transport.Paused, transport.Stopped) {
		t.stop()
	}
	t.s.Aside = &Aside{
		ID: t.s.ID, ScriptID: t.s.ScriptID, Script: t.s.Script, Settings: t.s.Settings, Timeline: t.s.Timeline,
		State: t.s.Transport.State, Position: t.s.Transport.Position, Held: t.s.Held,
	}
}

func (t *turn) next() error {
	if !t.in(transport.Playing, transport.Paused) {
		return notNow(t.s)
	}
	to, ok := t.s.Timeline.NextSection(t.present())
	if !ok {
		return &Refusal{NotNow, "This is the last part."}
	}
	t.move(to)
	return nil
}

func (t *turn) previous() error {
	if !t.in(transport.Playing, transport.Paused) {
		return notNow(t.s)
	}
	t.move(t.s.Timeline.PreviousSection(t.present()))
	return nil
}

// move goes to a position: a paused session stays paused there, a playing one
// goes on from there a moment later, so that all devices begin it together.
func (t *turn) move(to time.Duration) {
	before, was := t.s.Transport, t.position()
	if t.in(transport.Playing) {
		t.play(to, Step)
	} else if to != was {
		t.s.Transport, t.s.Held = transport.Halt(transport.Paused, to, t.now), false
	}
	if t.s.Transport != before {
		t.happened(t.c.Do)
	}
}

// load makes a session of a script, in place of the one there is.
func (t *turn) load() error {
	if t.c.Page == nil {
		return &Refusal{UnknownScript, "There is no such script here."}
	}
	tl, set, err := compileFor(t.env, t.c.Page, t.c.Settings)
	if err != nil {
		return err
	}
	if t.in(transport.Playing, transport.Paused) {
		t.halt(transport.Stopped)
		t.happened(Stop)
	}
	t.s.ScriptID, t.s.Script = t.c.Script, t.c.Page
	t.s.Needs, t.s.Aside = "", nil
	t.fresh(tl, set)
	t.happened(Load)
	return nil
}

// settings makes a session that has not begun anew.
func (t *turn) settings() error {
	switch {
	case !t.s.Loaded():
		return notNow(t.s)
	case !t.in(transport.Ready):
		return &Refusal{NotNow, "These choices are made before a session begins. The script can be loaded again."}
	}
	tl, set, err := compileFor(t.env, t.s.Script, t.c.Settings)
	if err != nil {
		return err
	}
	t.s.Timeline, t.s.Settings = tl, set
	t.happened(Settings)
	return nil
}

// compileFor compiles what a person chose before the beginning: there are no
// edits yet, whatever the device says.
func compileFor(e Env, s *script.Script, set timeline.Settings) (*timeline.Timeline, timeline.Settings, error) {
	set.Edits = nil
	tl, err := timeline.Compile(s, set, e.Speech)
	if err != nil {
		return nil, set, unfit(err)
	}
	return tl, set, nil
}
