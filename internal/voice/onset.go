package voice

import "stillpoint/internal/pcm"

// audible is the level at which words begin to be heard: −60 dBFS.
const audible = 0.001

// atOnce is a clip whose words begin with its first frame: what nobody hears
// before them goes behind them, so that it is as long as it was.
func atOnce(c pcm.Clip) pcm.Clip {
	for i, x := range c.Samples {
		if x > audible || x < -audible {
			return pcm.Clip{Rate: c.Rate, Samples: append(c.Samples[i:len(c.Samples):len(c.Samples)], make([]float32, i)...)}
		}
	}
	return c
}
