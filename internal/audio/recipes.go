package audio

import "time"

// recipe says what a bell is made of, and how often it is touched. Whatever is
// touched softly sounds in pairs of nearly equal partials, which beat against
// each other.
type recipe struct {
	pitch    float64 // Hz: what the ratios are ratios to
	partials []partial
	strokes  []stroke
}

// partial is one pair of a bell.
type partial struct {
	ratio, twin float64 // to the pitch; equal for a single one
	less        float64 // dB the twin is below its partner: the pair beats, but never to nothing
	level       float64 // dB below the loudest
	dies        float64 // seconds until it is 60 dB down
}

// stroke is one touch of a bell.
type stroke struct {
	at    time.Duration
	pitch float64 // times the bell's
	level float64 // dB
}

// recipes are the bells an author may name: three singing bowls and the closing
// one made of them, a village bell and a chime.
func recipes() map[string]recipe {
	once := []stroke{{pitch: 1}}
	return map[string]recipe{
		"bowl":    {196, bowl(0, -8, -14, -22, -28), once},
		"high":    {220, bowl(-5, 0, -9, -18, -25), once},
		"low":     {165, bowl(0, -12, -20, -28, -34), once},
		"village": {330, village, once},
		"chime":   {440, chime, once},
		"closing": {196, bowl(0, -9, -16, -24, -30),
			[]stroke{{pitch: 1}, {at: 3500 * time.Millisecond, pitch: 165.0 / 196, level: -1}}},
	}
}

// bowl is the five pairs of a singing bowl at the given levels. The ratios are
// those measured on Tibetan bowls (Essl and Cook); levels, decays and pitches
// between 160 and 220 Hz are ours: slow, low and without a strike, so as not to
// startle.
func bowl(a, b, c, d, e float64) []partial {
	return []partial{
		{0.9961, 1.0039, 0, a, 14},
		{2.979, 2.993, 0, b, 8},
		{5.704, 5.704, 0, c, 5},
		{8.998, 9.015, 0, d, 2.5},
		{12.81, 12.83, 0, e, 1.5},
	}
}

// village is a church bell heard across the fields. Its partials have the names
// founders give them; the third is a major one, as in the bells cast not to sound
// mournful, and the nominal, which makes a near bell ring, is softer than the prime.
var village = []partial{
	{0.4988, 0.5012, 8, -10, 12}, // hum
	{0.9985, 1.0015, 8, 0, 9},    // prime
	{1.2488, 1.2512, 8, -10, 6},  // third
	{1.5, 1.5, 0, -20, 4},        // quint
	{1.9975, 2.0025, 8, -7, 5},   // nominal
	{3, 3, 0, -18, 2},
	{4, 4, 0, -26, 1.5},
}

// chime is a hanging tube: the ratios are those of a bar free at both ends
// (3.011² : 5² : 7²), the rest is ours.
var chime = []partial{
	{0.9989, 1.0011, 8, 0, 10},
	{2.7540, 2.7590, 8, -13, 4.5},
	{5.404, 5.404, 0, -24, 2},
}
