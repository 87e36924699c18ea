package server

import (
	"context"
	"crypto/rand"
	"errors"
	"log/slog"
	"os"
	"path/filepath"
	"runtime"
	"sync"
	"time"

	"stillpoint/internal/session"
)

// Bounds of the files to take home.
const (
	maxMaking = 2                // at the same time
	maxFiles  = 4                // kept, those being made among them
	keepFile  = 15 * time.Minute // after it is ready

	longestMaking = 30 * time.Minute // of one, its voice included
)

const (
	goneFile   = "This file is no longer here. You might make it again."
	brokenFile = "The file could not be made. There may be too little room on this computer; you might try again, or choose another kind."
)

// files are the sound files that are being made or ready to be taken home. They
// live in a folder of their own that nobody else may read, from the first file to
// the end of the server. Safe for concurrent use; close ends it.
type files struct {
	log     *slog.Logger
	ctx     context.Context // ends the making of all of them
	running sync.WaitGroup

	mu     sync.Mutex
	closed bool
	folder string  // "" until the first file
	all    []*file // the oldest first
}

// file is one of them. Its fields below mu are guarded by files.mu.
type file struct {
	id, name, path string
	ctx            context.Context
	cancel         context.CancelFunc
	within         *files

	state    fileState
	done, of int
	size     int64
	why      string // it is gone
	expires  *time.Timer
}

// fileState is how far a file is.
type fileState string

const (
	making fileState = "making"
	ready  fileState = "ready"
	gone   fileState = "gone"
)

// fileSeen is what a page is told of a file.
type fileSeen struct {
	State fileState `json:"state"`
	Done  int       `json:"done"`
	Of    int       `json:"of"` // 0: not known yet
	Name  string    `json:"name"`
	Size  int64     `json:"size,omitempty"`
	Why   string    `json:"why,omitempty"`
}

// begin starts to make a file, and returns its id at once.
func (fs *files) begin(name string, make func(*file) error) (id string, err error) {
	fs.mu.Lock()
	defer fs.mu.Unlock()
	if err := fs.room(); err != nil {
		return "", err
	}
	if fs.folder == "" {
		if fs.folder, err = os.MkdirTemp("", "stillpoint-"); err != nil {
			return "", err
		}
	}
	f := &file{id: rand.Text(), name: name, within: fs, state: making}
	f.path = filepath.Join(fs.folder, f.id)
	f.ctx, f.cancel = context.WithTimeout(fs.ctx, longestMaking)
	fs.all = append(fs.all, f)
	fs.running.Go(func() { f.finish(make(f)) })
	return f.id, nil
}

// room makes room for one more file: the oldest that is no longer being made goes.
func (fs *files) room() error {
	busy, oldest := 0, (*file)(nil)
	for _, f := range fs.all {
		if f.state == making {
			busy++
		} else if oldest == nil {
			oldest = f
		}
	}
	switch {
	case fs.closed:
		return &session.Refusal{Code: session.NotNow, Text: "Stillpoint is ending."}
	case busy >= maxMaking:
		return &session.Refusal{Code: session.Full, Text: "Two files are being made already. You might try again when one of them is ready."}
	case len(fs.all) >= maxFiles:
		fs.drop(oldest)
	}
	return nil
}

// seen notes how far the making is, and lets others have a turn.
func (f *file) seen(done, of int) {
	f.within.mu.Lock()
	f.done, f.of = done, of
	f.within.mu.Unlock()
	runtime.Gosched()
}

// finish notes how the making went. What was forgotten meanwhile leaves nothing.
func (f *file) finish(err error) {
	fs := f.within
	fs.mu.Lock()
	defer fs.mu.Unlock()
	if f.ctx.Err() != nil {
		os.Remove(f.path)
		return
	}
	f.state = ready
	if facts, statErr := os.Stat(f.path); err == nil && statErr == nil {
		f.size = facts.Size()
	} else {
		os.Remove(f.path)
		f.state, f.why = gone, fs.reason(errors.Join(err, statErr))
	}
	f.expires = time.AfterFunc(keepFile, func() { fs.forget(f.id) })
}

// reason is why a file is gone, for people; the log has the cause.
func (fs *files) reason(err error) string {
	var no *session.Refusal
	if errors.As(err, &no) {
		return no.Text
	}
	fs.log.Error("make a file", "error", err)
	return brokenFile
}

// look says how far a file is; one that nobody knows is gone.
func (fs *files) look(id string) fileSeen {
	fs.mu.Lock()
	defer fs.mu.Unlock()
	if f := fs.find(id); f != nil {
		return fileSeen{f.state, f.done, f.of, f.name, f.size, f.why}
	}
	return fileSeen{State: gone, Why: goneFile}
}

// open is a file that is ready, by its id and its name.
func (fs *files) open(id, name string) (*os.File, error) {
	fs.mu.Lock()
	defer fs.mu.Unlock()
	if f := fs.find(id); f != nil && f.state == ready && f.name == name {
		return os.Open(f.path)
	}
	return nil, os.ErrNotExist
}

// forget ends the making of a file and takes it away.
func (fs *files) forget(id string) {
	fs.mu.Lock()
	defer fs.mu.Unlock()
	if f := fs.find(id); f != nil {
		fs.drop(f)
	}
}

func (fs *files) find(id string) *file {
	for _, f := range fs.all {
		if f.id == id {
			return f
		}
	}
	return nil
}

// drop takes a file off the list and, when it is not being made, off the disk;
// otherwise finish does.
func (fs *files) drop(f *file) {
	f.cancel()
	if f.expires != nil {
		f.expires.Stop()
	}
	if f.state != making {
		os.Remove(f.path)
	}
	for i := range fs.all {
		if fs.all[i] == f {
			fs.all = append(fs.all[:i:i], fs.all[i+1:]...)
			return
		}
	}
}

// close ends every making, waits for it, and takes the folder away. Nothing
// begins afterwards.
func (fs *files) close() {
	fs.mu.Lock()
	fs.closed = true
	for len(fs.all) > 0 {
		fs.drop(fs.all[0])
	}
	fs.mu.Unlock()
	fs.running.Wait()
	if fs.folder != "" {
		os.RemoveAll(fs.folder)
		fs.folder = ""
	}
}
