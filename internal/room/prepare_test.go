package room

import (
	"context"
	"testing"
	"testing/synctest"
	"time"

	"stillpoint/internal/script"
	"stillpoint/internal/session"
	"stillpoint/internal/timeline"
	"stillpoint/internal/transport"
)

// slowly is a house in which getting a voice ready takes so long.
func slowly(d time.Duration) func(*Config) {
	return func(c *Config) {
		c.Prepare = func(ctx context.Context, _ *script.Script, s timeline.Settings) (timeline.Settings, error) {
			select {
			case <-time.After(d):
				return s, nil
			case <-ctx.Done():
				return s, ctx.Err()
			}
		}
	}
}

// What somebody wished for before a voice was ready never ends what anyone has
// wished for meanwhile.
func TestASlowLoadEndsNothingNewer(t *testing.T) {
	for name, c := range map[string]struct {
		meanwhile session.Verb
		state     transport.State
	}{
		"a grounding goes on": {session.Ground, transport.Playing},
		"a stop holds":        {session.Stop, ""},
		"a pause holds":       {session.Pause, ""},
	} {
		t.Run(name, func(t *testing.T) {
			bubble(t, func(t *testing.T) {
				r := roomOf(t, open(t, NewMemory(), slowly(10*time.Second)), Home)
				guide, guest := join(t, r, session.Guide), join(t, r, session.Guest)
				go drain(guide)
				go drain(guest)
				answer := make(chan error, 1)
				go func() {
					_, err := guide.Do(t.Context(), session.Command{ID: "l-1", Do: session.Load, Script: "short"})
					answer <- err
				}()
				time.Sleep(time.Second)
				do(t, guest, session.Command{ID: "g-1", Do: c.meanwhile})
				if err := <-answer; codeOf(err) != session.Stale {
					t.Errorf("the load was not stale: %v", err)
				}
				if s := r.State(); s.Transport.State != c.state {
					t.Errorf("it is %q, want %q", s.Transport.State, c.state)
				}
				do(t, guide, session.Command{ID: "l-2", Do: session.Load, Script: "short"}) // wished for again
			})
		})
	}
}

// Another guide's session, begun while a voice is made ready, is not ended by it.
func TestASlowLoadLeavesAnothersSession(t *testing.T) {
	bubble(t, func(t *testing.T) {
		slow := false
		r := roomOf(t, open(t, NewMemory(), func(c *Config) {
			c.Prepare = func(_ context.Context, _ *script.Script, s timeline.Settings) (timeline.Settings, error) {
				if slow {
					time.Sleep(10 * time.Second)
				}
				return s, nil
			}
		}), Home)
		a, b := join(t, r, session.Guide), join(t, r, session.Guide)
		go drain(a)
		go drain(b)
		answer := make(chan error, 1)
		slow = true
		go func() {
			_, err := a.Do(t.Context(), session.Command{ID: "a-1", Do: session.Load, Script: "short"})
			answer <- err
		}()
		synctest.Wait()
		slow = false
		begin(t, b, "long")
		if err := <-answer; codeOf(err) != session.Stale {
			t.Errorf("the load was not stale: %v", err)
		}
		if s := r.State(); s.ScriptID != "long" || s.Transport.State != transport.Playing {
			t.Errorf("%s is %s", s.ScriptID, s.Transport.State)
		}
	})
}
