package pcm

import (
	"bytes"
	"encoding/binary"
	"math"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf8"
)

// half is a second and a half of sound, a value here and there.
var half = sine(44100, 330, -12, 44100*3/2)

// samplesAs writes samples in each way a WAV may hold them.
func samplesAs(c Clip, channels, bits, tag int) []byte {
	var b []byte
	le := binary.LittleEndian
	for _, x := range c.Samples {
		for ch := range channels {
			v := float64(x)
			if channels == 2 { // the mean is x again
				v += 0.1 * float64(1-2*ch)
			}
			switch {
			case tag == 3 && bits == 64:
				b = le.AppendUint64(b, math.Float64bits(v))
			case tag == 3:
				b = le.AppendUint32(b, math.Float32bits(float32(v)))
			case bits == 8:
				b = append(b, byte(math.Round(v*128)+128))
			case bits == 16:
				b = le.AppendUint16(b, uint16(int16(math.Round(v*32768))))
			case bits == 24:
				b = append(b, le.AppendUint32(nil, uint32(int32(math.Round(v*(1<<23)))))[:3]...)
			default:
				b = le.AppendUint32(b, uint32(int32(math.Round(v*(1<<31)))))
			}
		}
	}
	return b
}

func TestReadWAV(t *testing.T) {
	for _, c := range []struct{ channels, bits, tag int }{
		{1, 8, 1}, {1, 16, 1}, {1, 24, 1}, {1, 32, 1}, {1, 32, 3}, {1, 64, 3}, {2, 8, 1}, {2, 16, 1}, {2, 24, 1}, {2, 32, 3},
	} {
		got, err := read(wav(c.channels, half.Rate, c.bits, c.tag, samplesAs(half, c.channels, c.bits, c.tag)), "a.wav")
		if err != nil || got.Rate != half.Rate || len(got.Samples) != len(half.Samples) {
			t.Errorf("%+v: %d samples at %d, %v", c, len(got.Samples), got.Rate, err)
			continue
		}
		near := math.Ldexp(1, -min(c.bits, 24))
		for i, x := range got.Samples {
			if d := math.Abs(float64(x - half.Samples[i])); d > near {
				t.Errorf("%+v: sample %d is %v, want %v", c, i, x, half.Samples[i])
				break
			}
		}
	}
}

func TestReadOddButWholeWAV(t *testing.T) {
	plain := wav16(half)
	chunk := append([]byte("LIST\x05\x00\x00\x00"), "fives\x00"...) // an odd length is padded
	between := slices.Concat(plain[:36], chunk, plain[36:])
	extensible := slices.Concat([]byte("RIFF\x00\x00\x00\x00WAVEfmt \x28\x00\x00\x00\xfe\xff"), plain[22:36],
		[]byte("\x16\x00\x10\x00\x04\x00\x00\x00\x01\x00\x00\x00\x00\x00\x10\x00\x80\x00\x00\xaa\x00\x38\x9b\x71"), plain[36:])
	for name, b := range map[string][]byte{
		"a chunk between": between, "extensible": extensible, "a chunk behind": append(bytes.Clone(plain), chunk...),
	} {
		if got, err := read(b, "a.WAV"); err != nil || len(got.Samples) != len(half.Samples) {
			t.Errorf("%s: %d samples, %v", name, len(got.Samples), err)
		}
	}
}

// Samples written as decimal fractions may lie beyond what can be played.
func TestReadTooLoudFloats(t *testing.T) {
	got, err := read(wav(1, 48000, 32, 3, samplesAs(sine(48000, 100, 6, 48000), 1, 32, 3)), "a.wav")
	if err != nil || slices.Max(got.Samples) != 1 || level(got.Samples) < -3.1 {
		t.Errorf("peak %v, %v", slices.Max(got.Samples), err)
	}
}

func TestReadFLAC(t *testing.T) {
	got, err := read(flacOf(t, half), "a.flac")
	if err != nil || got.Rate != half.Rate || !slices.Equal(got.Int16(), half.Int16()) {
		t.Errorf("%d samples at %d, %v", len(got.Samples), got.Rate, err)
	}
	for _, n := range []int{0, 1, 2, 4095, 4096, 4097} {
		c := Clip{48000, half.Samples[:n]}
		got, err := DecodeFLAC(flacOf(t, c))
		if err != nil || !slices.Equal(got.Int16(), c.Int16()) || got.Rate != 48000 {
			t.Errorf("%d samples come back as %d at %d, %v", n, len(got.Samples), got.Rate, err)
		}
	}
}

