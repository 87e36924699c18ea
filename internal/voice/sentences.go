package voice

import (
	"regexp"
	"strings"
	"time"

	"stillpoint/internal/pcm"
)

// Loudness is what every line is brought to, in LUFS: quieter than broadcast
// speech (AES TD1008 asks −18), for someone who lies still with closed eyes.
const Loudness = -20.0

// Between two sentences, and at a comma, a voice waits longer than in ordinary
// speech: with these a slow reader comes to 100–120 words a minute.
const (
	SentencePause = 1300 * time.Millisecond
	clausePause   = 450 * time.Millisecond
)

// Bounds of what counts as the pause a voice made at a comma.
const (
	clauseGap  = 90 * time.Millisecond
	gapStep    = 10 * time.Millisecond
	gapSilence = 0.001 // of the loud parts' power: −30 dB
)

var (
	sentenceEnd = regexp.MustCompile(`[.!?…]["”’)]*\s+`)
	clauseEnd   = regexp.MustCompile(`[,;:—]\s`)
)

// Sentences takes a text apart. Together they are the text again, but for the
// white space between them.
func Sentences(text string) (sentences []string) {
	text = strings.TrimSpace(text)
	for at := sentenceEnd.FindStringIndex(text); at != nil; at = sentenceEnd.FindStringIndex(text) {
		sentences = append(sentences, strings.TrimSpace(text[:at[1]]))
		text = strings.TrimSpace(text[at[1]:])
	}
	if text != "" {
		sentences = append(sentences, text)
	}
	return sentences
}

// Assemble makes one line of its sentences as an engine spoke them: the pauses at
// commas grow, a longer one lies between two sentences, and the whole is
// levelled, at pcm.Rate. texts are the words of each.
func Assemble(texts []string, spoken []pcm.Clip) pcm.Clip {
	line := pcm.Clip{Rate: pcm.Rate}
	pause := make([]float32, frames(SentencePause))
	for i, c := range spoken {
		if i > 0 {
			line.Samples = append(line.Samples, pause...)
		}
		c = unhurried(c.Trim().Resample(pcm.Rate), len(clauseEnd.FindAllString(texts[i], -1)))
		line.Samples = append(line.Samples, c.Samples...)
	}
	return line.Levelled(Loudness)
}

func frames(d time.Duration) int { return int(d * pcm.Rate / time.Second) }

// gap is a stretch of silence within a sentence, in frames.
type gap struct{ from, to int }

// unhurried lengthens the n longest pauses of a sentence, which are those at its
// commas: what is shorter may be the closed lips of a consonant.
func unhurried(c pcm.Clip, n int) pcm.Clip {
	gaps := longest(gapsIn(c), n)
	if len(gaps) == 0 {
		return c
	}
	out, at := make([]float32, 0, len(c.Samples)+len(gaps)*frames(clausePause)), 0
	for _, g := range gaps {
		middle := (g.from + g.to) / 2
		out = append(append(out, c.Samples[at:middle]...), make([]float32, frames(clausePause))...)
		at = middle
	}
	return pcm.Clip{Rate: c.Rate, Samples: append(out, c.Samples[at:]...)}
}
