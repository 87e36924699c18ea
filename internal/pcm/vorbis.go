package pcm

import (
	"encoding/binary"
	"time"

	"github.com/jfreymuth/vorbis"
)

// The longest Vorbis file that is decoded, which holds one line, and the largest.
const (
	longestLine = 2 * time.Minute
	largestLine = 8 << 20
)

// DecodeVorbis decodes a mono Ogg Vorbis file, as narration is shipped. It is as
// long as its last page says, to the frame.
func DecodeVorbis(file []byte) (c Clip, err error) {
	s, rate, err := openVorbis(file)
	if err != nil {
		return Clip{}, err
	}
	defer func() { // the decoder trusts its packets
		if recover() != nil {
			c, err = Clip{}, damaged
		}
	}()
	var d vorbis.Decoder
	for _, header := range [][]byte{s.packets[0], s.packets[2]} { // between them are comments, which may claim to be billions
		if err := d.ReadHeader(header); err != nil {
			return Clip{}, damaged
		}
	}
	samples, err := decodePackets(&d, s.packets[3:], int(s.end))
	return Clip{rate, samples}, err
}

// decodePackets decodes packets until there are n samples.
func decodePackets(d *vorbis.Decoder, packets [][]byte, n int) ([]float32, error) {
	samples, block := make([]float32, 0, n), make([]float32, d.BufferSize())
	for _, p := range packets {
		if len(samples) == n {
			break // the rest of the last packet, or more than was promised
		}
		got, err := d.DecodeInto(p, block)
		if err != nil {
			return nil, damaged
		}
		for _, x := range got[:min(len(got), n-len(samples))] {
			if x != x {
				return nil, damaged
			}
			samples = append(samples, min(max(x, -1), 1))
		}
	}
	if len(samples) < n {
		return nil, truncated
	}
	return samples, nil
}

// VorbisLength is how many frames a mono Ogg Vorbis file holds and how many of
// them there are in a second. Nothing is decoded.
func VorbisLength(file []byte) (frames, rate int, err error) {
	s, rate, err := openVorbis(file)
	return int(s.end), rate, err
}

// openVorbis takes the packets out of a file that DecodeVorbis can decode.
func openVorbis(file []byte) (s oggStream, rate int, err error) {
	if len(file) > largestLine {
		return s, 0, tooLong
	}
	if s, err = readOgg(file); err != nil {
		return s, 0, err
	}
	if len(s.packets) < 3 || len(s.packets[0]) < 30 || !vorbis.IsHeader(s.packets[0]) || s.packets[0][0] != 1 {
		return s, 0, damaged
	}
	id := s.packets[0]
	channels, rate := int(id[11]), int(binary.LittleEndian.Uint32(id[12:]))
	short, long := id[28]&15, id[28]>>4
	switch {
	case channels != 1 || short < 6 || short > long || long > 13:
		return s, 0, damaged
	case s.end <= 0 || s.end > int64(rate)*int64(longestLine.Seconds()):
		return s, 0, tooLong
	}
	if err := bearable(channels, rate, uint64(s.end)); err != nil {
		return s, 0, err
	}
	if !setupSound(s.packets[2]) {
		return s, 0, damaged
	}
	return s, rate, nil
}
