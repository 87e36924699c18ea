package main

import (
	"context"
	"fmt"
	"io"
	"math"
	"sync"

	"stillpoint/internal/audio"
	"stillpoint/internal/timeline"
)

// part is one kind of sound of a session, and how loud it is by itself.
type part struct {
	name string
	mix  audio.Mix
	loud audio.Loudness
}

// report says how loud a session is: the whole, and each kind of sound as if it
// were alone.
func report(ctx context.Context, out io.Writer, bank *audio.Bank, t *timeline.Timeline, m audio.Mix) error {
	parts := partsOf(m)
	var all sync.WaitGroup
	for i := range parts {
		p := &parts[i]
		all.Go(func() { p.loud = loudness(ctx, bank.Score(t, p.mix)) })
	}
	all.Wait()
	if ctx.Err() != nil {
		return fmt.Errorf("stopped; the loudness is not known")
	}
	writeReport(out, t, parts)
	return nil
}

func loudness(ctx context.Context, s *audio.Score) audio.Loudness {
	if s.Silent() {
		nothing := math.Inf(-1)
		return audio.Loudness{Integrated: nothing, Momentary: nothing, TruePeak: nothing}
	}
	return audio.Measure(&untilEnded{s.Stream(0), ctx})
}

// partsOf is everything, then the kinds of sound.
func partsOf(m audio.Mix) []part {
	alone := audio.Mix{Tone: m.Tone, Count: m.Count, Night: m.Night}
	voice, bells, breath, ambience := alone, alone, alone, alone
	voice.Voice, bells.Bells, breath.Breath, ambience.Ambience = m.Voice, m.Bells, m.Breath, m.Ambience
	return []part{{name: "everything", mix: m}, {name: "voice", mix: voice}, {name: "bells", mix: bells},
		{name: "breath", mix: breath}, {name: "ambience", mix: ambience}}
}

func writeReport(out io.Writer, t *timeline.Timeline, parts []part) {
	fmt.Fprintf(out, "“%s”, %s\n\n", t.Title, timeline.Clock(t.Length))
	fmt.Fprintf(out, "%-12s %14s %16s %14s\n", "", "on the whole", "loudest moment", "true peak")
	for _, p := range parts {
		fmt.Fprintf(out, "%-12s %14s %16s %14s\n", p.name, figure(p.loud.Integrated, "LUFS"), figure(p.loud.Momentary, "LUFS"), figure(p.loud.TruePeak, "dBTP"))
	}
	voice, ambience := parts[1].loud.Integrated, parts[4].loud.Integrated
	if below := voice - ambience; !math.IsInf(below, 0) && !math.IsNaN(below) {
		fmt.Fprintf(out, "\nThe ambience lies %.1f LU below the voice.\n", below)
	}
}

// figure is a level with its unit; what is not there has none.
func figure(level float64, unit string) string {
	if math.IsInf(level, 0) {
		return "silent"
	}
	return fmt.Sprintf("%.1f %s", level, unit)
}

// untilEnded reads a stream until ctx ends.
type untilEnded struct {
	stream interface {
		Stream([][2]float64) (int, bool)
		Err() error
	}
	ctx context.Context
}

func (u *untilEnded) Stream(out [][2]float64) (int, bool) {
	if u.ctx.Err() != nil {
		return 0, false
	}
	return u.stream.Stream(out)
}

func (u *untilEnded) Err() error { return u.stream.Err() }