// TestRefused shows every sentence a person may be told about their file.
func TestRefused(t *testing.T) {
	plain, packed := wav16(half), flacOf(t, half)
	lie := func(at int, n uint32) []byte {
		b := bytes.Clone(plain)
		binary.LittleEndian.PutUint32(b[at:], n)
		return b
	}
	longer := bytes.Clone(packed) // what the beginning says of its length, doubled
	binary.BigEndian.PutUint32(longer[22:], 2*binary.BigEndian.Uint32(longer[22:]))
	shorter := bytes.Clone(packed)
	binary.BigEndian.PutUint32(shorter[22:], 1000)
	for _, c := range []struct {
		name string
		file []byte
		want reason
	}{
		{"cut.wav", plain[:len(plain)-100], lying},
		{"day.wav", lie(40, 24*3600*44100), lying},
		{"stream.wav", lie(40, math.MaxUint32), lying},
		{"chunk.wav", lie(16, 1<<30), truncated},
		{"short.wav", plain[:20], truncated},
		{"headless.wav", slices.Concat(plain[:12], plain[36:]), damaged},
		{"mu-law.wav", wav(1, 8000, 8, 7, make([]byte, 8000)), unread},
		{"12 bits.wav", wav(1, 8000, 12, 1, make([]byte, 8000)), unread},
		{"eight.wav", wav(8, 48000, 16, 1, make([]byte, 1600)), tooMany},
		{"none.wav", wav(0, 48000, 16, 1, make([]byte, 1600)), damaged},
		{"fast.wav", wav(1, 192000, 16, 1, make([]byte, 1600)), tooFast},
		{"slow.wav", wav(1, 4000, 16, 1, make([]byte, 1600)), tooSlow},
		{"long.wav", wav(1, 8000, 8, 1, make([]byte, 8000*601)), tooLong},
		{"still.wav", wav(1, 8000, 16, 1, make([]byte, 16000)), silent},
		{"hum.wav", wav16(sine(48000, 50, -51, 48000)), silent},
		{"standing.wav", wav(1, 8000, 8, 1, bytes.Repeat([]byte{200}, 8000)), silent},
		{"no sound.wav", wav(1, 8000, 16, 1, nil), silent},
		{"no number.wav", wav(1, 8000, 32, 3, bytes.Repeat([]byte{0, 0, 0xc0, 0x7f}, 8000)), damaged},
		{"cut.flac", packed[:len(packed)/2], truncated},
		{"longer.flac", longer, truncated},
		{"shorter.flac", shorter, lying},
		{"changed.flac", append(bytes.Clone(packed[:1000]), append([]byte{packed[1000] ^ 4}, packed[1001:]...)...), damaged},
		{"still.flac", flacOf(t, Clip{48000, make([]float32, 48000)}), silent},
		{"fast.flac", flacOf(t, Clip{192000, half.Samples}), tooFast},
		{"a.flac", plain, "is named like a FLAC and holds a WAV. You might name it with .wav at the end."},
		{"a.wav", packed, "is named like a WAV and holds a FLAC. You might name it with .flac at the end."},
		{"a.mp3", []byte("ID3\x04 and so on, for a while"), "is an MP3, which Stillpoint does not read. You might save the recording as WAV or FLAC."},
		{"a.mp3", []byte("\xff\xfb and so on, for a while"), "is an MP3 or AAC, which Stillpoint does not read. You might save the recording as WAV or FLAC."},
		{"a.m4a", []byte("\x00\x00\x00\x20ftypM4A and so on"), "is an M4A or MP4, which Stillpoint does not read. You might save the recording as WAV or FLAC."},
		{"a.ogg", file(t, tones), "is an Ogg file, which Stillpoint does not read. You might save the recording as WAV or FLAC."},
		{"letter.wav", []byte("Dear Ann, here is the recording."), "is not a sound that Stillpoint knows. You might save the recording as WAV or FLAC."},
		{"nothing.wav", nil, "is empty. You might record it again."},
	} {
		got, err := read(c.file, "/home/ann/"+c.name)
		if want := "“" + c.name + "” " + string(c.want); err == nil || err.Error() != want || got.Samples != nil {
			t.Errorf("%s: %d samples, error\n %v, want\n %s", c.name, len(got.Samples), err, want)
		}
	}
	if _, err := Read(bytes.NewReader(plain[:9999]), int64(len(plain)), "part.wav"); err == nil || !strings.Contains(err.Error(), "did not arrive whole") {
		t.Errorf("a part of a file is told %v", err)
	}
}

// The longest and the slowest that is taken.
func TestReadAtTheBounds(t *testing.T) {
	b := make([]byte, 8000*600)
	b[0] = 255
	if c, err := read(wav(1, 8000, 8, 1, b), "ten minutes.wav"); err != nil || c.Length() != 10*time.Minute {
		t.Errorf("%v, %v", c.Length(), err)
	}
}

func TestRefusedNameIsTame(t *testing.T) {
	_, err := read([]byte("no sound"), "a\nb\u2028c\x00"+strings.Repeat("ü", 300)+"\xff.wav")
	if text := err.Error(); strings.ContainsAny(text, "\n\x00\u2028") || !utf8.ValidString(text) || len([]rune(text)) > 200 {
		t.Errorf("%q", text)
	}
}

// FuzzRead reads anything under any name.
func FuzzRead(f *testing.F) {
	small := Clip{8000, sine(8000, 300, -6, 300).Samples}
	f.Add(wav16(small), "a.wav")
	f.Add(wav(2, 8000, 24, 1, samplesAs(small, 2, 24, 1)), "b.wav")
	f.Add(wav(1, 8000, 32, 3, samplesAs(small, 1, 32, 3)), "c")
	f.Add(flacOf(f, small), "d.flac")
	f.Fuzz(func(t *testing.T, b []byte, name string) {
		c, err := read(b, name)
		sane(t, c, err)
	})
}

// FuzzFLAC decodes anything as one of our own files.
func FuzzFLAC(f *testing.F) {
	f.Add(flacOf(f, Clip{8000, sine(8000, 300, -6, 300).Samples}))
	f.Add(flacOf(f, Clip{48000, make([]float32, 5000)}))
	f.Fuzz(func(t *testing.T, b []byte) {
		c, err := DecodeFLAC(b)
		sane(t, c, err)
	})
}

func BenchmarkFLAC(b *testing.B) {
	c := voice(Rate, 20*Rate)
	file := flacOf(b, c)
	run := func(name string, do func()) {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				do()
			}
			b.ReportMetric(float64(b.N)*20/b.Elapsed().Seconds(), "×real-time")
		})
	}
	run("encode", func() { flacOf(b, c) })
	run("decode", func() { DecodeFLAC(file) })
}
