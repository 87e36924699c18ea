package audio

import (
	"math"
	"slices"
	"testing"
	"time"

	"stillpoint/internal/session"
	"stillpoint/internal/timeline"
)

// breaths is a timeline of phases one after the other, as a breathe direction
// makes it: spans, and cues for the breath in and the breath out.
func breaths(phases ...timeline.Span) *timeline.Timeline {
	t := &timeline.Timeline{}
	for _, p := range phases {
		p.From, p.To = t.Length, t.Length+p.To
		t.Length, t.Spans = p.To, append(t.Spans, p)
		if p.Kind == timeline.Inhale || p.Kind == timeline.Exhale {
			t.Cues = append(t.Cues, timeline.Cue{Kind: p.Kind, At: p.From, Length: p.To - p.From})
		}
	}
	return t
}

// phase is a part of a breath that lasts so many seconds.
func phase(kind timeline.Kind, seconds float64) timeline.Span {
	return timeline.Span{Kind: kind, To: time.Duration(seconds * float64(time.Second))}
}

// sighs are breaths in with a top-up and a hold, and a long breath out.
func sighs() *timeline.Timeline {
	return breaths(phase(timeline.Inhale, 3), phase(timeline.Inhale, 1.5), phase(timeline.Hold, 2),
		phase(timeline.Exhale, 6), phase(timeline.Rest, 1.2), phase(timeline.Inhale, 4), phase(timeline.Exhale, 4))
}

var sounding = []session.Tone{session.Soft, session.Warm, session.Air}

func breathing(tone session.Tone) Mix { return Mix{Breath: 100, Tone: tone} }

// No breath is louder than a breath may be, and none is hidden.
func TestBreathLoudness(t *testing.T) {
	t.Parallel()
	for _, tone := range sounding {
		for _, p := range []timeline.Span{phase(timeline.Inhale, 4), phase(timeline.Exhale, 4), phase(timeline.Exhale, 8)} {
			l := Measure(quiet().Score(breaths(p), breathing(tone)).Stream(0))
			least := -30.5
			if tone == session.Air {
				least = -32 // noise is never as even as a tone
			}
			if l.Momentary > -29.9 || l.Momentary < least || l.TruePeak > -6 {
				t.Errorf("%s, %s of %v: %.2f LUFS at most, true peak %.1f dBTP", tone, p.Kind, p.To, l.Momentary, l.TruePeak)
			}
		}
	}
}

// A breath comes along half a cosine over 0.35 of it, and never within less than
// 250 ms; a shorter one is softer instead.
func TestBreathAttacks(t *testing.T) {
	for seconds, whole := range map[float64]float64{8: 2.8, 4: 1.4, 1: 0.35, 0.6: 0.25} {
		s := quiet().Score(breaths(phase(timeline.Inhale, seconds)), breathing(session.Soft))
		wave := samples(t, s, 0, s.Frames(), 4096)
		const window = Rate / 80
		var level []float64
		for at := 0; at+window <= len(wave)/2; at += window {
			level = append(level, rmsOf(wave[at:at+window]))
		}
		full := slices.Max(level)
		got := (passes(level, 0.9*full) - passes(level, 0.1*full)) * window / Rate / 0.5903
		if math.Abs(got/whole-1) > 0.1 {
			t.Errorf("a breath of %v s comes within %.3f s, want %.3f", seconds, got, whole)
		}
	}
}

// A tone is its harmonics, each at its level, and nothing else.
func TestTimbres(t *testing.T) {
	for name, want := range map[string]timbre{"soft": softly, "warm": warmly} {
		const pitch = 229.0
		wave := make([][2]float64, 3*Rate)
		newGlide(len(wave), pitch, pitch, 0.1, want).add(wave, 0)
		var near []mode
		for i, l := range want {
			if l > 0 {
				near = append(near, mode{pitch: pitch*float64(i+1) + 0.01})
			}
		}
		heard, rest := fit(middle(wave), 5*Rate/4, 7*Rate/4, near)
		for i, m := range heard {
			off := 20*math.Log10(m.amplitude()/heard[0].amplitude()) - 20*math.Log10(want[i])
			if math.Abs(m.pitch/pitch/float64(i+1)-1) > 0.002 || math.Abs(off) > 0.5 || rest > -70 {
				t.Errorf("%s: harmonic %d at %.2f Hz is %.2f dB off, the rest at %.1f dB", name, i+1, m.pitch, off, rest)
			}
		}
	}
}

