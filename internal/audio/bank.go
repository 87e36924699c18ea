package audio

import (
	"sync"

	"stillpoint/internal/timeline"
)

// Speech gives the words of a line as mono samples at Rate, levelled to −20
// LUFS, or nil when it has none: the words are then only seen. It must give the
// same samples for the same line. The samples are shared, not copied, and must
// not change afterwards.
type Speech func(timeline.Line) []int16

// Bank holds every instrument. Each is synthesised from a seed when it is first
// needed (a tenth of a second or so) and kept in memory from then on, up to 7 MB
// each. It may be used by many goroutines at once; Speech is set before.
type Bank struct {
	Speech Speech // nil: no words are spoken

	bells     map[string]func() []float32
	ambiences map[string]func() ambience
	air       func() ambience // the bands of a breath of air
}

// NewBank is a bank with nothing synthesised yet.
func NewBank() *Bank {
	b := &Bank{
		bells:     map[string]func() []float32{},
		ambiences: map[string]func() ambience{},
		air:       sync.OnceValue(airBands),
	}
	for name, recipe := range recipes() {
		b.bells[name] = sync.OnceValue(recipe.wave)
	}
	for name, layers := range backgrounds() {
		b.ambiences[name] = sync.OnceValue(func() ambience { return layers().levelled() })
	}
	return b
}

// Bell is the quiet bell of the sound check: six seconds of the plain bell at a
// level from 0 to 100.
func (b *Bank) Bell(level int) *Score {
	const long = 6 * Rate
	s := &Score{length: long, frames: long, fade: 2 * Rate}
	if level > 0 {
		s.notes = []note{{to: long, sound: &struck{b.bells["bowl"](), fader(level)}}}
	}
	s.settle()
	return s
}

// backgrounds are the ambiences an author may name.
func backgrounds() map[string]func() ambience {
	const loop = 30 * Rate
	return map[string]func() ambience{
		"pink":  func() ambience { return ambience{noiseLayer(pinkNoise(loop, 1), 1)} },
		"brown": func() ambience { return ambience{noiseLayer(brownNoise(loop, 2), 1)} },
		"rain": func() ambience {
			return ambience{
				noiseLayer(pinkNoise(20*Rate, 3), 0.8),
				noiseLayer(droplets(13*Rate, 4, 90), 0.35),
			}
		},
		"ocean": func() ambience {
			deep, foam := noiseLayer(brownNoise(17*Rate, 5), 1), noiseLayer(hush(13*Rate, 6, 300, 1800, 1), 0.7)
			deep.swell = func(water float64) float64 { return 0.4 + 0.6*water }
			foam.swell, foam.lag = func(water float64) float64 { return 0.05 + water*water }, frames(behind)
			return ambience{deep, foam}
		},
		"drone": func() ambience {
			low := chord(20*Rate, strand{110, 1, 0.15}, strand{165, 0.5, 0.2}, strand{220, 0.35, 0.25})
			high := chord(14*Rate, strand{330, 1, 2.0 / 7}, strand{440, 0.4, 3.0 / 14})
			return ambience{noiseLayer(low, 1), noiseLayer(high, 0.12)}
		},
	}
}

// noiseLayer is a steady layer of a loop, brought to a root mean square of level.
func noiseLayer(loop []float32, level float64) layer {
	return layer{loop: louder(loop, level/rms(loop)), other: len(loop) * 43 / 100}
}

// levelled brings an ambience to its loudness.
func (a ambience) levelled() ambience {
	gain := decibels(ambienceLoudness - steady(a.steadily(), 60*Rate))
	for _, l := range a {
		louder(l.loop, gain)
	}
	return a
}

// steadily is the ambience once it has come, for as long as it takes to measure it.
func (a ambience) steadily() sound {
	const long = 120 * Rate
	b := &bed{kind: a, gain: 1, start: -frames(bedRise), until: long, end: long, surf: &surf{}}
	return offset{b, -b.start}
}

// offset is a sound from a later frame of it on.
type offset struct {
	sound
	by int
}

func (o offset) add(out [][2]float64, at int) { o.sound.add(out, at+o.by) }
