package session

import (
	"slices"
	"time"

	"stillpoint/internal/script"
	"stillpoint/internal/timeline"
	"stillpoint/internal/transport"
)

func (t *turn) start() error {
	switch {
	case t.in(transport.Playing):
		return nil
	case !t.in(transport.Ready, transport.Finished) && !t.s.over():
		return notNow(t.s)
	}
	if err := t.consent(); err != nil {
		return err
	}
	if t.in(transport.Finished) || t.s.over() {
		t.again()
	}
	if t.s.Aside == nil {
		t.s.Needs = "" // they have agreed; what was put aside still needs whom it needed
	}
	t.setOut()
	t.happened(Start)
	return nil
}

// setOut begins a run, and notes when it began and how long it is to take. A wait
// at 0 is passed: starting is itself going on.
func (t *turn) setOut() {
	t.play(0, LeadIn)
	t.s.Began, t.s.Planned = t.s.Transport.At, t.s.Timeline.Length
}

func (t *turn) pause() error {
	if !t.in(transport.Playing) {
		t.second(Pause)
		return nil
	}
	t.halt(transport.Paused)
	t.claim()
	t.happened(Pause)
	return nil
}

func (t *turn) stop() error {
	if !t.in(transport.Playing, transport.Paused) {
		t.second(Stop)
		return nil
	}
	t.halt(transport.Stopped)
	t.claim()
	t.happened(Stop)
	return nil
}

// claim: going on needs the agreement of whoever halted the session, unless it
// was a guide. Nobody's claim is taken away by another's halt: where somebody else
// asks too, neither of them alone goes on, and a guide has to say that they agree.
// After the end nothing goes on; it can only begin again.
func (t *turn) claim() {
	switch who := t.c.client(); {
	case who == "", who == t.s.Needs:
	case t.s.Needs != "":
		t.s.Needs = Client
	case !t.s.over() || t.s.Aside != nil:
		t.s.Needs = who
	}
}

// client is whose wish a halt is, "" for the guide's own.
func (c Command) client() string {
	switch {
	case c.Role != Guide && c.Role != Remote:
		return c.By
	case c.Client:
		return Client
	}
	return ""
}

// onePress is how soon after a participant's halt another of theirs is the same
// press, a key held down or a loop gone wrong: nobody sees what the first has
// done and answers it sooner. It keeps a flood of halts from flooding the room.
// A client's key right after the guide's own is another press: it counts.
const onePress = 250 * time.Millisecond

// second is a halt with nothing left to halt: someone else was a moment ahead,
// or it was over, or has not begun. Yet a bell may ring, and the wish counts.
// What has come to its end by itself is stopped there, so that its last bell
// does not ring out.
func (t *turn) second(v Verb) {
	ago := t.now - t.s.Transport.At
	again := t.s.By == t.c.By && (t.s.Why == string(Pause) || t.s.Why == string(Stop))
	if !t.wish() && again && ago >= 0 && ago < onePress {
		return
	}
	if t.in(transport.Finished) {
		t.halt(transport.Stopped)
	}
	t.wish()
	t.s.Transport.At = t.now
	t.happened(v)
}

// wish: going on from a halt that was there already needs this guest too now. It
// says whether that is new.
func (t *turn) wish() bool {
	before := t.s.Needs
	if t.in(transport.Paused, transport.Stopped) {
		t.claim()
	}
	return t.s.Needs != before
}

// unasked pauses what plays where nobody is any more, no client is, or nobody was awake. Nobody asked
// for the pause, so a guide who comes back needs nobody's agreement to go on.
func (t *turn) unasked() {
	if t.in(transport.Playing) {
		t.halt(transport.Paused)
		t.happened(t.c.Do)
	}
}

// agreed says whether this command may set a halted session going.
func (t *turn) agreed() error {
	switch {
	case t.s.Needs == "" && t.c.Role == Guide, t.s.Needs != "" && t.s.Needs == t.c.By:
		return nil
	case t.c.Role == Guest || t.c.Role == Display:
		return notAllowed(t.c.Role, t.c.Do)
	case t.c.Role != Guide || !t.c.Agreed:
		return &Refusal{NeedsAgreement, "Someone here asked for this pause. Go on when they agree."}
	}
	return nil
}

