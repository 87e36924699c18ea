package voice

import "stillpoint/internal/pcm"

// How words begin: where they rise to 30 dB below the loudest of the line, or a
// soft consonant's length before that, if it can be heard at all (−60 dBFS).
const (
	risen   = 0.0316
	audible = 0.001
	soft    = pcm.Rate * 60 / 1000 // frames
)

// atOnce is a clip whose words begin with its first frame: a breath or a noise
// before them goes, and as much silence comes behind them, so that it is as long as
// it was.
func atOnce(c pcm.Clip) pcm.Clip {
	most := float32(0)
	for _, x := range c.Samples {
		most = max(most, x, -x)
	}
	at := max(first(c.Samples, audible), first(c.Samples, most*risen)-soft)
	return pcm.Clip{Rate: c.Rate, Samples: append(c.Samples[at:len(c.Samples):len(c.Samples)], make([]float32, at)...)}
}

// first is the first sample above a level, 0 where none is.
func first(samples []float32, level float32) int {
	for i, x := range samples {
		if x > level || x < -level {
			return i
		}
	}
	return 0
}
