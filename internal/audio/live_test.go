package audio

import (
	"math"
	"math/rand/v2"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"stillpoint/internal/timeline"
	"stillpoint/internal/transport"
)

// device is a sound card of paper: it pulls blocks and knows when they are heard.
type device struct {
	live *Live
	now  time.Time            // when the next frame is heard
	rate float64              // of its own clock; 0 is exact
	late func() time.Duration // what its reports are late by; nil: nothing
}

var noon = time.Date(2026, 1, 2, 12, 0, 0, 0, time.UTC)

func newDevice() *device { return &device{live: &Live{}, now: noon} }

// pull takes d of sound, in blocks of odd sizes.
func (d *device) pull(long time.Duration) (heard [][2]float64) {
	sizes := []int{480, 441, 1, 333, 480, 77}
	rate := d.rate
	if rate == 0 {
		rate = 1
	}
	for i, left := 0, frames(long); left > 0; i++ {
		block := make([][2]float64, min(left, sizes[i%len(sizes)]))
		report := d.now
		if d.late != nil {
			report = report.Add(d.late())
		}
		d.live.Heard(report)
		if n, ok := d.live.Stream(block); n != len(block) || !ok {
			panic("a live stream never ends")
		}
		heard = append(heard, block...)
		left -= len(block)
		d.now = d.now.Add(time.Duration(float64(length(len(block))) / rate))
	}
	return heard
}

// score is a steady tone of a pitch, for as long as it is asked for.
func steadyTone(pitch float64, long time.Duration) *Score {
	s := &Score{length: frames(long), frames: frames(long), fade: 1}
	s.lay(0, s.frames, &glide{frames: s.frames, from: pitch, to: pitch, peak: 0.1, powers: softly.powers()})
	s.settle()
	return s
}

func playing(s *Score, position time.Duration, at time.Time) Play {
	return Play{Score: s, State: transport.Playing, Position: position, At: at, Until: length(s.length)}
}

func halt(state transport.State) Play { return Play{State: state} }

func TestLiveIsSilentUntilAsked(t *testing.T) {
	d := newDevice()
	d.live.Follow(halt(transport.Ready))
	if at := onset(d.pull(time.Second)); at >= 0 {
		t.Errorf("sounds at frame %d", at)
	}
}

// bells is a bell every four seconds for a minute.
func bells() *Score {
	tl := &timeline.Timeline{Length: time.Minute}
	for at := time.Duration(0); at < tl.Length; at += 4 * time.Second {
		tl.Cues = append(tl.Cues, timeline.Cue{Kind: timeline.Bell, At: at, Name: "bowl"})
	}
	return quiet().Score(tl, loud)
}

func TestLiveBeginsOnTheFrame(t *testing.T) {
	for _, after := range []time.Duration{0, time.Millisecond, 37 * time.Millisecond, 1999 * time.Millisecond} {
		d := newDevice()
		d.pull(3 * time.Second)
		d.live.Follow(playing(bells(), 0, d.now.Add(after)))
		if got, want := onset(d.pull(3*time.Second)), frames(after)+1; got != want {
			t.Errorf("asked for in %v, begins at frame %d, want %d", after, got, want)
		}
	}
}

func TestLiveBeginsInPlaceWhenReportsAreLate(t *testing.T) {
	t.Parallel()
	want := samples(t, bells(), 0, 3*Rate, 4096)
	for seed := range uint64(8) {
		r := rand.New(rand.NewPCG(seed, 4))
		d := newDevice()
		d.late = func() time.Duration { // mostly a little, sometimes a lot
			return time.Duration(r.ExpFloat64()*r.ExpFloat64()*5000) * time.Microsecond
		}
		d.pull(3 * time.Second)
		d.live.Follow(playing(bells(), 0, d.now.Add(2*time.Second)))
		heard := d.pull(6 * time.Second)
		begins := onset(heard) - 1
		if off := length(begins) - 2*time.Second; off.Abs() > time.Millisecond {
			t.Errorf("begins %v from its place", off)
		}
		for i, f := range want {
			if heard[begins+i] != f {
				t.Fatalf("late reports disturbed frame %d", i)
			}
		}
	}
}

