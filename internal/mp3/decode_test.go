package mp3

import (
	"fmt"
	"math"
)

// decoder is a decoder as the standard writes it down, slow and plain, and knows
// what the encoder may write and no more. It shares with it the tables only.
type decoder struct {
	last  [2][32][18]float64
	fifos [2][1024]float64
}

// reader reads bits, first things first.
type reader struct {
	bytes []byte
	at    int
}

func (r *reader) read(n int) (x int) {
	for range n {
		x = x<<1 | int(r.bytes[r.at/8]>>(7-r.at%8)&1)
		r.at++
	}
	return x
}

// words are the places of the codes of each table; the last two are of fours.
var words = func() (all [34]map[code]int) {
	for table := range all {
		var codes []code
		if table < 32 {
			codes, _ = codesOf(table)
		} else {
			codes = quadCodes[table-32]
		}
		all[table] = map[code]int{}
		for i, c := range codes {
			all[table][c] = i
		}
	}
	return all
}()

// cosines are those of the two transforms.
var cosines = func() (turn [36][18]float64, join [64][32]float64) {
	for t := range turn {
		for m := range turn[t] {
			turn[t][m] = math.Cos(math.Pi / 72 * float64(2*t+19) * float64(2*m+1))
		}
	}
	for i := range join {
		for k := range join[i] {
			join[i][k] = math.Cos(float64(16+i) * float64(2*k+1) * math.Pi / 64)
		}
	}
	return turn, join
}

var turnBack, joinBack = cosines()

func (r *reader) word(m map[code]int) (int, error) {
	var c code
	for c.n < 20 {
		c = code{c.word<<1 | uint16(r.read(1)), c.n + 1}
		if v, ok := m[c]; ok {
			return v, nil
		}
	}
	return 0, fmt.Errorf("no codeword at bit %d", r.at)
}

func (r *reader) signed(v int) float64 {
	if v != 0 && r.read(1) == 1 {
		return -float64(v)
	}
	return float64(v)
}

// told is the settings of a part, as they are read.
type told struct {
	length, pairs, gain, compress int
	tables                        [3]int
	regions                       [2]int
	quad                          int
}

// frame decodes a frame. Whatever is not as the standard wants it is an error.
func (d *decoder) frame(b []byte) (out [FrameSize][2]float64, err error) {
	r := &reader{bytes: b}
	if got := r.read(16); len(b) != FrameBytes || got != 0xfffb {
		return out, fmt.Errorf("%d bytes that begin with %x", len(b), got)
	}
	if got := r.read(8); got != 0x94 {
		return out, fmt.Errorf("another rate: %x", got)
	}
	together := r.read(8) == 0x64
	if r.read(20) != 0 {
		return out, fmt.Errorf("leans on another frame")
	}
	var sides [2][2]told
	for g := range sides {
		for c := range sides[g] {
			s := told{length: r.read(12), pairs: r.read(9), gain: r.read(8), compress: r.read(4)}
			r.read(1)
			s.tables = [3]int{r.read(5), r.read(5), r.read(5)}
			s.regions = [2]int{r.read(4), r.read(3)}
			r.read(2)
			s.quad = r.read(1)
			sides[g][c] = s
		}
	}
	for g := range sides {
		var lines [2]spectrum
		for c := range lines {
			if lines[c], err = r.lines(sides[g][c]); err != nil {
				return out, fmt.Errorf("granule %d, channel %d: %w", g, c, err)
			}
		}
		if together {
			for i := range lines[0] {
				m, s := lines[0][i], lines[1][i]
				lines[0][i], lines[1][i] = (m+s)/math.Sqrt2, (m-s)/math.Sqrt2
			}
		}
		for c := range lines {
			for i, x := range d.sound(c, &lines[c]) {
				out[g*granule+i][c] = x
			}
		}
	}
	return out, nil
}

// lines reads a part's factors and values.
func (r *reader) lines(s told) (out spectrum, err error) {
	end := r.at + s.length
	if end > 8*len(r.bytes) {
		return out, fmt.Errorf("it ends after its frame")
	}
	var factors [bands + 1]int
	for b := range bands {
		width := []int{0, 1, 2, 3, 0, 1, 2, 3, 1, 2, 3, 1, 2, 3, 2, 3}[s.compress]
		if b < 11 {
			width = []int{0, 0, 0, 0, 3, 1, 1, 1, 2, 2, 2, 3, 3, 3, 4, 4}[s.compress]
		}
		factors[b] = r.read(width)
	}
	edge := append(edges[:], granule)
	first, second := edge[s.regions[0]+1], edge[min(s.regions[0]+s.regions[1]+2, bands)]
	i := 0
	for ; i < 2*s.pairs; i += 2 {
		table := s.tables[0]
		if i >= second {
			table = s.tables[2]
		} else if i >= first {
			table = s.tables[1]
		}
		if table == 0 {
			continue
		}
		_, wide := codesOf(table)
		v, err := r.word(words[table])
		if err != nil {
			return out, err
		}
		for k, x := range []int{v / int(wide), v % int(wide)} {
			if x == 15 && extra[table] > 0 {
				x += r.read(extra[table])
			}
			out[i+k] = r.signed(x)
		}
	}
	for ; r.at < end; i += 4 {
		v, err := r.word(words[32+s.quad])
		if err != nil || i+4 > granule {
			return out, fmt.Errorf("fours up to %d, %v", i, err)
		}
		for k := range 4 {
			out[i+k] = r.signed(v >> (3 - k) & 1)
		}
	}
	if r.at != end {
		return out, fmt.Errorf("%d bits too many", r.at-end)
	}
	band := 0
	for i := range out {
		for i >= edge[band+1] {
			band++
		}
		out[i] = math.Copysign(math.Pow(math.Abs(out[i]), 4./3), out[i]) * math.Exp2(float64(s.gain-210)/4-float64(factors[band])/2)
	}
	return out, nil
}

// sound is the spectrum as samples again.
func (d *decoder) sound(channel int, s *spectrum) (out [granule]float64) {
	for band := 18; band < granule; band += 18 {
		for k, c := range []float64{-0.6, -0.535, -0.33, -0.185, -0.095, -0.041, -0.0142, -0.0037} {
			cs, ca := 1/math.Sqrt(1+c*c), c/math.Sqrt(1+c*c)
			up, down := s[band-1-k], s[band+k]
			s[band-1-k], s[band+k] = up*cs-down*ca, down*cs+up*ca
		}
	}
	var bandsAt [18][32]float64
	for band := range 32 {
		for t := range 36 {
			x := 0.0
			for m := range 18 {
				x += s[18*band+m] * turnBack[t][m]
			}
			x *= math.Sin(math.Pi / 36 * (float64(t) + 0.5))
			if t >= 18 {
				d.last[channel][band][t-18] = x
				continue
			}
			x += d.last[channel][band][t]
			if band&t&1 == 1 {
				x = -x
			}
			bandsAt[t][band] = x
		}
	}
	for t := range bandsAt {
		copy(out[32*t:], d.join(channel, &bandsAt[t]))
	}
	return out
}

// join is the other filter bank: one sample of each band becomes 32.
func (d *decoder) join(channel int, in *[32]float64) []float64 {
	v := &d.fifos[channel]
	copy(v[64:], v[:960])
	for i := range 64 {
		v[i] = 0
		for k := range in {
			v[i] += joinBack[i][k] * in[k]
		}
	}
	out := make([]float64, 32)
	for j := range out {
		for i := range 8 {
			out[j] += v[i*128+j]*window[i*64+j] + v[i*128+96+j]*window[i*64+32+j]
		}
		out[j] /= 65536
	}
	return out
}
