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
	name                string
	mix                 audio.Mix
	whole, moment, peak float64 // LUFS, LUFS of the loudest 400 ms, dBTP; −Inf is silence
}

// report says how loud a session is: the whole, and each kind of sound as if it
// were alone.
func report(ctx context.Context, out io.Writer, bank *audio.Bank, t *timeline.Timeline, m audio.Mix) error {
	parts := partsOf(m)
	var all sync.WaitGroup
	for i := range parts {
		p := &parts[i]
		all.Go(func() { p.measure(ctx, bank.Score(t, p.mix)) })
	}
	all.Wait()
	if ctx.Err() != nil {
		return fmt.Errorf("stopped; the loudness is not known")
	}
	writeReport(out, t, parts)
	return nil
}

func (p *part) measure(ctx context.Context, s *audio.Score) {
	if s.Silent() {
		p.whole, p.moment, p.peak = math.Inf(-1), math.Inf(-1), math.Inf(-1)
		return
	}
	l := audio.Measure(&untilEnded{s.Stream(0), ctx})
	p.whole, p.moment, p.peak = l.Integrated, l.Momentary, l.TruePeak
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
		fmt.Fprintf(out, "%-12s %14s %16s %14s\n", p.name, figure(p.whole, "LUFS"), figure(p.moment, "LUFS"), figure(p.peak, "dBTP"))
	}
	if below := parts[1].whole - parts[4].whole; !math.IsInf(below, 0) && !math.IsNaN(below) {
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
