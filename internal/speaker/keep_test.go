package speaker

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"
)

// fake is a speaker that only knows whether it was closed.
func fake(name string, closed func()) *Speaker {
	s := opened(name)
	s.close = sync.OnceFunc(closed)
	return s
}

func TestKeepWaitsLongerEachTime(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithCancel(t.Context())
		began := time.Now()
		var tries []time.Duration
		var told []State
		go keep(ctx, Auto, func() (*Speaker, error) {
			tries = append(tries, time.Since(began))
			return nil, fmt.Errorf("%w (socket /x)", ErrNone)
		}, func(s State) { told = append(told, s) })
		time.Sleep(2 * time.Minute)
		cancel()
		synctest.Wait()
		want := []time.Duration{0, 500, 1500, 3500, 7500, 15500, 31500, 61500, 91500}
		for i := range want {
			want[i] *= time.Millisecond
		}
		if !slices.Equal(tries, want) {
			t.Errorf("tried at %v, want %v", tries, want)
		}
		if len(told) != 1 || told[0].Ready || strings.Contains(told[0].Why, "socket") || !strings.HasPrefix(told[0].Why, "This computer") {
			t.Errorf("told %+v", told)
		}
	})
}

func TestKeepOpensAgainAfterALoss(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithCancel(t.Context())
		var open []*Speaker
		var told []State
		closed := 0
		go keep(ctx, "desk", func() (*Speaker, error) {
			s := fake("desk", func() { closed++ })
			open = append(open, s)
			return s, nil
		}, func(s State) { told = append(told, s) })
		synctest.Wait()
		for range 3 {
			time.Sleep(time.Minute)
			close(open[len(open)-1].lost)
			synctest.Wait()
			time.Sleep(shortest)
			synctest.Wait()
		}
		cancel()
		synctest.Wait()
		if len(open) != 4 || closed != 4 {
			t.Errorf("opened %d times, closed %d", len(open), closed)
		}
		for i, s := range told {
			if s.Ready != (i%2 == 0) || s.Name != "desk" || s.Ready != (s.Why == "") {
				t.Errorf("state %d is %+v", i, s)
			}
		}
		if len(told) != 7 {
			t.Errorf("told %d times: %+v", len(told), told)
		}
	})
}

func TestKeepNoneNeverOpens(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithCancel(t.Context())
		var told []State
		done := false
		go func() {
			keep(ctx, None, func() (*Speaker, error) { t.Error("opened"); return nil, errors.New("no") },
				func(s State) { told = append(told, s) })
			done = true
		}()
		time.Sleep(time.Hour)
		if done {
			t.Error("returned before its context was done")
		}
		cancel()
		synctest.Wait()
		if !done || len(told) != 1 || told[0].Ready || told[0].Why == "" {
			t.Errorf("done %v, told %+v", done, told)
		}
	})
}
