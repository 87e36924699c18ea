package mp3

import "math"

// mostBits is how many bits one part can have, and mostValue how large a value.
const (
	mostBits  = 4095
	mostValue = 8191 + 15
)

// plan is the step each band is to be quantised with, relative to the others: a
// factor of k makes its steps finer by 2^(k/2).
type plan struct {
	factors  [bands]int
	gain     int // the step of a band whose factor is 0, where nothing is to be noticed
	compress int // which of sixteen ways the factors are written in
	bits     int // that the factors take
}

// The widths that factors of the lower eleven bands and of the rest are written in.
var (
	widthLow  = [16]int{0, 0, 0, 0, 3, 1, 1, 1, 2, 2, 2, 3, 3, 3, 4, 4}
	widthHigh = [16]int{0, 1, 2, 3, 0, 1, 2, 3, 1, 2, 3, 1, 2, 3, 2, 3}
)

const lowBands = 11

// shape plans for each band the coarsest step that keeps it within what is
// allowed. An error within a step of x is about 4/3 · x^¼ · step^¾ wide.
func (p *part) shape() plan {
	var gains [bands]int
	highest := 0
	for b := range gains {
		most, roots := 0.0, 0.0
		for i := edges[b]; i < edges[b+1]; i++ {
			x := math.Abs(p.lines[i])
			most, roots = max(most, x), roots+math.Sqrt(x)
		}
		step := math.Pow(p.allowed[b]/(4./27*roots+1e-12), 2./3)
		gains[b] = 210 + int(math.Floor(4*math.Log2(min(step, 2*most+1e-9))))
		highest = max(highest, gains[b])
	}
	for b, g := range gains { // no factor reaches further than it can be written
		highest = min(highest, g+2*mostFactor(b)+1)
	}
	out := plan{gain: highest}
	for b, g := range gains {
		out.factors[b] = max(0, highest-g) / 2
	}
	out.compact()
	return out
}

func mostFactor(band int) int {
	if band < lowBands {
		return 15
	}
	return 7
}

// compact finds the shortest way to write the factors.
func (p *plan) compact() {
	low, high := 0, 0
	for b, f := range p.factors {
		if b < lowBands {
			low = max(low, f)
		} else {
			high = max(high, f)
		}
	}
	p.bits = math.MaxInt
	for c := range widthLow {
		n := lowBands*widthLow[c] + (bands-lowBands)*widthHigh[c]
		if low < 1<<widthLow[c] && high < 1<<widthHigh[c] && n < p.bits {
			p.compress, p.bits = c, n
		}
	}
}

// quantise finds the finest steps that the bits suffice for, beginning from a
// guess of how far they are from the plan, and returns how far they were.
func (p *part) quantise(room, guess int) int {
	p.plan = p.shape()
	if p.plan.bits > room { // the factors alone would not fit
		p.plan = plan{gain: p.plan.gain}
	}
	const finest = -10 // a step finer would be finer than anyone hears
	off := max(guess, finest)
	fits := p.try(off) && p.settings.bits <= room
	for fits && off > finest {
		if p.try(off-1) && p.settings.bits <= room {
			off--
			continue
		}
		break
	}
	for !fits {
		off++
		fits = p.try(off) && p.settings.bits <= room
	}
	p.try(off)
	return off
}

// try quantises with steps that far coarser than planned, counts the bits, and
// says whether the values are small enough to be written.
func (p *part) try(off int) bool {
	gain := min(max(p.plan.gain+off, 0), 255)
	last := 0
	for b := range bands {
		scale := math.Exp2(-3. / 16 * float64(gain-210-2*p.plan.factors[b]))
		for i := edges[b]; i < edges[b+1]; i++ {
			v := p.shaped[i]*scale + 0.4054
			if v > mostValue {
				return false
			}
			n := int32(v)
			if n > 0 {
				last = i + 1
			}
			p.values[i] = n
		}
	}
	p.settings = settings{gain: gain, compress: p.plan.compress}
	p.settings.choose(&p.values, last)
	p.settings.bits += p.plan.bits
	return true
}
