package pcm

import (
	"bytes"
	"encoding/binary"
	"runtime"
	"slices"
	"testing"

	"github.com/mewkiz/flac"
	"github.com/mewkiz/flac/frame"
	"github.com/mewkiz/flac/meta"
)

// watched notes how much memory was in use whenever more was read.
type watched struct {
	*bytes.Reader
	least, most uint64
}

func (w *watched) Read(p []byte) (int, error) {
	w.look()
	return w.Reader.Read(p)
}

func (w *watched) look() {
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	w.most = max(w.most, m.HeapInuse)
	if w.least == 0 {
		w.least = m.HeapInuse
	}
}

// standing is a FLAC of many frames that each hold one of the values all the way:
// two dozen bytes that stand for 65535 frames.
func standing(t testing.TB, info meta.StreamInfo, blocks int, values ...int32) []byte {
	t.Helper()
	var b bytes.Buffer
	info.BlockSizeMin, info.BlockSizeMax = 65535, 65535
	e, err := flac.NewEncoder(onlyWriter{&b}, &info)
	if err != nil {
		t.Fatal(err)
	}
	head := b.Len()
	e.EnablePredictionAnalysis(false)
	for _, v := range values {
		f := &frame.Frame{Header: frame.Header{HasFixedBlockSize: true, BlockSize: 65535, SampleRate: info.SampleRate, Channels: frame.Channels(info.NChannels - 1), BitsPerSample: info.BitsPerSample}}
		for range info.NChannels {
			samples := slices.Repeat([]int32{v}, 65535)
			f.Subframes = append(f.Subframes, &frame.Subframe{SubHeader: frame.SubHeader{Pred: frame.PredConstant}, Samples: samples, NSamples: len(samples)})
		}
		if err := e.WriteFrame(f); err != nil {
			t.Fatal(err)
		}
	}
	return append(b.Bytes()[:head:head], bytes.Repeat(b.Bytes()[head:], blocks/len(values))...)
}

// TestHostileIsBounded reads small files that claim or stand for much. All are
// refused, and none costs more than 64 MB.
func TestHostileIsBounded(t *testing.T) {
	day := wav16(half)
	binary.LittleEndian.PutUint32(day[40:], 1<<32-1)
	packed := flacOf(t, half)
	claims := bytes.Clone(packed)
	claims[21] |= 0x0f // 68 billion frames
	mono := meta.StreamInfo{SampleRate: 48000, NChannels: 1, BitsPerSample: 24}
	eight := meta.StreamInfo{SampleRate: 96000, NChannels: 8, BitsPerSample: 24}
	blocks := append([]byte("fLaC"), packed[4:42]...)
	blocks[4] = 0
	for range 1000 { // metadata that claims 16 MB each
		blocks = append(blocks, 4, 0xff, 0xff, 0xff)
	}
	for _, c := range []struct {
		name string
		file []byte
	}{
		{"day.wav", day[:1024]},
		{"day.flac", claims},
		{"ten minutes of silence.flac", standing(t, mono, 439, 0)},
		{"an hour of noise.flac", standing(t, mono, 2700, 1<<22, -1<<22)},
		{"an hour of eight channels.flac", standing(t, eight, 1000, 1<<22, -1<<22)},
		{"metadata.flac", blocks},
		{"zeros.wav", append(day[:12:12], make([]byte, 1<<20)...)},
		{"zeros.flac", append(packed[:42:42], make([]byte, 1<<20)...)},
		{"ones.flac", append(packed[:42:42], bytes.Repeat([]byte{0xff}, 1<<20)...)},
	} {
		runtime.GC()
		w := &watched{Reader: bytes.NewReader(c.file)}
		w.look()
		_, err := Read(w, int64(len(c.file)), c.name)
		w.look()
		if err == nil || w.most-w.least > 64<<20 {
			t.Errorf("%s: %.1f MB, %v", c.name, float64(w.most-w.least)/1e6, err)
		}
	}
}

// BenchmarkHostile says what the costliest small file takes.
func BenchmarkHostile(b *testing.B) {
	file := standing(b, meta.StreamInfo{SampleRate: 96000, NChannels: 2, BitsPerSample: 24}, 878, 0)
	for b.Loop() {
		read(file, "silence.flac")
	}
}
