package voice

import (
	"time"

	"stillpoint/internal/timeline"
)

// Length says how long a line takes: as prepared, as it lies ready, or else by
// its words. From Prepare on it stays the same, and is that of Samples, unless the
// line is recorded, forgotten or prepared again and then sounds otherwise.
func (v *Voices) Length(l timeline.Line) time.Duration {
	if d, ok := v.memory.length(l); ok {
		return d
	}
	if src := v.source(l); src != nil {
		if s, ok := src.ready(l); ok {
			return s.length()
		}
	}
	return timeline.ByWords(l)
}

// Samples is a line at pcm.Rate, nil where nobody says it or it is not ready. They
// are shared and must not be changed.
func (v *Voices) Samples(l timeline.Line) []int16 {
	samples, _ := v.bring(l)
	return samples
}

// bring is a line in memory, brought there where it lies ready; not good where it
// lies ready and cannot be read.
func (v *Voices) bring(l timeline.Line) (samples []int16, good bool) {
	if samples, ok := v.memory.find(l); ok {
		return samples, true
	}
	age := v.memory.now()
	src := v.source(l)
	if src == nil {
		return nil, true
	}
	s, ok := src.ready(l)
	if !ok {
		return nil, true
	}
	c, err := s.decode()
	if err != nil || len(c.Samples) != s.frames {
		return nil, false
	}
	samples = atOnce(c).Int16()
	v.memory.keep(l, samples, s, age)
	return samples, true
}
