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
	return s.encode(ctx, b, seen)
}

// Copy writes the score as MP3 and nothing beside it, each second as soon as it is
// made, and tells seen how many of its frames are done. It ends with ctx. What has
// been written by then can be played: every second of it is as long as another.
func (s *Score) Copy(ctx context.Context, w io.Writer, seen func(done, of int)) error {
	return s.encode(ctx, bufio.NewWriterSize(w, copySecond), seen)
}

// copySecond is the size of a second of a copy.
const copySecond = mp3.FrameBytes * mp3.Rate / mp3.FrameSize

// CopySize is the size of a copy in bytes: 0.96 MB a minute.
func (s *Score) CopySize() int { return (mp3.Frames(s.frames) + 1) * mp3.FrameBytes }

// encode writes the front and the frames.
func (s *Score) encode(ctx context.Context, b *bufio.Writer, seen func(done, of int)) error {
	b.Write(mp3.Front(s.frames))
	var e mp3.Encoder
	encode := func(block [][2]int16) error {
		var in [mp3.FrameSize][2]float64
		for i, f := range block {
			in[i] = [2]float64{float64(f[0]) / 32768, float64(f[1]) / 32768}
		}
		_, err := b.Write(e.Frame(&in))
		return err
	}
	if err := s.each(ctx, mp3.FrameSize, seen, encode); err != nil {
		return err
	}
	for range mp3.Frames(s.frames) - (s.frames+mp3.FrameSize-1)/mp3.FrameSize {
		encode(nil) // what is still on its way
	}
	return b.Flush()
}
