package voice

import (
	"container/list"
	"sync"
	"time"

	"stillpoint/internal/timeline"
)

// memory keeps the lengths of the lines that were prepared, and the samples of
// those used last, each up to a bound. What a score is made of it keeps by itself,
// so a line that is dropped here goes on sounding. Safe for concurrent use.
type memory struct {
	mu    sync.Mutex
	age   int // grows with every forget: what was looked up before it is not taken in after
	known map[timeline.Line]known
	lines map[timeline.Line]*list.Element
	order list.List // of remembered, the latest first
	size  int       // in samples
	most  int
}

// known is how long a line takes, and of which recording of it.
type known struct {
	length time.Duration
	frames int
	size   int64
}

type remembered struct {
	line    timeline.Line
	samples []int16
	size    int64 // of the recording they are of
}

// Bounds of the memory.
const (
	mostKnown  = 50_000   // lengths
	mostMemory = 64 << 20 // samples: 128 MB, or 22 minutes of speech
)

// now is the age to be given back with what is looked up from here on.
func (m *memory) now() int {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.age
}

// know keeps how long a line takes; samples of another recording of it go.
func (m *memory) know(l timeline.Line, d time.Duration, s stored, age int) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if age != m.age {
		return
	}
	if m.known == nil || len(m.known) >= mostKnown {
		m.known = map[timeline.Line]known{}
	}
	m.known[l] = known{d, s.frames, s.size}
	if e, ok := m.lines[l]; ok {
		if r := e.Value.(remembered); len(r.samples) != s.frames || r.size != s.size {
			m.drop(e)
		}
	}
}

func (m *memory) length(l timeline.Line) (time.Duration, bool) {
	m.mu.Lock()
	defer m.mu.Unlock()
	k, ok := m.known[l]
	return k.length, ok
}

func (m *memory) find(l timeline.Line) ([]int16, bool) {
	m.mu.Lock()
	defer m.mu.Unlock()
	e, ok := m.lines[l]
	if !ok {
		return nil, false
	}
	m.order.MoveToFront(e)
	return e.Value.(remembered).samples, true
}

func (m *memory) keep(l timeline.Line, samples []int16, s stored, age int) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if age != m.age {
		return
	}
	if m.lines == nil {
		m.lines = map[timeline.Line]*list.Element{}
	}
	if e, ok := m.lines[l]; ok {
		m.drop(e)
	}
	m.lines[l] = m.order.PushFront(remembered{l, samples, s.size})
	m.size += len(samples)
	for m.size > m.most && m.order.Len() > 1 {
		m.drop(m.order.Back())
	}
}

// forget lets go of all that is known of a text, whoever says it.
func (m *memory) forget(text string) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.age++
	for l := range m.known {
		if l.Text == text {
			delete(m.known, l)
		}
	}
	for l, e := range m.lines {
		if l.Text == text {
			m.drop(e)
		}
	}
}

func (m *memory) drop(e *list.Element) {
	r := m.order.Remove(e).(remembered)
	delete(m.lines, r.line)
	m.size -= len(r.samples)
}
