package voice

import (
	"strings"
	"time"

	"stillpoint/internal/pcm"
)

// Voice is what a person may want to know of a voice.
type Voice struct {
	ID        string
	Name      string
	About     string
	Kind      Kind
	Languages []string
}

// Kind is where a voice comes from.
type Kind string

// The kinds.
const (
	Recorded Kind = "recorded" // one's own recordings
	Narrated Kind = "narrated" // shipped with the program
	Engine   Kind = "engine"   // made by an engine on this computer
)

// base is a language without its region: "pt" of "pt-BR"; "" is English.
func base(language string) string {
	b, _, _ := strings.Cut(strings.ToLower(strings.ReplaceAll(language, "_", "-")), "-")
	if b == "" {
		return "en"
	}
	return b
}

func same(a, b string) bool { return base(a) == base(b) }

// samplesLast is how long n samples at pcm.Rate last, in whole milliseconds: a cue
// is never shorter than its sound.
func samplesLast(n int) time.Duration {
	const perMilli = pcm.Rate / 1000
	return time.Duration((n+perMilli-1)/perMilli) * time.Millisecond
}
