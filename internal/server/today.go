package server

import (
	"math"
	"slices"
	"sync"
	"time"

	"stillpoint/internal/session"
)

// maxToday is how many sessions of one room are remembered, the latest.
const maxToday = 48

// visit is one session of today in a room, for the day's overview.
type visit struct {
	Began   int64  `json:"began"` // ms since 1970
	Title   string `json:"title"`
	Minutes int    `json:"minutes"`         // from its beginning to its end, or so far
	Ended   string `json:"ended,omitempty"` // "finished" or "stopped"; absent while it goes on
	Vetoes  int    `json:"vetoes"`          // how often a client paused or stopped it

	session string
	began   time.Time
	last    time.Time // when it ended; the zero Time while it goes on
	needs   string
}

// today is what there has been in the rooms since midnight. It is in memory alone,
// and gone when the day is. Safe for concurrent use.
type today struct {
	mu    sync.Mutex
	rooms map[string][]*visit
}

// happened follows one event of a room.
func (t *today) happened(room string, e session.Event, after session.State, now time.Time) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.forget(now)
	switch {
	case e.Kind == session.Load:
		t.close(room, now)
	case e.Kind == session.Start, t.knowsNot(room, e, after):
		began := now.Add(min(0, after.Began-e.At))
		t.begin(room, &visit{Began: began.UnixMilli(), Title: after.Script.Title, session: e.Session, began: began})
	}
	if list := t.rooms[room]; len(list) > 0 {
		list[len(list)-1].follow(e, after, now)
	}
}

// knowsNot says whether an event is of a session that began before the program did.
func (t *today) knowsNot(room string, e session.Event, after session.State) bool {
	list := t.rooms[room]
	known := len(list) > 0 && list[len(list)-1].session == e.Session
	return !known && e.Kind != session.Ground && e.Session == after.ID && after.Aside == nil && after.Planned > 0
}

// begin puts one more at the end.
func (t *today) begin(room string, v *visit) {
	if t.rooms == nil {
		t.rooms = map[string][]*visit{}
	}
	list := append(t.rooms[room], v)
	t.rooms[room] = list[max(0, len(list)-maxToday):]
}

// close ends what went on in a room and was left.
func (t *today) close(room string, now time.Time) {
	if list := t.rooms[room]; len(list) > 0 && list[len(list)-1].Ended == "" {
		list[len(list)-1].end("stopped", now)
	}
}

// follow is what one event makes of it. A veto counts once, however often it is pressed.
func (v *visit) follow(e session.Event, after session.State, now time.Time) {
	if after.Needs != "" && v.needs == "" {
		v.Vetoes++
	}
	v.needs = after.Needs
	switch {
	case e.Session != v.session: // a grounding
	case e.Kind == session.End:
		v.end("finished", now)
	case e.Kind == session.Stop:
		v.end("stopped", now)
	case e.Kind == session.Resume, e.Kind == session.Return:
		v.Ended, v.last = "", time.Time{}
	}
}

func (v *visit) end(how string, now time.Time) {
	if v.last.IsZero() {
		v.Ended, v.last = how, now
	}
}

// of is what there has been in a room.
func (t *today) of(room string, now time.Time) []visit {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.forget(now)
	list := []visit{}
	for _, v := range t.rooms[room] {
		one := *v
		if one.last.IsZero() {
			one.last = now
		}
		one.Minutes = int(math.Round(one.last.Sub(one.began).Minutes()))
		list = append(list, one)
	}
	return list
}

// leave lets go of a room.
func (t *today) leave(room string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	delete(t.rooms, room)
}

// forget lets go of what began on another day.
func (t *today) forget(now time.Time) {
	year, day := now.Year(), now.YearDay()
	for room, list := range t.rooms {
		t.rooms[room] = slices.DeleteFunc(list, func(v *visit) bool {
			return v.began.Year() != year || v.began.YearDay() != day
		})
	}
}
