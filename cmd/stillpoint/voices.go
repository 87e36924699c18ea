package main

import (
	"context"
	"fmt"
	"io"
	"path/filepath"
	"time"

	"stillpoint/internal/audio"
	"stillpoint/internal/script"
	"stillpoint/internal/session"
	"stillpoint/internal/timeline"
	"stillpoint/internal/voice"
	"stillpoint/sounds"
)

// voices are those that travel with the program and those of this computer.
func (c *call) voices(data string) *voice.Voices {
	v, err := voice.New(voice.Config{
		Narration:  sounds.Narration(),
		Recordings: filepath.Join(data, "recordings"),
		Cache:      filepath.Join(data, "speech"),
		Models:     filepath.Join(data, "voices"),
		Engines:    true,
		Fault:      func(err error) { fmt.Fprintf(c.stderr, "stillpoint: %v. The words are on the screen.\n", err) },
	})
	if err != nil {
		fmt.Fprintf(c.stderr, "stillpoint: %v. The other voices are there.\n", err)
	}
	return v
}

// warm has every instrument made that a script may need.
func warm(b *audio.Bank, s *script.Script, set timeline.Settings, v *voice.Voices) {
	t, err := timeline.Compile(s, set, v.Length)
	if err != nil {
		return // whoever asked is told when it is loaded
	}
	for _, tone := range session.Tones() {
		mix := audio.Even()
		mix.Tone, mix.Count = tone, true
		b.Score(t, mix)
	}
}

// whose is the voice that was asked for by name: "none" leaves the words unspoken. A
// browser's own voice is none that can be written down.
func whose(v *voice.Voices, s *script.Script, name string) (id string, textOnly bool, err error) {
	if name == "none" {
		return "", true, nil
	}
	if id = v.Choose(s, name); name == voice.Browser || name != "" && id != name {
		return "", false, usage("no voice called “" + name + "” can say this script; “stillpoint voices” lists them")
	}
	return id, false, nil
}

// speaking says how far an engine is, where there is something to wait for.
func speaking(w io.Writer) func(done, of int) {
	began := time.Now()
	return func(done, of int) {
		if time.Since(began) > time.Second {
			fmt.Fprintf(w, "\rspeaking %d of %d ", done, of)
			if done == of {
				fmt.Fprint(w, "\r                      \r")
			}
		}
	}
}

// voicesCommand lists the voices, and how much of a script each can say.
func voicesCommand(_ context.Context, c *call) error {
	data := c.dataFlag()
	words, err := c.parse()
	if err != nil {
		return err
	}
	if len(words) > 1 {
		return usage("voices takes one script, or none")
	}
	v := c.voices(*data)
	if len(words) == 0 {
		for _, i := range v.List() {
			fmt.Fprintln(c.stdout, voiceLine(i))
		}
		fmt.Fprintf(c.stdout, "\nModels for piper belong in %s\n", filepath.Join(*data, "voices"))
		return nil
	}
	e, err := findScript(words[0], *data)
	if err != nil {
		return err
	}
	best := v.Choose(e.Script, "")
	for _, o := range v.Offers(e.Script) {
		mark := ""
		if o.ID == best {
			mark = "  (unless you choose another)"
		}
		fmt.Fprintf(c.stdout, "%s  says %d of %d%s\n", voiceLine(o.Voice), o.Says, o.Of, mark)
	}
	if best == "" {
		fmt.Fprintln(c.stdout, "No voice here can say this script: its words are on the screen.")
	}
	return nil
}

func voiceLine(i voice.Voice) string {
	what := map[voice.Kind]string{voice.Recorded: "recorded", voice.Narrated: "shipped", voice.Engine: "made on this computer"}[i.Kind]
	if i.About != "" {
		what = i.About + ", " + what
	}
	return fmt.Sprintf("%-24s %-22s %s", i.ID, i.Name, what)
}

// newBank is a bank that speaks.
func newBank(v *voice.Voices) *audio.Bank {
	b := audio.NewBank()
	b.Speech = v.Samples
	return b
}

// prepare gives a session its voice before it begins. All it may say and sound is
// ready then, and so is all of the grounding in each language, which anyone can ask
// for at any moment.
func prepare(v *voice.Voices, b *audio.Bank, groundings []session.Grounding) func(context.Context, *script.Script, timeline.Settings) (timeline.Settings, error) {
	return func(ctx context.Context, page *script.Script, set timeline.Settings) (timeline.Settings, error) {
		set, err := v.Settle(ctx, page, set)
		for _, g := range groundings {
			if err == nil {
				_, err = v.Ready(ctx, g.Script, set.Voice, nil)
			}
			warm(b, g.Script, timeline.Settings{}, v)
		}
		warm(b, page, set, v)
		return set, err
	}
}
