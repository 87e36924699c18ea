package pcm

import (
	"bytes"
	"crypto/md5"
	"encoding/binary"
	"io"
	"math"
	"slices"

	"github.com/mewkiz/flac"
	"github.com/mewkiz/flac/frame"
	"github.com/mewkiz/flac/meta"
)

// readFLAC reads a FLAC twice: first to learn what it holds without keeping it,
// for a few bytes may stand for minutes, and then to keep it.
func readFLAC(r io.ReadSeeker, _ int64) (Clip, error) {
	lowest, highest := float32(math.Inf(1)), float32(math.Inf(-1))
	return twiceFLAC(r, func(block []float32) {
		for _, x := range block {
			if x < lowest {
				lowest = x
			}
			if x > highest {
				highest = x
			}
		}
	}, func() error { return audible(lowest, highest) })
}

// DecodeFLAC reads what EncodeFLAC wrote. It takes silence too.
func DecodeFLAC(file []byte) (Clip, error) {
	return twiceFLAC(bytes.NewReader(file), func([]float32) {}, func() error { return nil })
}

// twiceFLAC gives every block to look, and keeps them all where worth says so.
func twiceFLAC(r io.ReadSeeker, look func(block []float32), worth func() error) (c Clip, err error) {
	frames := 0
	c.Rate, err = eachFLAC(r, func(block []float32) {
		frames += len(block)
		look(block)
	})
	if err == nil {
		err = worth()
	}
	if err != nil {
		return Clip{}, err
	}
	if _, err := r.Seek(0, io.SeekStart); err != nil {
		return Clip{}, err
	}
	samples := make([]float32, 0, frames)
	if _, err = eachFLAC(r, func(block []float32) { samples = append(samples, block...) }); err != nil {
		return Clip{}, err
	}
	c.Samples = samples
	return c, nil
}

// eachFLAC decodes r, gives every block to keep as the mean of its channels, and
// returns the rate.
func eachFLAC(r io.Reader, keep func(block []float32)) (rate int, err error) {
	s, err := flac.New(r)
	if err != nil {
		return 0, err
	}
	channels, rate, seen := int(s.Info.NChannels), int(s.Info.SampleRate), uint64(0)
	if err := bearable(channels, rate, s.Info.NSamples); err != nil {
		return 0, err
	}
	var block []float32
	for {
		f, err := s.Next()
		if err == io.EOF {
			break
		}
		if err != nil {
			return 0, err
		}
		seen += uint64(f.BlockSize)
		if err := fits(f, s.Info, seen); err != nil {
			return 0, err
		}
		if err := f.Parse(); err != nil {
			return 0, err
		}
		if block, err = mixFLAC(block, f, s.Info.BitsPerSample); err != nil {
			return 0, err
		}
		keep(block)
	}
	if want := s.Info.NSamples; want != 0 && seen < want {
		return 0, truncated
	}
	return rate, nil
}

// fits says whether a frame that makes it seen frames is like the stream it is of.
func fits(f *frame.Frame, info *meta.StreamInfo, seen uint64) error {
	switch {
	case f.Channels.Count() != int(info.NChannels),
		f.SampleRate != 0 && f.SampleRate != info.SampleRate,
		f.BitsPerSample != 0 && f.BitsPerSample != info.BitsPerSample:
		return damaged
	case info.NSamples != 0 && seen > info.NSamples:
		return lying
	}
	if f.BitsPerSample == 0 {
		f.BitsPerSample = info.BitsPerSample
	}
	return bearable(int(info.NChannels), int(info.SampleRate), seen)
}

// mixFLAC is the frames of f, in the room of block where there is enough.
func mixFLAC(block []float32, f *frame.Frame, bits uint8) ([]float32, error) {
	n := int(f.BlockSize)
	block = slices.Grow(block[:0], n)[:n]
	clear(block)
	scale := float32(math.Ldexp(1, 1-int(bits)) / float64(len(f.Subframes)))
	for _, s := range f.Subframes {
		if len(s.Samples) != n {
			return nil, damaged
		}
		for i, x := range s.Samples {
			block[i] += scale * float32(x)
		}
	}
	for i, x := range block {
		block[i] = min(max(x, -1), 1)
	}
	return block, nil
}

// FLACLength is how many frames at Rate the beginning of a file that EncodeFLAC
// wrote promises. Nothing is decoded.
func FLACLength(r io.Reader) (frames int, err error) {
	s, err := flac.New(r)
	if err != nil {
		return 0, damaged
	}
	if s.Info.SampleRate != Rate || s.Info.NChannels != 1 {
		return 0, damaged
	}
	return int(s.Info.NSamples), bearable(1, Rate, s.Info.NSamples)
}

// EncodeFLAC writes the clip as mono FLAC of 16 bits.
func EncodeFLAC(w io.Writer, c Clip) error {
	samples := make([]int32, len(c.Samples))
	sum := md5.New()
	for i, x := range c.Samples {
		samples[i] = step16(x)
	}
	for part := range slices.Chunk(samples, BlockFLAC) {
		var b []byte
		for _, x := range part {
			b = binary.LittleEndian.AppendUint16(b, uint16(x))
		}
		sum.Write(b)
	}
	info := &meta.StreamInfo{
		BlockSizeMin: BlockFLAC, BlockSizeMax: BlockFLAC, SampleRate: uint32(c.Rate), NChannels: 1,
		BitsPerSample: 16, NSamples: uint64(len(samples)), MD5sum: [16]byte(sum.Sum(nil)),
	}
	e, err := flac.NewEncoder(onlyWriter{w}, info)
	if err != nil {
		return err
	}
	for part := range slices.Chunk(samples, BlockFLAC) {
		if err := e.WriteFrame(monoFrame(part, uint32(c.Rate))); err != nil {
			return err
		}
	}
	return nil
}

// onlyWriter hides what else a writer can do, so that the encoder neither seeks
// in it nor closes it: what would be written at the end is known from the start.
type onlyWriter struct{ io.Writer }

// monoFrame is a block of samples, ready to be encoded.
func monoFrame(part []int32, rate uint32) *frame.Frame {
	how, _ := Predict(part)
	return &frame.Frame{
		Header:    frame.Header{HasFixedBlockSize: true, BlockSize: uint16(len(part)), SampleRate: rate, Channels: frame.ChannelsMono, BitsPerSample: 16},
		Subframes: []*frame.Subframe{{SubHeader: how, Samples: part, NSamples: len(part)}},
	}
}