// consent is agreed where somebody's agreement is needed, and nothing elsewhere.
// What needs it outlives the session that was halted: another that takes its place
// begins when they agree, and not before.
func (t *turn) consent() error {
	if t.s.Needs == "" {
		return nil
	}
	return t.agreed()
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
	at, lead := t.reentry(), LeadIn
	if at >= t.s.Timeline.Length {
		lead = 0 // what was left has been skipped, and the end comes at once
	}
	t.play(at, lead)
	t.happened(Resume)
	t.end()
	return nil
}

// reentry is where a paused session takes up again: before the wait that held
// it, to hold there again, and never back in what someone has skipped.
func (t *turn) reentry() time.Duration {
	at := t.present()
	for _, e := range t.s.Settings.Edits {
		if e.Do == timeline.Skip && e.At == t.position() {
			return at
		}
	}
	return t.s.Timeline.Reentry(at)
}

// goBack leads from stopped, or out of a grounding, to paused where it was: the
// third of the choices after a stop. Nothing sounds until someone resumes. Who
// stopped it after its end was at the end, and is again: it can begin anew.
func (t *turn) goBack() error {
	if t.s.Aside == nil && !t.in(transport.Stopped) {
		return &Refusal{NotNow, "There is nothing to go back to."}
	}
	if err := t.agreed(); err != nil {
		return err
	}
	switch {
	case t.s.Aside != nil:
		t.takeUp(*t.s.Aside)
	case t.s.over():
		t.halt(transport.Finished)
	default:
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
	t.s.Began, t.s.Planned = a.Began, a.Planned
	state := transport.Paused
	if a.State == transport.Ready || a.State == transport.Finished {
		state = a.State
	}
	t.s.Transport = transport.Halt(state, a.Position, t.now)
}

// moves says whether the session may be moved to another part now: not away from
// where somebody has halted it, unless they agree.
func (t *turn) moves() error {
	switch {
	case t.in(transport.Playing):
		return nil
	case !t.in(transport.Paused):
		return notNow(t.s)
	}
	return t.consent()
}

func (t *turn) next() error {
	if err := t.moves(); err != nil {
		return err
	}
	to, ok := t.s.Timeline.NextSection(t.present())
	if !ok {
		return &Refusal{NotNow, "This is the last part."}
	}
	if t.c.Section > 0 {
		if to, ok = t.s.Timeline.Section(t.c.Section); !ok || to <= t.present() {
			return &Refusal{NotNow, "There is no such part ahead."}
		}
	}
	t.move(to)
	return nil
}

// previous goes back, but never to what someone has skipped.
func (t *turn) previous() error {
	if err := t.moves(); err != nil {
		return err
	}
	to := t.s.Timeline.PreviousSection(t.present())
	if slices.ContainsFunc(t.s.Settings.Edits, func(e timeline.Edit) bool { return e.Do == timeline.Skip }) {
		section := t.sectionBy(to)
		t.s.Timeline, t.s.Settings = t.afresh()
		to = t.beginning(section)
	}
	t.move(to)
	return nil
}

// move goes to a position: a paused session stays paused there, a playing one
// goes on from there a moment later, so that all devices begin it together. A
// wait that stands right there is passed: moving on is itself going on.
func (t *turn) move(to time.Duration) {
	before, was := t.s.Transport, t.position()
	if t.in(transport.Playing) {
		t.play(to, Step)
	} else if to != was {
		t.s.Transport, t.s.Held = transport.Halt(transport.Paused, to, t.now), false
	}
	if t.s.Transport != before || t.s.Timeline != t.met.Timeline {
		t.happened(t.c.Do)
	}
}

// load makes a session of a script, in place of the one there is. It is silent, and
// who has halted that one is asked before this one begins.
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
	t.s.Aside = nil
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
