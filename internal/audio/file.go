package audio

import (
	"context"
	"fmt"
	"io"
	"path"
	"strings"
	"time"

	"stillpoint/internal/timeline"
)

// Format is a kind of sound file that a session can be taken home as.
type Format string

// The formats: WAV and FLAC hold the very samples of the track, MP3 what the ear
// hears of them.
const (
	WAV  Format = "wav"
	FLAC Format = "flac"
	MP3  Format = "mp3"
)

// Formats are all of them.
func Formats() []Format { return []Format{WAV, FLAC, MP3} }

// FormatOf is the format that a file's name asks for with its ending.
func FormatOf(name string) (Format, error) {
	ending := strings.ToLower(strings.TrimPrefix(path.Ext(name), "."))
	for _, f := range Formats() {
		if ending == string(f) {
			return f, nil
		}
	}
	return "", fmt.Errorf("a sound file ends in .wav, .flac or .mp3, and %s does not", path.Base(name))
}

// artist is whose the files say they are.
const artist = "Stillpoint"

// Tags are what a file says of itself.
type Tags struct {
	Title    string
	Language string // as the script names it
	Chapters []Chapter
}

// Chapter is a part of a file that a player can go to.
type Chapter struct {
	At    time.Duration
	Title string
}

// TagsOf are the tags of a session's file: its sections are the chapters. One
// without a title goes by the session's.
func TagsOf(t *timeline.Timeline) Tags {
	tags := Tags{Title: oneLine(t.Title), Language: t.Language}
	for _, s := range t.Spans {
		if s.Kind != timeline.SectionSpan || s.From >= t.Length {
			continue
		}
		title := oneLine(s.Text)
		if title == "" {
			title = tags.Title
		}
		tags.Chapters = append(tags.Chapters, Chapter{s.From, title})
	}
	return tags
}

// oneLine is text without what would end a field of a file early.
func oneLine(text string) string {
	return strings.Map(func(r rune) rune {
		if r < ' ' {
			return ' '
		}
		return r
	}, text)
}

// Write writes the score as a file, and tells seen how many of its frames are
// done. It ends with ctx, leaving w half written.
func (s *Score) Write(ctx context.Context, w io.WriteSeeker, f Format, tags Tags, seen func(done, of int)) error {
	switch f {
	case WAV:
		return s.writeWAV(ctx, w, tags, seen)
	case FLAC:
		return s.writeFLAC(ctx, w, tags, seen)
	case MP3:
		return s.writeMP3(ctx, w, tags, seen)
	}
	return fmt.Errorf("there is no format %q", f)
}

// each gives every frame of the score from one on to do, as the samples of the track
// and in blocks of a size.
func (s *Score) each(ctx context.Context, from, size int, seen func(done, of int), do func(block [][2]int16) error) error {
	mixed, block := make([][2]float64, size), make([][2]int16, size)
	var r reading
	r.begin(s, whole)
	for at := from; at < s.frames; at += size {
		if err := ctx.Err(); err != nil {
			return err
		}
		n := min(size, s.frames-at)
		r.read(mixed[:n], at)
		for i, f := range mixed[:n] {
			block[i] = [2]int16{int16(sample16(f[0])), int16(sample16(f[1]))}
		}
		if err := do(block[:n]); err != nil {
			return err
		}
		seen(at+n, s.frames)
	}
	return nil
}