// A device that never says when its frames are heard pulls in bursts; the bursts
// must not be heard.
func TestLiveWithoutReports(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var live Live
		var heard [][2]float64
		burst := func() {
			for range 5 {
				block := make([][2]float64, 480)
				live.Stream(block)
				heard = append(heard, block...)
			}
		}
		burst()
		burst() // the buffer fills
		for range 40 {
			time.Sleep(50 * time.Millisecond)
			burst()
		}
		live.Follow(playing(bells(), 0, time.Now().Add(time.Second)))
		before := len(heard)
		for range 40 {
			time.Sleep(50 * time.Millisecond)
			burst()
		}
		// The last frame of a full buffer is the one nearest to its time.
		if off := length(onset(heard[before:])) - time.Second; off.Abs() > 50*time.Millisecond {
			t.Errorf("begins %v from its place", off)
		}
	})
}

// A report that shifts the clock a little just after the beginning is not a jump.
func TestALateTruthIsNoJump(t *testing.T) {
	d := newDevice()
	d.late = func() time.Duration { return 9 * time.Millisecond }
	d.pull(3 * time.Second)
	d.live.Follow(playing(steadyTone(220, time.Minute), 0, d.now.Add(d.late())))
	d.pull(length(3))
	d.late = nil
	d.pull(time.Second)
	if d.live.reading().hearing.opened != 0 || d.live.gate.closing() || d.live.score() == nil {
		t.Error("it was taken for a jump")
	}
}

// quietFrom is the first frame from which on all is silent.
func quietFrom(frames [][2]float64) int {
	for i := len(frames) - 1; i >= 0; i-- {
		if frames[i] != [2]float64{} {
			return i + 1
		}
	}
	return 0
}

func TestAJumpGoesThroughSilence(t *testing.T) {
	s := steadyTone(220, time.Minute)
	d := newDevice()
	d.live.Follow(playing(s, 0, d.now))
	d.pull(3 * time.Second)
	p := playing(s, 30*time.Second, d.now)
	d.live.Follow(p)
	heard := d.pull(time.Second)
	if got := rmsOf(heard[frames(60*time.Millisecond):]); got < 0.07 {
		t.Errorf("not back after 60 ms: %g", got)
	}
	if got := rmsOf(heard[frames(28*time.Millisecond):frames(32*time.Millisecond)]); got > 0.01 {
		t.Errorf("does not go through silence: %g", got)
	}
	p.Position += time.Second
	p.At = d.now
	d.live.Follow(p) // the same said again in other words changes nothing
	if got := rmsOf(d.pull(100 * time.Millisecond)); got < 0.07 {
		t.Errorf("saying it again was heard: %g", got)
	}
}

// The card's clock runs a thousandth fast: the sound never strays far, and is
// brought back without a click.
func TestDriftIsTakenBack(t *testing.T) {
	s := bells()
	d := newDevice()
	d.rate = 1.001
	d.live.Follow(playing(s, 0, d.now))
	crossings, last := 0, 0
	for range 5500 {
		before := d.live.at
		d.pull(10 * time.Millisecond)
		if d.live.score() == nil {
			continue
		}
		if d.live.at-before != 480 {
			crossings++
		}
		last = d.live.at - frames(d.now.Sub(noon))
		if length(last).Abs() > mostDrift+stopFade+10*time.Millisecond {
			t.Fatalf("the sound strays by %v", length(last))
		}
	}
	if crossings == 0 {
		t.Error("the drift was never taken back")
	}
}

