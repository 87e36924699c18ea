package audio

import (
	"bufio"
	"context"
	"encoding/binary"
	"io"
)

// writeWAV writes the track, and behind its samples what the file is called and
// where its chapters begin.
func (s *Score) writeWAV(ctx context.Context, w io.Writer, tags Tags, seen func(done, of int)) error {
	behind := tags.riff()
	h := s.header()
	binary.LittleEndian.PutUint32(h[4:], uint32(s.Size()-8+int64(len(behind))))
	b := bufio.NewWriterSize(w, 1<<18)
	b.Write(h[:]) // a bufio.Writer keeps its first error for Flush
	err := s.each(ctx, 0, trackBlock, seen, func(block [][2]int16) error {
		var out [trackBlock * frameSize]byte
		for i, f := range block {
			binary.LittleEndian.PutUint16(out[i*frameSize:], uint16(f[0]))
			binary.LittleEndian.PutUint16(out[i*frameSize+2:], uint16(f[1]))
		}
		_, err := b.Write(out[:len(block)*frameSize])
		return err
	})
	if err != nil {
		return err
	}
	b.Write(behind)
	return b.Flush()
}

// riff is the tags in chunks of a RIFF file: the names, a cue point for each
// chapter, and its label.
func (t Tags) riff() []byte {
	text := func(s string) []byte { return append([]byte(s), 0) }
	names := []byte("INFO")
	for _, n := range [][2]string{{"INAM", t.Title}, {"IART", artist}, {"IPRD", artist}, {"ILNG", t.Language}} {
		if n[1] != "" {
			names = append(names, chunk(n[0], text(n[1]))...)
		}
	}
	le := binary.LittleEndian
	cues, labels := le.AppendUint32(nil, uint32(len(t.Chapters))), []byte("adtl")
	for i, c := range t.Chapters {
		id, at := uint32(i+1), uint32(frames(c.At))
		cues = le.AppendUint32(le.AppendUint32(cues, id), at)
		cues = append(cues, "data"...)
		cues = le.AppendUint32(append(cues, make([]byte, 8)...), at)
		labels = append(labels, chunk("labl", append(le.AppendUint32(nil, id), text(c.Title)...))...)
	}
	all := chunk("LIST", names)
	if len(t.Chapters) > 0 {
		all = append(append(all, chunk("cue ", cues)...), chunk("LIST", labels)...)
	}
	return all
}

// chunk is a chunk of a RIFF file, padded to an even length.
func chunk(name string, body []byte) []byte {
	b := binary.LittleEndian.AppendUint32([]byte(name), uint32(len(body)))
	b = append(b, body...)
	return append(b, make([]byte, len(body)%2)...)
}
