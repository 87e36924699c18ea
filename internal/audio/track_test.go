package audio

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"io"
	"math"
	"net/http"
	"net/http/httptest"
	"sync"
	"testing"
	"time"

	"stillpoint/internal/timeline"
)

// short is a track of a second and a bit with something in every part of it.
var short = sync.OnceValues(func() (*Score, []byte) {
	s := speaking().Score(&timeline.Timeline{Length: 1301 * time.Millisecond, Cues: []timeline.Cue{
		{Kind: timeline.Ambience, Name: "pink"},
		{Kind: timeline.Inhale, Length: time.Second},
		{Kind: timeline.Say, At: 300 * time.Millisecond, Length: time.Second, Text: "short"}}}, loud)
	all, err := io.ReadAll(s.Track())
	if err != nil {
		panic(err)
	}
	return s, all
})

func TestTrackIsAWave(t *testing.T) {
	s, all := short()
	if int64(len(all)) != s.Size() || len(all) != 44+1301*48*4 {
		t.Fatalf("%d bytes, Size says %d", len(all), s.Size())
	}
	var h struct {
		RIFF         [4]byte
		Size         uint32
		WAVE, Format [4]byte
		FormatSize   uint32
		PCM          uint16
		Channels     uint16
		Rate, Bytes  uint32
		Align, Bits  uint16
		Chunk        [4]byte
		ChunkSize    uint32
	}
	if err := binary.Read(bytes.NewReader(all), binary.LittleEndian, &h); err != nil {
		t.Fatal(err)
	}
	got := fmt.Sprintf("%s %d %s%s%d %d %d %d %d %d %d %s %d", h.RIFF, h.Size, h.WAVE, h.Format, h.FormatSize, h.PCM, h.Channels, h.Rate, h.Bytes, h.Align, h.Bits, h.Chunk, h.ChunkSize)
	want := fmt.Sprintf("RIFF %d WAVEfmt 16 1 2 48000 192000 4 16 data %d", len(all)-8, len(all)-44)
	if got != want {
		t.Errorf("header is %s\nwant      %s", got, want)
	}
}

func TestTrackIsTheStream(t *testing.T) {
	s, all := short()
	out := samples(t, s, 0, s.Frames(), 4096)
	for i, f := range out {
		for ear, x := range f {
			got := int16(binary.LittleEndian.Uint16(all[44+i*4+ear*2:]))
			if want := math.Floor(x*32767 + 0.5); float64(got) != want {
				t.Fatalf("frame %d, ear %d is %d, want %v", i, ear, got, want)
			}
		}
	}
}

func TestTrackOfTheLongestSession(t *testing.T) {
	s := quiet().Score(&timeline.Timeline{Length: 4 * time.Hour, Cues: []timeline.Cue{
		{Kind: timeline.Bell, At: 4 * time.Hour, Name: "closing"}}}, loud)
	if s.Size() > math.MaxUint32 {
		t.Errorf("%d bytes do not fit a RIFF header", s.Size())
	}
	track := s.Track()
	if at, err := track.Seek(-1, io.SeekEnd); err != nil || at != s.Size()-1 {
		t.Fatalf("seek: %d, %v", at, err)
	}
	if rest, err := io.ReadAll(track); err != nil || len(rest) != 1 {
		t.Errorf("after the last byte but one: %d bytes, %v", len(rest), err)
	}
	for _, c := range []struct {
		offset int64
		whence int
	}{{-1, io.SeekStart}, {0, 3}, {-s.Size() - 1, io.SeekEnd}} {
		if _, err := track.Seek(c.offset, c.whence); err == nil {
			t.Errorf("seek %d from %d went unnoticed", c.offset, c.whence)
		}
	}
}

// FuzzTrackRange reads at any offset, in pieces of any size.
func FuzzTrackRange(f *testing.F) {
	f.Add(int64(0), uint16(4), int64(43), uint16(3))
	f.Add(int64(44+4096*4-1), uint16(2), int64(45), uint16(9000))
	f.Add(int64(1<<40), uint16(1), int64(-1), uint16(0))
	f.Fuzz(func(t *testing.T, first int64, n uint16, second int64, m uint16) {
		s, all := short()
		track := s.Track()
		for _, c := range []struct {
			at int64
			n  uint16
		}{{first, n}, {second, m}, {first, m}} {
			if _, err := track.Seek(c.at, io.SeekStart); err != nil {
				if c.at >= 0 {
					t.Fatal(err)
				}
				continue
			}
			got, err := io.ReadAll(io.LimitReader(track, int64(c.n)))
			from := min(c.at, int64(len(all)))
			want := all[from:min(from+int64(c.n), int64(len(all)))]
			if err != nil || !bytes.Equal(got, want) {
				t.Fatalf("%d bytes at %d: %d came, %v", c.n, c.at, len(got), err)
			}
		}
	})
}

// FuzzTrackServed asks a web server for any range of the track.
func FuzzTrackServed(f *testing.F) {
	for _, r := range []string{"", "bytes=0-", "bytes=43-45", "bytes=-1", "bytes=16427-16430,0-3", "bytes=9-3", "bytes=999999999-", "bites=1"} {
		f.Add(r)
	}
	f.Fuzz(func(t *testing.T, ranges string) {
		s, all := short()
		serve := func(content io.ReadSeeker) (int, http.Header, [32]byte) {
			w := httptest.NewRecorder()
			r := httptest.NewRequest("GET", "/track.wav", nil)
			r.Header.Set("Range", ranges)
			http.ServeContent(w, r, "track.wav", time.Time{}, content)
			body := w.Body.Bytes()
			if _, b, ok := bytes.Cut([]byte(w.Header().Get("Content-Type")), []byte("boundary=")); ok {
				body = bytes.ReplaceAll(body, b, nil) // it is drawn at random
			}
			return w.Code, w.Header(), sha256.Sum256(body)
		}
		code, header, sum := serve(s.Track())
		wantCode, wantHeader, wantSum := serve(bytes.NewReader(all))
		if code != wantCode || sum != wantSum || header.Get("Content-Range") != wantHeader.Get("Content-Range") {
			t.Errorf("range %q gives %d %s, want %d %s", ranges, code, header.Get("Content-Range"), wantCode, wantHeader.Get("Content-Range"))
		}
	})
}
