//go:build linux

package speaker

import (
	"context"
	"math"
	"slices"
	"strings"
	"testing"
	"time"

	"stillpoint/internal/audio"
	"stillpoint/internal/timeline"
	"stillpoint/internal/transport"
)

func TestNames(t *testing.T) {
	needsServer(t)
	names, err := List()
	if err != nil {
		t.Fatal(err)
	}
	for _, n := range sinkNames {
		if !slices.Contains(names, n) {
			t.Errorf("%q is missing from %v", n, names)
		}
	}
	_, err = Open("kitchen", &tone{})
	if err == nil || !strings.Contains(err.Error(), `"kitchen"`) || !strings.Contains(err.Error(), "steady") {
		t.Errorf("an unknown name gives %v", err)
	}
	sp, err := Open("", &tone{})
	if err != nil {
		t.Fatal(err)
	}
	defer sp.Close()
	if !slices.Contains(sinkNames, sp.Name()) {
		t.Errorf("auto is %q", sp.Name())
	}
}

func play(t *testing.T, sink string, live *audio.Live) *Speaker {
	t.Helper()
	sp, err := Open(sink, live)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(sp.Close)
	return sp
}

// A bell begins where it should: heard within 20 ms of its time, the latency of
// the device taken off.
func TestBellBeginsInItsPlace(t *testing.T) {
	needsServer(t)
	t.Parallel()
	var live audio.Live
	sp := play(t, "onset", &live)
	rec := record(t, "onset")
	time.Sleep(2 * time.Second)
	score := audio.NewBank().Score(&timeline.Timeline{Length: 3 * time.Second, Cues: []timeline.Cue{
		{Kind: timeline.Bell, At: 500 * time.Millisecond, Name: "high"}}}, audio.Even())
	want := onset(t, score)
	for try := range 5 {
		began := len(rec.left())
		at := time.Now().Add(time.Second + time.Duration(try)*7*time.Millisecond)
		live.Follow(audio.Play{Score: score, State: transport.Playing, At: at, Until: 3 * time.Second})
		time.Sleep(2500 * time.Millisecond)
		live.Follow(audio.Play{State: transport.Stopped})
		time.Sleep(300 * time.Millisecond)
		zero := rec.locate()
		heard := loudFrom(rec.left()[began:], 1e-4) + began
		if heard < began {
			t.Fatal("nothing was heard")
		}
		off := zero.Add(time.Duration(heard) * time.Second / rate).Sub(at.Add(want))
		t.Logf("off by %v, latency %v, gaps %d", off, sp.Latency(), sp.Gaps())
		if off.Abs() > 20*time.Millisecond {
			t.Errorf("the bell is heard %v from its place", off)
		}
	}
}

// onset is when the score is first louder than 1e-4.
func onset(t *testing.T, s *audio.Score) time.Duration {
	out := make([][2]float64, s.Frames())
	s.Stream(0).Stream(out)
	left := make([]float64, len(out))
	for i, f := range out {
		left[i] = f[0]
	}
	return time.Duration(loudFrom(left, 1e-4)) * time.Second / rate
}

// loudFrom is the first sample above a level, -1 if there is none.
func loudFrom(wave []float64, level float64) int {
	return slices.IndexFunc(wave, func(x float64) bool { return math.Abs(x) > level })
}

func TestStopIsSilence(t *testing.T) {
	needsServer(t)
	t.Parallel()
	var live audio.Live
	play(t, "stop", &live)
	rec := record(t, "stop")
	score := audio.NewBank().Score(&timeline.Timeline{Length: 60 * time.Second, Cues: []timeline.Cue{
		{Kind: timeline.Ambience, Name: "pink"}, {Kind: timeline.Bell, Name: "bowl"}}}, audio.Mix{Bells: 100, Ambience: 100})
	live.Follow(audio.Play{Score: score, State: transport.Playing, At: time.Now(), Until: time.Minute})
	time.Sleep(3 * time.Second)
	stopped := time.Now()
	live.Follow(audio.Play{State: transport.Stopped})
	time.Sleep(1500 * time.Millisecond)
	zero, wave := rec.locate(), rec.left()
	before := int(stopped.Sub(zero) * rate / time.Second)
	if loudFrom(wave[before-rate/2:before], 1e-3) < 0 {
		t.Fatal("nothing was heard before the stop")
	}
	last := len(wave) - 1
	for math.Abs(wave[last]) < 1e-4 {
		last--
	}
	took := zero.Add(time.Duration(last) * time.Second / rate).Sub(stopped)
	t.Logf("silent (-80 dBFS) %v after the stop", took)
	if took > 150*time.Millisecond {
		t.Errorf("silence took %v", took)
	}
}

