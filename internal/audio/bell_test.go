package audio

import (
	"math"
	"slices"
	"sync"
	"testing"
	"time"

	"stillpoint/internal/script"
	"stillpoint/internal/timeline"
)

// touch is one stroke of a bell as it was heard.
type touch struct {
	modes  []mode        // two for each pair, one for each single partial, in the order of the recipe
	attack time.Duration // of the whole half cosine
	rest   float64       // dB of the sound that these do not explain
}

// middle is what both ears have in common.
func middle(wave [][2]float64) []float64 {
	out := make([]float64, len(wave))
	for i, f := range wave {
		out[i] = (f[0] + f[1]) / 2
	}
	return out
}

// rung is a bell as it is rendered at level 100.
func rung(name string) *Score {
	return one(timeline.Cue{Kind: timeline.Bell, Name: name}, time.Second)
}

// rendered is all of a score.
func rendered(s *Score) [][2]float64 {
	out := make([][2]float64, s.Frames())
	s.Stream(0).Stream(out)
	return out
}

// designed are the modes a stroke of a recipe should have, a little off, so that
// what is found was looked for.
func (r recipe) designed(s stroke) (modes []mode) {
	for _, p := range r.partials {
		dies := 3 * math.Ln10 / p.dies * 1.1
		modes = append(modes, mode{pitch: r.pitch*s.pitch*p.ratio + 0.02, dies: dies})
		if p.twin != p.ratio {
			modes = append(modes, mode{pitch: r.pitch*s.pitch*p.twin - 0.02, dies: dies})
		}
	}
	return modes
}

// heardBells are the strokes of every bell, heard once.
var heardBells = sync.OnceValue(func() map[string][]touch {
	heard := map[string][]touch{}
	for name, r := range recipes() {
		heard[name] = listen(r, middle(rendered(rung(name))))
	}
	return heard
})

// listen hears a bell stroke by stroke: two seconds of each, or until the next.
// What is known of a stroke is taken away before the next is heard.
func listen(r recipe, wave []float64) (touches []touch) {
	for i, s := range r.strokes {
		wave = wave[frames(s.at)-frames(r.strokes[max(0, i-1)].at):]
		until := 2 * Rate
		if i+1 < len(r.strokes) {
			until = min(until, frames(r.strokes[i+1].at-s.at))
		}
		modes, rest := fit(wave, frames(bellAttack), until, r.designed(s))
		touches = append(touches, touch{modes, attackOf(wave, modes), rest})
		for k := range wave {
			wave[k] -= sumOf(modes, k)
		}
	}
	return touches
}

// sumOf is what modes are worth together at a frame.
func sumOf(modes []mode, frame int) (sum float64) {
	var slopes [4]float64
	for _, c := range modes {
		sum += c.at(float64(frame)/Rate, &slopes)
	}
	return sum
}

// attackOf is how long a sound takes to become the modes it consists of, as a
// whole half cosine: from a tenth of them to nine tenths takes 0.59 of it.
func attackOf(wave []float64, modes []mode) time.Duration {
	const window = Rate / 500
	var grown []float64
	for from := 0; from < Rate/5; from += window {
		both, alone := 0.0, 0.0
		for k := from; k < from+window; k++ {
			m := sumOf(modes, k)
			both, alone = both+m*wave[k], alone+m*m
		}
		grown = append(grown, both/alone)
	}
	part := passes(grown, 0.9) - passes(grown, 0.1)
	return time.Duration(part * window / Rate / 0.5903 * float64(time.Second))
}

// passes is where a curve first passes a height, between two of its points.
func passes(curve []float64, height float64) float64 {
	i := max(1, slices.IndexFunc(curve, func(y float64) bool { return y >= height }))
	return float64(i-1) + (height-curve[i-1])/(curve[i]-curve[i-1])
}

// How loud each bell is, and where it lies: as loud as a bell may be and no louder,
// nothing where a sound turns sharp, and beginning where it was written.
func TestBellsAreGentle(t *testing.T) {
	t.Parallel()
	for _, name := range script.Bells {
		s := rung(name)
		if l := Measure(s.Stream(0)); math.Abs(l.Momentary+24) > 0.2 || l.TruePeak > -6 {
			t.Errorf("%s: %.2f LUFS at most, want -24; true peak %.1f dBTP", name, l.Momentary, l.TruePeak)
		}
		begin := samples(t, s, 0, 1<<13, 4096)
		if over := energy(left(begin), 3100, 24000) - energy(left(begin), 50, 3100); over > -70 {
			t.Errorf("%s: %.1f dB above 3 kHz", name, over)
		}
		if at := onset(begin); at > 2 {
			t.Errorf("%s begins %d frames late", name, at)
		}
	}
}

