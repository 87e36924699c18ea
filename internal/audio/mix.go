package audio

import (
	"math"

	"stillpoint/internal/session"
)

// Mix is how loud each kind of sound is, from 0 (not there at all) to 100 (as
// loud as it is ever allowed to be), and how the breath sounds. Levels outside are
// brought to the nearer end.
type Mix = session.Mix

// Even is the mix a session begins with: everything there, with room to go up.
func Even() Mix { return session.EvenMix() }

// fader turns a level into a factor. The square makes equal steps sound alike:
// 80 is 4 dB below the most, 50 is 12, 20 is 28.
func fader(level int) float64 {
	x := float64(min(max(level, 0), 100)) / 100
	return x * x
}

// decibels turns a level in dB into a factor.
func decibels(db float64) float64 { return math.Pow(10, db/20) }

// Loudness of each kind at level 100, in LUFS. Bells and breath are the most any
// 400 ms may have; ambience is its steady loudness, 14 LU below a voice, which arrives at −20 and is left so.
const (
	bellLoudness     = -24.0
	breathLoudness   = -30.0
	hereLoudness     = -33.0
	pulseLoudness    = -36.0
	ambienceLoudness = -34.0
)

// Ceilings of the true peak, a hair below −6 and −16 dBTP.
const (
	dayCeiling   = 0.4966
	nightCeiling = 0.1570
)

// nightGain makes everything 10 LU quieter at night. Someone sleeps next door, or
// one's own hearing is at its keenest: what is half as loud [P] is still well
// above a quiet room, and nothing stands out of it, for the ceiling goes down as far.
const nightGain = 0.31623

// ceiling is what no point of the score's curve is above.
func (s *Score) ceiling() float64 {
	if s.mix.Night {
		return nightCeiling
	}
	return dayCeiling
}

// Within is the score held to m's quiet hours, if it has them.
func (s *Score) Within(m Mix) *Score {
	held := *s
	held.mix.Night = m.Night
	return &held
}

func quieter(out [][2]float64, gain float64) {
	for i := range out {
		out[i][0] *= gain
		out[i][1] *= gain
	}
}

// rise goes from 0 to 1 over n frames along half a cosine: no corner at either
// end, so nothing clicks.
func rise(i, n int) float64 {
	switch {
	case i <= 0:
		return 0
	case i >= n:
		return 1
	}
	return 0.5 - 0.5*math.Cos(math.Pi*float64(i)/float64(n))
}
