package voice

import (
	"container/list"
	"sync"

	"stillpoint/internal/timeline"
)

// memory keeps the lines used last, up to a bound. What a score is made of it
// keeps by itself, so a line that is forgotten here goes on sounding.
type memory struct {
	mu    sync.Mutex
	lines map[timeline.Line]*list.Element
	order list.List // of remembered, the latest first
	size  int
}

type remembered struct {
	line    timeline.Line
	samples []int16
}

// mostMemory is in samples: 128 MB, or 22 minutes of speech.
const mostMemory = 64 << 20

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

func (m *memory) keep(l timeline.Line, samples []int16) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.lines == nil {
		m.lines = map[timeline.Line]*list.Element{}
	}
	if e, ok := m.lines[l]; ok {
		m.drop(e)
	}
	m.lines[l] = m.order.PushFront(remembered{l, samples})
	m.size += len(samples)
	for m.size > mostMemory && m.order.Len() > 1 {
		m.drop(m.order.Back())
	}
}

func (m *memory) drop(e *list.Element) {
	r := m.order.Remove(e).(remembered)
	delete(m.lines, r.line)
	m.size -= len(r.samples)
}
