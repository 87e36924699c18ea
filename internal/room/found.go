package room

import (
	"encoding/json"
	"errors"
	"math"
	"os"
	"time"

	"stillpoint/internal/transport"
)

// readRecord reads a file, which may hold anything.
func readRecord(name string) (rec Record, err error) {
	seen, err := os.Stat(name)
	if err != nil {
		return rec, err
	}
	if seen.Size() > maxKept {
		return rec, errors.New("it is too long for a room")
	}
	text, err := os.ReadFile(name)
	if err != nil {
		return rec, err
	}
	rec, err = decodeRecord(text)
	rec.Alive = seen.ModTime().UnixMilli()
	return rec.steadied(), err
}

// encodeRecord is what a file says: never more than is read of it.
func encodeRecord(rec Record) (text []byte, err error) {
	if text, err = json.Marshal(rec); len(text) > maxKept {
		rec.Account = nil // the session comes before what is told of it
		text, err = json.Marshal(rec)
	}
	if len(text) > maxKept {
		return nil, errors.New("it is too long for a file")
	}
	return text, err
}

// decodeRecord reads what a file says, as far as a room can have it.
func decodeRecord(text []byte) (rec Record, err error) {
	if err := json.Unmarshal(text, &rec); err != nil {
		return Record{}, err
	}
	const most = 1 << 40 // revisions: nobody presses so often
	if rec.Rev <= 0 || rec.Rev > most || rec.PlanRev > rec.Rev || !rec.begun() || max(rec.Stepped, -rec.Stepped) > math.MaxInt32 {
		return Record{}, errors.New("no session has begun here")
	}
	rec.Around, rec.Account = rec.Around.fit(), rec.Account.fit()
	rec.Seen = rec.Seen[max(0, len(rec.Seen)-maxRecorded):]
	return rec, nil
}

// begun says whether a record's session has begun and is not over, or waits for
// somebody to agree before it begins.
func (r Record) begun() bool {
	return goesOn(r.Run) || goesOn(r.Aside) || r.Run != nil && r.Needs != ""
}

func goesOn(r *Run) bool { return r != nil && unfinished(r.State) }

// unfinished says whether a session in a state has begun and is not over.
func unfinished(s transport.State) bool {
	return s == transport.Playing || s == transport.Paused || s == transport.Stopped
}

// underWay says whether a session in a state is under way.
func underWay(s transport.State) bool { return s == transport.Playing || s == transport.Paused }

// outdated says whether what a file knows is of no use to anyone any more.
func (r Record) outdated(now time.Time) bool {
	age := now.Sub(time.UnixMilli(r.Alive))
	stopped := r.Run != nil && !underWay(r.Run.State)
	return age > tooOld || stopped && age > Missed
}
