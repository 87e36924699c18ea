package audio

import (
	"math"
	"math/rand/v2"
	"testing"
	"time"

	"stillpoint/internal/timeline"
	"stillpoint/internal/transport"
)

func TestHaltsAreSilence(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		state transport.State
		fade  time.Duration
	}{{transport.Stopped, 30 * time.Millisecond}, {transport.Paused, 60 * time.Millisecond}, {transport.Ready, 30 * time.Millisecond}, {transport.Finished, 30 * time.Millisecond}} {
		d := newDevice()
		d.live.Follow(playing(steadyTone(220, time.Minute), 0, d.now))
		d.pull(5 * time.Second)
		d.live.Follow(halt(c.state))
		heard := d.pull(5 * time.Second)
		if got := quietFrom(heard); got > frames(c.fade) || got < frames(c.fade)-3 {
			t.Errorf("%s is silence after %v, want %v", c.state, length(got), c.fade)
		}
	}
}

func TestStopIsQuickerThanAnythingElse(t *testing.T) {
	d := newDevice()
	d.live.Follow(playing(steadyTone(220, time.Minute), 0, d.now))
	d.pull(time.Second)
	d.live.Follow(halt(transport.Paused))
	head := d.pull(10 * time.Millisecond)
	d.live.Follow(halt(transport.Stopped))
	tail := d.pull(time.Second)
	if got := quietFrom(tail); got > frames(stopFade) {
		t.Errorf("a stop in a pause takes %v", length(got))
	}
	last, first := head[len(head)-1][0], tail[0][0]
	if math.Abs(last-first) > 0.005 {
		t.Errorf("from %g to %g in one step", last, first)
	}
}

// Whatever was asked before and however late an older wish arrives: after a stop
// there is silence.
func TestNothingSoundsAfterAStop(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(5, 6))
	scores := []*Score{steadyTone(220, time.Minute), bells()}
	wish := func(now time.Time, rev int) Play {
		p := playing(scores[r.IntN(2)], time.Duration(r.IntN(50))*time.Second, now.Add(time.Duration(r.IntN(3000)-1500)*time.Millisecond))
		if r.IntN(2) == 0 {
			p.Position, p.At = now.Sub(noon), now // where it is already: a crossing
		}
		p.Until = p.Position + time.Duration(r.IntN(5))*time.Second
		p.State = []transport.State{transport.Playing, transport.Playing, transport.Paused, transport.Finished, transport.Ready}[r.IntN(5)]
		p.Rev = rev
		return p
	}
	for range 50 {
		d := newDevice()
		rev := 1
		for ; rev < 10; rev++ {
			d.live.Follow(wish(d.now, rev))
			d.pull(time.Duration(r.IntN(100)) * time.Millisecond)
		}
		stop := halt(transport.Stopped)
		stop.Rev = rev
		d.live.Follow(stop)
		late := wish(d.now, rev-1-r.IntN(3))
		late.State = transport.Playing
		d.live.Follow(late)
		if got := quietFrom(d.pull(2 * time.Second)); got > frames(stopFade)+block {
			t.Fatalf("sounds until %v after a stop", length(got))
		}
	}
}

// A tone cut near its crest leaves nothing sharp behind.
func TestGateDoesNotClick(t *testing.T) {
	t.Parallel()
	breath := quiet().Score(&timeline.Timeline{Length: 8 * time.Second, Cues: []timeline.Cue{
		{Kind: timeline.Inhale, Length: 8 * time.Second}}}, loud)
	for name, s := range map[string]*Score{"220 Hz": steadyTone(220, 8*time.Second), "breath": breath} {
		for _, state := range []transport.State{transport.Stopped, transport.Paused} {
			d := newDevice()
			d.live.Follow(playing(s, 0, d.now))
			heard := d.pull(4 * time.Second)
			for i := 0; i < 200; i++ { // on to the crest
				more := d.pull(length(2))
				heard = append(heard, more...)
				if n := len(heard); heard[n-2][0] > 0 && math.Abs(heard[n-1][0]-heard[n-2][0]) < math.Abs(heard[n-2][0])*1e-4 {
					break
				}
			}
			d.live.Follow(halt(state))
			heard = append(heard, d.pull(200*time.Millisecond)...)
			cut := len(heard) - frames(200*time.Millisecond)
			sharp := band(heard[cut-2400:cut+2400], 2000, 12000)
			tone := band(heard[cut-6000:cut-1200], 100, 500)
			if sharp-tone > -80 {
				t.Errorf("%s, %s: 2 to 12 kHz is at %.1f dB of the tone", name, state, sharp-tone)
			}
		}
	}
}

func TestResumingBringsBackSlowlyWhatSounded(t *testing.T) {
	s := steadyTone(220, time.Minute)
	d := newDevice()
	d.live.Follow(playing(s, 0, d.now))
	d.pull(3 * time.Second)
	d.live.Follow(halt(transport.Paused))
	d.pull(time.Second)
	d.live.Follow(playing(s, 3*time.Second, d.now.Add(2*time.Second)))
	heard := d.pull(6 * time.Second)
	if at := onset(heard); at != 2*Rate+1 {
		t.Errorf("resumes at frame %d", at)
	}
	if early, full := rmsOf(heard[2*Rate:2*Rate+Rate/4]), rmsOf(heard[5*Rate:]); early > full/4 || full < 0.06 {
		t.Errorf("comes back at %g of %g in the first quarter of a second", early, full)
	}
}
