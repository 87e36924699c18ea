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

// withSetup writes the headers of a Vorbis file, with the bits of its codebooks.
func withSetup(bits ...[2]int) []byte {
	header := append([]byte("\x05vorbis"), 0)
	at := 0
	for _, b := range bits {
		for i := range b[1] {
			if at%8 == 0 && at > 0 {
				header = append(header, 0)
			}
			header[len(header)-1] |= byte(b[0]>>i&1) << (at % 8)
			at++
		}
	}
	id := []byte("\x01vorbis\x00\x00\x00\x00\x01\x80\xbb\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\xb8\x01")
	var file []byte
	for i, packet := range [][]byte{id, []byte("\x03vorbis\x00\x00\x00\x00\x00\x00\x00\x00\x01"), append(header, make([]byte, 100)...), make([]byte, 50)} {
		page := append([]byte("OggS\x00\x00"), make([]byte, 20)...)
		page[5] = [4]byte{2, 0, 0, 4}[i]
		page[7] = 0x10 // frames
		for n := len(packet); ; n -= 255 {
			page = append(page, byte(min(n, 255)))
			if n < 255 {
				break
			}
		}
		page = slices.Insert(page, oggHead-1, byte(len(page)-oggHead+1))
		file = append(file, append(page, packet...)...)
	}
	return summed(file)
}

// A codebook may ask for gigabytes, or describe a code that never ends.
func TestHostileVorbisIsBounded(t *testing.T) {
	book := func(dimensions, entries int, more ...[2]int) [][2]int {
		return append([][2]int{{0, 8}, {0x564342, 24}, {dimensions, 16}, {entries, 24}}, more...)
	}
	for name, b := range map[string][]byte{
		"no entries":             withSetup(book(1, 0)...),
		"one entry":              withSetup(book(1, 1)...),
		"millions of entries":    withSetup(book(1, 1<<24-1)...),
		"no dimensions":          withSetup(book(0, 2, [2]int{0, 2}, [2]int{0, 10})...),
		"a thousand dimensions":  withSetup(book(1<<16-1, 4096, [2]int{1, 1}, [2]int{0, 5})...),
		"lengths without end":    withSetup(book(1, 4096, [2]int{1, 1}, [2]int{0, 5})...),
		"no codewords":           withSetup(book(1, 4, [2]int{2, 2})...),
		"255 codebooks of 8192":  withSetup(append([][2]int{{255, 8}}, book(1, 8192)[1:]...)...),
		"a codebook and no more": withSetup(book(1, 2, [2]int{0, 2}, [2]int{0, 5}, [2]int{0, 5}, [2]int{0, 4})...),
	} {
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		_, err := DecodeVorbis(b)
		runtime.ReadMemStats(&after)
		if grown := after.TotalAlloc - before.TotalAlloc; err == nil || grown > 64<<20 {
			t.Errorf("%s: %.1f MB, %v", name, float64(grown)/1e6, err)
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
