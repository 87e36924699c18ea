//go:build darwin || windows

package speaker

import (
	"fmt"
	"sync"
	"time"

	"github.com/ebitengine/oto/v3"
	"github.com/faiface/beep"
)

// The card holds cardBuffer, and in front of it lies a queue four times as long:
// with less, the queue runs dry whenever the card is quicker than the goroutine
// that fills it, and plays holes without a word.
const (
	cardBuffer = 30 * time.Millisecond
	queue      = 4 * cardBuffer
)

// card is the one context the library allows a process to have. It is made when
// first needed and never again: a card that could not be opened needs a restart.
var card = sync.OnceValues(func() (*oto.Context, error) {
	c, ready, err := oto.NewContext(&oto.NewContextOptions{
		SampleRate: rate, ChannelCount: 2, Format: oto.FormatFloat32LE, BufferSize: cardBuffer,
	})
	if err != nil {
		return nil, err
	}
	select {
	case <-ready:
		return c, c.Err()
	case <-time.After(5 * time.Second):
		return nil, fmt.Errorf("the sound card did not answer within 5 s")
	}
})

func open(name string, s beep.Streamer) (*Speaker, error) {
	if name != Auto {
		return nil, errUnknown(name, nil)
	}
	c, err := card()
	if err != nil {
		return nil, fmt.Errorf("%w (%v)", ErrNone, err)
	}
	sp := opened(Auto)
	r := &reader{stream: s, speaker: sp}
	r.heard, _ = s.(listener)
	r.player = c.NewPlayer(r)
	r.player.SetBufferSize(int(queue/time.Millisecond) * rate / 1000 * frameSize)
	r.player.Play()
	done := make(chan struct{})
	go watch(c, sp.lost, done)
	sp.close = sync.OnceFunc(func() { close(done); r.stop() })
	return sp, nil
}

func list() ([]string, error) { return nil, nil }

// watch closes lost when the card reports a fault, and ends when done is closed.
func watch(c *oto.Context, lost, done chan struct{}) {
	look := time.NewTicker(500 * time.Millisecond)
	defer look.Stop()
	for {
		select {
		case <-done:
			return
		case <-look.C:
			if c.Err() != nil {
				close(lost)
				return
			}
		}
	}
}

// reader gives the stream to the player as bytes.
type reader struct {
	mu      sync.Mutex // guards closed, and with it the stream
	closed  bool
	stream  beep.Streamer
	heard   listener // nil: the stream does not want to know
	player  *oto.Player
	speaker *Speaker
	mixed   [block][2]float64
}

// Read gives at most one block. What lies in the queue and the card is heard
// before it.
func (r *reader) Read(p []byte) (int, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	n := min(len(p)/frameSize, block)
	clear(r.mixed[:n])
	if !r.closed && n > 0 {
		ahead := time.Duration(r.player.BufferedSize()/frameSize)*time.Second/rate + cardBuffer
		r.speaker.latency.Store(int64(ahead))
		if r.heard != nil {
			r.heard.Heard(time.Now().Add(ahead))
		}
		r.stream.Stream(r.mixed[:n])
	}
	return len(encode(p, r.mixed[:n])), nil
}

// stop ends the sound; the stream is not asked again.
func (r *reader) stop() {
	r.mu.Lock()
	r.closed = true
	r.mu.Unlock()
	r.player.Pause()
}
