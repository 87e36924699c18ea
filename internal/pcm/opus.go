package pcm

import (
	"bytes"
	"encoding/binary"
	"time"

	"github.com/pion/opus"
)

// Bounds of an Opus file that is decoded: it holds one line.
const (
	longestLine = 2 * time.Minute
	largestLine = 1 << 20 // bytes
)

// mostOpus is how many frames at Rate one Opus packet may hold: 120 ms.
const mostOpus = Rate * 120 / 1000

// DecodeOpus decodes a mono Ogg Opus file, as narration is shipped, at Rate. It is
// as long as its last page says, to the frame.
func DecodeOpus(file []byte) (c Clip, err error) {
	s, skip, err := openOpus(file)
	if err != nil {
		return Clip{}, err
	}
	defer func() { // the decoder trusts its packets
		if recover() != nil {
			c, err = Clip{}, damaged
		}
	}()
	d, err := opus.NewDecoderWithOutput(Rate, 1)
	if err != nil {
		return Clip{}, damaged
	}
	samples, block := make([]float32, 0, int(s.end)+mostOpus), make([]float32, mostOpus)
	for _, p := range s.packets[2:] {
		n, err := d.DecodeToFloat32(p, block)
		if err != nil || len(samples)+n > int(s.end)+mostOpus {
			return Clip{}, damaged
		}
		for _, x := range block[:n] {
			if x != x {
				return Clip{}, damaged
			}
			samples = append(samples, min(max(x, -1), 1))
		}
	}
	if len(samples) < int(s.end) {
		return Clip{}, truncated
	}
	return Clip{Rate, samples[skip:s.end]}, nil
}

// OpusLength is how many frames at Rate a mono Ogg Opus file holds. Nothing is
// decoded.
func OpusLength(file []byte) (frames int, err error) {
	s, skip, err := openOpus(file)
	return int(s.end) - skip, err
}

// openOpus takes the packets out of a file that DecodeOpus can decode, and says
// how many frames its decoder needs to settle, which are no part of the sound
// (RFC 7845).
func openOpus(file []byte) (s oggStream, skip int, err error) {
	if len(file) > largestLine {
		return s, 0, tooLong
	}
	if s, err = readOgg(file); err != nil {
		return s, 0, err
	}
	if len(s.packets) < 3 || len(s.packets[0]) < 19 || !bytes.HasPrefix(s.packets[1], []byte("OpusTags")) {
		return s, 0, damaged
	}
	head := s.packets[0]
	skip = int(binary.LittleEndian.Uint16(head[10:]))
	switch {
	case !bytes.HasPrefix(head, []byte("OpusHead\x01\x01")) || head[18] != 0:
		return s, 0, damaged
	case s.end <= int64(skip):
		return s, 0, damaged
	case s.end > int64(Rate)*int64(longestLine.Seconds()):
		return s, 0, tooLong
	}
	return s, skip, nil
}