// Taking drift back is neither a gap nor a click.
func TestDriftIsTakenBackUnheard(t *testing.T) {
	t.Parallel()
	noise := quiet().Score(&timeline.Timeline{Length: 80 * time.Second, Cues: []timeline.Cue{{Kind: timeline.Ambience, Name: "pink"}}}, loud)
	for _, rate := range []float64{1.003, 0.997} {
		d := newDevice()
		d.rate = rate
		d.live.Follow(playing(noise, 0, d.now))
		heard := d.pull(40 * time.Second)[5*Rate:]
		usual := rmsOf(heard)
		for at := 0; at+Rate/50 <= len(heard); at += Rate / 100 {
			if got := rmsOf(heard[at : at+Rate/50]); got < usual/4 {
				t.Fatalf("a gap: %g of %g", got, usual)
			}
		}
		d = newDevice()
		d.rate = rate
		d.live.Follow(playing(mixed(loud), 0, d.now))
		if got := sharp(d.pull(40 * time.Second)[4*Rate+Rate/2 : 19*Rate]); got > -80 {
			t.Errorf("%.1f dB above 2 kHz", got)
		}
	}
}

func TestAWaitHoldsBackWhatFollows(t *testing.T) {
	s := bells()
	d := newDevice()
	p := playing(s, 0, d.now)
	p.Until = 8 * time.Second
	d.live.Follow(p)
	heard := d.pull(12 * time.Second)
	if got := quietFrom(heard); got > frames(p.Until+waitFade) || got < frames(p.Until+waitFade)-100 {
		t.Errorf("silent %v after beginning, want %v", length(got), p.Until+waitFade)
	}
	d.live.Follow(playing(s, 8*time.Second, d.now.Add(300*time.Millisecond)))
	if got := onset(d.pull(time.Second)); got != frames(300*time.Millisecond)+1 {
		t.Errorf("goes on at frame %d", got)
	}
}

func TestALastBellRingsOutUnlessStopped(t *testing.T) {
	s := quiet().Score(&timeline.Timeline{Length: 2 * time.Second, Cues: []timeline.Cue{
		{Kind: timeline.Bell, At: 2 * time.Second, Name: "closing"}}}, loud)
	for i, told := range []time.Duration{1900, 1900, 2100} { // when it is said to have finished
		stop := i == 0
		d := newDevice()
		d.live.Follow(playing(s, 0, d.now))
		d.pull(told * time.Millisecond)
		d.live.Follow(halt(transport.Finished))
		if got := rmsOf(d.pull(3 * time.Second)); got < 0.001 {
			t.Fatalf("the last bell is not heard: %g", got)
		}
		if stop {
			d.live.Follow(halt(transport.Stopped))
		}
		left := quietFrom(d.pull(30 * time.Second))
		if stop && left > frames(stopFade) {
			t.Errorf("rings on for %v after a stop", length(left))
		}
		if !stop && left < 8*Rate {
			t.Errorf("rings only for %v more", length(left))
		}
	}
}

func TestLiveAllocatesNothing(t *testing.T) {
	d := newDevice()
	d.live.Follow(playing(speaking().Score(everything(), loud), 0, d.now))
	block := make([][2]float64, 480)
	at := d.now
	if n := testing.AllocsPerRun(2000, func() {
		d.live.Heard(at)
		d.live.Stream(block)
		at = at.Add(10 * time.Millisecond)
	}); n != 0 {
		t.Errorf("%v allocations a block", n)
	}
}

func TestFollowFromEverywhere(t *testing.T) {
	d := newDevice()
	s := steadyTone(220, time.Minute)
	var all sync.WaitGroup
	for rev := 1; rev <= 8; rev++ {
		all.Go(func() {
			for i := range 200 {
				p := playing(s, time.Duration(i)*time.Millisecond, noon)
				p.Rev = rev
				d.live.Follow(p)
			}
		})
	}
	all.Go(func() { d.live.Follow(Play{State: transport.Stopped, Rev: 9}) })
	d.pull(time.Second)
	all.Wait()
	d.pull(time.Second)
	if at := onset(d.pull(time.Second)); at >= 0 {
		t.Error("sounds after the stop")
	}
}

