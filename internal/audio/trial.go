package audio

import (
	"time"

	"stillpoint/internal/timeline"
)

// Words is a line by itself, to try a voice: silent where nobody says it.
func (b *Bank) Words(l timeline.Line, level int) *Score {
	const most = 30 * time.Second
	t := &timeline.Timeline{Language: l.Language, Voice: l.Voice, Length: most}
	if b.Speech != nil {
		t.Length = min(most, length(len(b.Speech(l))))
	}
	t.Cues = []timeline.Cue{{Kind: timeline.Say, Length: t.Length, Text: l.Text}}
	return b.Score(t, Mix{Voice: level})
}
