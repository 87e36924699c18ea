package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"stillpoint/internal/audio"
	"stillpoint/internal/timeline"
)

// render writes a session's sound to a file that is either whole or not there.
func render(ctx context.Context, c *call) error {
	mix := audio.Even()
	out := c.flags.String("o", "", "")
	reporting := c.flags.Bool("report", false, "")
	for name, level := range map[string]*int{"voice": &mix.Voice, "bells": &mix.Bells, "breath": &mix.Breath, "ambience": &mix.Ambience} {
		c.flags.IntVar(level, name, *level, "")
	}
	chosen, err := c.choose()
	if err != nil {
		return err
	}
	if *out == "" && !*reporting {
		return usage("render needs -o and the file to write, or --report")
	}
	var format audio.Format
	if *out != "" {
		if format, err = audio.FormatOf(*out); err != nil {
			return usage(err.Error())
		}
	}
	for _, level := range []int{mix.Voice, mix.Bells, mix.Breath, mix.Ambience} {
		if level < 0 || level > 100 {
			return usage("a level is a number from 0 to 100")
		}
	}
	t, err := chosen.compile(ctx, speaking(c.stderr))
	if ctx.Err() != nil {
		return fmt.Errorf("stopped; %s was not written", *out)
	}
	if err != nil {
		return err
	}
	bank := newBank(chosen.voices)
	if *reporting {
		if err := report(ctx, c.stdout, bank, t, mix); err != nil || *out == "" {
			return err
		}
	}
	score := bank.Score(t, mix)
	size, err := writeWhole(*out, 0o644, func(w io.WriteSeeker) error {
		return score.Write(ctx, w, format, audio.TagsOf(t), progress(c.stderr))
	})
	if ctx.Err() != nil {
		return fmt.Errorf("stopped; %s was not written", *out)
	}
	if err != nil {
		return err
	}
	fmt.Fprintf(c.stdout, "%s: %s of “%s”, %.1f MB\n", *out, timeline.Clock(t.Length), t.Title, float64(size)/1e6)
	return nil
}

// writeWhole lets write fill a file beside its place, and moves it there at the end.
func writeWhole(name string, mode os.FileMode, write func(io.WriteSeeker) error) (size int64, err error) {
	f, err := os.CreateTemp(filepath.Dir(name), ".stillpoint-*")
	if err != nil {
		return 0, fmt.Errorf("write %s: %w", name, err)
	}
	defer func() {
		if err != nil {
			f.Close()
			os.Remove(f.Name())
		}
	}()
	if err := write(f); err != nil {
		return 0, fmt.Errorf("write %s: %w", name, err)
	}
	if size, err = f.Seek(0, io.SeekEnd); err != nil {
		return 0, fmt.Errorf("write %s: %w", name, err)
	}
	if err := f.Chmod(mode); err != nil {
		return 0, fmt.Errorf("write %s: %w", name, err)
	}
	if err := f.Close(); err != nil {
		return 0, fmt.Errorf("write %s: %w", name, err)
	}
	return size, os.Rename(f.Name(), name)
}

// progress shows how far it is, in whole tenths.
func progress(w io.Writer) func(done, of int) {
	shown := -1
	return func(done, of int) {
		if tenth := done * 10 / max(of, 1); tenth > shown {
			shown = tenth
			fmt.Fprintf(w, "\r%3d %%", tenth*10)
			if tenth == 10 {
				fmt.Fprint(w, "\r      \r")
			}
		}
	}
}
