package mp3

// bits are written first things first.
type bits struct {
	bytes []byte
	held  uint64
	n     int // how many bits of held are not yet in bytes
}

func (b *bits) reset() { b.bytes, b.held, b.n = b.bytes[:0], 0, 0 }

// put writes the lower n bits of x, at most 32.
func (b *bits) put(x uint32, n int) {
	b.held = b.held<<n | uint64(x)&(1<<n-1)
	for b.n += n; b.n >= 8; b.n -= 8 {
		b.bytes = append(b.bytes, byte(b.held>>(b.n-8)))
	}
}

// padded is what was written, with zeros up to a size.
func (b *bits) padded(size int) []byte {
	b.put(0, (8-b.n)%8)
	for len(b.bytes) < size {
		b.bytes = append(b.bytes, 0)
	}
	return b.bytes
}
