package mp3

// settings say how a part's values are written.
type settings struct {
	bits     int // of its factors and values
	gain     int
	compress int
	pairs    int    // values written in pairs, half of them
	quads    int    // fours of values 0 and 1 behind the pairs
	tables   [3]int // for the three regions of the pairs
	regions  [2]int // bands in the first and the second, less one
	quad     int    // which of two codes for the fours
}

// choose splits the values, of which last is the first of nothing but zeros, and
// finds the codes they are shortest in.
func (s *settings) choose(values *[granule]int32, last int) {
	last = (last + 1) &^ 1
	end := last
	for end >= 4 && max(values[end-1], values[end-2], values[end-3], values[end-4]) <= 1 {
		end -= 4
	}
	s.pairs, s.quads = end/2, (last-end)/4
	quad := [2]int{}
	for i := end; i < last; i += 4 {
		v := values[i]<<3 | values[i+1]<<2 | values[i+2]<<1 | values[i+3]
		signs := int(values[i] + values[i+1] + values[i+2] + values[i+3])
		quad[0] += int(quadCodes[0][v].n) + signs
		quad[1] += int(quadCodes[1][v].n) + signs
	}
	if quad[1] < quad[0] {
		s.quad = 1
	}
	s.bits += quad[s.quad]
	first, second := s.split(end)
	for i, region := range [3][]int32{values[:first], values[first:second], values[second:end]} {
		table, n := shortest(region)
		s.tables[i] = table
		s.bits += n
	}
}

// split is where the second and the third region of the pairs begin: a third of
// the bands each, at a band's edge.
func (s *settings) split(end int) (first, second int) {
	n := 0
	for n < bands && edges[n] < end {
		n++
	}
	low := min(max(n/3, 1), 16)
	high := min(max(n/3, 1), 8)
	s.regions = [2]int{low - 1, high - 1}
	return min(edges[low], end), min(edges[min(low+high, bands)], end)
}

// candidates are the tables that hold values up to an index.
var candidates = [16][]int{{0}, {1}, {2, 3}, {5, 6}, {7, 8, 9}, {7, 8, 9}, {10, 11, 12}, {10, 11, 12},
	{13, 15}, {13, 15}, {13, 15}, {13, 15}, {13, 15}, {13, 15}, {13, 15}, {13, 15}}

// side is how many values there are for each of a pair in the tables below 16;
// in the others it is 16.
var side = [16]int32{1: 2, 2: 3, 3: 3, 5: 4, 6: 4, 7: 6, 8: 6, 9: 6, 10: 8, 11: 8, 12: 8, 13: 16, 15: 16}

// extra are the bits that follow a value of 15 in the tables from 16 on.
var extra = [32]int{16: 1, 17: 2, 18: 3, 19: 4, 20: 6, 21: 8, 22: 10, 23: 13, 24: 4, 25: 5, 26: 6, 27: 7, 28: 8, 29: 9, 30: 11, 31: 13}

// codesOf are the codes of a table, and how many there are in a row.
func codesOf(table int) ([]code, int32) {
	if table >= 16 {
		return pairCodes[table/8*8], 16
	}
	return pairCodes[table], side[table]
}

// shortest is the table that a region is shortest in, and its bits.
func shortest(region []int32) (table, n int) {
	most := int32(0)
	for _, v := range region {
		most = max(most, v)
	}
	tables := candidates[min(most, 15)]
	if most > 15 {
		tables = nil
		for _, from := range []int{16, 24} {
			t := from
			for int32(15+1<<extra[t]-1) < most {
				t++
			}
			tables = append(tables, t)
		}
	}
	for i, t := range tables {
		if bits := cost(region, t); i == 0 || bits < n {
			table, n = t, bits
		}
	}
	return table, n
}

// cost is how many bits a region takes in a table.
func cost(region []int32, table int) (n int) {
	if table == 0 {
		return 0
	}
	codes, wide := codesOf(table)
	more := extra[table]
	for i := 0; i+1 < len(region); i += 2 {
		x, y := region[i], region[i+1]
		if x > 0 {
			n++
		}
		if y > 0 {
			n++
		}
		if more > 0 {
			if x >= 15 {
				x, n = 15, n+more
			}
			if y >= 15 {
				y, n = 15, n+more
			}
		}
		n += int(codes[x*wide+y].n)
	}
	return n
}

// write writes the settings of a part.
func (s *settings) write(b *bits) {
	b.put(uint32(s.bits), 12)
	b.put(uint32(s.pairs), 9)
	b.put(uint32(s.gain), 8)
	b.put(uint32(s.compress), 4)
	b.put(0, 1) // a long block
	for _, t := range s.tables {
		b.put(uint32(t), 5)
	}
	b.put(uint32(s.regions[0]), 4)
	b.put(uint32(s.regions[1]), 3)
	b.put(0, 2) // factors as they are
	b.put(uint32(s.quad), 1)
}

// write writes the factors and the values of a part.
func (p *part) write(b *bits) {
	s := &p.settings
	for band, f := range p.plan.factors {
		width := widthHigh[s.compress]
		if band < lowBands {
			width = widthLow[s.compress]
		}
		b.put(uint32(f), width)
	}
	end := 2 * s.pairs
	var again settings
	first, second := again.split(end)
	for i := 0; i < end; i += 2 {
		region := 0
		if i >= first {
			region++
		}
		if i >= second {
			region++
		}
		p.pair(b, i, s.tables[region])
	}
	for i := end; i < end+4*s.quads; i += 4 {
		v := p.values[i : i+4]
		c := quadCodes[s.quad][v[0]<<3|v[1]<<2|v[2]<<1|v[3]]
		b.put(uint32(c.word), int(c.n))
		for k := range v {
			p.sign(b, i+k)
		}
	}
}

// pair writes two values in a table's code.
func (p *part) pair(b *bits, i, table int) {
	if table == 0 {
		return
	}
	x, y := p.values[i], p.values[i+1]
	low := func(v int32) int32 {
		if extra[table] > 0 {
			return min(v, 15)
		}
		return v
	}
	codes, wide := codesOf(table)
	c := codes[low(x)*wide+low(y)]
	b.put(uint32(c.word), int(c.n))
	for k, v := range []int32{x, y} {
		if extra[table] > 0 && v >= 15 {
			b.put(uint32(v-15), extra[table])
		}
		p.sign(b, i+k)
	}
}

// sign writes whether a value is below nothing, where it is not nothing.
func (p *part) sign(b *bits, i int) {
	if p.values[i] != 0 {
		b.put(bit(p.lines[i] < 0), 1)
	}
}
