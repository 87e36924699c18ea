package room

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"time"

	"stillpoint/internal/script"
	"stillpoint/internal/session"
	"stillpoint/internal/timeline"
	"stillpoint/internal/transport"
)

// maxRecorded is how many of the commands done lately a record keeps: those a
// device may send again after its node was lost.
const maxRecorded = 32

// Record is all of a room that outlives it: small, and fit for JSON. Scripts are
// named, not copied; timelines are made again. Times are wall-clock, the one
// clock that other nodes and later runs share.
type Record struct {
	Rev     int // 0: no record
	PlanRev int
	Run     *Run  `json:",omitempty"` // nil: nothing is loaded
	At      int64 // ms since 1970: the transport's At
	Stepped int64 `json:",omitempty"` // s: by how much the wall clock had been put forward since its times began to be counted
	By      string
	Why     string
	Needs   string
	Aside   *Run `json:",omitempty"`
	Seen    session.Seen
	Account *Account `json:",omitempty"` // its times are since 1970
	Around  *Around  `json:",omitempty"`
	Alive   int64    `json:"-"` // ms since 1970: when a room that an earlier process left last lived; 0: it lives
}

// Run is one session in a record.
type Run struct {
	ID       string
	Script   string // its id
	Settings timeline.Settings
	Score    string // a hash of its timeline, to know it again
	Began    int64  // ms since 1970; of use once Planned is not 0
	Planned  time.Duration
	State    transport.State
	Position time.Duration
	Held     bool
}

// record is a state and its account as the Store keeps them.
func (h *House) record(s session.State, a *Account) Record {
	rec := Record{
		Rev: s.Rev, PlanRev: s.PlanRev, By: s.By, Why: s.Why, Needs: s.Needs,
		At:      h.wall(s.Transport.At),
		Stepped: h.stepped(),
		Account: a.shifted(h.sinceEpoch()),
		Seen:    s.Seen[max(0, len(s.Seen)-maxRecorded):],
	}
	if s.Loaded() {
		rec.Run = &Run{s.ID, s.ScriptID, s.Settings, score(s.Timeline), h.wall(s.Began), s.Planned, s.Transport.State, s.Transport.Position, s.Held}
	}
	if a := s.Aside; a != nil {
		rec.Aside = &Run{a.ID, a.ScriptID, a.Settings, score(a.Timeline), h.wall(a.Began), a.Planned, a.State, a.Position, a.Held}
	}
	return rec
}

// wall is a room time by the clock that every run of the program shares, and
// roomTime is that of such a time.
func (h *House) wall(at time.Duration) int64 { return h.started.UnixMilli() + at.Milliseconds() }

func (h *House) roomTime(ms int64) time.Duration {
	return time.Duration(ms-h.started.UnixMilli()) * time.Millisecond
}

// stepped is by how many seconds the wall clock has been put forward, or back if less
// than 0, while room time went on by the steady one.
func (h *House) stepped() int64 { return (h.clock() - h.wall(h.Now())) / 1000 }

// steadied is a record found after the wall clock was changed under it, by the clock
// as it is now.
func (r Record) steadied() Record {
	by := r.Stepped * 1000
	if by == 0 {
		return r
	}
	r.At += by
	for _, run := range []**Run{&r.Run, &r.Aside} {
		if *run != nil {
			moved := **run
			moved.Began += by
			*run = &moved
		}
	}
	r.Account = r.Account.shifted(time.Duration(r.Stepped) * time.Second)
	return r
}

// sinceEpoch is how long after 1970 room time began.
func (h *House) sinceEpoch() time.Duration {
	return time.Duration(h.started.UnixMilli()) * time.Millisecond
}

// recorded is the account that belongs to what became of a record.
func (h *House) recorded(rec Record, s session.State) *Account {
	return rec.Account.shifted(-h.sinceEpoch()).of(s)
}

// record is a state and what is around it, as the Store keeps them.
func (r *Room) record(s session.State) Record {
	rec := r.house.record(s, r.account)
	rec.Around = r.around()
	return rec
}

// score tells timelines apart.
func score(t *timeline.Timeline) string {
	sum := sha256.New()
	fmt.Fprint(sum, t.Length, t.Spans, t.Cues)
	return hex.EncodeToString(sum.Sum(nil)[:16])
}

// rebuild is the state a record stands for. have is what this room has already,
// whose timelines need not be made again. A session whose script is gone, or no
// longer fits, is not there; one whose timeline has come out differently (the
// script was rewritten, the voice is another) is paused near where it was.
func (h *House) rebuild(rec Record, have session.State) session.State {
	s := session.State{Rev: rec.Rev, PlanRev: rec.PlanRev, By: rec.By, Why: rec.Why, Needs: rec.Needs, Seen: rec.Seen}
	if rec.Run == nil {
		return s
	}
	run := *rec.Run
	var err error
	if have.Loaded() && have.ID == run.ID && have.PlanRev == rec.PlanRev {
		s.Script, s.Timeline = have.Script, have.Timeline
	} else if s.Script, s.Timeline, err = h.remake(&run); err != nil {
		return s
	}
	at := min(h.roomTime(rec.At), h.Now()+session.LeadIn) // a wall clock set back must not freeze it
	s.ID, s.ScriptID, s.Settings, s.Held = run.ID, run.Script, run.Settings, run.Held
	s.Began, s.Planned = h.roomTime(run.Began), run.Planned
	s.Transport = transport.Transport{State: run.State, Position: run.Position, At: at}
	s.Aside = h.rebuildAside(rec.Aside)
	return s
}

func (h *House) rebuildAside(kept *Run) *session.Aside {
	if kept == nil {
		return nil
	}
	run := *kept
	page, tl, err := h.remake(&run)
	if err != nil {
		return nil
	}
	return &session.Aside{
		ID: run.ID, ScriptID: run.Script, Script: page, Settings: run.Settings, Timeline: tl,
		Began: h.roomTime(run.Began), Planned: run.Planned, State: run.State, Position: run.Position, Held: run.Held,
	}
}

// remake compiles a run again. If it comes out differently, or the record makes
// no sense, the run is changed to stand paused at a place that the timeline has.
func (h *House) remake(run *Run) (page *script.Script, tl *timeline.Timeline, err error) {
	if page, err = h.page(run.Script); err != nil {
		return nil, nil, err
	}
	if tl, err = timeline.Compile(page, run.Settings, h.config.Speech); err != nil {
		return nil, nil, err
	}
	if score(tl) != run.Score && run.State == transport.Playing || !known(run.State) {
		run.State = transport.Paused
	}
	run.Position = max(0, min(run.Position, tl.Length))
	run.Held = run.Held && tl.WaitingAt(run.Position)
	return page, tl, nil
}

// page is a script by its id; a grounding is there whatever became of the library.
func (h *House) page(id string) (*script.Script, error) {
	for _, g := range h.config.Groundings {
		if g.ID == id {
			return g.Script, nil
		}
	}
	return h.config.Script(id)
}

func known(s transport.State) bool {
	switch s {
	case transport.Ready, transport.Playing, transport.Paused, transport.Stopped, transport.Finished:
		return true
	}
	return false
}
