package sounds_test

import (
	"math"
	"testing"

	"stillpoint/internal/audio"
	"stillpoint/internal/library"
	"stillpoint/internal/pcm"
	"stillpoint/internal/timeline"
	"stillpoint/internal/voice"
	"stillpoint/sounds"
)

// feetFirst is the ten-minute scan as it is heard when nobody chooses anything.
func feetFirst(t *testing.T) (*timeline.Timeline, *audio.Bank, *voice.Voices) {
	t.Helper()
	lib, err := library.Open("")
	if err != nil {
		t.Fatal(err)
	}
	page, err := lib.Script("feet-first")
	if err != nil {
		t.Fatal(err)
	}
	v, err := voice.New(voice.Config{Narration: sounds.Narration()})
	if err != nil {
		t.Fatal(err)
	}
	set, err := v.Settle(t.Context(), page, timeline.Settings{})
	if err != nil {
		t.Fatal(err)
	}
	tl, err := timeline.Compile(page, set, v.Length)
	if err != nil {
		t.Fatal(err)
	}
	b := audio.NewBank()
	b.Speech = v.Samples
	return tl, b, v
}

// TestWordsBeginAtTheirCue: what is heard from each cue on is the line from its
// first audible sample on, to the frame, under the attack that speech has.
func TestWordsBeginAtTheirCue(t *testing.T) {
	tl, b, v := feetFirst(t)
	score, said := b.Score(tl, audio.Mix{Voice: 80}), 0
	const (
		attack = pcm.Rate * 40 / 1000
		gain   = 0.8 * 0.8 // of a level of 80, where no limiter is at work
	)
	for _, c := range tl.Cues {
		if c.Kind != timeline.Say {
			continue
		}
		said++
		line := v.Samples(timeline.Line{Text: c.Text, Language: tl.Language, Voice: tl.Voice})
		if first := math.Abs(float64(line[0])) / 32768; first < 0.001 {
			t.Errorf("%.30s…: the line begins with silence", c.Text)
		}
		from := int(c.At.Milliseconds()) * pcm.Rate / 1000
		block := make([][2]float64, pcm.Rate/2)
		score.Stream(from).Stream(block)
		for i, f := range block {
			rise := 1.0
			if i < attack {
				rise = 0.5 - 0.5*math.Cos(math.Pi*float64(i)/attack)
			}
			if want := gain * rise * float64(line[i]) / 32768; math.Abs(f[0]-want) > 1e-6 {
				t.Errorf("%.30s…: at frame %d it is %.3f, its words are at %.3f", c.Text, i, f[0], want)
				break
			}
		}
	}
	if said < 26 {
		t.Errorf("only %d lines are said", said)
	}
}

// TestTheMixOfFeetFirst: the voice at its loudness, the ambience 12 to 16 LU below
// where a script has one, and never a peak above the ceiling.
func TestTheMixOfFeetFirst(t *testing.T) {
	tl, b, _ := feetFirst(t)
	under := *tl
	under.Cues = append([]timeline.Cue{{Kind: timeline.Ambience, Name: "rain"}}, tl.Cues...)
	loudness := func(m audio.Mix) pcm.Loudness { return audio.Measure(b.Score(&under, m).Stream(0)) }
	speech := loudness(audio.Mix{Voice: 100})
	if math.Abs(speech.Integrated-voice.Loudness) > 1 {
		t.Errorf("the voice is at %.1f LUFS", speech.Integrated)
	}
	if below := speech.Integrated - loudness(audio.Mix{Ambience: 100}).Integrated; below < 12 || below > 16 {
		t.Errorf("the ambience lies %.1f LU below the voice", below)
	}
	if all := loudness(audio.Mix{Voice: 100, Bells: 100, Breath: 100, Ambience: 100}); all.TruePeak > -6 {
		t.Errorf("everything together reaches %.1f dBTP", all.TruePeak)
	}
}
