package audio

import (
	"math"
	"slices"
	"testing"
	"time"

	"github.com/faiface/beep"

	"stillpoint/internal/script"
	"stillpoint/internal/timeline"
)

// one is a score of a single cue at level 100.
func one(c timeline.Cue, long time.Duration) *Score {
	return speaking().Score(&timeline.Timeline{Length: long, Cues: []timeline.Cue{c}}, loud)
}

func left(wave [][2]float64) []float64 {
	out := make([]float64, len(wave))
	for i, f := range wave {
		out[i] = f[0]
	}
	return out
}

func TestTheBankKnowsEveryNameAnAuthorMayUse(t *testing.T) {
	b := NewBank()
	for _, n := range script.Bells {
		if b.bells[n] == nil {
			t.Errorf("there is no bell %q", n)
		}
	}
	for _, n := range script.Ambiences {
		if b.ambiences[n] == nil {
			t.Errorf("there is no ambience %q", n)
		}
	}
	if one(timeline.Cue{Kind: timeline.Bell, Name: "gong"}, time.Second).notes != nil {
		t.Error("an unknown bell sounds")
	}
}

// How loud each sound is, in LUFS, at level 100: the numbers of domain knowledge,
// held to a few tenths.
func TestLoudness(t *testing.T) {
	t.Parallel()
	say := time.Second
	for _, c := range []struct {
		cue      timeline.Cue
		long     time.Duration
		measured func(Loudness) float64
		want     float64
		within   float64
	}{
		{timeline.Cue{Kind: timeline.Bell, Name: "bowl"}, say, momentary, -24, 0.2},
		{timeline.Cue{Kind: timeline.Bell, Name: "high"}, say, momentary, -24, 0.2},
		{timeline.Cue{Kind: timeline.Bell, Name: "low"}, say, momentary, -24, 0.2},
		{timeline.Cue{Kind: timeline.Bell, Name: "closing"}, say, momentary, -24, 0.2},
		{timeline.Cue{Kind: timeline.Inhale, Length: 4 * say}, 4 * say, momentary, -30.4, 0.4},
		{timeline.Cue{Kind: timeline.Exhale, Length: 6 * say}, 6 * say, momentary, -30.4, 0.4},
		{timeline.Cue{Kind: timeline.Here}, 4 * say, momentary, -33.4, 0.5},
		{timeline.Cue{Kind: timeline.Ambience, Name: "pink"}, 40 * say, integrated, -34, 0.5},
		{timeline.Cue{Kind: timeline.Ambience, Name: "brown"}, 40 * say, integrated, -34, 0.5},
		{timeline.Cue{Kind: timeline.Ambience, Name: "rain"}, 40 * say, integrated, -34, 0.5},
		{timeline.Cue{Kind: timeline.Ambience, Name: "ocean"}, 40 * say, integrated, -34, 1.5},
		{timeline.Cue{Kind: timeline.Ambience, Name: "drone"}, 40 * say, integrated, -34, 0.5},
	} {
		from := 0
		if c.cue.Kind == timeline.Ambience {
			from = 5 * Rate // it has come, and is not going yet
		}
		got := c.measured(Measure(beep.Take(20*Rate, one(c.cue, c.long).Stream(from))))
		if math.Abs(got-c.want) > c.within {
			t.Errorf("%s %s is at %.2f LUFS, want %.1f", c.cue.Kind, c.cue.Name, got, c.want)
		}
	}
}

func momentary(l Loudness) float64  { return l.Momentary }
func integrated(l Loudness) float64 { return l.Integrated }

func TestBellPartials(t *testing.T) {
	for name, b := range bowls() {
		if name == "closing" {
			continue // two bowls
		}
		wave := left(samples(t, one(timeline.Cue{Kind: timeline.Bell, Name: name}, time.Second), 0, 2*Rate, 4096))
		// Each pair stands out from what lies a little beside it.
		for _, p := range b.partials {
			at, beside := b.pitch*(p.ratio+p.twin)/2, b.pitch*(p.ratio+p.twin)/2+60
			if got := 10 * math.Log10(peakAround(wave, at)/peakAround(wave, beside)); at < bellHighest && got < 10 {
				t.Errorf("%s: the pair at %.0f Hz stands out by only %.1f dB", name, at, got)
			}
		}
		begin := samples(t, one(timeline.Cue{Kind: timeline.Bell, Name: name}, time.Second), 0, Rate/5, 4096)
		above, below := band(begin, 3000, 12000), band(begin, 100, 3000)
		if above-below > -60 {
			t.Errorf("%s: %.1f dB above 3 kHz", name, above-below)
		}
	}
}

