package pcm

import (
	"bytes"
	"encoding/binary"
	"math"
	"testing"
)

// sine is so many frames of a sine at a level in dBFS.
func sine(rate int, pitch, level float64, n int) Clip {
	c := Clip{rate, make([]float32, n)}
	for i := range c.Samples {
		c.Samples[i] = float32(decibels(level) * math.Sin(2*math.Pi*pitch/float64(rate)*float64(i)))
	}
	return c
}

// voice is a clip with the shape of speech: syllables of a buzz with breath
// between them.
func voice(rate, n int) Clip {
	c := Clip{rate, make([]float32, n)}
	noise := uint32(1)
	for i := range c.Samples {
		t := float64(i) / float64(rate)
		syllable := math.Pow(math.Max(0, math.Sin(2*math.Pi*2*t)), 2)
		buzz := 0.0
		for k := 1.0; k <= 20; k++ {
			buzz += math.Cos(2*math.Pi*110*k*t+math.Pi*k*k/20) / k
		}
		noise = noise*1664525 + 1013904223
		c.Samples[i] = float32(0.2*syllable*buzz + 0.002*(float64(noise)/(1<<32)-0.5))
	}
	return c
}

// wav is a WAV file of these parts.
func wav(channels, rate, bits, tag int, samples []byte) []byte {
	b := []byte("RIFF\x00\x00\x00\x00WAVEfmt \x10\x00\x00\x00")
	le := binary.LittleEndian
	b = le.AppendUint16(b, uint16(tag))
	b = le.AppendUint16(b, uint16(channels))
	b = le.AppendUint32(b, uint32(rate))
	b = le.AppendUint32(b, uint32(rate*channels*bits/8))
	b = le.AppendUint16(b, uint16(channels*bits/8))
	b = le.AppendUint16(b, uint16(bits))
	b = append(b, "data"...)
	b = le.AppendUint32(b, uint32(len(samples)))
	b = append(b, samples...)
	le.PutUint32(b[4:], uint32(len(b)-8))
	return b
}

// wav16 is the clip as a WAV of 16 bits.
func wav16(c Clip) []byte {
	var b []byte
	for _, x := range c.Int16() {
		b = binary.LittleEndian.AppendUint16(b, uint16(x))
	}
	return wav(1, c.Rate, 16, 1, b)
}

func flacOf(t testing.TB, c Clip) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := EncodeFLAC(&b, c); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func read(file []byte, name string) (Clip, error) {
	return Read(bytes.NewReader(file), int64(len(file)), name)
}

// level is the root mean square of the samples in dBFS, a full sine being −3.01.
func level(samples []float32) float64 {
	sum := 0.0
	for _, x := range samples {
		sum += float64(x) * float64(x)
	}
	return 10 * math.Log10(sum/float64(len(samples)))
}
