package audio

import (
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"io"
	"math/rand/v2"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/mewkiz/flac"
	"github.com/mewkiz/flac/meta"

	"stillpoint/internal/pcm"
	"stillpoint/internal/timeline"
)

var tagged = Tags{Title: "Füße zuerst", Language: "de", Chapters: []Chapter{
	{0, "Ankommen"}, {12345 * time.Millisecond, "Füße"}, {35 * time.Second, "Ende"}}}

// crowded is a few seconds of every kind of sound.
func crowded() *timeline.Timeline {
	s := time.Second
	return &timeline.Timeline{Length: 9 * s, Cues: []timeline.Cue{
		{Kind: timeline.Ambience, Name: "rain"},
		{Kind: timeline.Bell, Name: "high"},
		{Kind: timeline.Say, At: 2 * s, Length: 2 * s, Text: "short"},
		{Kind: timeline.Inhale, At: 4 * s, Length: 2 * s},
		{Kind: timeline.Exhale, At: 6 * s, Length: 2 * s},
	}}
}

// written is a score as a file.
func written(t testing.TB, s *Score, f Format, tags Tags) []byte {
	t.Helper()
	file, err := os.Create(filepath.Join(t.TempDir(), "x."+string(f)))
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	last := 0
	seen := func(done, of int) {
		if done <= last || of != s.Frames() {
			t.Errorf("%d of %d done, after %d", done, of, last)
		}
		last = done
	}
	if err := s.Write(t.Context(), file, f, tags, seen); err != nil {
		t.Fatal(err)
	}
	if last != s.Frames() {
		t.Errorf("in the end %d of %d were done", last, s.Frames())
	}
	b, err := os.ReadFile(file.Name())
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func trackOf(t testing.TB, s *Score) []byte {
	t.Helper()
	b, err := io.ReadAll(s.Track())
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func TestWAVIsTheTrack(t *testing.T) {
	t.Parallel()
	s := speaking().Score(crowded(), Even())
	file, track := written(t, s, WAV, tagged), trackOf(t, s)
	if !bytes.Equal(file[8:len(track)], track[8:]) {
		t.Error("the samples are not the track's")
	}
	le := binary.LittleEndian
	if got := int(le.Uint32(file[4:])) + 8; got != len(file) {
		t.Errorf("the header says %d bytes of %d", got, len(file))
	}
	chunks := map[string][]byte{}
	for at := len(track); at < len(file); {
		n := int(le.Uint32(file[at+4:]))
		name := string(file[at : at+4])
		if name == "LIST" {
			name += string(file[at+8 : at+12])
		}
		chunks[name] = file[at+8 : at+8+n]
		at += 8 + n + n%2
	}
	for name, want := range map[string]string{
		"LISTINFO": "INFOINAM\x0e\x00\x00\x00Füße zuerst\x00IART\x0b\x00\x00\x00Stillpoint\x00\x00IPRD\x0b\x00\x00\x00Stillpoint\x00\x00ILNG\x03\x00\x00\x00de\x00\x00",
		"cue ": "\x03\x00\x00\x00" +
			"\x01\x00\x00\x00\x00\x00\x00\x00data\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00" +
			"\x02\x00\x00\x00\xb0\x0a\x09\x00data\x00\x00\x00\x00\x00\x00\x00\x00\xb0\x0a\x09\x00" +
			"\x03\x00\x00\x00\x80\xa2\x19\x00data\x00\x00\x00\x00\x00\x00\x00\x00\x80\xa2\x19\x00",
		"LISTadtl": "adtllabl\x0d\x00\x00\x00\x01\x00\x00\x00Ankommen\x00\x00labl\x0b\x00\x00\x00\x02\x00\x00\x00Füße\x00\x00labl\x09\x00\x00\x00\x03\x00\x00\x00Ende\x00\x00",
	} {
		if got := string(chunks[name]); got != want {
			t.Errorf("chunk %q is\n%q, want\n%q", name, got, want)
		}
	}
}

// unpacked are the samples of a FLAC file, written as a track has them.
func unpacked(t *testing.T, file []byte) (s *flac.Stream, samples []byte) {
	t.Helper()
	s, err := flac.Parse(bytes.NewReader(file))
	if err != nil {
		t.Fatal(err)
	}
	for {
		f, err := s.ParseNext()
		if err == io.EOF {
			return s, samples
		}
		if err != nil {
			t.Fatal(err)
		}
		for i := range f.Subframes[0].Samples {
			for _, sub := range f.Subframes {
				samples = binary.LittleEndian.AppendUint16(samples, uint16(sub.Samples[i]))
			}
		}
	}
}

func TestFLACIsTheTrack(t *testing.T) {
	t.Parallel()
	for name, s := range map[string]*Score{"everything": speaking().Score(crowded(), loud), "a bell": quiet().Bell(80), "silence": quiet().Bell(0)} {
		file, track := written(t, s, FLAC, tagged), trackOf(t, s)
		stream, got := unpacked(t, file)
		if !bytes.Equal(got, track[44:]) {
			t.Errorf("%s: the samples are not the track's", name)
		}
		if i := stream.Info; i.NSamples != uint64(s.Frames()) || i.BlockSizeMin != 4096 || i.BlockSizeMax != 4096 || i.MD5sum == [16]byte{} {
			t.Errorf("%s: %+v", name, i)
		}
		if len(file) > len(track)*9/10 {
			t.Errorf("%s: %d bytes of %d", name, len(file), len(track))
		}
	}
}

func TestFLACTags(t *testing.T) {
	s := quiet().Bell(80)
	stream, _ := unpacked(t, written(t, s, FLAC, tagged))
	var got [][2]string
	for _, b := range stream.Blocks {
		if c, ok := b.Body.(*meta.VorbisComment); ok {
			got = c.Tags
		}
	}
	want := [][2]string{{"TITLE", "Füße zuerst"}, {"ARTIST", "Stillpoint"}, {"ALBUM", "Stillpoint"}, {"LANGUAGE", "de"},
		{"CHAPTER000", "00:00:00.000"}, {"CHAPTER000NAME", "Ankommen"}, {"CHAPTER001", "00:00:12.345"}, {"CHAPTER001NAME", "Füße"},
		{"CHAPTER002", "00:00:35.000"}, {"CHAPTER002NAME", "Ende"}}
	if len(got) != len(want) {
		t.Fatalf("%v", got)
	}
	for i := range want {
		if got[i] != want[i] {
			t.Errorf("%v, want %v", got[i], want[i])
		}
	}
}

// Every entry of the seek table leads to the frame it says.
func TestFLACSeeks(t *testing.T) {
	t.Parallel()
	s := quiet().Score(&timeline.Timeline{Length: 31 * time.Second, Cues: []timeline.Cue{{Kind: timeline.Inhale, Length: 31 * time.Second}}}, loud)
	stream, err := flac.NewSeek(bytes.NewReader(written(t, s, FLAC, tagged)))
	if err != nil {
		t.Fatal(err)
	}
	r := rand.New(rand.NewPCG(1, 2))
	for range 10 {
		want := uint64(r.IntN(s.Frames()))
		got, err := stream.Seek(want)
		if err != nil || got > want || got+pcm.BlockFLAC <= want {
			t.Fatalf("seeking %d came to %d, %v", want, got, err)
		}
	}
}

// Loud noise and the odd lengths of a last block.
func TestFLACOfAnything(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(3, 4))
	for _, n := range []int{1, 2, 15, 16, 4095, 4096, 4097} {
		wave := make([]float32, n)
		for i := range wave {
			wave[i] = 2*r.Float32() - 1
		}
		s := &Score{length: n, frames: n, notes: []note{{0, n, &struck{wave, 1}}}}
		s.settle()
		if _, got := unpacked(t, written(t, s, FLAC, Tags{})); !bytes.Equal(got, trackOf(t, s)[44:]) {
			t.Errorf("%d frames of noise came back different", n)
		}
	}
}

func TestWriteEndsWithItsContext(t *testing.T) {
	for _, f := range Formats() {
		ctx, stop := context.WithCancel(t.Context())
		file, err := os.Create(filepath.Join(t.TempDir(), "x"))
		if err != nil {
			t.Fatal(err)
		}
		calls := 0
		err = quiet().Bell(80).Write(ctx, file, f, tagged, func(int, int) { calls++; stop() })
		file.Close()
		if !errors.Is(err, context.Canceled) || calls != 1 {
			t.Errorf("%s: %v after %d blocks", f, err, calls)
		}
	}
}

func TestTagsOf(t *testing.T) {
	got := TagsOf(&timeline.Timeline{Title: "Night", Language: "en", Length: time.Minute, Spans: []timeline.Span{
		{Kind: timeline.SectionSpan, To: 20 * time.Second, Text: "Arriving\x00here"},
		{Kind: timeline.Say, To: 5 * time.Second, Text: "Welcome."},
		{Kind: timeline.SectionSpan, From: 20 * time.Second, To: time.Minute},
		{Kind: timeline.SectionSpan, From: time.Minute, To: time.Minute, Text: "Empty"},
	}})
	want := []Chapter{{0, "Arriving here"}, {20 * time.Second, "Night"}}
	if got.Title != "Night" || got.Language != "en" || len(got.Chapters) != 2 || got.Chapters[0] != want[0] || got.Chapters[1] != want[1] {
		t.Errorf("%+v", got)
	}
}

func TestFormatOf(t *testing.T) {
	for name, want := range map[string]Format{"a.wav": WAV, "/b/c.FLAC": FLAC, "d.mp3": MP3, "a.ogg": "", "wav": "", "a.wav.txt": ""} {
		if got, err := FormatOf(name); got != want || (err == nil) != (want != "") {
			t.Errorf("%s: %q, %v", name, got, err)
		}
	}
}

func BenchmarkWrite(b *testing.B) {
	t := everything()
	t.Length = 5 * time.Minute
	s := speaking().Score(t, Even())
	for _, f := range Formats() {
		b.Run(string(f), func(b *testing.B) {
			for b.Loop() {
				if err := s.Write(b.Context(), nowhere{}, f, tagged, func(int, int) {}); err != nil {
					b.Fatal(err)
				}
			}
			b.ReportMetric(float64(b.N)*length(s.Frames()).Seconds()/b.Elapsed().Seconds(), "×real-time")
		})
	}
}

// nowhere is a file that keeps nothing.
type nowhere struct{}

func (nowhere) Write(p []byte) (int, error)    { return len(p), nil }
func (nowhere) Seek(int64, int) (int64, error) { return 0, nil }
