package pcm

import (
	"bytes"
	"encoding/binary"
	"math"
	"os"
	"testing"
)

// tones is a file of one formula, encoded by libopus: two tones, one of them
// rising. Such files say exactly how many frames went in.
const (
	tones       = "testdata/tones.opus"
	tonesFrames = 61234
)

func file(t testing.TB, name string) []byte {
	t.Helper()
	b, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func TestDecodeOpus(t *testing.T) {
	got, err := DecodeOpus(file(t, tones))
	if err != nil || got.Rate != Rate || len(got.Samples) != tonesFrames {
		t.Fatalf("%d samples at %d, %v", len(got.Samples), got.Rate, err)
	}
	rest := make([]float32, tonesFrames)
	for i, x := range got.Samples {
		at := float64(i) / Rate
		rest[i] = x - float32(0.3*math.Sin(2*math.Pi*220*at)+0.2*math.Sin(2*math.Pi*(300*at+600*at*at)))
	}
	// Opus keeps what the ear hears rather than the wave; a frame of delay would
	// leave far more than this.
	if d := level(rest[Rate/10:]) - level(got.Samples); d > -20 {
		t.Errorf("what does not belong is at %.1f dB", d)
	}
	if frames, err := OpusLength(file(t, tones)); frames != tonesFrames || err != nil {
		t.Errorf("it is said to hold %d frames, %v", frames, err)
	}
}

func TestOpusIsRefused(t *testing.T) {
	whole := file(t, tones)
	longer := bytes.Clone(whole)
	last := bytes.LastIndex(longer, []byte("OggS"))
	binary.LittleEndian.PutUint64(longer[last+6:], 24*3600*48000)
	for name, b := range map[string][]byte{
		"nothing":              nil,
		"half":                 whole[:len(whole)/2],
		"without its end":      whole[:last],
		"a changed byte":       append(bytes.Clone(whole[:500]), append([]byte{whole[500] ^ 1}, whole[501:]...)...),
		"something behind":     append(bytes.Clone(whole), "OggS"...),
		"stereo":               file(t, "testdata/stereo.opus"),
		"two after each other": append(bytes.Clone(whole), whole...),
		"a day long":           summed(longer),
		"too large":            append(bytes.Clone(whole), make([]byte, largestLine)...),
	} {
		if c, err := DecodeOpus(b); err == nil || c.Samples != nil {
			t.Errorf("%s was decoded to %d samples", name, len(c.Samples))
		}
		if _, err := OpusLength(b); err == nil {
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

// FuzzOpus lets junk through the checksum, which would keep most of it away.
func FuzzOpus(f *testing.F) {
	f.Add(file(f, tones))
	f.Add(file(f, "testdata/stereo.opus"))
	f.Fuzz(func(t *testing.T, b []byte) {
		b = summed(bytes.Clone(b))
		c, err := DecodeOpus(b)
		frames, lengthErr := OpusLength(b)
		if err == nil && (lengthErr != nil || frames != len(c.Samples)) {
			t.Errorf("%d samples, said to be %d, %v", len(c.Samples), frames, lengthErr)
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