func TestClockAfterTheDeviceStoodStill(t *testing.T) {
	var c clock
	for i := range 500 {
		c.tell(i*480, noon.Add(length(i*480)))
	}
	back := noon.Add(time.Minute)
	for i := range 10 {
		c.tell((500+i)*480, back.Add(length(i*480)))
	}
	if got := c.until(back.Add(time.Second), 500*480); got < Rate-48 || got > Rate+48 {
		t.Errorf("a second is %d frames", got)
	}
}

// TestASoundThatComesBackComesSoftly: one that was heard elsewhere until now, and one
// whose device was gone. What the device had held is not heard.
func TestASoundThatComesBackComesSoftly(t *testing.T) {
	tone := steadyTone(220, 10*time.Minute)
	rises := func(t *testing.T, heard [][2]float64) {
		t.Helper()
		var before float64
		for i := range 15 {
			loud := rmsOf(heard[i*Rate/10 : (i+1)*Rate/10])
			if i == 0 && loud > 0.01 || loud < before {
				t.Errorf("after %d00 ms it is %g, before that %g", i, loud, before)
			}
			before = loud
		}
		if after := rmsOf(heard[2*Rate : 3*Rate]); after < 0.05 {
			t.Errorf("after two seconds it is %g", after)
		}
	}
	t.Run("from elsewhere", func(t *testing.T) {
		d := newDevice()
		d.pull(time.Second)
		p := playing(tone, 0, d.now.Add(-time.Minute))
		p.Joins = true
		d.live.Follow(p)
		rises(t, d.pull(3*time.Second))
	})
	t.Run("a device that was gone", func(t *testing.T) {
		d := newDevice()
		d.live.Follow(playing(tone, 0, d.now))
		d.pull(10 * time.Second)
		d.now = d.now.Add(5 * time.Second)
		rises(t, d.pull(3*time.Second))
	})
	t.Run("a device that was gone, and is not wanted any more", func(t *testing.T) {
		d := newDevice()
		d.live.Follow(playing(tone, 0, d.now))
		d.pull(10 * time.Second)
		d.live.Follow(Play{})
		d.now = d.now.Add(5 * time.Second)
		if at := onset(d.pull(time.Second)); at >= 0 {
			t.Errorf("it sounds at frame %d", at)
		}
	})
	t.Run("a beginning keeps its stroke", func(t *testing.T) {
		d := newDevice()
		d.pull(time.Second)
		d.live.Follow(playing(bells(), 0, d.now.Add(time.Second)))
		want := d.pull(2 * time.Second)
		d = newDevice()
		d.pull(time.Second)
		p := playing(bells(), 0, d.now.Add(time.Second))
		p.Joins = true
		d.live.Follow(p)
		if got := d.pull(2 * time.Second); rmsOf(got) != rmsOf(want) {
			t.Errorf("its level is %g, not %g", rmsOf(got), rmsOf(want))
		}
	})
}

// band is the energy between two pitches, in dB, of the left ear; tapered, so that
// the ends of the stretch do not count.
func band(wave [][2]float64, from, to float64) float64 {
	n, energy := len(wave), 0.0
	tapered := make([]float64, n)
	for i, f := range wave {
		t := 2 * math.Pi * float64(i) / float64(n)
		tapered[i] = f[0] * (0.42 - 0.5*math.Cos(t) + 0.08*math.Cos(2*t))
	}
	for f := from; f < to; f += float64(Rate) / float64(n) {
		energy += goertzel(tapered, f)
	}
	return 10 * math.Log10(energy+1e-30)
}

// goertzel is the power of a wave at a pitch.
func goertzel(wave []float64, pitch float64) float64 {
	w := 2 * math.Cos(2*math.Pi*pitch/Rate)
	var a, b float64
	for _, x := range wave {
		a, b = x+w*a-b, a
	}
	n := float64(len(wave))
	return (a*a + b*b - w*a*b) * 2 / n / n
}
