package server

import (
	"net/http"
	"slices"

	"stillpoint/internal/library"
	"stillpoint/internal/script"
	"stillpoint/internal/timeline"
)

// scriptSummary is what a person may want to know of a script before choosing it.
type scriptSummary struct {
	ID       string       `json:"id"`
	Title    string       `json:"title"`
	Summary  string       `json:"summary"`
	Kind     script.Kind  `json:"kind"`
	Language string       `json:"language"`
	Original string       `json:"original,omitempty"` // the id of the script it translates
	Care     bool         `json:"care"`
	Author   string       `json:"author"`
	Reviewer string       `json:"reviewer,omitempty"`
	Length   lengthBounds `json:"length"`
	Level    int          `json:"level"`          // 0 open, 1 a short note, 2 behind an advisory
	Holds    bool         `json:"holds"`          // the breath is held somewhere
	Paced    bool         `json:"paced"`          // breath is led, not only noticed
	OwnPace  bool         `json:"ownPace"`        // it begins at the person's own pace
	Bells    int          `json:"bells"`          // how many
	Ambience []string     `json:"ambience"`       // their names
	Regions  []string     `json:"regions"`        // in the order they come
	OptIn    []string     `json:"optIn"`          // those among them that rest unless welcomed
	Source   string       `json:"source"`         // "built-in" or "own"
	Made     bool         `json:"made,omitempty"` // own, and kept from here, so that it can be taken away here
	Faults   []string     `json:"faults,omitempty"`
}

type lengthBounds struct {
	Want int64 `json:"want"` // ms
	Min  int64 `json:"min"`
	Max  int64 `json:"max"`
}

// transcriptPart is a section's words, for reading beforehand.
type transcriptPart struct {
	Section string   `json:"section"`
	Lines   []string `json:"lines"`
}

func (s *Server) summary(e library.Entry) scriptSummary {
	sum := scriptSummary{ID: e.ID, Original: e.Original, Title: e.File, Source: "built-in", Ambience: []string{}, Regions: []string{}, OptIn: []string{}}
	if e.Own {
		sum.Source, sum.Made = "own", e.Made
	}
	for _, f := range e.Faults {
		sum.Faults = append(sum.Faults, f.Error())
	}
	c := e.Script
	if c == nil {
		return sum
	}
	sum.Title, sum.Summary, sum.Kind, sum.Language = c.Title, c.Summary, c.Kind, c.Language
	sum.Care, sum.Author, sum.Reviewer = c.Care, c.Author, c.Reviewer
	sum.Level, sum.Holds, sum.Paced, sum.OwnPace = c.Level(), c.Holds(), c.Paced(), c.UsesOwnPace()
	sum.Bells, sum.Ambience = c.Bells(), append(sum.Ambience, c.Ambiences()...)
	for _, r := range c.Regions() {
		sum.Regions = append(sum.Regions, r.Key())
		if r.OptIn() {
			sum.OptIn = append(sum.OptIn, r.Key())
		}
	}
	sum.Length = s.lengths(c)
	return sum
}

// lengths are the header's, or what the script comes to when it names none.
func (s *Server) lengths(c *script.Script) lengthBounds {
	set := timeline.Settings{Voice: s.Voices.Choose(c, "")}
	shortest, longest, err := timeline.Bounds(c, set, s.Voices.Length)
	if err != nil {
		return lengthBounds{}
	}
	want := c.Length.Want
	if want == 0 {
		if t, err := timeline.Compile(c, set, s.Voices.Length); err == nil {
			want = t.Length
		}
	}
	want = min(max(want, shortest), longest)
	return lengthBounds{want.Milliseconds(), shortest.Milliseconds(), longest.Milliseconds()}
}

// scripts is the library. For who does not guide there is nothing in it: their page
// asks like any other, and is not to be told off.
func (s *Server) scripts(w http.ResponseWriter, r *http.Request) {
	all := s.Library.All()
	if visitorOf(r).crowd&therapist == 0 {
		all = nil
	}
	list := make([]scriptSummary, len(all))
	for i, e := range all {
		list[i] = s.summary(e)
	}
	answer(w, http.StatusOK, list)
}

func (s *Server) refresh(w http.ResponseWriter, r *http.Request) {
	if err := s.Library.Refresh(); err != nil {
		s.Log.Warn("look at the scripts folder", "error", err)
		refuse(w, http.StatusInternalServerError, "internal", "Your scripts folder could not be read. It is "+s.Library.Folder()+".")
		return
	}
	s.scripts(w, r)
}

func (s *Server) script(w http.ResponseWriter, r *http.Request) {
	e, err := s.Library.Find(r.PathValue("id"))
	if err != nil {
		refuse(w, http.StatusNotFound, "unknown-script", err.Error())
		return
	}
	answer(w, http.StatusOK, struct {
		scriptSummary
		Transcript []transcriptPart `json:"transcript"`
	}{s.summary(e), transcript(e.Script, script.Anchor(r.URL.Query().Get("anchor")))})
}

// transcript is every word that may be said, section by section. The guide's
// notes are not among them.
func transcript(c *script.Script, anchor script.Anchor) []transcriptPart {
	parts := []transcriptPart{}
	if c == nil {
		return parts
	}
	for _, section := range c.Sections {
		p := transcriptPart{Section: section.Title, Lines: []string{}}
		for _, i := range section.Items {
			switch i := i.(type) {
			case script.Prompt:
				p.Lines = append(p.Lines, i.Text)
			case script.AnchorPrompt:
				p.Lines = append(p.Lines, timeline.AnchorPrompt(c.Language, anchor))
			}
		}
		if len(p.Lines) > 0 {
			parts = append(parts, p)
		}
	}
	return slices.Clip(parts)
}
