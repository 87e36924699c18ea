package audio

import (
	"encoding/binary"
	"fmt"
	"io"
	"math"
)

// A track is a RIFF WAVE file: 44 bytes of header, then 16-bit stereo samples,
// little end first.
const (
	headerSize = 44
	frameSize  = 4 // bytes: two samples of two
	trackBlock = 4096
)

// track is one reader of a score as a file.
type track struct {
	score   *Score
	reading reading
	at      int64 // byte the next Read begins with
	first   int   // frame block begins with
	ready   int   // bytes of block that are filled
	mixed   [trackBlock][2]float64
	block   [trackBlock * frameSize]byte
}

// Size is the size of the track in bytes. The longest session there is, four
// hours, makes 2.8 GB, within the 4 GiB a header can tell.
func (s *Score) Size() int64 { return headerSize + int64(s.frames)*frameSize }

// Track is the score as a WAV file that does not exist: each byte is made when
// it is read, so seeking anywhere costs nothing. One goroutine may use it at a
// time; a score gives as many as are wanted.
func (s *Score) Track() io.ReadSeeker {
	t := &track{score: s, first: -1}
	t.reading.begin(s, whole)
	return t
}

func (t *track) Read(p []byte) (n int, err error) {
	if t.at >= t.score.Size() {
		return 0, io.EOF
	}
	for n < len(p) && t.at < t.score.Size() {
		k := copy(p[n:], t.bytes())
		n += k
		t.at += int64(k)
	}
	return n, nil
}

// bytes is what the track holds from t.at on: at least one byte.
func (t *track) bytes() []byte {
	if t.at < headerSize {
		h := t.score.header()
		return h[t.at:]
	}
	at := t.at - headerSize
	first := int(at / frameSize / trackBlock * trackBlock)
	if first != t.first {
		t.fill(first)
	}
	return t.block[at-int64(first)*frameSize : t.ready]
}

// fill makes the block that begins with the frame first.
func (t *track) fill(first int) {
	n := min(trackBlock, t.score.frames-first)
	t.reading.read(t.mixed[:n], first)
	for i, f := range t.mixed[:n] {
		binary.LittleEndian.PutUint16(t.block[i*frameSize:], sample16(f[0]))
		binary.LittleEndian.PutUint16(t.block[i*frameSize+2:], sample16(f[1]))
	}
	t.first, t.ready = first, n*frameSize
}

// sample16 rounds to the nearest step. The ceiling keeps far from clipping.
func sample16(x float64) uint16 { return uint16(int16(math.Floor(x*32767 + 0.5))) }

func (t *track) Seek(offset int64, whence int) (int64, error) {
	switch whence {
	case io.SeekCurrent:
		offset += t.at
	case io.SeekEnd:
		offset += t.score.Size()
	}
	if whence < io.SeekStart || whence > io.SeekEnd || offset < 0 {
		return 0, fmt.Errorf("seek in track: no byte %d (whence %d)", offset, whence)
	}
	t.at = offset
	return offset, nil
}

// header is the RIFF, format and data chunks in front of the samples.
func (s *Score) header() (h [headerSize]byte) {
	le := binary.LittleEndian
	size := uint32(s.Size())
	copy(h[0:], "RIFF")
	le.PutUint32(h[4:], size-8)
	copy(h[8:], "WAVEfmt ")
	le.PutUint32(h[16:], 16) // size of the format chunk
	le.PutUint16(h[20:], 1)  // PCM
	le.PutUint16(h[22:], 2)  // channels
	le.PutUint32(h[24:], Rate)
	le.PutUint32(h[28:], Rate*frameSize)
	le.PutUint16(h[32:], frameSize)
	le.PutUint16(h[34:], 16) // bits
	copy(h[36:], "data")
	le.PutUint32(h[40:], size-headerSize)
	return h
}