// A pair swells and sinks at its own rate, to be heard as one bell that breathes;
// those of a village bell and a chime never sink to nothing, which would sound
// like being rung twice.
func TestBellsBeat(t *testing.T) {
	for name, least := range map[string][2]float64{
		"bowl": {12, 80}, "high": {12, 80}, "low": {12, 80}, "village": {5, 10}, "chime": {5, 10},
	} {
		r := recipes()[name]
		p := r.partials[slices.IndexFunc(r.partials, func(p partial) bool { return p.level == 0 })]
		wave := middle(samples(t, rung(name), Rate/4, 3*Rate, 4096))
		var swells []float64
		for at := 0; at+Rate/10 < len(wave); at += Rate / 50 {
			died := 60 * float64(at) / Rate / p.dies
			swells = append(swells, died+10*math.Log10(goertzel(wave[at:at+Rate/10], r.pitch*(p.ratio+p.twin)/2)))
		}
		if got := slices.Max(swells) - slices.Min(swells); got < least[0] || got > least[1] {
			t.Errorf("%s: the loudest pair swells by %.1f dB, want %v", name, got, least)
		}
	}
}

// Every bell is what its recipe says: each partial in its place and at its level,
// dying as slowly as it should, each pair beating at its rate, and nothing else.
func TestBellsAreTheirRecipes(t *testing.T) {
	t.Parallel()
	for _, name := range script.Bells {
		t.Run(name, func(t *testing.T) {
			r := recipes()[name]
			for i, heard := range heardBells()[name] {
				heard.check(t, r, r.strokes[i])
			}
		})
	}
}

func (h touch) check(t *testing.T, r recipe, s stroke) {
	if h.rest > -70 {
		t.Errorf("%.1f dB of the sound is something else", h.rest)
	}
	if off := h.attack.Seconds()/0.12 - 1; math.Abs(off) > 0.1 {
		t.Errorf("it comes within %v, want 120ms", h.attack)
	}
	loudest, k := h.loudest(r), 0
	for _, p := range r.partials {
		one, other := p.shares()
		if p.twin == p.ratio {
			h.modes[k].check(t, r.pitch*s.pitch*p.ratio, p.level, loudest, p.dies)
			k++
			continue
		}
		h.modes[k].check(t, r.pitch*s.pitch*p.ratio, p.level+20*math.Log10(one), loudest, p.dies)
		h.modes[k+1].check(t, r.pitch*s.pitch*p.twin, p.level+20*math.Log10(other), loudest, p.dies)
		beat, want := h.modes[k+1].pitch-h.modes[k].pitch, r.pitch*s.pitch*(p.twin-p.ratio)
		if math.Abs(beat/want-1) > 0.02 {
			t.Errorf("the pair at %.1f Hz beats %.3f times a second, want %.3f", h.modes[k].pitch, beat, want)
		}
		k += 2
	}
}

// loudest is the amplitude of the loudest partial: both of its pair together.
func (h touch) loudest(r recipe) (most float64) {
	k := 0
	for _, p := range r.partials {
		sum := h.modes[k].amplitude()
		if k++; p.twin != p.ratio {
			sum += h.modes[k].amplitude()
			k++
		}
		most = max(most, sum)
	}
	return most
}

func (c mode) check(t *testing.T, pitch, level, loudest, dies float64) {
	t.Helper()
	if math.Abs(c.pitch/pitch-1) > 0.002 {
		t.Errorf("a partial at %.2f Hz, want %.2f", c.pitch, pitch)
	}
	if got := 20 * math.Log10(c.amplitude()/loudest); math.Abs(got-level) > 0.5 {
		t.Errorf("the partial at %.1f Hz is at %.2f dB, want %.2f", pitch, got, level)
	}
	if math.Abs(c.t60()/dies-1) > 0.1 {
		t.Errorf("the partial at %.1f Hz dies within %.2f s, want %.2f", pitch, c.t60(), dies)
	}
}
