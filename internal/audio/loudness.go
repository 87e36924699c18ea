package audio

import (
	"math"

	"github.com/faiface/beep"

	"stillpoint/internal/pcm"
)

// Measure reads s to its end and says how loud it was.
func Measure(s beep.Streamer) pcm.Loudness {
	var m pcm.Meter
	var block [4096][2]float64
	for {
		n, ok := s.Stream(block[:])
		if !ok {
			return m.Loudness()
		}
		m.Add(block[:n])
	}
}

// heard measures n frames of a sound, but not its true peak.
func heard(s sound, n int) pcm.Loudness {
	m := pcm.Meter{NoPeak: true}
	var block [4096][2]float64
	for at := 0; at < n; at += len(block) {
		part := block[:min(len(block), n-at)]
		clear(part)
		s.add(part, at)
		m.Add(part)
	}
	return m.Loudness()
}

func loudest(s sound, n int) float64 { return heard(s, n).Momentary }
func steady(s sound, n int) float64  { return heard(s, n).Integrated }

// rms is the root mean square of a wave.
func rms(wave []float32) float64 {
	sum := 0.0
	for _, x := range wave {
		sum += float64(x) * float64(x)
	}
	return math.Sqrt(sum / float64(len(wave)))
}
