package pcm

import (
	"encoding/binary"
	"io"
	"math"
)

// wavFormat is what the format chunk of a WAV tells.
type wavFormat struct {
	channels, rate, bits int
	float                bool
}

func (f wavFormat) frame() int { return f.channels * f.bits / 8 }

// mostChunks is how many chunks may come before the samples.
const mostChunks = 100

// readWAV reads a WAV of size bytes.
func readWAV(r io.ReadSeeker, size int64) (Clip, error) {
	f, length, err := findSamples(r, size)
	if err != nil {
		return Clip{}, err
	}
	frames := int(length) / f.frame()
	if err := bearable(f.channels, f.rate, uint64(frames)); err != nil {
		return Clip{}, err
	}
	c := Clip{Rate: f.rate, Samples: make([]float32, 0, frames)}
	lowest, highest := float32(math.Inf(1)), float32(math.Inf(-1))
	block := make([]byte, 4096*f.frame())
	for left := frames; left > 0; {
		n := min(left, 4096)
		if _, err := io.ReadFull(r, block[:n*f.frame()]); err != nil {
			return Clip{}, truncated
		}
		for i := range n {
			x := f.mono(block[i*f.frame():])
			lowest, highest = min(lowest, x), max(highest, x)
			c.Samples = append(c.Samples, x)
		}
		left -= n
	}
	if c, err = c.within(); err != nil {
		return c, err
	}
	return c, audible(lowest, highest)
}

// findSamples leaves r where the samples begin, and says how they are written and
// how many bytes of them there are. Every chunk has to lie within the file.
func findSamples(r io.ReadSeeker, size int64) (f wavFormat, length int64, err error) {
	var h [8]byte
	if _, err := r.Seek(12, io.SeekStart); err != nil {
		return f, 0, err
	}
	for at, chunks := int64(12), 0; ; chunks++ {
		if chunks > mostChunks {
			return f, 0, damaged
		}
		if _, err := io.ReadFull(r, h[:]); err != nil {
			return f, 0, truncated
		}
		at += 8
		length := int64(binary.LittleEndian.Uint32(h[4:]))
		switch name := string(h[:4]); {
		case name == "data" && f.rate == 0:
			return f, 0, damaged
		case name == "data" && length > size-at:
			return f, 0, lying
		case name == "data":
			return f, length, nil
		case length > size-at:
			return f, 0, truncated
		case name == "fmt ":
			if f, err = readFormat(r, length); err != nil {
				return f, 0, err
			}
		}
		at += length + length%2
		if _, err := r.Seek(at, io.SeekStart); err != nil {
			return f, 0, err
		}
	}
}

// readFormat reads a format chunk.
func readFormat(r io.Reader, length int64) (f wavFormat, err error) {
	var b [40]byte
	n := min(length, int64(len(b)))
	if _, err := io.ReadFull(r, b[:n]); err != nil || n < 16 {
		return f, damaged
	}
	le := binary.LittleEndian
	tag := le.Uint16(b[0:])
	if tag == 0xfffe && n >= 26 { // extensible: the tag stands further back
		tag = le.Uint16(b[24:])
	}
	f = wavFormat{int(le.Uint16(b[2:])), int(le.Uint32(b[4:])), int(le.Uint16(b[14:])), tag == 3}
	if err := bearable(f.channels, f.rate, 0); err != nil {
		return f, err
	}
	switch {
	case tag == 1 && (f.bits == 8 || f.bits == 16 || f.bits == 24 || f.bits == 32):
	case tag == 3 && (f.bits == 32 || f.bits == 64):
	default:
		return f, unread
	}
	if int(le.Uint16(b[12:])) != f.frame() {
		return f, damaged
	}
	return f, nil
}

// mono is the mean of the channels of the frame that b begins with.
func (f wavFormat) mono(b []byte) float32 {
	sum := 0.0
	for ch := range f.channels {
		sum += f.sample(b[ch*f.bits/8:])
	}
	return float32(sum / float64(f.channels))
}

func (f wavFormat) sample(b []byte) float64 {
	le := binary.LittleEndian
	switch {
	case f.float && f.bits == 64:
		return math.Float64frombits(le.Uint64(b))
	case f.float:
		return float64(math.Float32frombits(le.Uint32(b)))
	case f.bits == 8: // the only one without a sign
		return (float64(b[0]) - 128) / 128
	case f.bits == 16:
		return float64(int16(le.Uint16(b))) / 32768
	case f.bits == 24:
		return float64(int32(uint32(b[0])<<8|uint32(b[1])<<16|uint32(b[2])<<24)) / (1 << 31)
	}
	return float64(int32(le.Uint32(b))) / (1 << 31)
}
