package audio

import (
	"math"
	"slices"
	"testing"
	"time"

	"stillpoint/internal/pcm"
	"stillpoint/internal/timeline"
)

// minutes are n breaths of a pattern in and out, after a silence.
func minutes(n int, silence, in, out float64) *timeline.Timeline {
	phases := []timeline.Span{phase(timeline.Quiet, silence)}
	for range n {
		phases = append(phases, phase(timeline.Inhale, in), phase(timeline.Exhale, out))
	}
	return breaths(phases...)
}

// byTheSea is a timeline with an ocean under all of it, a minute longer.
func byTheSea(t *timeline.Timeline) *Score {
	sea := *t
	sea.Length += time.Minute
	sea.Cues = append([]timeline.Cue{{Kind: timeline.Ambience, Name: "ocean"}}, t.Cues...)
	return quiet().Score(&sea, Mix{Ambience: 100})
}

// Once the breath has the water, it is where the breath is: drawn back at the end
// of an inhale, at its crest two fifths into the exhale, run out at its end.
func TestTheWaterFollowsTheBreath(t *testing.T) {
	s := newSurf(minutes(12, 3.21, 4, 6).Cues)
	for n := 1; n < 12; n++ {
		begin := frames(3210*time.Millisecond) + n*10*Rate
		for second, want := range map[float64]float64{0: ebb, 4: drawn, 6.4: 1, 9.999: ebb} {
			if got := s.height(begin + int(second*Rate)); math.Abs(got-want) > 0.01 {
				t.Errorf("%v s into breath %d the water is at %.3f, want %.2f", second, n, got, want)
			}
		}
		for at := begin; at < begin+4*Rate; at += 4800 {
			if s.height(at+4800) >= s.height(at) {
				t.Errorf("the water rises in an inhale, at frame %d", at)
			}
		}
	}
}

// The water never jumps and never hurries, whatever the breath does: short, cut,
// topped up, held, broken off, begun again at once or much later.
func TestTheWaterNeverJumps(t *testing.T) {
	odd := []timeline.Span{phase(timeline.Inhale, 0.4), phase(timeline.Exhale, 0.3), phase(timeline.Exhale, 1), phase(timeline.Inhale, 1.5),
		phase(timeline.Inhale, 1), phase(timeline.Hold, 7), phase(timeline.Exhale, 8), phase(timeline.Rest, 14), phase(timeline.Inhale, 2),
		phase(timeline.Quiet, 15.5), phase(timeline.Exhale, 20), phase(timeline.Quiet, 40), phase(timeline.Inhale, 5), phase(timeline.Exhale, 0.001)}
	overlapping := breaths(odd...)
	for i := range overlapping.Cues {
		overlapping.Cues[i].Length += time.Duration(i) * 300 * time.Millisecond
	}
	for name, tl := range map[string]*timeline.Timeline{
		"slow": minutes(10, 5, 4, 6), "fast": minutes(40, 5, 1, 1), "odd": breaths(odd...), "overlapping": overlapping,
	} {
		s := newSurf(tl.Cues)
		const step = Rate / 100
		drift := 2 * math.Pi * (0.25/11.3 + 0.15/7.1 + 0.1/17.9) // the tide at its quickest, a second
		most := (math.Pi/2*(1/fullSwing.Seconds()+1/takenOver.Seconds()) + drift) / 100
		for at := 0; at < frames(tl.Length)+20*Rate; at += step {
			if d := math.Abs(s.height(at+step) - s.height(at)); d > most {
				t.Fatalf("%s: at frame %d the water moves by %.4f in 10 ms, want at most %.4f", name, at, d, most)
			}
		}
	}
}

// Where no breath is led the ocean is as it always was, to the sample.
func TestTheOceanDriftsWithoutABreath(t *testing.T) {
	led, drifting := byTheSea(minutes(3, 20, 4, 6)), byTheSea(minutes(0, 50, 0, 0))
	for _, part := range [][2]int{{0, 20 * Rate}, {61 * Rate, 80 * Rate}} {
		n := part[1] - part[0]
		if !slices.Equal(samples(t, led, part[0], n, 4096), samples(t, drifting, part[0], n, 4096)) {
			t.Errorf("frames %v are not those of a drifting ocean", part)
		}
	}
	if slices.Equal(samples(t, led, 30*Rate, Rate, 4096), samples(t, drifting, 30*Rate, Rate, 4096)) {
		t.Error("the breath changes nothing")
	}
}

// Led or drifting, the ocean has the loudness of an ambience, and with the breath
// it is heard to come and go.
func TestTheOceanIsHeardToBreathe(t *testing.T) {
	t.Parallel()
	for _, pace := range [][2]float64{{4, 6}, {4, 4}, {5, 7}} {
		wave := samples(t, byTheSea(minutes(8, 0, pace[0], pace[1])), 10*Rate, 48*Rate, 4096)
		m := pcm.Meter{NoPeak: true}
		m.Add(wave)
		if got := m.Loudness(); math.Abs(got.Integrated+34) > 1 || got.Momentary > -28.5 {
			t.Errorf("%v: %.1f LUFS, %.1f at most", pace, got.Integrated, got.Momentary)
		}
	}
	wave := samples(t, byTheSea(minutes(6, 0, 4, 6)), 0, 60*Rate, 4096)
	for n := 1; n < 6; n++ {
		in, out := wave[n*10*Rate+3*Rate:n*10*Rate+4*Rate], wave[n*10*Rate+6*Rate:n*10*Rate+7*Rate]
		if got := 20 * math.Log10(rmsOf(out)/rmsOf(in)); got < 5 || got > 12 {
			t.Errorf("breath %d: the wave is %.1f dB above the water drawn back", n, got)
		}
	}
}
