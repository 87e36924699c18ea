package room

import (
	"testing"
	"time"

	"stillpoint/internal/session"
	"stillpoint/internal/transport"
)

// Whatever rings with nothing playing, the last bell or the one of the sound
// check, a pause or a stop reaches every place that could sound.
func TestAStopIsHeardWhereverABellMayRing(t *testing.T) {
	scenes := []struct {
		name string
		set  func(t *testing.T, guide *Seat)
	}{
		{"nothing", func(*testing.T, *Seat) {}},
		{"ready", func(t *testing.T, guide *Seat) { do(t, guide, session.Command{Do: session.Load, Script: "short"}) }},
		{"paused", func(t *testing.T, guide *Seat) {
			begin(t, guide, "short")
			do(t, guide, session.Command{Do: session.Pause})
		}},
		{"stopped", func(t *testing.T, guide *Seat) {
			begin(t, guide, "short")
			do(t, guide, session.Command{Do: session.Stop})
		}},
		{"finished", func(t *testing.T, guide *Seat) {
			begin(t, guide, "short")
			time.Sleep(time.Hour)
		}},
	}
	for _, scene := range scenes {
		for _, verb := range []session.Verb{session.Pause, session.Stop} {
			t.Run(scene.name+", "+string(verb), func(t *testing.T) {
				bubble(t, func(t *testing.T) {
					there := true
					r := roomOf(t, open(t, NewMemory(), host(&there)), Home)
					guide, guest := join(t, r, session.Guide), join(t, r, session.Guest)
					scene.set(t, guide)
					do(t, guide, session.Command{Do: session.Bell})
					watched := r.Watch(t.Context())
					<-watched
					for len(guide.Updates()) > 0 {
						<-guide.Updates()
					}
					before := r.State()
					stop := session.Command{ID: "s-1", Do: verb}
					rev := do(t, guest, stop)
					if rev != before.Rev+1 {
						t.Errorf("revision %d after %d", rev, before.Rev)
					}
					for name, updates := range map[string]<-chan Update{"the host": watched, "the guide": guide.Updates()} {
						if len(updates) != 1 {
							t.Fatalf("%s hears %d updates, want 1", name, len(updates))
						}
						u := <-updates
						if u.Rev != rev || u.Trial != nil || u.Timeline != nil || (u.Transport == nil) == before.Loaded() {
							t.Errorf("%s hears %+v", name, u)
						}
						if u.Transport != nil && u.Transport.Transport.State == transport.Playing {
							t.Errorf("%s hears that it plays", name)
						}
					}
					if again := do(t, guest, stop); again != rev || len(watched) > 0 {
						t.Errorf("the same id again is revision %d, with %d updates", again, len(watched))
					}
				})
			})
		}
	}
}

// A start sent before a stop was known comes after it, and stays undone.
func TestAStartThatAStopOvertookIsStale(t *testing.T) {
	bubble(t, func(t *testing.T) {
		r := roomOf(t, open(t, NewMemory()), Home)
		guide, guest := join(t, r, session.Guide), join(t, r, session.Guest)
		seen := do(t, guide, session.Command{Do: session.Load, Script: "short"})
		do(t, guest, session.Command{Do: session.Stop})
		if _, err := guide.Do(t.Context(), session.Command{Do: session.Start, Rev: seen}); codeOf(err) != session.Stale {
			t.Errorf("the start: %v", err)
		}
		is(t, r, transport.Ready, 0)
	})
}
