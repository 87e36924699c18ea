package audio

import (
	"math"
	"math/cmplx"

	"github.com/faiface/beep"
)

// Loudness is how loud a stretch of sound is, measured as ITU-R BS.1770-4 and
// EBU R 128 say. Silence is −Inf.
type Loudness struct {
	Integrated float64 // LUFS over the whole, quiet parts left out
	Momentary  float64 // LUFS of the loudest 400 ms
	TruePeak   float64 // dBTP: the curve between the samples, four times as fine
}

// Measure reads s to its end and says how loud it was.
func Measure(s beep.Streamer) Loudness {
	var m meter
	var peaks [2]peak
	var block [4096][2]float64
	for {
		n, ok := s.Stream(block[:])
		if !ok {
			l := m.loudness()
			l.TruePeak = 20 * math.Log10(max(peaks[0].most, peaks[1].most))
			return l
		}
		m.add(block[:n])
		for _, frame := range block[:n] {
			peaks[0].add(frame[0])
			peaks[1].add(frame[1])
		}
	}
}

// meter measures the loudness of sound as it passes, at Rate.
type meter struct {
	weighting [2][2]biquad // for each ear: the head, then the ear's deafness to bass
	sum       float64      // weighted power of the present tenth of a second
	frames    int          // of it
	tenths    []float64    // power of each full tenth so far
}

const tenth = Rate / 10

func (m *meter) add(block [][2]float64) {
	if m.weighting[0][0] == (biquad{}) {
		m.weighting = [2][2]biquad{{headShelf, bassCut}, {headShelf, bassCut}}
	}
	for _, frame := range block {
		for ear, x := range frame {
			w := &m.weighting[ear]
			y := w[1].next(w[0].next(x))
			m.sum += y * y
		}
		if m.frames++; m.frames == tenth {
			m.tenths = append(m.tenths, m.sum/tenth)
			m.sum, m.frames = 0, 0
		}
	}
}

// gates are the power of every 400 ms, a tenth of a second apart.
func (m *meter) gates() (powers []float64) {
	for i := 3; i < len(m.tenths); i++ {
		powers = append(powers, (m.tenths[i-3]+m.tenths[i-2]+m.tenths[i-1]+m.tenths[i])/4)
	}
	return powers
}

func (m *meter) loudness() Loudness {
	powers := m.gates()
	most := 0.0
	for _, p := range powers {
		most = max(most, p)
	}
	heard := mean(powers, power(-70))
	return Loudness{
		Integrated: lufs(mean(powers, max(heard/10, power(-70)))), // 10 LU below what is heard
		Momentary:  lufs(most),
	}
}

// mean is the mean of the powers above a gate, 0 when there are none.
func mean(powers []float64, gate float64) (sum float64) {
	n := 0
	for _, p := range powers {
		if p > gate {
			sum += p
			n++
		}
	}
	return sum / float64(max(n, 1))
}

func lufs(power float64) float64 { return -0.691 + 10*math.Log10(power) }
func power(lufs float64) float64 { return math.Pow(10, (lufs+0.691)/10) }

// biquad is a filter of the second order.
type biquad struct{ b0, b1, b2, a1, a2, z1, z2 float64 }

func (f *biquad) next(x float64) float64 {
	y := f.b0*x + f.z1
	f.z1 = f.b1*x - f.a1*y + f.z2
	f.z2 = f.b2*x - f.a2*y
	return y
}

// power is how much of the power of a sine the filter lets through.
func (f biquad) power(pitch float64) float64 {
	z := cmplx.Rect(1, -2*math.Pi*pitch/Rate)
	through := cmplx.Abs((complex(f.b0, 0) + z*(complex(f.b1, 0)+z*complex(f.b2, 0))) / (1 + z*(complex(f.a1, 0)+z*complex(f.a2, 0))))
	return through * through
}

// The two filters of BS.1770 at 48 kHz, with the coefficients of its tables.
var (
	headShelf = biquad{b0: 1.53512485958697, b1: -2.69169618940638, b2: 1.19839281085285, a1: -1.69065929318241, a2: 0.73248077421585}
	bassCut   = biquad{b0: 1, b1: -2, b2: 1, a1: -1.99004745483398, a2: 0.99007225036621}
)

// peak finds the highest point of the curve through the samples: three points
// between each two are worked out from the twelve samples around them, wherever
// one of these is high enough for the curve to matter.
type peak struct {
	past [12]float64
	at   int
	near int // samples for which a high one is still among the twelve
	most float64
}

func (p *peak) add(x float64) {
	p.past[p.at%len(p.past)] = x
	p.at++
	if x = math.Abs(x); 2*x > p.most {
		p.near = len(p.past)
	}
	p.most = max(p.most, x)
	if p.near--; p.near < 0 {
		return
	}
	for _, weights := range between {
		y := 0.0
		for k, w := range weights {
			y += w * p.past[(p.at+k)%len(p.past)]
		}
		p.most = max(p.most, math.Abs(y))
	}
}

// between are the weights of the twelve samples for the points a quarter, a half
// and three quarters of the way between the sixth and the seventh: sin x / x,
// tapered by a cosine bell.
var between = func() (w [3][12]float64) {
	for i := range w {
		for k := range w[i] {
			x := float64(k) - 5 - float64(i+1)/4
			w[i][k] = math.Sin(math.Pi*x) / (math.Pi * x) * (0.5 + 0.5*math.Cos(math.Pi*x/6.5))
		}
	}
	return w
}()

// heard measures n frames of a sound.
func heard(s sound, n int) Loudness {
	var m meter
	var block [4096][2]float64
	for at := 0; at < n; at += len(block) {
		part := block[:min(len(block), n-at)]
		clear(part)
		s.add(part, at)
		m.add(part)
	}
	return m.loudness()
}

func loudest(s sound, n int) float64 { return heard(s, n).Momentary }
func steady(s sound, n int) float64  { return heard(s, n).Integrated }

// rms is the root mean square of a wave.
func rms(wave []float32) float64 {
	sum := 0.0
	for _, x := range wave {
		sum += float64(x) * float64(x)
	}
	return math.Sqrt(sum / float64(len(wave)))
}
