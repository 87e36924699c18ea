package mp3

import "math"

// bank turns one channel's samples into 576 frequencies a granule: 32 bands, and
// 18 frequencies of each, where neighbours have taken back what leaked between
// them. It remembers what came before.
type bank struct {
	past  [512]float64 // the newest first
	bands [granule / 32][32]float64
	last  [32][18]float64 // what the bands held in the granule before
}

// spectrum is one channel's spectrum of a granule.
type spectrum [granule]float64

// next is the spectrum of the next granule.
func (b *bank) next(samples *[granule]float64) (out spectrum) {
	for t := range b.bands {
		b.split(samples[32*t:32*t+32], &b.bands[t])
	}
	for band := range 32 {
		var in [36]float64
		copy(in[:18], b.last[band][:])
		for t := range 18 {
			x := b.bands[t][band]
			if band&t&1 == 1 { // every other band comes out upside down
				x = -x
			}
			in[18+t] = x
		}
		copy(b.last[band][:], in[18:])
		turn(&in, out[18*band:18*band+18])
	}
	out.mend()
	return out
}

// split is the filter bank: 32 new samples become one of each band.
func (b *bank) split(samples []float64, out *[32]float64) {
	copy(b.past[32:], b.past[:480])
	for i, x := range samples {
		b.past[31-i] = x
	}
	var y [64]float64
	for i := range y {
		p, w := &b.past, &window
		y[i] = w[i]*p[i] + w[i+64]*p[i+64] + w[i+128]*p[i+128] + w[i+192]*p[i+192] +
			w[i+256]*p[i+256] + w[i+320]*p[i+320] + w[i+384]*p[i+384] + w[i+448]*p[i+448]
	}
	// What lies as far before 16 as behind it meets the same cosine.
	var z [32]float64
	z[0] = y[16]
	for i := 1; i <= 16; i++ {
		z[i] = y[16+i] + y[16-i]
	}
	for i := 17; i < 32; i++ {
		z[i] = y[16+i] - y[80-i]
	}
	// The upper bands have the cosines of the lower, every other one reversed.
	for k := range 16 {
		even, odd := 0.0, 0.0
		for i, c := 0, &bandCosines[k]; i < 32; i += 2 {
			even += c[i] * z[i]
			odd += c[i+1] * z[i+1]
		}
		out[k], out[31-k] = even+odd, even-odd
	}
}

// bandCosines place the bands, and bring the window to its scale.
var bandCosines = func() (c [16][32]float64) {
	for k := range c {
		for i := range c[k] {
			c[k][i] = math.Cos(float64(2*k+1)*float64(i)*math.Pi/64) / (1 << 21)
		}
	}
	return c
}()

// turn is the modified cosine transform of a band's 36 samples.
func turn(in *[36]float64, out []float64) {
	// What mirrors in the cosines is added first: 18 sums instead of 36.
	var z [18]float64
	for k := range 9 {
		z[k] = in[k]*slope[k] - in[17-k]*slope[17-k]
		z[9+k] = in[18+k]*slope[18+k] + in[35-k]*slope[35-k]
	}
	for m := range out {
		a, b := 0.0, 0.0
		for k, c := 0, &turns[m]; k < 18; k += 2 {
			a += c[k] * z[k]
			b += c[k+1] * z[k+1]
		}
		out[m] = a + b
	}
}

// slope lets a band's samples come and go.
var slope = func() (s [36]float64) {
	for k := range s {
		s[k] = math.Sin(math.Pi / 36 * (float64(k) + 0.5))
	}
	return s
}()

var turns = func() (t [18][18]float64) {
	at := func(m, k int) float64 { return math.Cos(math.Pi/72*float64(2*k+19)*float64(2*m+1)) / 9 }
	for m := range t {
		for k := range 9 {
			t[m][k], t[m][9+k] = at(m, k), at(m, 18+k)
		}
	}
	return t
}()

// mend takes back what leaks between neighbouring bands.
func (s *spectrum) mend() {
	for band := 18; band < granule; band += 18 {
		for k, c := range leaks {
			up, down := s[band-1-k], s[band+k]
			s[band-1-k] = up*c.keep + down*c.leak
			s[band+k] = down*c.keep - up*c.leak
		}
	}
}

var leaks = func() (l [8]struct{ keep, leak float64 }) {
	for i, c := range []float64{-0.6, -0.535, -0.33, -0.185, -0.095, -0.041, -0.0142, -0.0037} {
		l[i].keep, l[i].leak = 1/math.Sqrt(1+c*c), c/math.Sqrt(1+c*c)
	}
	return l
}()