// Nothing in a breath is sharp: above a few times its pitch there is next to
// nothing.
func TestBreathsAreNotSharp(t *testing.T) {
	for tone, bound := range map[session.Tone][2]float64{
		session.Soft: {700, -60}, session.Warm: {1400, -60}, session.Air: {4000, -35},
	} {
		s := quiet().Score(sighs(), breathing(tone))
		wave := left(samples(t, s, 2*Rate, 1<<16, 4096))
		if over := energy(wave, bound[0], 24000) - energy(wave, 60, bound[0]); over > bound[1] {
			t.Errorf("%s: %.1f dB above %.0f Hz, want less than %.0f", tone, over, bound[0], bound[1])
		}
	}
}

// balance is where the middle of the energy of a stretch lies, in Hz.
func balance(wave [][2]float64) float64 {
	all, weighted := 0.0, 0.0
	for from := 100.0; from < 3000; from *= math.Sqrt2 {
		power := math.Pow(10, energy(left(wave), from, from*math.Sqrt2)/10)
		all, weighted = all+power, weighted+power*math.Log(from*math.Sqrt(math.Sqrt2))
	}
	return math.Exp(weighted / all)
}

func TestAirBrightensAndDarkens(t *testing.T) {
	s := quiet().Score(breaths(phase(timeline.Inhale, 4), phase(timeline.Exhale, 6)), breathing(session.Air))
	at := func(second float64) float64 { return balance(samples(t, s, int(second*Rate), 1<<14, 4096)) }
	in := []float64{at(0.3), at(1.7), at(3.3)}
	out := []float64{at(4.4), at(6.7), at(9.3)}
	for _, rises := range [][]float64{in, {out[2], out[1], out[0]}} {
		if rises[1] < 1.15*rises[0] || rises[2] < 1.15*rises[1] {
			t.Errorf("the breath goes through %.0f Hz", rises)
		}
	}
}

// Holds are silent, a top-up follows without a break, and nothing jumps anywhere.
func TestBreathsLeadIntoEachOther(t *testing.T) {
	for _, tone := range sounding {
		s := quiet().Score(sighs(), breathing(tone))
		wave := samples(t, s, 0, s.Frames(), 4096)
		for _, hold := range [][2]float64{{4.5, 6.5}, {12.5, 13.7}} {
			if at := onset(wave[int(hold[0]*Rate):int(hold[1]*Rate)]); at >= 0 {
				t.Errorf("%s: the hold from %v s is not silent", tone, hold[0])
			}
		}
		if join, full := rmsOf(wave[3*Rate-960:3*Rate+960]), rmsOf(wave[Rate:2*Rate]); join < 0.3*full {
			t.Errorf("%s breaks off at the top-up: %g of %g", tone, join, full)
		}
		_, always := bends(wave)
		for from := 0; from+Rate/10+2 <= len(wave); from += Rate / 10 {
			if most, usual := bends(wave[from : from+Rate/10+2]); most > 8*max(usual, always/20) {
				t.Errorf("%s: at frame %d or soon after it bends by %g, usual is %g", tone, from, most, usual)
			}
		}
	}
}

// bends is how sharply a stretch bends at most, and usually: a click bends more
// than anything around it.
func bends(wave [][2]float64) (most, usual float64) {
	sum := 0.0
	for i := 2; i < len(wave); i++ {
		bend := wave[i][0] - 2*wave[i-1][0] + wave[i-2][0]
		sum, most = sum+bend*bend, max(most, math.Abs(bend))
	}
	return most, math.Sqrt(sum / float64(len(wave)))
}

// Whatever the breath sounds like, any frame can be made by itself.
func TestBreathsDoNotDependOnTheReader(t *testing.T) {
	for _, tone := range []session.Tone{session.Soft, session.Warm, session.Air, session.NoTone} {
		m := breathing(tone)
		m.Count = true
		s := quiet().Score(sighs(), m)
		all := samples(t, s, 0, s.Frames(), 4096)
		for from := 0; from+5000 < len(all); from += 7919 {
			if !slices.Equal(samples(t, s, from, 5000, 1, 63, 64, 65, 480), all[from:from+5000]) {
				t.Fatalf("%q: other samples from frame %d on", tone, from)
			}
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
	most := 2 * math.Pi * 300 / Rate * softly.level(breathLoudness) * 1.3
	for i := 1; i < len(wave); i++ {
		if d := math.Abs(wave[i][0] - wave[i-1][0]); d > most {
			t.Fatalf("at frame %d it moves by %g", i, d)
		}
	}
	if got := rmsOf(wave[19*Rate-480 : 19*Rate+480]); got < 0.3*softly.level(breathLoudness)/math.Sqrt2 {
		t.Errorf("the tone breaks off at the top-up: %g", got)
	}
}
