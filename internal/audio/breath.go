package audio

import (
	"stillpoint/internal/session"
	"stillpoint/internal/timeline"
)

// How far a tone sinks where the next one follows at once, as a part of its
// level: the breath turns without a gap, and still the turn can be heard. After
// an exhale it sinks to nothing, as a breath does.
const turning = 0.4

// breathe lays a tone for every inhale and exhale. Holds are silent.
func (s *Score) breathe(cues []timeline.Cue, b *Bank, m Mix) {
	if m.Breath <= 0 || m.Tone == session.NoTone {
		return
	}
	breath := fader(m.Breath)
	switch m.Tone {
	case session.Air:
		bands := b.air()
		glides(cues, breath, softly, func(at int, g *glide) { s.lay(at, g.frames, &air{g, bands, at}) })
	case session.Warm:
		glides(cues, breath*warmly.level(breathLoudness), warmly, func(at int, g *glide) { s.lay(at, g.frames, g) })
	default:
		glides(cues, breath*softly.level(breathLoudness), softly, func(at int, g *glide) { s.lay(at, g.frames, g) })
	}
}

// glides gives a glide for every inhale and exhale, each going on from the one
// before.
func glides(cues []timeline.Cue, peak float64, t timbre, lay func(at int, g *glide)) {
	var last *glide
	var end int
	var in bool
	for _, c := range cues {
		if c.Kind != timeline.Inhale && c.Kind != timeline.Exhale {
			continue
		}
		at, n := frames(c.At), frames(c.Length)
		if n <= 0 {
			continue
		}
		joins := last != nil && end == at
		from, to := pitches(last, c.Kind == timeline.Inhale, joins && in == (c.Kind == timeline.Inhale))
		g := newGlide(n, from, to, peak, t)
		if joins && in {
			last.join(g)
		}
		lay(at, g)
		last, end, in = g, at+n, c.Kind == timeline.Inhale
	}
}

// pitches is where the next tone goes from and to: on the inhale up, on the exhale
// down from wherever the breath had got to, and on again the same way further.
func pitches(last *glide, in, again bool) (from, to float64) {
	switch {
	case in && again:
		return last.to, last.to * further
	case again:
		return last.to, last.to / further
	case in:
		return lowPitch, highPitch
	case last != nil && last.to > lowPitch:
		return last.to, lowPitch
	}
	return highPitch, lowPitch
}

// join makes next follow g as one tone: the same phase and level where they meet.
func (g *glide) join(next *glide) {
	g.end = turning * min(g.peak, next.peak)
	next.begin = g.end
	next.phase = g.phaseAt(g.frames)
}
