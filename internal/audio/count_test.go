package audio

import (
	"math"
	"testing"
	"time"

	"stillpoint/internal/session"
	"stillpoint/internal/timeline"
)

// counting is a breath of four phases with no tone, so that only pulses sound.
func counting(t *testing.T) [][2]float64 {
	s := quiet().Score(breaths(phase(timeline.Inhale, 3), phase(timeline.Hold, 2.4), phase(timeline.Exhale, 3.6), phase(timeline.Rest, 2)),
		Mix{Breath: 100, Tone: session.NoTone, Count: true})
	return samples(t, s, 0, s.Frames(), 4096)
}

// A pulse stands at every second of every phase, the first of each at a pitch of
// its own; what is less than half a second is not counted.
func TestEverySecondIsCounted(t *testing.T) {
	wave := counting(t)
	pulses := map[float64]float64{
		0: 440, 1: 392, 2: 392,
		3: 494, 4: 392, // 5.0 to 5.4 is not counted
		5.4: 330, 6.4: 392, 7.4: 392, 8.4: 392, // and 8.4 to 9.0 is
		9: 294, 10: 392,
	}
	for at, pitch := range pulses {
		pulse := left(wave[int(at*Rate)+100*48 : int(at*Rate)+550*48])
		for _, other := range []float64{440, 494, 392, 330, 294} {
			if d := 10 * math.Log10(goertzel(pulse, other)/goertzel(pulse, pitch)); other != pitch && d > -15 {
				t.Errorf("at %v s %v Hz is only %.1f dB below %v", at, other, -d, pitch)
			}
		}
		if got := onset(wave[int(math.Round(at*Rate)):]); got > 2 {
			t.Errorf("the pulse at %v s begins %d frames late", at, got)
		}
	}
	if at := onset(wave[int(4.7*Rate)+1 : int(5.4*Rate)]); at >= 0 {
		t.Error("what is left of a hold is counting")
	}
}

// Pulses are softer than the breath and come as slowly as any tone.
func TestPulsesAreGentle(t *testing.T) {
	wave := counting(t)
	s := quiet().Score(breaths(phase(timeline.Hold, 1)), Mix{Breath: 100, Count: true})
	if l := Measure(s.Stream(0)); l.Momentary > -36 || l.Momentary < -38 {
		t.Errorf("a pulse has %.2f LUFS", l.Momentary)
	}
	full := peakOf(wave[Rate : 2*Rate])
	for _, c := range []struct {
		at          time.Duration
		least, most float64
	}{{50 * time.Millisecond, 0.05, 0.15}, {125 * time.Millisecond, 0.45, 0.58}, {575 * time.Millisecond, 0.45, 0.58}} {
		at := Rate + frames(c.at)
		if got := peakOf(wave[at-120:at+120]) / full; got < c.least || got > c.most {
			t.Errorf("%v into a pulse it has %.2f of its level", c.at, got)
		}
	}
}

// Only a led breath is counting, only where counting is wished for, and by the
// level of the breath.
func TestWhatIsNotCounted(t *testing.T) {
	for name, s := range map[string]*Score{
		"not wished for":    quiet().Score(breaths(phase(timeline.Hold, 5)), Mix{Breath: 100}),
		"no breath at all":  quiet().Score(breaths(phase(timeline.Hold, 5)), Mix{Bells: 100, Count: true}),
		"breath as it is":   quiet().Score(breaths(phase(timeline.Natural, 5)), Mix{Breath: 100, Count: true}),
		"quiet":             quiet().Score(breaths(phase(timeline.Quiet, 5)), Mix{Breath: 100, Count: true}),
		"less than half of": quiet().Score(breaths(phase(timeline.Hold, 0.4)), Mix{Breath: 100, Count: true}),
	} {
		if len(s.notes) > 0 {
			t.Errorf("%s: there are %d pulses", name, len(s.notes))
		}
	}
}
