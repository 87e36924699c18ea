package session

import (
	"slices"
	"time"

	"stillpoint/internal/script"
	"stillpoint/internal/timeline"
	"stillpoint/internal/transport"
)

func (t *turn) skip() error {
	regions := t.c.Regions
	if len(regions) == 0 && t.s.Loaded() {
		regions = t.s.Timeline.RegionsAt(t.present())
	}
	if len(regions) == 0 && t.in(transport.Playing, transport.Paused) {
		return &Refusal{NotNow, "There is no place to skip here."}
	}
	left := t.unskipped(regions)
	if len(left) == 0 && len(regions) > 0 && t.in(transport.Playing, transport.Paused) {
		return nil // they are left out already
	}
	regions = left
	return t.edit(timeline.Edit{At: t.position(), Do: timeline.Skip, Regions: regions})
}

// unskipped is what nobody has skipped yet of some regions, each once: asked for
// again and again, it is one wish.
func (t *turn) unskipped(regions []script.Region) (left []script.Region) {
	for _, r := range regions {
		covers := func(o script.Region) bool { return o.Covers(r) }
		skipped := func(e timeline.Edit) bool { return e.Do == timeline.Skip && slices.ContainsFunc(e.Regions, covers) }
		if !slices.ContainsFunc(left, covers) && !slices.ContainsFunc(t.s.Settings.Edits, skipped) {
			left = append(left, r)
		}
	}
	return left
}

// stay at a wait, or with one ahead already, is what is so anyway.
func (t *turn) stay() error {
	if t.s.WaitingAt(t.now) {
		return nil
	}
	e := timeline.Edit{At: t.position(), Do: timeline.Stay}
	tl, err := t.edited(e)
	if err != nil || holdsAlike(tl, t.s.Timeline, t.position()) {
		return err
	}
	t.adopt(e, tl)
	return nil
}

// goOn goes on from the wait that holds the session, or takes back a stay that
// lies ahead.
func (t *turn) goOn() error {
	if t.s.WaitingAt(t.now) {
		t.play(t.position(), Step)
		t.happened(GoOn)
		return nil
	}
	if t.in(transport.Playing) && t.s.Timeline.WaitingAt(t.position()) {
		return nil // someone else was a moment ahead
	}
	back := timeline.Edit{At: t.position(), Do: timeline.GoOn}
	tl, err := t.edited(back)
	if err != nil {
		return err
	}
	if holdsAlike(tl, t.s.Timeline, t.position()) {
		return &Refusal{NotNow, "Nothing is waiting."}
	}
	t.adopt(back, tl)
	return nil
}

// holdsAlike says whether two timelines run equally far from a position.
func holdsAlike(a, b *timeline.Timeline, position time.Duration) bool {
	until := a.Until(position)
	return until == b.Until(position) && a.WaitingAt(until) == b.WaitingAt(until)
}

// extend at a wait lengthens what came before it, and that much more is played
// before it holds again. What has passed already cannot be shortened.
func (t *turn) extend() error {
	holding := t.s.Held || t.s.WaitingAt(t.now)
	e := timeline.Edit{At: t.present(), Do: timeline.Extend, By: t.c.Length}
	tl, err := t.edited(e)
	if err != nil {
		return err
	}
	if tl.Length == t.s.Timeline.Length || holding && tl.Length < t.s.Timeline.Length {
		return &Refusal{NotNow, "This part stays as long as it is."}
	}
	t.adopt(e, tl)
	return nil
}

func (t *turn) pace() error {
	to := timeline.Change(t.c.To)
	if to != timeline.Slower && to != timeline.Easier && to != timeline.HoldPace {
		return &Refusal{BadMessage, "The pace can become slower or easier, or hold."}
	}
	return t.edit(timeline.Edit{At: t.position(), Do: to})
}

func (t *turn) anchor() error {
	to := script.Anchor(t.c.To)
	if !slices.Contains(script.Anchors, to) {
		return &Refusal{BadMessage, "The anchor can be feet, hands, support, sounds, sight or breath."}
	}
	if t.in(transport.Ready) {
		t.c.Settings = t.s.Settings
		t.c.Settings.Anchor = to
		return t.settings()
	}
	return t.edit(timeline.Edit{At: t.position(), Do: timeline.ToAnchor, Anchor: to})
}

// guestsShare is how many edits there may be before a guest changes nothing more, but
// for what is left out; the rest is for the guide to hold the session and fit it.
const guestsShare = timeline.MaxEdits / 2

// edited is the timeline after one more edit. Only what has begun can be edited.
func (t *turn) edited(e timeline.Edit) (*timeline.Timeline, error) {
	switch {
	case !t.in(transport.Playing, transport.Paused):
		return nil, notNow(t.s)
	case t.c.Role == Guest && e.Do != timeline.Skip && len(t.s.Settings.Edits) >= guestsShare:
		return nil, &Refusal{NotNow, "This has been changed very often. The guide can change it further, and you can pause and stop."}
	}
	tl, err := timeline.Compile(t.s.Script, t.with(e), t.env.Speech)
	if err != nil {
		return nil, unfit(err)
	}
	return tl, nil
}

// with is the settings with one more edit, in a list of their own.
func (t *turn) with(e timeline.Edit) timeline.Settings {
	set := t.s.Settings
	set.Edits = append(slices.Clip(slices.Clone(set.Edits)), e)
	return set
}

// edit makes a change to what is still to come.
func (t *turn) edit(e timeline.Edit) error {
	tl, err := t.edited(e)
	if err != nil {
		return err
	}
	t.adopt(e, tl)
	return nil
}

// adopt takes up the timeline after an edit. A playing session plays on
// unbroken: the new timeline agrees with the old one up to here. A wait that the
// edit brings to where the session stands holds it there, unless that is 0:
// nothing was before, and starting is itself going on.
func (t *turn) adopt(e timeline.Edit, tl *timeline.Timeline) {
	at, was := t.position(), t.s.Timeline
	t.s.Timeline, t.s.Settings = tl, t.with(e)
	waits := at > 0 && tl.WaitingAt(at)
	brought := waits && !was.WaitingAt(at)
	switch {
	case !t.in(transport.Playing):
		t.s.Held = waits && (t.s.Held || brought)
	case brought && !t.s.WaitingAt(t.now):
		t.play(at-time.Millisecond, Step) // it was to set out from here, which would pass the wait
	case t.position() != at:
		// It was holding at the end of what has just become longer: an old
		// beginning would leap over all of that.
		t.play(at, Step)
	}
	t.happened(t.c.Do)
}
