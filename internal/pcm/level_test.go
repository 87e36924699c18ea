package pcm

import (
	"math"
	"slices"
	"testing"
	"time"
)

func TestLevelled(t *testing.T) {
	t.Parallel()
	burst := Clip{Rate, make([]float32, 2*Rate)} // one shout in a murmur
	for i, x := range sine(Rate, 200, -40, len(burst.Samples)).Samples {
		burst.Samples[i] = x
		if i > Rate && i < Rate+Rate/20 {
			burst.Samples[i] = 100 * x
		}
	}
	for _, c := range []struct {
		name string
		clip Clip
		near float64
	}{
		{"a voice", voice(Rate, 3*Rate), 0.1},
		{"a soft voice", voice(Rate, 3*Rate).louder(0.02), 0.1},
		{"a voice of another rate", voice(44100, 3*44100), 0.1},
		{"a very short sound", sine(Rate, 300, -30, Rate/10), 0.1},
		{"a shout in a murmur", burst, math.Inf(1)},
	} {
		before := slices.Clone(c.clip.Samples)
		got := c.clip.Levelled(-20)
		l := got.Loudness()
		if math.Abs(l.Integrated+20) > c.near || l.TruePeak > -7 || got.Rate != Rate {
			t.Errorf("%s: %.2f LUFS, true peak %.2f dBTP at %d", c.name, l.Integrated, l.TruePeak, got.Rate)
		}
		if !slices.Equal(before, c.clip.Samples) {
			t.Errorf("%s was itself changed", c.name)
		}
	}
	silence := Clip{Rate, make([]float32, Rate)}
	if got := silence.Levelled(-20); slices.Max(got.Samples) != 0 || len(got.Samples) != Rate {
		t.Error("silence did not stay silence")
	}
}

// A sine pressed against the ceiling keeps its shape: what gives way does so slowly.
func TestLimiterIsGentle(t *testing.T) {
	t.Parallel()
	c := sine(Rate, 100, -3, 2*Rate).bounded(decibels(peakCeiling))
	middle := c.Samples[Rate/2 : Rate*3/2]
	clean := sine(Rate, 100, peakCeiling, 2*Rate).Samples[Rate/2 : Rate*3/2]
	rest := make([]float32, len(middle))
	for i := range rest {
		rest[i] = middle[i] - clean[i]
	}
	if got := level(rest) - level(clean); got > -50 {
		t.Errorf("it bends a low tone: %.1f dB of it is distortion", got)
	}
}

func TestTrim(t *testing.T) {
	t.Parallel()
	v := voice(Rate, 2*Rate+Rate/4).Samples // ends with a syllable's end
	for _, gain := range []float64{1, 0.1, 0.01} {
		all := append(make([]float32, Rate), v...)
		all = append(all, make([]float32, Rate)...)
		noise := uint32(7)
		for i := range all { // a room that is never quite still
			noise = noise*1664525 + 1013904223
			all[i] = float32(gain) * (all[i] + float32(0.0005*(float64(noise)/(1<<32)-0.5)))
		}
		got := Clip{Rate, all}.Trim()
		if long := got.Length(); long < 2150*time.Millisecond || long > 2420*time.Millisecond {
			t.Errorf("at %v: %v stay of 2.25 s with a second around", gain, long)
		}
	}
	for name, c := range map[string]Clip{"nothing": {Rate, nil}, "silence": {Rate, make([]float32, 1000)}, "no rate": {}} {
		if got := c.Trim(); len(got.Samples) != len(c.Samples) {
			t.Errorf("%s: %d samples stay of %d", name, len(got.Samples), len(c.Samples))
		}
	}
}

// What stays around a sharp edge is counted to the window that it is found by.
func TestTrimKeepsMargins(t *testing.T) {
	c := Clip{Rate, make([]float32, 3*Rate)}
	copy(c.Samples[Rate:], sine(Rate, 440, -12, Rate).Samples)
	got := c.Trim()
	if want := Rate + Rate*130/1000; len(got.Samples) != want {
		t.Errorf("%d samples stay, want %d", len(got.Samples), want)
	}
	if i := slices.IndexFunc(got.Samples, func(x float32) bool { return x != 0 }); i != Rate/100+1 {
		t.Errorf("the sound begins at sample %d", i)
	}
}
