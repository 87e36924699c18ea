package server

import (
	"net/http"
	"path/filepath"

	"stillpoint/internal/library"
	"stillpoint/internal/script"
)

// planFile is where a therapist's plan is looked for, in the person's folder.
const planFile = "plan.txt"

// planSeen is what a page is told of the plan, and where it is.
type planSeen struct {
	Folder string     `json:"folder"`
	From   string     `json:"from"`
	Note   string     `json:"note"`
	Items  []planItem `json:"items"`
	Faults []string   `json:"faults,omitempty"`
}

type planItem struct {
	Script string `json:"script"`
	Title  string `json:"title"`
	Times  int    `json:"times"`  // a week; 0: when you like
	Length int64  `json:"length"` // ms; 0: as the script says
}

// plan reads the person's plan anew each time: a page that is written while
// Stillpoint runs is there at once.
func (s *Server) plan(w http.ResponseWriter, _ *http.Request) {
	seen := planSeen{Folder: s.Data, Items: []planItem{}}
	if s.Data == "" {
		answer(w, http.StatusOK, seen)
		return
	}
	plan, faults, err := library.ReadPlan(filepath.Join(s.Data, planFile))
	if err != nil {
		s.Log.Warn("read the plan", "error", err)
		faults = script.Faults{{File: planFile, What: "this file could not be read", Try: "looking at its permissions"}}
	}
	seen.From, seen.Note = plan.From, plan.Note
	for _, item := range plan.Items {
		e, err := s.Library.Find(item.Script)
		if err != nil || e.Script == nil {
			faults = append(faults, script.Fault{File: planFile, Line: item.Line, What: "“" + item.Script + "” is no script here, or has faults of its own", Try: "stillpoint list"})
			continue
		}
		seen.Items = append(seen.Items, planItem{e.ID, e.Script.Title, item.Times, item.Length.Milliseconds()})
	}
	for _, f := range faults.Shortened() {
		seen.Faults = append(seen.Faults, f.Error())
	}
	answer(w, http.StatusOK, seen)
}
