package audio

import (
	"bufio"
	"context"
	"io"

	"stillpoint/internal/mp3"
)

// writeMP3 writes the score as MP3. What its front says of both ends lets a player
// keep the timeline's time.
func (s *Score) writeMP3(ctx context.Context, w io.Writer, tags Tags, seen func(done, of int)) error {
	b := bufio.NewWriterSize(w, 1<<18)
	b.Write(tags.id3(s.frames)) // a bufio.Writer keeps its first error for Flush
	b.Write(mp3.Front(s.frames))
	return s.encode(ctx, b, 0, mp3.Frames(s.frames), seen)
}

// Copy writes the score as MP3 for a player that goes about in it: what is heard at a
// time of it is what is heard in the track then, to the sample, for it begins as much
// further on as a decoder is late. Each second is written as soon as it is made, and
// seen is told how many frames are done. It ends with ctx, and what has been written
// by then can be played.
func (s *Score) Copy(ctx context.Context, w io.Writer, seen func(done, of int)) error {
	b := bufio.NewWriterSize(w, copySecond)
	b.Write(mp3.PlainFront(s.copyFrames()))
	return s.encode(ctx, b, mp3.Late, s.copyFrames(), seen)
}

// copySecond is the size of a second of a copy.
const copySecond = mp3.FrameBytes * mp3.Rate / mp3.FrameSize

// CopySize is the size of a copy in bytes: 0.96 MB a minute.
func (s *Score) CopySize() int { return (s.copyFrames() + 1) * mp3.FrameBytes }

func (s *Score) copyFrames() int { return (s.frames + mp3.FrameSize - 1) / mp3.FrameSize }

// encode writes so many frames of MP3, of the score from a frame on.
func (s *Score) encode(ctx context.Context, b *bufio.Writer, from, frames int, seen func(done, of int)) error {
	var e mp3.Encoder
	encode := func(block [][2]int16) error {
		var in [mp3.FrameSize][2]float64
		for i, f := range block {
			in[i] = [2]float64{float64(f[0]) / 32768, float64(f[1]) / 32768}
		}
		frames--
		_, err := b.Write(e.Frame(&in))
		return err
	}
	if err := s.each(ctx, from, mp3.FrameSize, seen, encode); err != nil {
		return err
	}
	for frames > 0 {
		encode(nil) // what is still on its way
	}
	return b.Flush()
}
