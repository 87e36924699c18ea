package mp3

import "encoding/binary"

// decoderDelay is by how much every decoder is late on its own account.
const decoderDelay = 529

// Late is by how many samples a decoder's output is later than what went in, all in
// all, where nothing tells it to leave them out.
const Late = Delay + decoderDelay

// Frames is how many frames hold n samples, up to the last of what a decoder
// gives back of them.
func Frames(n int) int { return (n + Delay + decoderDelay + FrameSize - 1) / FrameSize }

// Front is the frame that stands before all others: it is silent, and tells a
// player how long the sound is and what to leave out at both ends. Its layout is
// the one that every player reads, and named after the encoder that began it.
func Front(n int) []byte {
	frames := Frames(n)
	b := info(1|2|4|8, frames, (frames+1)*FrameBytes)
	be := binary.BigEndian
	for i := range 100 { // where each hundredth of the time begins, of 256 parts of the bytes
		b = append(b, byte(i*256/100))
	}
	b = be.AppendUint32(b, 50) // a quality between the best and the least
	b = append(b, "LAMEtag  "...)
	b = append(b, 0x01, 160)            // a constant rate; nothing from 16 kHz on
	b = append(b, make([]byte, 4+4)...) // no gain to play it with
	b = append(b, 0, bitrate/1000)
	padding := frames*FrameSize - Delay - n
	b = append(b, byte(Delay>>4), byte(Delay<<4|padding>>8), byte(padding))
	b = append(b, make([]byte, 1+1+2)...)
	b = be.AppendUint32(b, uint32((frames+1)*FrameBytes))
	b = be.AppendUint16(b, 0) // no checksum of the sound
	b = be.AppendUint16(b, sum16(b))
	return append(b, make([]byte, FrameBytes-len(b))...)
}

// PlainFront stands before frames of which a decoder leaves nothing out, and tells how
// many there are. A player that goes anywhere in them finds the place to the sample:
// the bytes it is told are those of the frames alone, for by them it reckons places.
func PlainFront(frames int) []byte {
	b := info(1|2, frames, frames*FrameBytes)
	return append(b, make([]byte, FrameBytes-len(b))...)
}

// info is how every front begins: a silent frame, and what is told in it.
func info(told uint32, frames, size int) []byte {
	b := append(make([]byte, 0, FrameBytes), 0xff, 0xfb, 0x94, 0x44)
	b = append(b, make([]byte, headBytes-4)...)
	b = append(b, "Info"...)
	for _, n := range []uint32{told, uint32(frames), uint32(size)} {
		b = binary.BigEndian.AppendUint32(b, n)
	}
	return b
}

// sum16 is the checksum of the front frame.
func sum16(b []byte) (sum uint16) {
	for _, x := range b {
		sum ^= uint16(x)
		for range 8 {
			sum = sum>>1 ^ (sum&1)*0xa001
		}
	}
	return sum
}
