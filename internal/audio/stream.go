package audio

import (
	"fmt"

	"github.com/faiface/beep"
)

// stream is one reader of a score.
type stream struct {
	score   *Score
	at      int
	reading reading
}

// Stream reads the score from a frame on. The samples are the same wherever it
// begins and whatever the sizes of the blocks asked for. It drains at Frames.
func (s *Score) Stream(from int) beep.StreamSeeker {
	r := &stream{score: s, at: min(max(from, 0), s.frames)}
	r.reading.begin(s, whole)
	return r
}

func (s *stream) Stream(out [][2]float64) (int, bool) {
	n := min(len(out), s.score.frames-s.at)
	if n <= 0 {
		return 0, len(out) == 0 && s.at < s.score.frames
	}
	s.reading.read(out[:n], s.at)
	s.at += n
	return n, true
}

func (s *stream) Err() error    { return nil }
func (s *stream) Len() int      { return s.score.frames }
func (s *stream) Position() int { return s.at }

func (s *stream) Seek(p int) error {
	if p < 0 || p > s.score.frames {
		return fmt.Errorf("seek to frame %d: the score has frames 0 to %d", p, s.score.frames)
	}
	s.at = p
	return nil
}
