package room

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"time"

	"stillpoint/internal/transport"
)

// A room that is found again within Missed goes on where it would be, for its
// devices have gone on too; later it is paused where it was. A session stopped for
// so long is over, and one of another day is nobody's any more.
const (
	Missed   = time.Minute
	tooOld   = 12 * time.Hour
	diskWait = 500 * time.Millisecond // for the disk, before a change is told without it
	maxKept  = 256 << 10              // bytes of one file
	keptTail = ".json"
)

// Files is a Store that outlives the process: one small file for each treatment
// room whose session has begun and is not over, so that no restart loses a
// timer. Home is in memory only: what is practised there is nobody's to find.
//
// Memory is what counts while the process lives. The disk follows, in a goroutine
// of its own, and each change waits for it a moment: a disk that is slow or full
// costs the file, and never the session. Safe for concurrent use.
type Files struct {
	memory *Memory
	folder string
	fault  func(error)
	whole  func(name string, text []byte, at time.Time) error // WriteWhole

	mu      sync.Mutex
	waiting map[string]*draft // what the disk is to have, the latest for each room
	over    bool
	wake    chan struct{}
	ended   chan struct{}
	written map[string][]byte // what the files hold; the writer's
	faulty  bool              // the writer's: the latest fault has been said
}

// draft is a record on its way to the disk.
type draft struct {
	record Record // of Rev 0: no file
	done   chan struct{}
}

// OpenFiles is a Store in a folder, which is made. fault hears of a disk that will
// not take what it is given, once until it does again. Close it.
func OpenFiles(folder string, fault func(error)) (*Files, error) {
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return nil, fmt.Errorf("keep rooms in %s: %w", folder, err)
	}
	DropDrafts(folder)
	f := &Files{memory: NewMemory(), folder: folder, fault: fault, whole: WriteWhole, waiting: map[string]*draft{},
		wake: make(chan struct{}, 1), ended: make(chan struct{}), written: map[string][]byte{}}
	go f.write()
	return f, nil
}

// Close returns when all is on the disk that can be, or the disk hangs.
func (f *Files) Close() {
	f.mu.Lock()
	if !f.over {
		f.over = true
		close(f.wake)
	}
	f.mu.Unlock()
	select {
	case <-f.ended:
	case <-time.After(storeWait):
	}
}

// Rooms are the rooms that have a file.
func (f *Files) Rooms() (names []string) {
	entries, _ := os.ReadDir(f.folder) // none, where it cannot be read
	for _, e := range entries {
		if name, ok := strings.CutSuffix(e.Name(), keptTail); ok && validName.MatchString(name) && name != Home {
			names = append(names, name)
		}
	}
	return names
}

// Load implements Store. A file that holds no record, or that of a session which
// is over by now, is none.
func (f *Files) Load(ctx context.Context, room string) (Record, error) {
	rec, err := f.memory.Load(ctx, room)
	if err != nil || rec.Rev != 0 || room == Home {
		return rec, err
	}
	rec, err = readRecord(f.file(room))
	if err != nil || rec.outdated(time.Now()) {
		f.Forget(room)
		return Record{}, nil
	}
	remembered := rec
	remembered.Alive, remembered.Stepped = 0, 0
	return rec, f.memory.Swap(ctx, room, 0, remembered)
}

// Swap implements Store.
func (f *Files) Swap(ctx context.Context, room string, want int, next Record) error {
	if err := f.memory.Swap(ctx, room, want, next); err != nil || room == Home {
		return err
	}
	select {
	case <-f.put(room, next):
	case <-time.After(diskWait):
		f.doubt(room, next)
	case <-ctx.Done():
		f.doubt(room, next)
	}
	return nil
}

// Lives implements Keeper.
func (f *Files) Lives(room string, want int, next Record) error {
	err := f.memory.Swap(context.Background(), room, want, next)
	if err == nil && room != Home {
		f.put(room, next)
	}
	return err
}

// Forget implements Keeper. Memory has the room still.
func (f *Files) Forget(room string) { f.put(room, Record{}) }

// put has the disk follow. The channel closes when it has, or will not.
func (f *Files) put(room string, rec Record) <-chan struct{} {
	f.mu.Lock()
	defer f.mu.Unlock()
	d := f.waiting[room]
	if d == nil {
		d = &draft{done: make(chan struct{})}
	}
	d.record = rec
	if f.over {
		close(d.done)
		return d.done
	}
	f.waiting[room] = d
	select {
	case f.wake <- struct{}{}:
	default: // it is about to look
	}
	return d.done
}

func (f *Files) take() map[string]*draft {
	f.mu.Lock()
	defer f.mu.Unlock()
	taken := f.waiting
	f.waiting = map[string]*draft{}
	return taken
}

// write is the one goroutine that touches the files.
func (f *Files) write() {
	defer close(f.ended)
	for range f.wake {
		for room, d := range f.take() {
			f.follow(room, d.record)
			close(d.done)
		}
	}
}

// follow makes the disk what a record says.
func (f *Files) follow(room string, rec Record) {
	err := f.change(room, rec)
	if err != nil {
		delete(f.written, room)
		f.doubt(room, rec)
	}
	if err != nil && !f.faulty {
		f.fault(fmt.Errorf("a room could not be kept: %w", err))
	}
	f.faulty = err != nil
}

func (f *Files) change(room string, rec Record) error {
	file := f.file(room)
	if !rec.begun() {
		delete(f.written, room)
		if err := os.Remove(file); !errors.Is(err, fs.ErrNotExist) {
			return err
		}
		return nil
	}
	text, err := encodeRecord(rec)
	if err != nil {
		return err
	}
	now := time.Now()
	if bytes.Equal(text, f.written[room]) {
		return os.Chtimes(file, now, now)
	}
	delete(f.written, room)
	f.doubt(room, rec) // until it has been written
	if err := f.whole(file, text, now); err != nil {
		return err
	}
	f.written[room] = text
	return nil
}

// doubt makes a file old which may not know of a silence: what comes back of it is
// paused, though the program ends before the disk has followed. That needs no room
// on the disk.
func (f *Files) doubt(room string, rec Record) {
	if rec.Run != nil && rec.Run.State == transport.Playing {
		return
	}
	then := time.Now().Add(-Missed - time.Second)
	if seen, err := os.Stat(f.file(room)); err == nil && seen.ModTime().After(then) {
		os.Chtimes(f.file(room), then, then)
	}
}

func (f *Files) file(room string) string { return filepath.Join(f.folder, room+keptTail) }

// drafts are files that have no name yet.
const drafts = ".new-*"

// DropDrafts takes away what a program that ended in the midst of WriteWhole has left
// in a folder. Nobody else may be writing there.
func DropDrafts(folder string) {
	left, _ := filepath.Glob(filepath.Join(folder, drafts)) // the pattern is a good one
	for _, name := range left {
		os.Remove(name) // or it stays, and harms nobody
	}
}

// WriteWhole writes a file that is whole or not there, for this person alone. Its
// time says when it was true.
func WriteWhole(name string, text []byte, at time.Time) error {
	f, err := os.CreateTemp(filepath.Dir(name), drafts)
	if err != nil {
		return err
	}
	defer os.Remove(f.Name()) // once it has its name, there is nothing to remove
	_, err = f.Write(text)
	if err == nil {
		err = f.Sync()
	}
	if closed := f.Close(); err == nil {
		err = closed
	}
	if err == nil {
		err = os.Chtimes(f.Name(), at, at)
	}
	if err == nil {
		err = os.Rename(f.Name(), name)
	}
	return err
}
