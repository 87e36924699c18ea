package room

import (
	"cmp"
	"context"
	"errors"
	"maps"
	"slices"
	"sync"
)

// ErrConflict is a Swap whose room has another revision by now.
var ErrConflict = errors.New("the room has changed meanwhile")

// Store keeps one small record for each room, so that a room outlives its
// process, and so that several nodes can share it: whoever swaps first wins,
// and the others look again.
type Store interface {
	// Load is a room's record; the zero Record when there is none.
	Load(ctx context.Context, room string) (Record, error)
	// Swap puts next in the place of the record of revision want (0: of none),
	// or fails with ErrConflict. Once ctx has ended it must change nothing more.
	Swap(ctx context.Context, room string, want int, next Record) error
}

// maxRecords is how many rooms a Memory remembers.
const maxRecords = 256

// Memory is a Store that lasts as long as the process. Safe for concurrent use.
type Memory struct {
	mu      sync.Mutex
	records map[string]kept
	swaps   int
}

type kept struct {
	Record
	swap int // when it was last swapped, by count
}

// NewMemory is a Store without records.
func NewMemory() *Memory { return &Memory{records: map[string]kept{}} }

// Load implements Store.
func (m *Memory) Load(_ context.Context, room string) (Record, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.records[room].Record, nil
}

// Swap implements Store. Beyond 256 rooms, one that holds nothing is forgotten, or
// else the one unchanged for longest; home never is.
func (m *Memory) Swap(ctx context.Context, room string, want int, next Record) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	if err := ctx.Err(); err != nil {
		return err
	}
	if m.records[room].Rev != want {
		return ErrConflict
	}
	m.swaps++
	m.records[room] = kept{next, m.swaps}
	if len(m.records) > maxRecords {
		delete(m.records, slices.MinFunc(slices.Collect(maps.Keys(m.records)), func(a, b string) int {
			return cmp.Or(m.worth(a)-m.worth(b), m.records[a].swap-m.records[b].swap)
		}))
	}
	return nil
}

// worth is how dear a room's record is: one that holds nothing is the first to go.
func (m *Memory) worth(room string) int {
	switch {
	case room == Home:
		return 2
	case m.records[room].Run != nil:
		return 1
	}
	return 0
}
