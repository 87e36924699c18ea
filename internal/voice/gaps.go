package voice

import (
	"cmp"
	"slices"

	"stillpoint/internal/pcm"
)

// gapsIn is where a clip is silent for longer than a consonant is.
func gapsIn(c pcm.Clip) (gaps []gap) {
	step := frames(gapStep)
	var powers []float64
	most := 0.0
	for at := 0; at+step <= len(c.Samples); at += step {
		p := 0.0
		for _, x := range c.Samples[at : at+step] {
			p += float64(x) * float64(x)
		}
		powers, most = append(powers, p), max(most, p)
	}
	from := -1
	for i, p := range append(powers, most) {
		switch silent := p < most*gapSilence; {
		case silent && from < 0:
			from = i
		case !silent && from >= 0:
			if from > 0 && (i-from)*step >= frames(clauseGap) {
				gaps = append(gaps, gap{from * step, i * step})
			}
			from = -1
		}
	}
	return gaps
}

// longest is the n longest gaps, in their order.
func longest(gaps []gap, n int) []gap {
	slices.SortStableFunc(gaps, func(a, b gap) int { return cmp.Compare(b.to-b.from, a.to-a.from) })
	gaps = gaps[:min(n, len(gaps))]
	slices.SortFunc(gaps, func(a, b gap) int { return cmp.Compare(a.from, b.from) })
	return gaps
}
