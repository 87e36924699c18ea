package room

import (
	"testing"
	"time"

	"stillpoint/internal/session"
)

// TestASoundThatIsNotHeardOf is told to the guide within seconds, stays the sound,
// since it may sound on, and is told when it is heard of again.
func TestASoundThatIsNotHeardOf(t *testing.T) {
	bubble(t, func(t *testing.T) {
		r := roomOf(t, open(t, NewMemory()), Home)
		box := join(t, r, session.Guest)
		do(t, box, session.Command{Do: session.Sound, To: "me"})
		go drain(box)
		for range 10 {
			box.Heard()
			time.Sleep(2 * time.Second)
			if p := r.People(); p.Lost != "" {
				t.Fatalf("it pings, and is lost: %+v", p)
			}
		}
		time.Sleep(Unheard)
		if p := r.People(); p.Lost != "guest" || p.Sound != box.ID {
			t.Errorf("%v after it was heard of last: %+v", 2*time.Second+Unheard, p)
		}
		box.Heard()
		time.Sleep(attentiveEach)
		if p := r.People(); p.Lost != "" || p.Sound != box.ID {
			t.Errorf("it is heard of again: %+v", p)
		}
		time.Sleep(time.Minute)
		back, err := r.Join(Hello{Resume: box.Resume})
		if err != nil {
			t.Fatal(err)
		}
		go drain(back)
		back.Heard()
		time.Sleep(attentiveEach)
		if p := r.People(); p.Lost != "" || p.Sound != box.ID {
			t.Errorf("it has come back: %+v", p)
		}
	})
}

// TestWhoIsNotTheSoundIsNotListenedFor.
func TestWhoIsNotTheSoundIsNotListenedFor(t *testing.T) {
	bubble(t, func(t *testing.T) {
		r := roomOf(t, open(t, NewMemory()), Home)
		box, other := join(t, r, session.Guest), join(t, r, session.Guest)
		do(t, box, session.Command{Do: session.Sound, To: "me"})
		box.Heard()
		time.Sleep(time.Minute)
		do(t, other, session.Command{Do: session.Sound, To: "none"})
		time.Sleep(time.Minute)
		if p := r.People(); p.Lost != "" {
			t.Errorf("nobody is the sound, and it is lost: %+v", p)
		}
	})
}
