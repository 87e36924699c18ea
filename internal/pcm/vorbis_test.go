package pcm

import (
	"bytes"
	"encoding/binary"
	"math"
	"os"
	"testing"
)

// tones are files of one formula, encoded by libvorbis: two tones, one of them
// rising. Such files say exactly how many frames went in.
var tones = []struct {
	file         string
	rate, frames int
}{{"testdata/tones-48.ogg", 48000, 61234}, {"testdata/tones-24.ogg", 24000, 30001}}

func file(t testing.TB, name string) []byte {
	t.Helper()
	b, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func TestDecodeVorbis(t *testing.T) {
	for _, c := range tones {
		got, err := DecodeVorbis(file(t, c.file))
		if err != nil || got.Rate != c.rate || len(got.Samples) != c.frames {
			t.Fatalf("%s: %d samples at %d, %v", c.file, len(got.Samples), got.Rate, err)
		}
		rest := make([]float32, c.frames)
		for i, x := range got.Samples {
			at := float64(i) / float64(c.rate)
			rest[i] = x - float32(0.3*math.Sin(2*math.Pi*220*at)+0.2*math.Sin(2*math.Pi*(300*at+600*at*at)))
		}
		if d := level(rest) - level(got.Samples); d > -30 {
			t.Errorf("%s: what does not belong is at %.1f dB", c.file, d)
		}
		frames, rate, err := VorbisLength(file(t, c.file))
		if frames != c.frames || rate != c.rate || err != nil {
			t.Errorf("%s is said to hold %d frames at %d, %v", c.file, frames, rate, err)
		}
	}
}

func TestVorbisIsRefused(t *testing.T) {
	whole := file(t, tones[0].file)
	longer := bytes.Clone(whole)
	last := bytes.LastIndex(longer, []byte("OggS"))
	binary.LittleEndian.PutUint64(longer[last+6:], 24*3600*48000)
	for name, b := range map[string][]byte{
		"nothing":              nil,
		"half":                 whole[:len(whole)/2],
		"without its end":      whole[:last],
		"a changed byte":       append(bytes.Clone(whole[:5000]), append([]byte{whole[5000] ^ 1}, whole[5001:]...)...),
		"something behind":     append(bytes.Clone(whole), "OggS"...),
		"stereo":               file(t, "testdata/stereo.ogg"),
		"two after each other": append(bytes.Clone(whole), whole...),
		"a day long":           summed(longer),
		"too large":            append(bytes.Clone(whole), make([]byte, largestLine)...),
	} {
		if c, err := DecodeVorbis(b); err == nil || c.Samples != nil {
			t.Errorf("%s was decoded to %d samples", name, len(c.Samples))
		}
		if _, _, err := VorbisLength(b); err == nil {
			t.Errorf("%s has a length", name)
		}
	}
}

// summed gives every page its right checksum.
func summed(file []byte) []byte {
	for at := 0; at+oggHead <= len(file) && bytes.HasPrefix(file[at:], []byte("OggS")); {
		end := at + oggHead + int(file[at+26])
		if end > len(file) {
			break
		}
		for _, n := range file[at+oggHead : end] {
			end += int(n)
		}
		end = min(end, len(file))
		binary.LittleEndian.PutUint32(file[at+22:], oggSum(file[at:end]))
		at = end
	}
	return file
}

// FuzzVorbis lets junk through the checksum, which would keep most of it away.
func FuzzVorbis(f *testing.F) {
	for _, c := range tones {
		f.Add(file(f, c.file))
	}
	f.Add(file(f, "testdata/stereo.ogg"))
	f.Fuzz(func(t *testing.T, b []byte) {
		b = summed(bytes.Clone(b))
		c, err := DecodeVorbis(b)
		frames, rate, lengthErr := VorbisLength(b)
		if err == nil && (lengthErr != nil || frames != len(c.Samples) || rate != c.Rate) {
			t.Errorf("%d samples at %d, said to be %d at %d, %v", len(c.Samples), c.Rate, frames, rate, lengthErr)
		}
		sane(t, c, err)
	})
}

// sane checks what every clip that was read promises.
func sane(t *testing.T, c Clip, err error) {
	t.Helper()
	if err != nil {
		if c.Samples != nil {
			t.Error("samples came with an error")
		}
		return
	}
	if c.Rate < slowest || c.Rate > fastest || c.Length() > Longest {
		t.Errorf("%v at %d", c.Length(), c.Rate)
	}
	for i, x := range c.Samples {
		if !(x >= -1 && x <= 1) {
			t.Fatalf("sample %d is %v", i, x)
		}
	}
}
