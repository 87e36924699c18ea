package mp3

import "math"

const bands = 21 // that have a factor of their own; above them, from 16 kHz on, nothing is kept

// edges are where the bands begin and the last ends, at 48 kHz.
var edges = [bands + 1]int{0, 4, 8, 12, 16, 20, 24, 30, 36, 42, 50, 60, 72, 88, 106, 128, 156, 190, 230, 276, 330, 384}

// What the ear does not notice beside something louder.
const (
	maskOffset = 18.0  // dB below it, at the same place
	maskUp     = 15.0  // dB a bark, towards higher pitches
	maskDown   = 27.0  // and towards lower ones
	threshold  = 1e-11 // power of a line that nobody hears
)

// prepare works out how much each band may be off, and what the part might use.
func (p *part) prepare() {
	clear(p.lines[edges[bands]:])
	var energy [bands]float64
	for i, x := range p.lines[:edges[bands]] {
		p.shaped[i] = math.Sqrt(math.Abs(x) * math.Sqrt(math.Abs(x)))
		energy[bandOf[i]] += x * x
	}
	p.demand = 20
	for b := range energy {
		width := float64(edges[b+1] - edges[b])
		mask := threshold * width
		for other, e := range energy {
			mask += e * spread[other][b]
		}
		p.allowed[b] = mask
		p.demand += width * math.Log2(1+math.Sqrt(energy[b]/mask))
	}
}

var bandOf = func() (of [granule]int) {
	for b := range bands {
		for i := edges[b]; i < edges[b+1]; i++ {
			of[i] = b
		}
	}
	return of
}()

// spread is the share of one band's power that hides what is off in another.
var spread = func() (s [bands][bands]float64) {
	for from := range s {
		for to := range s[from] {
			away := bark(to) - bark(from)
			db := maskOffset + max(away*maskUp, -away*maskDown)
			s[from][to] = math.Pow(10, -db/10)
		}
	}
	return s
}()

// bark is how high the ear finds the middle of a band.
func bark(band int) float64 {
	f := float64(edges[band]+edges[band+1]) / 2 * Rate / 2 / granule / 1000
	return 13*math.Atan(0.76*f) + 3.5*math.Atan(f*f/56.25)
}
