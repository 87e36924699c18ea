package pcm

import (
	"math"
	"math/cmplx"
)

// Loudness is how loud a stretch of sound is, measured as ITU-R BS.1770-4 and
// EBU R 128 say. Silence is −Inf.
type Loudness struct {
	Integrated float64 // LUFS over the whole, quiet parts left out
	Momentary  float64 // LUFS of the loudest 400 ms
	TruePeak   float64 // dBTP: the curve between the samples, four times as fine
}

// Meter measures the loudness of stereo sound as it passes, at Rate. Its zero
// value is ready.
type Meter struct {
	NoPeak bool // leaves out the true peak, which takes most of the time

	weighting [2][2]biquad // for each ear: the head, then the ear's deafness to bass
	peaks     [2]peak
	sum       float64   // weighted power of the present tenth of a second
	frames    int       // of it
	tenths    []float64 // power of each full tenth so far
}

const tenth = Rate / 10

// Add measures the frames of block, which follow those of the block before.
func (m *Meter) Add(block [][2]float64) {
	if m.weighting[0][0] == (biquad{}) {
		m.weighting = [2][2]biquad{{headShelf, bassCut}, {headShelf, bassCut}}
	}
	for _, frame := range block {
		for ear, x := range frame {
			w := &m.weighting[ear]
			y := w[1].next(w[0].next(x))
			m.sum += y * y
			if !m.NoPeak {
				m.peaks[ear].add(x)
			}
		}
		if m.frames++; m.frames == tenth {
			m.tenths = append(m.tenths, m.sum/tenth)
			m.sum, m.frames = 0, 0
			m.settle()
		}
	}
}

// settle takes away what is left in the filters of a sound long gone: numbers so
// small that a processor reckons slowly with them.
func (m *Meter) settle() {
	for ear := range m.weighting {
		for i := range m.weighting[ear] {
			if f := &m.weighting[ear][i]; math.Abs(f.z1)+math.Abs(f.z2) < 1e-30 {
				f.z1, f.z2 = 0, 0
			}
		}
	}
}

// Loudness is how loud what passed so far was.
func (m *Meter) Loudness() Loudness {
	powers := m.Gates()
	most := 0.0
	for _, p := range powers {
		most = max(most, p)
	}
	heard := mean(powers, Power(-70))
	return Loudness{
		Integrated: LUFS(mean(powers, max(heard/10, Power(-70)))), // 10 LU below what is heard
		Momentary:  LUFS(most),
		TruePeak:   20 * math.Log10(max(m.peaks[0].most, m.peaks[1].most)),
	}
}

// Gates are the power of every 400 ms, a tenth of a second apart.
func (m *Meter) Gates() (powers []float64) {
	for i := 3; i < len(m.tenths); i++ {
		powers = append(powers, (m.tenths[i-3]+m.tenths[i-2]+m.tenths[i-1]+m.tenths[i])/4)
	}
	return powers
}

// power is the mean power of everything that passed.
func (m *Meter) power() float64 {
	sum, n := m.sum, m.frames
	for _, p := range m.tenths {
		sum, n = sum+p*tenth, n+tenth
	}
	return sum / float64(max(n, 1))
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

// LUFS is a weighted power as loudness.
func LUFS(power float64) float64 { return -0.691 + 10*math.Log10(power) }

// Power is the weighted power of a loudness.
func Power(lufs float64) float64 { return math.Pow(10, (lufs+0.691)/10) }

// Weight is how much the power of a sine of a pitch in Hz counts.
func Weight(pitch float64) float64 { return headShelf.power(pitch) * bassCut.power(pitch) }

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
