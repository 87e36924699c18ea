package voice

import (
	"testing"

	"stillpoint/internal/pcm"
)

// words is a clip: silence, a soft noise, and then a loud tone, each of so many ms.
func words(silent, soft, loud int) pcm.Clip {
	var c pcm.Clip
	for i := range (silent + soft + loud) * pcm.Rate / 1000 {
		level := float32(0.5)
		switch ms := i * 1000 / pcm.Rate; {
		case ms < silent:
			level = 0
		case ms < silent+soft:
			level = 0.005
		}
		c.Samples = append(c.Samples, level*float32(1-2*(i/100%2)))
	}
	c.Rate = pcm.Rate
	return c
}

func TestWordsBeginAtOnce(t *testing.T) {
	for _, c := range []struct {
		name         string
		silent, soft int
		begins       int // ms of the clip that are gone
	}{
		{"at once", 0, 0, 0},
		{"after silence", 20, 0, 20},
		{"a soft consonant stays", 20, 40, 20},
		{"a breath before the words goes", 0, 300, 240},
		{"silence and a breath", 100, 300, 340},
	} {
		was := words(c.silent, c.soft, 500)
		got := atOnce(was)
		if len(got.Samples) != len(was.Samples) {
			t.Errorf("%s: %d samples became %d", c.name, len(was.Samples), len(got.Samples))
		}
		gone := c.begins * pcm.Rate / 1000
		for i, x := range was.Samples[gone:] {
			if got.Samples[i] != x {
				t.Errorf("%s: sample %d is %v, want %v", c.name, i, got.Samples[i], x)
				break
			}
		}
		for _, x := range got.Samples[len(got.Samples)-gone:] {
			if x != 0 {
				t.Errorf("%s: no silence comes behind it", c.name)
				break
			}
		}
	}
	if got := atOnce(pcm.Clip{Rate: pcm.Rate, Samples: make([]float32, 100)}); len(got.Samples) != 100 {
		t.Error("silence is not left as it is")
	}
}