func peakAround(wave []float64, pitch float64) (most float64) {
	for d := -3.0; d <= 3; d += 0.5 {
		most = max(most, goertzel(wave, pitch+d))
	}
	return most
}

func TestBellsBeat(t *testing.T) {
	wave := left(samples(t, one(timeline.Cue{Kind: timeline.Bell, Name: "bowl"}, time.Second), Rate, 4*Rate, 4096))
	var swells []float64
	for at := 0; at+Rate/20 < len(wave); at += Rate / 20 {
		swells = append(swells, 10*math.Log10(goertzel(wave[at:at+Rate/20], 196)))
	}
	if got := slices.Max(swells) - slices.Min(swells); got < 6 {
		t.Errorf("the lowest pair swells by only %.1f dB", got)
	}
}

// No sound comes faster than its kind may: the time from a tenth to nine tenths of
// a half cosine is 0.59 of the whole.
func TestAttacks(t *testing.T) {
	for _, c := range []struct {
		cue   timeline.Cue
		whole time.Duration
	}{
		{timeline.Cue{Kind: timeline.Bell, Name: "bowl"}, 120 * time.Millisecond},
		{timeline.Cue{Kind: timeline.Bell, Name: "high"}, 120 * time.Millisecond},
		{timeline.Cue{Kind: timeline.Bell, Name: "low"}, 120 * time.Millisecond},
		{timeline.Cue{Kind: timeline.Bell, Name: "closing"}, 120 * time.Millisecond},
		{timeline.Cue{Kind: timeline.Inhale, Length: 4 * time.Second}, 250 * time.Millisecond},
		{timeline.Cue{Kind: timeline.Inhale, Length: time.Second}, 250 * time.Millisecond},
		{timeline.Cue{Kind: timeline.Exhale, Length: 6 * time.Second}, 250 * time.Millisecond},
		{timeline.Cue{Kind: timeline.Here}, 250 * time.Millisecond},
		{timeline.Cue{Kind: timeline.Say, Length: 2 * time.Second, Text: "short"}, 40 * time.Millisecond},
		{timeline.Cue{Kind: timeline.Ambience, Name: "pink"}, 4 * time.Second},
	} {
		wave := samples(t, one(c.cue, 20*time.Second), 0, 8*Rate, 4096)
		window := frames(c.whole) / 10
		var level []float64
		for at := 0; at+window < 2*frames(c.whole); at += window {
			level = append(level, peakOf(wave[at:at+window]))
		}
		full := slices.Max(level)
		from := slices.IndexFunc(level, func(x float64) bool { return x > full/10 })
		to := slices.IndexFunc(level, func(x float64) bool { return x > full*0.9 })
		if to-from < 4 {
			t.Errorf("%s %s rises from a tenth to nine tenths in %v", c.cue.Kind, c.cue.Name, length((to-from)*window))
		}
	}
}

// pitchAt is the pitch that is strongest around a frame, to half a hertz.
func pitchAt(wave [][2]float64, at int) (best float64) {
	part, most := left(wave[at-2400:at+2400]), 0.0
	for f := 150.0; f < 350; f += 0.5 {
		if p := goertzel(part, f); p > most {
			best, most = f, p
		}
	}
	return best
}