// A stop in the middle of a tone, near its crest, leaves nothing sharp: from 2 to
// 12 kHz there is nothing above −80 dB of the tone.
func TestStopDoesNotClick(t *testing.T) {
	needsServer(t)
	t.Parallel()
	var live audio.Live
	play(t, "cut", &live)
	rec := record(t, "cut")
	time.Sleep(time.Second)
	score := audio.NewBank().Score(&timeline.Timeline{Length: 8 * time.Second, Cues: []timeline.Cue{
		{Kind: timeline.Inhale, Length: 8 * time.Second}}}, audio.Mix{Breath: 100})
	live.Follow(audio.Play{Score: score, State: transport.Playing, At: time.Now(), Until: 8 * time.Second})
	time.Sleep(4 * time.Second)
	live.Follow(audio.Play{State: transport.Stopped})
	time.Sleep(500 * time.Millisecond)
	wave := rec.left()
	end := len(wave) - 1
	for end > 0 && wave[end] == 0 {
		end--
	}
	cut := wave[end-rate/20 : end+rate/20] // 50 ms either side of the last sound
	whole := wave[end-rate/2 : end-rate/20]
	if got := bandLevel(cut, 2000, 12000) - 10*math.Log10(meanSquare(whole)*float64(len(cut))); got > -80 {
		t.Errorf("the cut has %.1f dB of the tone between 2 and 12 kHz", got)
	} else {
		t.Logf("the cut has %.1f dB of the tone between 2 and 12 kHz", got)
	}
}

func meanSquare(wave []float64) (sum float64) {
	for _, x := range wave {
		sum += x * x
	}
	return sum / float64(len(wave))
}

// bandLevel is the energy of a wave between two pitches, in dB, tapered so that
// its own ends do not count.
func bandLevel(wave []float64, from, to float64) float64 {
	n, energy := len(wave), 0.0
	step := float64(rate) / float64(n)
	for f := from; f < to; f += step {
		var a, b float64
		for i, x := range wave {
			taper := 0.42 - 0.5*math.Cos(2*math.Pi*float64(i)/float64(n)) + 0.08*math.Cos(4*math.Pi*float64(i)/float64(n))
			sin, cos := math.Sincos(2 * math.Pi * f / rate * float64(i))
			a, b = a+x*taper*sin, b+x*taper*cos
		}
		energy += 2 * (a*a + b*b) / float64(n)
	}
	return 10 * math.Log10(energy+1e-30)
}

// A minute of a steady tone comes through whole: every tenth of a second of it is
// the tone and nothing else, but for as many as the machine itself stood still in.
func TestNoGaps(t *testing.T) {
	needsServer(t)
	t.Parallel()
	long := 60 * time.Second
	if testing.Short() {
		long = 5 * time.Second
	}
	sp, err := Open("steady", &tone{pitch: 1000, level: 0.5})
	if err != nil {
		t.Fatal(err)
	}
	defer sp.Close()
	time.Sleep(500 * time.Millisecond)
	rec := record(t, "steady")
	for tries := 0; loudFrom(rec.left(), 0.4) < 0 && tries < 100; tries++ {
		time.Sleep(50 * time.Millisecond) // a null sink takes a while to come to life
	}
	stalls := stallsWithin(long)
	wave := rec.left()
	first := loudFrom(wave, 0.4)
	if first < 0 || len(wave)-first < int(long*9/10*rate/time.Second) {
		t.Fatalf("only %d frames arrived, the tone from %d on", len(wave), first)
	}
	worst, broken := 0.0, 0
	for wave = wave[first+rate/10:]; len(wave) >= rate/10; wave = wave[rate/10:] {
		r := residual(wave[:rate/10], 1000)
		if worst = max(worst, r); r > 1e-4 {
			broken++
		}
	}
	t.Logf("worst residual %.2g, %d tenths broken, %d gaps, %d stalls", worst, broken, sp.Gaps(), stalls)
	if broken > 2*stalls {
		t.Errorf("%d tenths of a second are not the tone; the machine stood still %d times", broken, stalls)
	}
}

// stallsWithin waits, and counts how often a wish to wake in 5 ms was granted
// 25 ms late or later: the sound server's thread is then late just so.
func stallsWithin(long time.Duration) (stalls int) {
	for began := time.Now(); time.Since(began) < long; {
		before := time.Now()
		time.Sleep(5 * time.Millisecond)
		if time.Since(before) > 30*time.Millisecond {
			stalls++
		}
	}
	return stalls
}

// residual is what remains of a wave when a sine of a pitch is taken out, as a
// part of it; silence is all remainder.
func residual(wave []float64, pitch float64) float64 {
	var a, b, power float64
	for i, x := range wave {
		sin, cos := math.Sincos(2 * math.Pi * pitch / rate * float64(i))
		a, b, power = a+x*sin, b+x*cos, power+x*x
	}
	n := float64(len(wave)) / 2
	a, b = a/n, b/n
	rest := 0.0
	for i, x := range wave {
		sin, cos := math.Sincos(2 * math.Pi * pitch / rate * float64(i))
		d := x - a*sin - b*cos
		rest += d * d
	}
	if power == 0 {
		return 1
	}
	return math.Sqrt(rest / power)
}

func TestKeepComesBack(t *testing.T) {
	needsServer(t)
	t.Parallel()
	ctx, cancel := context.WithCancel(t.Context())
	states, done := make(chan State, 8), make(chan struct{})
	go func() {
		defer close(done)
		Keep(ctx, "keep", &tone{}, func(s State) { states <- s })
	}()
	if s := <-states; !s.Ready || s.Name != "keep" {
		t.Fatalf("first state %+v", s)
	}
	client, conn, err := connect()
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	killStream(t, client, "keep")
	if s := <-states; s.Ready || s.Why == "" {
		t.Fatalf("after the loss %+v", s)
	}
	if s := <-states; !s.Ready {
		t.Fatalf("it did not come back: %+v", s)
	}
	cancel()
	<-done
}
