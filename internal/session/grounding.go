package session

import (
	"stillpoint/internal/script"
	"stillpoint/internal/timeline"
	"stillpoint/internal/transport"
)

// Grounding is a script that `ground` may begin.
type Grounding struct {
	ID     string
	Script *script.Script
}

// grounding is the one in the first of some languages that there is one in, or
// else the first of all; false where there is none.
func (e Env) grounding(languages ...string) (Grounding, bool) {
	if len(e.Groundings) == 0 {
		return Grounding{}, false
	}
	for _, language := range languages {
		for _, g := range e.Groundings {
			if language != "" && script.Primary(g.Script.Language) == script.Primary(language) {
				return g, true
			}
		}
	}
	return e.Groundings[0], true
}

// grounds says whether a script is one that `ground` begins.
func (e Env) grounds(id string) bool {
	for _, g := range e.Groundings {
		if g.ID == id {
			return true
		}
	}
	return false
}

// ground puts the present session aside and begins the grounding, for anyone,
// from anywhere, in the language of whoever asks. Whatever cannot be done, there
// is silence; and silence is all that a guide's own wish brings where somebody has
// halted what plays, for a grounding sounds.
func (t *turn) ground() error {
	if t.c.client() == "" && t.consent() != nil {
		return t.stop()
	}
	g, ok := t.env.grounding(t.c.Language, t.language())
	if !ok {
		return t.stop()
	}
	set := t.groundingSettings()
	tl, err := t.compileGrounding(g.Script, &set)
	if err != nil {
		return t.stop()
	}
	if t.s.Loaded() && !t.env.grounds(t.s.ScriptID) {
		t.putAside()
	}
	t.s.ScriptID, t.s.Script = g.ID, g.Script
	t.fresh(tl, set)
	t.setOut()
	t.happened(Ground)
	return nil
}

// language is the present session's, "" for none.
func (t *turn) language() string {
	if !t.s.Loaded() {
		return ""
	}
	return t.s.Script.Language
}

// groundingSettings is what a person chose that holds in a grounding too.
func (t *turn) groundingSettings() timeline.Settings {
	s := t.s.wishes()
	return timeline.Settings{LeaveOut: s.LeaveOut, Anchor: s.Anchor, Voice: s.Voice, TextOnly: s.TextOnly, Ambience: s.Ambience}
}

// compileGrounding falls back to the grounding as it is written.
func (t *turn) compileGrounding(page *script.Script, set *timeline.Settings) (*timeline.Timeline, error) {
	if tl, err := timeline.Compile(page, *set, t.env.Speech); err == nil && tl.Length > 0 {
		return tl, nil
	}
	*set = timeline.Settings{}
	return timeline.Compile(page, *set, t.env.Speech)
}

func (t *turn) putAside() {
	if t.in(transport.Playing, transport.Paused) {
		t.stop()
	} else {
		t.wish()
	}
	if t.s.over() {
		t.halt(transport.Finished)
	}
	t.s.Aside = &Aside{
		ID: t.s.ID, ScriptID: t.s.ScriptID, Script: t.s.Script, Settings: t.s.Settings, Timeline: t.s.Timeline,
		Began: t.s.Began, Planned: t.s.Planned,
		State: t.s.Transport.State, Position: t.s.Transport.Position, Held: t.s.Held,
	}
}