func TestBreathTones(t *testing.T) {
	s := time.Second
	tl := &timeline.Timeline{Length: 30 * s, Cues: []timeline.Cue{
		{Kind: timeline.Inhale, At: 0, Length: 4 * s}, // hold until 8
		{Kind: timeline.Exhale, At: 8 * s, Length: 6 * s},
		{Kind: timeline.Inhale, At: 16 * s, Length: 3 * s},
		{Kind: timeline.Inhale, At: 19 * s, Length: 2 * s}, // the top-up
		{Kind: timeline.Exhale, At: 21 * s, Length: 6 * s},
	}}
	wave := samples(t, quiet().Score(tl, loud), 0, 30*Rate, 4096)
	for _, c := range []struct{ at, pitch float64 }{
		{0.3, 197}, {2, 229}, {3.7, 261}, {8.3, 261}, {11, 229}, {13.7, 197},
		{16.3, 197}, {18.9, 262}, {19.1, 262}, {20, 278}, {20.9, 294}, {21.2, 294}, {26.7, 197},
	} {
		if got := pitchAt(wave, int(c.at*Rate)); math.Abs(got-c.pitch) > 3 {
			t.Errorf("at %.1f s the pitch is %.1f Hz, want %.0f", c.at, got, c.pitch)
		}
	}
	for _, hold := range [][2]int{{4, 8}, {14, 16}, {27, 30}} {
		if at := onset(wave[hold[0]*Rate : hold[1]*Rate]); at >= 0 {
			t.Errorf("the hold from %d s is not silent", hold[0])
		}
	}
	// Where one tone follows another nothing jumps: a sine of this pitch and level
	// moves by at most this much in a frame.
	most := 2 * math.Pi * 300 / Rate * toneLevel(breathLoudness) * 1.3
	for i := 1; i < len(wave); i++ {
		if d := math.Abs(wave[i][0] - wave[i-1][0]); d > most {
			t.Fatalf("at frame %d it moves by %g", i, d)
		}
	}
	if got := rmsOf(wave[19*Rate-480 : 19*Rate+480]); got < 0.3*toneLevel(breathLoudness)/math.Sqrt2 {
		t.Errorf("the tone breaks off at the top-up: %g", got)
	}
}

// Noise keeps its slope: pink 3 dB an octave, brown 6.
func TestNoiseSlopes(t *testing.T) {
	for name, slope := range map[string]float64{"pink": -3, "brown": -6} {
		loop := quiet().ambiences[name]()[0].loop[:1<<17]
		wave := make([]float64, len(loop))
		for i, x := range loop {
			wave[i] = float64(x)
		}
		before := 0.0
		for i, pitch := 0, 125.0; pitch <= 8000; i, pitch = i+1, pitch*2 {
			power := 0.0
			for k := range 100 {
				power += goertzel(wave, pitch*math.Pow(2, (float64(k)-50)/100))
			}
			level := 10 * math.Log10(power)
			if got := level - before; i > 0 && math.Abs(got-slope) > 1.6 {
				t.Errorf("%s changes by %.1f dB up to %.0f Hz, want %.0f", name, got, pitch, slope)
			}
			before = level
		}
	}
}

// A loop leads into its own beginning: across the seam it moves no more than it
// does anywhere else.
func TestLoopsHaveNoSeam(t *testing.T) {
	for _, name := range script.Ambiences {
		for i, l := range quiet().ambiences[name]() {
			var sum float64
			n := len(l.loop)
			for k := 2; k < n; k++ {
				d := float64(l.loop[k] - 2*l.loop[k-1] + l.loop[k-2])
				sum += d * d
			}
			seam := math.Abs(float64(l.loop[1] - 2*l.loop[0] + l.loop[n-1]))
			if usual := math.Sqrt(sum / float64(n)); seam > 6*usual {
				t.Errorf("%s, layer %d: the seam bends by %g, usual is %g", name, i, seam, usual)
			}
		}
	}
}

func TestAmbienceCrossesOver(t *testing.T) {
	tl := &timeline.Timeline{Length: 60 * time.Second, Cues: []timeline.Cue{
		{Kind: timeline.Ambience, Name: "pink"},
		{Kind: timeline.Ambience, At: 10 * time.Second, Name: "pink"},
		{Kind: timeline.Ambience, At: 20 * time.Second, Name: "brown"},
		{Kind: timeline.Ambience, At: 30 * time.Second},
	}}
	s := quiet().Score(tl, loud)
	if len(s.beds) != 2 {
		t.Fatalf("%d beds; the same ambience again should simply go on", len(s.beds))
	}
	wave := samples(t, s, 0, s.Frames(), 4096)
	steady := rmsOf(wave[5*Rate : 19*Rate])
	for at := 8; at < 24; at++ {
		if got := rmsOf(wave[at*Rate : (at+1)*Rate]); got < steady/3 {
			t.Errorf("a hole at %d s: %g of %g", at, got, steady)
		}
	}
	if got := onset(wave[34*Rate:]); got >= 0 {
		t.Errorf("not off four seconds after it was turned off")
	}
}

func TestFader(t *testing.T) {
	for level, want := range map[int]float64{-5: 0, 0: 0, 50: 0.25, 100: 1, 900: 1} {
		if got := fader(level); got != want {
			t.Errorf("level %d is a factor of %g, want %g", level, got, want)
		}
	}
}
