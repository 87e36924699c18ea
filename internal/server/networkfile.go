package server

import (
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"time"
)

// networkFile is where the person's folder says until when the network is on.
const networkFile = "network.json"

// folder is where the certificate authority is kept.
func (n *outside) folder() string { return filepath.Join(n.server.Data, "authority") }

// onPage is what stands in the file, in ms since 1970.
type onPage struct {
	Until int64 `json:"until"`
	Busy  int64 `json:"busy,omitempty"` // when a device was last seen in a session, when the day was nearly over
}

// kept is until when the network was to be on, and when a device was last seen in a
// session, if the day is not over or that session holds it open. What cannot be read,
// or lies further ahead than anything that was ever written, is off.
func (n *outside) kept(now time.Time) (until, busy time.Time, on bool) {
	body, err := os.ReadFile(filepath.Join(n.server.Data, networkFile))
	var page onPage
	if n.server.Data == "" || err != nil || json.Unmarshal(body, &page) != nil {
		return time.Time{}, time.Time{}, false
	}
	until, busy = time.UnixMilli(page.Until), time.UnixMilli(page.Busy)
	return until, busy, !until.After(dayEnd(now)) && (now.Before(until) || !busy.After(now) && inOvertime(now, until, busy))
}

// keep notes until when it is on, for when the program starts again. A disk that does
// not take that changes nothing now. The lock is held.
func (n *outside) keep() {
	if n.server.Data == "" {
		return
	}
	file := filepath.Join(n.server.Data, networkFile)
	var err error
	if n.until.IsZero() {
		if err = os.Remove(file); errors.Is(err, fs.ErrNotExist) {
			err = nil
		}
	} else {
		page := onPage{Until: n.until.UnixMilli()}
		if !n.busy.IsZero() {
			page.Busy = n.busy.UnixMilli()
		}
		body, _ := json.Marshal(page) // numbers
		err = os.WriteFile(file, body, 0o600)
	}
	if err != nil {
		n.server.Log.Warn("note until when the network is on", "error", err)
	}
}
