package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"strconv"
	"strings"
	"time"

	"stillpoint/internal/library"
	"stillpoint/internal/script"
	"stillpoint/internal/script/check"
	"stillpoint/internal/timeline"
	"stillpoint/internal/voice"
)

func list(_ context.Context, c *call) error {
	data := c.dataFlag()
	words, err := c.parse()
	if err != nil {
		return err
	}
	if len(words) > 0 {
		return usage("list takes no names")
	}
	lib, err := library.Open(scriptsFolder(*data))
	if err != nil {
		fmt.Fprintf(c.stderr, "stillpoint: %v\n", err)
	}
	for _, e := range lib.All() {
		fmt.Fprintln(c.stdout, listLine(e))
	}
	fmt.Fprintf(c.stdout, "\nYour own scripts belong in %s\n", lib.Folder())
	return nil
}

func listLine(e library.Entry) string {
	own := ""
	if e.Own {
		own = " (yours)"
	}
	if e.Script == nil {
		return fmt.Sprintf("%-20s %s to mend%s: stillpoint check %s", e.ID, count(len(e.Faults), "fault"), own, e.File)
	}
	length := ""
	if t, err := timeline.Compile(e.Script, timeline.Settings{}, timeline.ByWords); err == nil {
		length = strconv.Itoa(int(t.Length.Round(time.Minute)/time.Minute)) + " min"
	}
	return fmt.Sprintf("%-20s %7s  %s%s", e.ID, length, e.Script.Title, own)
}

func count(n int, what string) string {
	if n == 1 {
		return "1 " + what
	}
	return fmt.Sprintf("%d %ss", n, what)
}

func check1(path string) (library.Entry, error) {
	e, err := library.ReadFile(path)
	if err != nil {
		return e, err
	}
	if e.Script != nil {
		for _, f := range checks(e.Script) {
			f.File = e.File
			e.Faults = append(e.Faults, f)
		}
	}
	return e, nil
}

// checks are the lint's, and whether the script can be as long as it says.
func checks(s *script.Script) []script.Fault {
	faults := check.Check(s)
	for _, length := range []time.Duration{s.Length.Want, s.Length.Min, s.Length.Max} {
		if length == 0 {
			continue
		}
		if _, err := timeline.Compile(s, timeline.Settings{Length: length}, timeline.ByWords); err != nil {
			return append(faults, script.Fault{Line: 1, What: err.Error(), Try: "another length, or longer or shorter silences"})
		}
	}
	return faults
}

func checkFiles(c *call, paths []string) (bad int) {
	for _, path := range paths {
		e, err := check1(path)
		switch {
		case err != nil:
			bad++
			fmt.Fprintf(c.stderr, "%s: %v\n", path, plain(err))
		case len(e.Faults) > 0:
			bad++
			for _, f := range e.Faults {
				fmt.Fprintln(c.stdout, f.Error())
			}
		default:
			fmt.Fprintf(c.stdout, "%s: nothing to mend.\n", path)
		}
	}
	return bad
}

func checkCommand(_ context.Context, c *call) error {
	paths, err := c.parse()
	if err != nil {
		return err
	}
	if len(paths) == 0 {
		return usage("check needs the file to look at")
	}
	if checkFiles(c, paths) > 0 {
		return errFaults
	}
	return nil
}

// chosen is a script and the choices a person made on the command line.
type chosen struct {
	entry    library.Entry
	settings timeline.Settings
	voices   *voice.Voices
}

// compile works out every time, with the lengths that the voice really takes.
func (c *chosen) compile(ctx context.Context, told func(done, of int)) (*timeline.Timeline, error) {
	s := c.entry.Script
	if c.settings.TextOnly {
		return timeline.Compile(s, c.settings, timeline.ByWords)
	}
	c.settings.Voice = c.voices.Choose(s, c.settings.Voice)
	if _, err := c.voices.Prepare(ctx, voice.Texts(s), s.Language, c.settings.Voice, told); err != nil {
		return nil, err
	}
	return timeline.Compile(s, c.settings, c.voices.Length)
}

// choose reads the flags that print and render share, and the script they name.
func (c *call) choose() (chosen, error) {
	data := c.dataFlag()
	length := c.flags.String("length", "", "")
	leaveOut := c.flags.String("leave-out", "", "")
	welcome := c.flags.String("welcome", "", "")
	anchor := c.flags.String("anchor", "", "")
	pace := c.flags.Float64("pace", 0, "")
	own := c.flags.Float64("own-pace", 0, "")
	who := c.flags.String("who", "", "")
	beneath := c.flags.String("beneath", "", "")
	words, err := c.parse()
	if err != nil {
		return chosen{}, err
	}
	if len(words) != 1 {
		return chosen{}, usage("one script is needed, by its name or its file")
	}
	set := timeline.Settings{Anchor: script.Anchor(*anchor), Pace: *pace, OwnPace: *own, Ambience: *beneath}
	if set.Length, err = parseLength(*length); err != nil {
		return chosen{}, err
	}
	if set.LeaveOut, err = parseRegions(*leaveOut); err != nil {
		return chosen{}, err
	}
	if set.Welcome, err = parseRegions(*welcome); err != nil {
		return chosen{}, err
	}
	voices := c.voices(*data)
	entry, err := findScript(words[0], *data)
	if err == nil {
		set.Voice, set.TextOnly, err = whose(voices, entry.Script, *who)
	}
	return chosen{entry, set, voices}, err
}

func parseLength(text string) (time.Duration, error) {
	if text == "" {
		return 0, nil
	}
	d, err := time.ParseDuration(strings.ReplaceAll(strings.ReplaceAll(text, " ", ""), "min", "m"))
	if minutes, bare := strconv.Atoi(text); bare == nil {
		d, err = time.Duration(minutes)*time.Minute, nil
	}
	if err != nil || d <= 0 || d > script.MaxLength {
		return 0, usage("“" + text + "” is not a length; write 10m, 90s or 1h")
	}
	return d, nil
}

func parseRegions(text string) ([]script.Region, error) {
	if text == "" {
		return nil, nil
	}
	return script.ParseRegions(text)
}

// findScript finds a script by its name in the library or, when it looks like
// one, as a file.
func findScript(name, data string) (library.Entry, error) {
	var e library.Entry
	var err error
	if strings.ContainsAny(name, `/\`) || strings.HasSuffix(strings.ToLower(name), ".txt") {
		e, err = library.ReadFile(name)
	} else {
		lib, openErr := library.Open(scriptsFolder(data))
		if e, err = lib.Find(name); err != nil && openErr != nil {
			err = openErr
		}
	}
	if err != nil {
		return e, plain(err)
	}
	if e.Script == nil {
		return e, e.Faults
	}
	return e, nil
}

// plain says what the system means by a file error.
func plain(err error) error {
	switch {
	case errors.Is(err, os.ErrNotExist):
		return fmt.Errorf("there is no such file (%w)", err)
	case errors.Is(err, os.ErrPermission):
		return fmt.Errorf("this file may not be read by you (%w)", err)
	}
	return err
}

func printScript(ctx context.Context, c *call) error {
	chosen, err := c.choose()
	if err != nil {
		return err
	}
	t, err := chosen.compile(ctx, nil)
	if err != nil {
		return err
	}
	_, err = fmt.Fprint(c.stdout, t)
	return err
}
