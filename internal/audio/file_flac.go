package audio

import (
	"bufio"
	"context"
	"encoding/binary"
	"fmt"
	"io"
	"time"

	"github.com/mewkiz/flac"
	"github.com/mewkiz/flac/meta"

	"stillpoint/internal/pcm"
)

// The places of a FLAC file that are written again at the end, when what belongs
// there is known.
const (
	blockSizeAt = 8      // the least and the most frames of a block
	seekTableAt = 42 + 4 // behind the signature, the stream's facts and a block header
)

const seekEvery = 10 * Rate // frames from one entry of the seek table to the next

// writeFLAC writes the score as FLAC: the very samples of the track.
func (s *Score) writeFLAC(ctx context.Context, w io.WriteSeeker, tags Tags, seen func(done, of int)) error {
	out := &counted{to: w, buffer: bufio.NewWriterSize(w, 1<<18)}
	points := make([]meta.SeekPoint, (s.frames+seekEvery-1)/seekEvery)
	facts := &meta.StreamInfo{BlockSizeMin: pcm.BlockFLAC, BlockSizeMax: pcm.BlockFLAC, SampleRate: Rate, NChannels: 2, BitsPerSample: 16, NSamples: uint64(s.frames)}
	e, err := flac.NewEncoder(out, facts, seekBlock(points), tags.vorbis())
	if err != nil {
		return err
	}
	first, at := out.at, 0
	err = s.each(ctx, 0, pcm.BlockFLAC, seen, func(block [][2]int16) error {
		if p := &points[at/seekEvery]; p.NSamples == 0 {
			*p = meta.SeekPoint{SampleNum: uint64(at), Offset: uint64(out.at - first), NSamples: uint16(len(block))}
		}
		at += len(block)
		return e.WriteFrame(stereoFrame(block))
	})
	if err != nil {
		return err
	}
	if err := e.Close(); err != nil {
		return err
	}
	return out.complete(points)
}

// seekBlock is a seek table of a length, to be filled in later.
func seekBlock(points []meta.SeekPoint) *meta.Block {
	return &meta.Block{Header: meta.Header{Type: meta.TypeSeekTable, Length: int64(18 * len(points))}, Body: &meta.SeekTable{Points: points}}
}

// vorbis is the tags as FLAC has them.
func (t Tags) vorbis() *meta.Block {
	comment := &meta.VorbisComment{Vendor: artist}
	for _, n := range [][2]string{{"TITLE", t.Title}, {"ARTIST", artist}, {"ALBUM", artist}, {"LANGUAGE", t.Language}} {
		if n[1] != "" {
			comment.Tags = append(comment.Tags, n)
		}
	}
	for i, c := range t.Chapters {
		name := fmt.Sprintf("CHAPTER%03d", i)
		comment.Tags = append(comment.Tags, [2]string{name, clockTime(c.At)}, [2]string{name + "NAME", c.Title})
	}
	return &meta.Block{Header: meta.Header{Type: meta.TypeVorbisComment, Length: 1}, Body: comment}
}

// clockTime is d as hours, minutes, seconds and milliseconds.
func clockTime(d time.Duration) string {
	ms := d.Milliseconds()
	return fmt.Sprintf("%02d:%02d:%02d.%03d", ms/3600000, ms/60000%60, ms/1000%60, ms%1000)
}

// counted counts what is written through a buffer. It has no Close that the
// encoder could close the file with.
type counted struct {
	to     io.WriteSeeker
	buffer *bufio.Writer
	at     int64
}

func (c *counted) Write(p []byte) (int, error) {
	n, err := c.buffer.Write(p)
	c.at += int64(n)
	return n, err
}

func (c *counted) Seek(offset int64, whence int) (int64, error) {
	if err := c.buffer.Flush(); err != nil {
		return 0, err
	}
	return c.to.Seek(offset, whence)
}

// complete writes what the encoder does not know: where to seek, and that every
// block but the last is of one size.
func (c *counted) complete(points []meta.SeekPoint) error {
	if _, err := c.Seek(blockSizeAt, io.SeekStart); err != nil {
		return err
	}
	if err := binary.Write(c, binary.BigEndian, [2]uint16{pcm.BlockFLAC, pcm.BlockFLAC}); err != nil {
		return err
	}
	if _, err := c.Seek(seekTableAt, io.SeekStart); err != nil {
		return err
	}
	if err := binary.Write(c, binary.BigEndian, points); err != nil {
		return err
	}
	_, err := c.Seek(0, io.SeekEnd)
	return err
}
