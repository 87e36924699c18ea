package pcm

import "math/bits"

// The Vorbis decoder makes room for whatever its third header asks for and
// follows any code it describes, even one with no end. So the codebooks in that
// header are looked through first.
const (
	mostEntries = 1 << 13 // of one codebook
	mostValues  = 1 << 20 // of all of them together
)

// setupSound says whether the codebooks of a setup header are ones to decode with.
func setupSound(header []byte) bool {
	if len(header) < 8 || header[0] != 5 {
		return false
	}
	r := bitReader{bytes: header[7:]}
	values := 0
	for range r.read(8) + 1 {
		n, ok := r.codebook()
		if values += n; !ok || r.ended || values > mostValues {
			return false
		}
	}
	return true
}

// codebook reads past a codebook, and says how many values it holds.
func (r *bitReader) codebook() (values int, ok bool) {
	if r.read(24) != 0x564342 {
		return 0, false
	}
	dimensions, entries := r.read(16), r.read(24)
	if dimensions < 1 || entries < 2 || entries > mostEntries {
		return 0, false
	}
	if !r.codewords(entries) {
		return 0, false
	}
	values = dimensions * entries
	switch r.read(4) {
	case 0:
		return entries, true
	case 1:
		r.skip(32 + 32)
		each := r.read(4) + 1
		r.skip(1 + each*root(entries, dimensions))
	case 2:
		r.skip(32 + 32)
		each := r.read(4) + 1
		r.skip(1 + each*values)
	default:
		return 0, false
	}
	return values, true
}

// codewords reads past the lengths of the codewords; at least two are needed for
// a code that ends.
func (r *bitReader) codewords(entries int) bool {
	if r.read(1) == 1 {
		r.read(5)
		for at, length := 0, 0; at < entries; length++ {
			n := r.read(bits.Len(uint(entries - at)))
			if at += n; at > entries || length > 32 || r.ended {
				return false
			}
		}
		return true
	}
	used, sparse := 0, r.read(1) == 1
	for range entries {
		if !sparse || r.read(1) == 1 {
			r.read(5)
			used++
		}
	}
	return used > 0 && !r.ended
}

// root is the greatest whole number whose n-th power is at most x.
func root(x, n int) int {
	power := func(b int) int {
		p := 1
		for range n {
			if p *= b; p > x {
				break
			}
		}
		return p
	}
	b := 1
	for power(b+1) <= x {
		b++
	}
	return b
}

// bitReader reads numbers of any width, least bit first.
type bitReader struct {
	bytes []byte
	at    int  // bit
	ended bool // more was read than there is
}

func (r *bitReader) read(width int) (n int) {
	for i := range width {
		if r.at >= 8*len(r.bytes) {
			r.ended = true
			return 0
		}
		n |= int(r.bytes[r.at/8]>>(r.at%8)&1) << i
		r.at++
	}
	return n
}

func (r *bitReader) skip(width int) {
	r.at += width
	r.ended = r.ended || r.at > 8*len(r.bytes)
}
