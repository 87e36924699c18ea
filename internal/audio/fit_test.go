package audio

import "math"

// mode is one dying sine of a sound, as it was found there: its pitch in Hz, how
// many nepers it loses a second, and its two parts at the first frame.
type mode struct{ pitch, dies, cos, sin float64 }

func (c mode) amplitude() float64 { return math.Hypot(c.cos, c.sin) }

// t60 is how many seconds it takes to fall by 60 dB.
func (c mode) t60() float64 { return 3 * math.Ln10 / c.dies }

// at is what the mode is worth at a time in seconds, and how that would change
// with each of its four numbers.
func (c mode) at(t float64, slopes *[4]float64) float64 {
	fade := math.Exp(-c.dies * t)
	sin, cos := math.Sincos(2 * math.Pi * c.pitch * t)
	sin, cos = fade*sin, fade*cos
	v := c.cos*cos + c.sin*sin
	*slopes = [4]float64{2 * math.Pi * t * (c.sin*cos - c.cos*sin), -t * v, cos, sin}
	return v
}

// Bounds of a fit.
const (
	thinning = 8 // every so many samples are looked at: nothing lies above 3 kHz
	rounds   = 4
)

// fit finds the dying sines that make up the frames [from, to) of wave, near
// those given, by least squares. It also says how much of the sound they leave
// unexplained, in dB: if the sound were something else, that would be much.
func fit(wave []float64, from, to int, near []mode) ([]mode, float64) {
	found := append([]mode(nil), near...)
	for range rounds {
		improve(wave, from, to, found)
	}
	left, all := 0.0, 0.0
	var slopes [4]float64
	for k := from; k < to; k += thinning {
		rest := wave[k]
		for _, c := range found {
			rest -= c.at(float64(k)/Rate, &slopes)
		}
		left, all = left+rest*rest, all+wave[k]*wave[k]
	}
	return found, 10 * math.Log10(left/all+1e-30)
}

// improve takes one Gauss-Newton step.
func improve(wave []float64, from, to int, found []mode) {
	n := 4 * len(found)
	normal, row := make([][]float64, n), make([]float64, n)
	for i := range normal {
		normal[i] = make([]float64, n+1)
	}
	for k := from; k < to; k += thinning {
		rest := wave[k]
		for i, c := range found {
			rest -= c.at(float64(k)/Rate, (*[4]float64)(row[4*i:]))
		}
		for i, x := range row {
			line := normal[i]
			for j := range i + 1 {
				line[j] += x * row[j]
			}
			line[n] += x * rest
		}
	}
	for i := range n {
		for j := range i {
			normal[j][i] = normal[i][j]
		}
	}
	step := solve(normal)
	for i := range found {
		c := &found[i]
		c.pitch, c.dies, c.cos, c.sin = c.pitch+step[4*i], c.dies+step[4*i+1], c.cos+step[4*i+2], c.sin+step[4*i+3]
	}
}

// solve solves symmetric equations, the right side being the last column. Each
// unknown is first brought to a size of its own kind; one that nothing depends on
// stays 0.
func solve(m [][]float64) []float64 {
	n := len(m)
	size := make([]float64, n)
	for i := range n {
		size[i] = math.Sqrt(m[i][i])
		if size[i] == 0 {
			size[i], m[i][i] = 1, 1
		}
	}
	for i := range n {
		for j := range n {
			m[i][j] /= size[i] * size[j]
		}
		m[i][n] /= size[i]
	}
	for i := range n {
		for k := i + 1; k < n; k++ {
			by := m[k][i] / m[i][i]
			for j := i; j <= n; j++ {
				m[k][j] -= by * m[i][j]
			}
		}
	}
	out := make([]float64, n)
	for i := n - 1; i >= 0; i-- {
		sum := m[i][n]
		for j := i + 1; j < n; j++ {
			sum -= m[i][j] * out[j]
		}
		out[i] = sum / m[i][i]
	}
	for i := range out {
		out[i] /= size[i]
	}
	return out
}
