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
	for _, level := range []int{mix.Voice, mix.Bells, mix.Breath, mix.Ambience} {
		if level < 0 || level > 100 {
			return usage("a level is a number from 0 to 100")
		}
	}
	t, err := chosen.compile()
	if err != nil {
		return err
	}
	bank := audio.NewBank()
	if *reporting {
		if err := report(ctx, c.stdout, bank, t, mix); err != nil || *out == "" {
			return err
		}
	}
	score := bank.Score(t, mix)
	if err := writeWhole(ctx, *out, score.Track(), progress(c.stderr, score.Size())); err != nil {
		return err
	}
	fmt.Fprintf(c.stdout, "%s: %s of “%s”, %.1f MB\n", *out, timeline.Clock(t.Length), t.Title, float64(score.Size())/1e6)
	return nil
}

// writeWhole copies to a file beside its place and moves it there at the end.
func writeWhole(ctx context.Context, name string, from io.Reader, seen func(written int64)) (err error) {
	f, err := os.CreateTemp(filepath.Dir(name), ".stillpoint-*")
	if err != nil {
		return fmt.Errorf("write %s: %w", name, err)
	}
	defer func() {
		if err != nil {
			f.Close()
			os.Remove(f.Name())
		}
	}()
	block, written := make([]byte, 1<<18), int64(0)
	for {
		n, readErr := from.Read(block)
		if _, err := f.Write(block[:n]); err != nil {
			return fmt.Errorf("write %s: %w", name, err)
		}
		written += int64(n)
		seen(written)
		if readErr == io.EOF {
			break
		}
		if readErr != nil {
			return readErr
		}
		if ctx.Err() != nil {
			return fmt.Errorf("stopped; %s was not written", name)
		}
	}
	if err := f.Chmod(0o644); err != nil {
		return fmt.Errorf("write %s: %w", name, err)
	}
	if err := f.Close(); err != nil {
		return fmt.Errorf("write %s: %w", name, err)
	}
	return os.Rename(f.Name(), name)
}

// progress shows how far it is, in whole tenths.
func progress(w io.Writer, size int64) func(int64) {
	shown := int64(-1)
	return func(written int64) {
		if tenth := written * 10 / max(size, 1); tenth > shown {
			shown = tenth
			fmt.Fprintf(w, "\r%3d %%", tenth*10)
			if tenth == 10 {
				fmt.Fprint(w, "\r      \r")
			}
		}
	}
}
