package audio

import (
	"io"
	"testing"
	"time"

	"stillpoint/internal/session"
	"stillpoint/internal/timeline"
)

// What a frame of each sound costs: a minute of it, in blocks of a speaker's size.
func BenchmarkInstruments(b *testing.B) {
	bell := func(name string) *Score {
		return quiet().Score(&timeline.Timeline{Length: 10 * time.Second, Cues: []timeline.Cue{{Kind: timeline.Bell, Name: name}}}, loud)
	}
	sea := func(name string) *Score {
		t := &timeline.Timeline{Length: time.Minute, Cues: []timeline.Cue{{Kind: timeline.Ambience, Name: name}}}
		return quiet().Score(t, loud)
	}
	counted := breathing(session.NoTone)
	counted.Count = true
	for _, c := range []struct {
		name  string
		score *Score
	}{
		{"silence", quiet().Score(&timeline.Timeline{Length: time.Minute}, loud)},
		{"bowl", bell("bowl")}, {"chime", bell("chime")},
		{"soft", quiet().Score(minutes(6, 0, 4, 6), breathing(session.Soft))},
		{"warm", quiet().Score(minutes(6, 0, 4, 6), breathing(session.Warm))},
		{"air", quiet().Score(minutes(6, 0, 4, 6), breathing(session.Air))},
		{"count", quiet().Score(minutes(6, 0, 4, 6), counted)},
		{"pink", sea("pink")}, {"rain", sea("rain")}, {"drone", sea("drone")}, {"ocean", sea("ocean")},
		{"ocean led", byTheSea(minutes(6, 0, 4, 6))},
	} {
		b.Run(c.name, func(b *testing.B) {
			block := make([][2]float64, 480)
			frames := 0
			for b.Loop() {
				for s := c.score.Stream(0); ; {
					n, ok := s.Stream(block)
					if !ok {
						break
					}
					frames += n
				}
			}
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(frames), "ns/frame")
		})
	}
}

// The most there can be at once: an ocean led by a counted breath of air, with a
// voice and a bell.
func BenchmarkTheFullestMinutes(b *testing.B) {
	t := minutes(60, 0, 4, 6)
	t.Cues = append(t.Cues, timeline.Cue{Kind: timeline.Ambience, Name: "ocean"})
	for at := time.Duration(0); at < t.Length; at += 10 * time.Second {
		t.Cues = append(t.Cues,
			timeline.Cue{Kind: timeline.Bell, At: at, Name: "bowl"},
			timeline.Cue{Kind: timeline.Say, At: at, Length: 8 * time.Second, Text: "long"})
	}
	m := loud
	m.Tone, m.Count = session.Air, true
	s := speaking().Score(t, m)
	for b.Loop() {
		io.Copy(io.Discard, s.Track())
	}
	b.ReportMetric(t.Length.Seconds()*float64(b.N)/b.Elapsed().Seconds(), "x-real-time")
}
