package audio

import (
	"time"

	"stillpoint/internal/timeline"
)

// A counted breath has a soft pulse for every second of it, in holds too. Each
// swells and falls as slowly as any tone. They lie above the breath tones, and the
// first of a phase says which it is: higher for the breath in, higher still where
// it is held, low for the breath out, lowest where it rests.
const (
	pulseLength = 700 * time.Millisecond
	leastSecond = time.Second / 2 // less of a second is not counted
	pulsePitch  = 392.0           // G4
)

// firstPulse is the pitch of a phase's first pulse; 0 for what is no phase of a
// led breath. With the others they are five notes of which any two sound well
// together.
func firstPulse(phase timeline.Kind) float64 {
	switch phase {
	case timeline.Inhale:
		return 440 // A4
	case timeline.Hold:
		return 494 // B4
	case timeline.Exhale:
		return 330 // E4
	case timeline.Rest:
		return 294 // D4
	}
	return 0
}

// count lays the pulses, where they are wished for.
func (s *Score) count(spans []timeline.Span, m Mix) {
	if !m.Count || m.Breath <= 0 {
		return
	}
	peak, n := fader(m.Breath)*softly.level(pulseLoudness), frames(pulseLength)
	for _, phase := range spans {
		pitch := firstPulse(phase.Kind)
		if pitch == 0 {
			continue
		}
		for at := phase.From; phase.To-at >= leastSecond; at += time.Second {
			s.lay(frames(at), n, newGlide(n, pitch, pitch, peak, softly))
			pitch = pulsePitch
		}
	}
}
