package speaker

import (
	"context"
	"errors"
	"strings"
	"time"

	"github.com/faiface/beep"
)

// State is whether there is a speaker, in words.
type State struct {
	Name  string // the sink; what was asked for while there is none
	Ready bool   // it plays
	Why   string // a sentence for people when it does not; empty when it does
}

// How long Keep waits before it tries again: twice as long each time, and from
// the beginning once a speaker has held for a while.
const (
	shortest = 500 * time.Millisecond
	longest  = 30 * time.Second
)

// Keep plays s on the speaker called name for as long as ctx lives: it opens it,
// opens it again when it was lost, and tells changed, from its own goroutine,
// whenever the state is another. With [None] it only says so. It returns when ctx
// is done and the speaker is closed.
func Keep(ctx context.Context, name string, s beep.Streamer, changed func(State)) {
	keep(ctx, name, func() (*Speaker, error) { return Open(name, s) }, changed)
}

func keep(ctx context.Context, name string, open func() (*Speaker, error), changed func(State)) {
	k := keeper{changed: changed}
	if name == None {
		k.tell(State{Name: None, Why: "Sound from this computer is switched off."})
		<-ctx.Done()
		return
	}
	wait := shortest
	for ctx.Err() == nil {
		began := time.Now()
		if sp, err := open(); err != nil {
			k.tell(State{Name: name, Why: sentence(err)})
		} else {
			k.hold(ctx, sp)
		}
		if time.Since(began) > longest {
			wait = shortest
		}
		select {
		case <-ctx.Done():
		case <-time.After(wait):
		}
		wait = min(2*wait, longest)
	}
}

// sentence is what people read of an error; what the system said stays behind.
func sentence(err error) string {
	if errors.Is(err, ErrNone) {
		err = ErrNone
	}
	s := err.Error()
	return strings.ToUpper(s[:1]) + s[1:] + "."
}

// keeper tells each state once.
type keeper struct {
	changed func(State)
	last    State
}

func (k *keeper) tell(s State) {
	if s != k.last {
		k.last = s
		k.changed(s)
	}
}

// hold plays until the speaker is lost or ctx is done.
func (k *keeper) hold(ctx context.Context, sp *Speaker) {
	defer sp.Close()
	k.tell(State{Name: sp.Name(), Ready: true})
	select {
	case <-ctx.Done():
	case <-sp.Lost():
		k.tell(State{Name: sp.Name(), Why: "The speaker went away. When it is back, the page lets you choose it again."})
	}
}
