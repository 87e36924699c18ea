package audio

import (
	"math"
	"slices"
	"testing"
	"time"

	"github.com/faiface/beep"

	"stillpoint/internal/pcm"
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

// No instrument takes more than 7 MB.
func TestTheBankIsBounded(t *testing.T) {
	samples := map[string]int{"air": quiet().air().samples()}
	for _, n := range script.Bells {
		samples[n] = len(quiet().bells[n]())
	}
	for _, n := range script.Ambiences {
		samples[n] = quiet().ambiences[n]().samples()
	}
	for n, many := range samples {
		if bytes := 4 * many; bytes > 7e6 {
			t.Errorf("%s takes %d bytes", n, bytes)
		}
	}
}

func (a ambience) samples() (n int) {
	for _, l := range a {
		n += len(l.loop)
	}
	return n
}

// How loud each sound is, in LUFS, at level 100: the numbers of domain knowledge,
// held to a few tenths.
func TestLoudness(t *testing.T) {
	t.Parallel()
	say := time.Second
	for _, c := range []struct {
		cue      timeline.Cue
		long     time.Duration
		measured func(pcm.Loudness) float64
		want     float64
		within   float64
	}{
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

func momentary(l pcm.Loudness) float64  { return l.Momentary }
func integrated(l pcm.Loudness) float64 { return l.Integrated }

// No sound comes faster than its kind may: the time from a tenth to nine tenths of
// a half cosine is 0.59 of the whole.
func TestAttacks(t *testing.T) {
	for _, c := range []struct {
		cue   timeline.Cue
		whole time.Duration
	}{
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

// A loop leads into its own beginning: across the seam it moves no more than it
// does anywhere else.
func TestLoopsHaveNoSeam(t *testing.T) {
	kinds := map[string]ambience{"air": quiet().air()}
	for _, name := range script.Ambiences {
		kinds[name] = quiet().ambiences[name]()
	}
	for name, kind := range kinds {
		for i, l := range kind {
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
