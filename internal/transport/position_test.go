package transport_test

import (
	"encoding/json"
	"os"
	"testing"
	"time"

	"stillpoint/internal/transport"
)

// vector is one row of testdata/position.json, in milliseconds. The JavaScript
// tests read the same file, so that every device answers alike.
type vector struct {
	Name      string
	Transport struct {
		State        transport.State
		Position, At int64
	}
	Length int64
	Waits  []int64
	Now    int64
	Want   int64
}

func vectors(t *testing.T) (vs []vector) {
	t.Helper()
	b, err := os.ReadFile("testdata/position.json")
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(b, &vs); err != nil {
		t.Fatal(err)
	}
	if len(vs) < 20 {
		t.Fatalf("only %d vectors", len(vs))
	}
	return vs
}

// until is the first wait strictly later than where the transport set out, or
// the end: what a timeline says, from the bare numbers of a vector.
func (v vector) until() time.Duration {
	until := v.Length
	for _, w := range v.Waits {
		if w > v.Transport.Position {
			until = min(until, w)
		}
	}
	return ms(until)
}

func (v vector) transport() transport.Transport {
	t := v.Transport
	return transport.Transport{State: t.State, Position: ms(t.Position), At: ms(t.At)}
}

func ms(n int64) time.Duration { return time.Duration(n) * time.Millisecond }

func TestPositionAt(t *testing.T) {
	for _, v := range vectors(t) {
		t.Run(v.Name, func(t *testing.T) {
			if got := v.transport().PositionAt(ms(v.Now), v.until()); got != ms(v.Want) {
				t.Errorf("at %v: position %v, want %v", ms(v.Now), got, ms(v.Want))
			}
		})
	}
}

// Due and PositionAt must agree: a session is at a position when that position
// is due, and a millisecond short of it the moment before.
func TestDueAgreesWithPosition(t *testing.T) {
	for _, v := range vectors(t) {
		tr, until := v.transport(), v.until()
		for _, p := range []time.Duration{tr.Position, tr.Position + ms(1), tr.Position + ms(4000), until} {
			due, ok := tr.Due(p)
			if want := tr.State == transport.Playing && p >= tr.Position; ok != want {
				t.Fatalf("%s: Due(%v) ok = %v, want %v", v.Name, p, ok, want)
			}
			if !ok || p > until || p == tr.Position {
				continue
			}
			if got := tr.PositionAt(due, until); got != p {
				t.Errorf("%s: at its due time %v the position is %v, want %v", v.Name, due, got, p)
			}
			if got := tr.PositionAt(due-ms(1), until); got != p-ms(1) {
				t.Errorf("%s: just before %v the position is %v", v.Name, due, got)
			}
		}
	}
}
