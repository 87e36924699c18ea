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

// knee and ceiling bound every sample: untouched below −9 dBFS, and never above
// −6.4, so that the curve between the samples stays below −6 too.
const (
	knee    = 0.35481
	ceiling = 0.47863
)

// limit bends a sample towards the ceiling. It looks at nothing but the sample,
// so that any frame can be made without the ones before it.
func limit(x float64) float64 {
	if over := math.Abs(x) - knee; over > 0 {
		const room = ceiling - knee
		return math.Copysign(knee+room*over/(over+room), x)
	}
	return x
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
