package audio

import (
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"slices"
	"testing"
	"time"

	"stillpoint/internal/mp3"
)

// id3Frames are the frames of an ID3v2.4 tag or of a chapter in it.
func id3Frames(t *testing.T, b []byte) (names []string, bodies [][]byte) {
	t.Helper()
	for len(b) > 0 {
		if len(b) < 10 {
			t.Fatalf("%q is too short for a frame", b)
		}
		n := safe(b[4:])
		names, bodies = append(names, string(b[:4])), append(bodies, b[10:10+n])
		b = b[10+n:]
	}
	return names, bodies
}

func safe(b []byte) int { return int(b[0])<<21 | int(b[1])<<14 | int(b[2])<<7 | int(b[3]) }

func TestMP3Tags(t *testing.T) {
	s := quiet().Bell(80)
	file := written(t, s, MP3, tagged)
	if string(file[:6]) != "ID3\x04\x00\x00" {
		t.Fatalf("%q", file[:6])
	}
	names, bodies := id3Frames(t, file[10:10+safe(file[6:])])
	var got []string
	for i, name := range names {
		switch name {
		case "CHAP":
			id, rest, _ := bytes.Cut(bodies[i], []byte{0})
			inside, titles := id3Frames(t, rest[16:])
			got = append(got, fmt.Sprintf("%s %s %d-%d %s %s", name, id, binary.BigEndian.Uint32(rest), binary.BigEndian.Uint32(rest[4:]), inside, titles[0][1:]))
		case "CTOC":
			got = append(got, fmt.Sprintf("%s %q", name, bodies[i]))
		default:
			got = append(got, fmt.Sprintf("%s %d %s", name, bodies[i][0], bodies[i][1:]))
		}
	}
	want := []string{"TIT2 3 Füße zuerst", "TPE1 3 Stillpoint", "TALB 3 Stillpoint", "TLAN 3 deu",
		fmt.Sprintf("TLEN 3 %d", length(s.Frames()).Milliseconds()), `CTOC "toc\x00\x03\x03ch0\x00ch1\x00ch2\x00"`,
		"CHAP ch0 0-12345 [TIT2] Ankommen", "CHAP ch1 12345-35000 [TIT2] Füße",
		fmt.Sprintf("CHAP ch2 35000-%d [TIT2] Ende", length(s.Frames()).Milliseconds())}
	if !slices.Equal(got, want) {
		t.Errorf("%q\nwant\n%q", got, want)
	}
}

// A long title makes the sizes longer than seven bits; many sections are more
// than a table of contents holds.
func TestMP3TagsAtTheirBounds(t *testing.T) {
	tags := Tags{Title: string(bytes.Repeat([]byte("long "), 5000))}
	for i := range 300 {
		tags.Chapters = append(tags.Chapters, Chapter{time.Duration(i) * time.Second, "part"})
	}
	b := tags.id3(301 * Rate)
	if len(b) != 10+safe(b[6:]) || slices.ContainsFunc(b[6:10], func(x byte) bool { return x > 127 }) {
		t.Fatalf("%d bytes, said to be %d", len(b), 10+safe(b[6:]))
	}
	names, bodies := id3Frames(t, b[10:])
	if len(bodies[0]) != 25001 || len(names) != 5+1+255 {
		t.Errorf("a title of %d, %d frames", len(bodies[0]), len(names))
	}
}

// Behind the tags stand the front and the frames of the track, and nothing else.
func TestMP3IsTheTrack(t *testing.T) {
	t.Parallel()
	for name, s := range map[string]*Score{"everything": speaking().Score(crowded(), Even()), "a bell": quiet().Bell(80)} {
		file, track := written(t, s, MP3, Tags{}), trackOf(t, s)[44:]
		file = file[10+safe(file[6:]):]
		if !bytes.HasPrefix(file, mp3.Front(s.Frames())) {
			t.Errorf("%s has another front", name)
		}
		want := mp3.Front(s.Frames())
		var e mp3.Encoder
		for f := range mp3.Frames(s.Frames()) {
			var in [mp3.FrameSize][2]float64
			for i := range in {
				if at := 4 * (f*mp3.FrameSize + i); at < len(track) {
					in[i][0] = float64(int16(binary.LittleEndian.Uint16(track[at:]))) / 32768
					in[i][1] = float64(int16(binary.LittleEndian.Uint16(track[at+2:]))) / 32768
				}
			}
			want = append(want, e.Frame(&in)...)
		}
		if !bytes.Equal(file, want) {
			t.Errorf("%s: %d bytes, want %d, or they differ", name, len(file), len(want))
		}
	}
}

// A copy is as long as was said, comes second by second, and holds the track from as
// much further on as a decoder is late.
func TestACopyRunsAheadOfTheDecoder(t *testing.T) {
	t.Parallel()
	s := quiet().Bell(80)
	track := trackOf(t, s)[44:]
	var copied pieces
	if err := s.Copy(t.Context(), &copied, func(int, int) {}); err != nil {
		t.Fatal(err)
	}
	frames := (s.Frames() + mp3.FrameSize - 1) / mp3.FrameSize
	want := mp3.PlainFront(frames)
	var e mp3.Encoder
	for f := range frames {
		var in [mp3.FrameSize][2]float64
		for i := range in {
			if at := 4 * (f*mp3.FrameSize + i + mp3.Late); at < len(track) {
				in[i][0] = float64(int16(binary.LittleEndian.Uint16(track[at:]))) / 32768
				in[i][1] = float64(int16(binary.LittleEndian.Uint16(track[at+2:]))) / 32768
			}
		}
		want = append(want, e.Frame(&in)...)
	}
	if !bytes.Equal(copied.all, want) || len(copied.all) != s.CopySize() {
		t.Errorf("%d bytes, said to be %d, want %d, or they differ", len(copied.all), s.CopySize(), len(want))
	}
	if seconds := int(length(s.Frames()).Seconds()); copied.n < seconds || copied.longest > copySecond {
		t.Errorf("%d seconds came in %d pieces, the longest %d bytes", seconds, copied.n, copied.longest)
	}
	if aMinute := 60 * copySecond; aMinute > 1_000_000 {
		t.Errorf("a minute is %d bytes", aMinute)
	}
}

func TestACopyEndsWhenNobodyWantsIt(t *testing.T) {
	ctx, leave := context.WithCancel(t.Context())
	err := speaking().Score(crowded(), Even()).Copy(ctx, io.Discard, func(int, int) { leave() })
	if !errors.Is(err, context.Canceled) {
		t.Errorf("%v", err)
	}
}

// pieces is what was written, and in how many pieces.
type pieces struct {
	all        []byte
	n, longest int
}

func (p *pieces) Write(b []byte) (int, error) {
	p.all = append(p.all, b...)
	p.n, p.longest = p.n+1, max(p.longest, len(b))
	return len(b), nil
}

func TestThreeLetters(t *testing.T) {
	for language, want := range map[string]string{"": "eng", "en": "eng", "de": "deu", "pt-BR": "por", "tlh": ""} {
		if got := threeLetters(language); got != want {
			t.Errorf("%q is %q, want %q", language, got, want)
		}
	}
}
