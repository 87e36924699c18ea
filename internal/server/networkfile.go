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

// kept is until when the network was to be on, if that is still to come. What cannot
// be read, or lies further ahead than anything that was ever written, is off.
func (n *outside) kept(now time.Time) (until time.Time, on bool) {
	body, err := os.ReadFile(filepath.Join(n.server.Data, networkFile))
	var page struct {
		Until int64 `json:"until"`
	}
	if n.server.Data == "" || err != nil || json.Unmarshal(body, &page) != nil {
		return time.Time{}, false
	}
	until = time.UnixMilli(page.Until)
	return until, now.Before(until) && !until.After(dayEnd(now))
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
		body, _ := json.Marshal(map[string]int64{"until": n.until.UnixMilli()}) // a number
		err = os.WriteFile(file, body, 0o600)
	}
	if err != nil {
		n.server.Log.Warn("note until when the network is on", "error", err)
	}
}
