// Package speaker plays a stream on the sound card of the computer Stillpoint runs
// on. It is the only package that knows the operating system: PulseAudio or
// PipeWire on Linux, Core Audio and WASAPI elsewhere, all without cgo.
//
// Having no sound card is an ordinary state, not a fault: see [ErrNone] and [Keep].
package speaker

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync/atomic"
	"time"

	"github.com/faiface/beep"
)

// Names that are no sink's: Auto is whatever the computer would use, None is no
// sound from this computer.
const (
	Auto = "auto"
	None = "none"
)

// ErrNone says that there is nothing here to play on.
var ErrNone = errors.New("this computer has no sound card or sound server that can be used; a browser can play the sound instead")

// rate is the frames a second every device is opened with.
const rate = 48000

// block is the most frames asked of a stream at once: 10 ms, so that a stop
// waits for no more.
const block = rate / 100

// Speaker is an open sound card. It pulls its stream, endlessly, from a goroutine
// of its own, until Close is called or the device is lost.
type Speaker struct {
	name    atomic.Pointer[string] // it changes when a person moves the sound elsewhere
	latency atomic.Int64           // nanoseconds
	gaps    atomic.Int64
	lost    chan struct{} // closed by the driver
	close   func()
}

// Open begins to play s on the sink called name, or on whatever the computer
// would use when it is [Auto]. If s has a method Heard(time.Time), it is told
// before each block when the next frame reaches the ear, from the goroutine that
// pulls. The error is ErrNone when there is nothing to play on; for a name that
// is not there it lists the names there are.
func Open(name string, s beep.Streamer) (*Speaker, error) {
	if name == "" {
		name = Auto
	}
	return open(name, s)
}

// List is the names of the sinks there are, without Auto and None. It is empty
// where the system offers no choice.
func List() ([]string, error) { return list() }

// Name is the sink the sound goes to.
func (s *Speaker) Name() string { return *s.name.Load() }

// Latency is how long a frame takes from being asked for to being heard, as last
// measured.
func (s *Speaker) Latency() time.Duration { return time.Duration(s.latency.Load()) }

// Gaps is how often the device ran dry because frames came too late.
func (s *Speaker) Gaps() int { return int(s.gaps.Load()) }

// Lost is closed when the device is gone. Close is still to be called.
func (s *Speaker) Lost() <-chan struct{} { return s.lost }

// Close ends the sound and returns when the stream is no longer asked for
// anything. It may be called more than once.
func (s *Speaker) Close() { s.close() }

// opened is a speaker that has a name and is not lost yet.
func opened(name string) *Speaker {
	s := &Speaker{lost: make(chan struct{})}
	s.name.Store(&name)
	return s
}

// listener is a stream that wants to know when its frames are heard.
type listener interface{ Heard(next time.Time) }

// errUnknown is the error for a name that is not there.
func errUnknown(name string, names []string) error {
	names = append([]string{Auto, None}, slices.Sorted(slices.Values(names))...)
	return fmt.Errorf("no speaker is called %q; there are: %s", name, strings.Join(names, ", "))
}
