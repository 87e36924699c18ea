package audio

import (
	"math"
	"math/rand/v2"
	"testing"
	"time"
)

// wave is a sound of any shape.
type wave func(frame int) float64

func (w wave) add(out [][2]float64, at int) {
	for i := range out {
		v := w(at + i)
		out[i][0] += v
		out[i][1] += 0.7 * v
	}
}

// scoreOf is a score of one sound.
func scoreOf(long time.Duration, s sound) *Score {
	score := &Score{length: frames(long), frames: frames(long), fade: 1}
	score.lay(0, score.frames, s)
	score.settle()
	return score
}

// tones is a sum of sines of a level.
func tones(level float64, pitches ...float64) wave {
	return func(frame int) (sum float64) {
		for _, p := range pitches {
			sum += level * math.Sin(2*math.Pi*p/Rate*float64(frame))
		}
		return sum
	}
}

// noisy is loud for a moment here and there: the limiter comes and goes.
func noisy(seed uint64) wave {
	r := rand.New(rand.NewPCG(seed, 9))
	out := make([]float64, 3*Rate)
	for at := 0; at < len(out); {
		long, level := 1+r.IntN(6000), 1.4*r.Float64()*r.Float64()
		slow := r.Float64()
		x := 0.0
		for ; long > 0 && at < len(out); long-- {
			x += slow * (2*level*(2*r.Float64()-1) - x)
			out[at] = x
			at++
		}
	}
	return func(frame int) float64 { return out[frame] }
}

func TestTheLimiterDoesNotDependOnBlocks(t *testing.T) {
	t.Parallel()
	s := scoreOf(3*time.Second, noisy(1))
	all := samples(t, s, 0, s.Frames(), 4096)
	for _, sizes := range [][]int{{1}, {7}, {480}, {63, 64, 65, 1, 1023, 1024, 1025}} {
		for i, f := range samples(t, s, Rate, Rate/2, sizes...) {
			if f != all[Rate+i] {
				t.Fatalf("blocks of %v: frame %d is %v, %v in one reading", sizes, Rate+i, f, all[Rate+i])
			}
		}
	}
	r := rand.New(rand.NewPCG(1, 2))
	stream, block := s.Stream(0), make([][2]float64, 3000)
	for range 300 {
		at := r.IntN(s.Frames() - len(block))
		stream.Seek(at)
		n, _ := stream.Stream(block[:1+r.IntN(len(block)-1)])
		for i, f := range block[:n] {
			if f != all[at+i] {
				t.Fatalf("frame %d differs after a seek to %d", at+i, at)
			}
		}
	}
}

// Nothing is above the ceiling, what is far from a peak is untouched to the last
// bit, both ears are turned alike, and the gain never steps.
func TestTheLimiterTurnsGently(t *testing.T) {
	for seed := range uint64(4) {
		s := scoreOf(3*time.Second, noisy(seed))
		dry, out := make([][2]float64, s.frames), samples(t, s, 0, s.Frames(), 4096)
		s.unlimited(dry, 0, whole)
		last, touched, least := 1.0, 0, 1.0
		for i, f := range out {
			if math.Abs(f[0]) > dayCeiling*(1+1e-12) {
				t.Fatalf("frame %d is %g", i, f[0])
			}
			if math.Abs(dry[i][0]) < 0.01 {
				continue
			}
			g := f[0] / dry[i][0]
			if right := f[1] / dry[i][1]; math.Abs(right-g) > 1e-9 {
				t.Fatalf("frame %d: the ears are turned by %g and %g", i, g, right)
			}
			if i > 0 && math.Abs(dry[i-1][0]) >= 0.01 && math.Abs(g-last) > 0.005 {
				t.Fatalf("the gain steps from %g to %g at frame %d", last, g, i)
			}
			if last, least = g, min(least, g); f != dry[i] {
				touched++
			}
		}
		if touched == 0 || touched > s.frames*9/10 || least > 0.8 {
			t.Errorf("%d of %d frames are turned, down to %g: this tries nothing", touched, s.frames, least)
		}
	}
}

func TestBelowTheCeilingNothingIsTouched(t *testing.T) {
	t.Parallel()
	s := speaking().Score(everything(), loud)
	out, dry := samples(t, s, 0, s.Frames(), 4096), make([][2]float64, s.frames)
	s.unlimited(dry, 0, whole)
	if got := peakOf(dry); got < 0.3 || got > dayCeiling {
		t.Fatalf("peaks at %g: this tries nothing", got)
	}
	if hash(out) != hash(dry) {
		t.Error("the limiter touched what was below its ceiling")
	}
}

// The quick ways of seeing that a grain stays below the ceiling are right: working
// out its curve finds nothing higher.
func TestNoCrestIsMissed(t *testing.T) {
	for seed := range uint64(6) {
		s := scoreOf(3*time.Second, noisy(seed))
		dry := make([][2]float64, s.frames)
		s.unlimited(dry, 0, whole)
		var r reading
		r.begin(s, whole)
		for g := 1; g+kept < s.frames/grain; g += 100 {
			r.gather(g, g+100)
			for k := g; k < g+100; k++ {
				got, want := r.crests[k-r.first], max(top(dry[k*grain:(k+1)*grain]), crest(dry, k*grain))
				if want > dayCeiling && got != want || got > want {
					t.Fatalf("the crest of grain %d is %g, taken for %g", k, want, got)
				}
			}
		}
	}
}

// Two loud tones make others where a limiter bends them. Ours turns down instead;
// the bend we had before is the measure. Tones that beat slower than the hold are
// the hardest: there the gain moves with them.
func TestTheLimiterDoesNotBend(t *testing.T) {
	for _, c := range []struct{ low, high, most, better float64 }{
		{400, 1000, -200, 180},
		{400, 470, -50, 40},
		{400, 440, -35, 25},
		{400, 420, -20, 8},
	} {
		both := tones(0.45, c.low, c.high)
		turned := left(samples(t, scoreOf(4*time.Second, both), Rate, Rate, 4096))
		bent := make([]float64, Rate)
		for i := range bent {
			bent[i] = bend9(both(Rate + i))
		}
		ours, theirs := products(turned, c.low, c.high), products(bent, c.low, c.high)
		t.Logf("%.0f and %.0f Hz: distortion %.1f dB, bent %.1f dB", c.low, c.high, ours, theirs)
		if ours > c.most || ours > theirs-c.better {
			t.Errorf("%.0f and %.0f Hz: distortion is %.1f dB, of a bend %.1f", c.low, c.high, ours, theirs)
		}
	}
}

// bend9 bends a sample that is above −9 dBFS.
func bend9(x float64) float64 {
	const knee, top = 0.35481, 0.47863
	if over := math.Abs(x) - knee; over > 0 {
		return math.Copysign(knee+(top-knee)*over/(over+top-knee), x)
	}
	return x
}

// products is the power of what two tones of a wave make between them, in dB of
// the tones.
func products(wave []float64, low, high float64) float64 {
	both, sum := goertzel(wave, low)+goertzel(wave, high), 0.0
	for f := 10.0; f < 6000; f += 10 {
		sum += goertzel(wave, f)
	}
	return 10 * math.Log10(max(sum-both, 1e-30)/both)
}
