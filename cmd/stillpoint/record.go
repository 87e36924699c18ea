package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"time"

	"stillpoint/internal/timeline"
	"stillpoint/internal/voice"
)

// record lists what a script says, and keeps a person's own recordings of it.
func record(_ context.Context, c *call) error {
	data := c.dataFlag()
	forget := c.flags.Bool("forget", false, "")
	words, err := c.parse()
	if err != nil {
		return err
	}
	if len(words) == 0 || len(words) > 3 || *forget && len(words) != 2 || !*forget && len(words) == 2 {
		return usage("record needs a script; and to keep a recording, the number of a line and a file")
	}
	e, err := findScript(words[0], *data)
	if err != nil {
		return err
	}
	v, texts := c.voices(*data), voice.Texts(e.Script)
	if len(words) == 1 {
		recordList(c, v, texts, e.Script.Language)
		return nil
	}
	n, err := strconv.Atoi(words[1])
	if err != nil || n < 1 || n > len(texts) {
		return usage(fmt.Sprintf("“%s” has lines 1 to %d, and “%s” is none of them", e.ID, len(texts), words[1]))
	}
	if *forget {
		return recordForget(c, v, n, texts[n-1])
	}
	return recordKeep(c, v, n, texts[n-1], words[2])
}

func recordList(c *call, v *voice.Voices, texts []string, language string) {
	for i, text := range texts {
		mark := " "
		l := timeline.Line{Text: text, Language: language, Voice: voice.Own}
		if v.Says(l) {
			mark = "●"
		}
		fmt.Fprintf(c.stdout, "%s %3d  %s\n", mark, i+1, text)
	}
	fmt.Fprintln(c.stdout, "\n● is spoken by you. A changed sentence asks for a new recording.")
}

func recordForget(c *call, v *voice.Voices, n int, text string) error {
	was, err := v.Forget(text)
	switch {
	case err != nil:
		return err
	case !was:
		fmt.Fprintf(c.stdout, "Line %d had no recording.\n", n)
	default:
		fmt.Fprintf(c.stdout, "The recording of line %d is gone. Your own file is where it was.\n", n)
	}
	return nil
}

func recordKeep(c *call, v *voice.Voices, n int, text, name string) error {
	f, err := os.Open(name)
	if err != nil {
		return plain(err)
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return err
	}
	clip, err := v.Record(text, f, info.Size(), filepath.Base(name))
	if err != nil {
		return err
	}
	fmt.Fprintf(c.stdout, "Line %d is now heard as you spoke it (%.1f s): %s\n", n, clip.Length().Round(100*time.Millisecond).Seconds(), text)
	return nil
}
