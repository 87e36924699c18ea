package voice

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"time"
	"unicode"

	"stillpoint/internal/pcm"
	"stillpoint/internal/timeline"
)

// engine is a program on this computer that speaks. One sentence is given to it at
// a time, by its standard input; it writes a WAV file.
type engine struct {
	Voice
	mark    string // tells one engine and model from another in the cache
	command func(language, out string) []string
	environ func(language, out string) []string // what the program finds in its environment besides; nil: nothing
	patient time.Duration                       // how long it may take for a sentence; 0: sentenceTime
}

// Pace is how fast engines are asked to speak, in words a minute within a
// sentence: with the pauses between sentences it comes to timeline.WordsAMinute.
const Pace = 140

// Bounds of one sentence from an engine.
const (
	sentenceTime = 30 * time.Second
	mostSentence = 2000                   // bytes of text
	mostComplain = 300                    // bytes of what an engine says when it does not speak
	lookEvery    = 100 * time.Millisecond // at how much it has written: mostFile and it is ended
)

// Why an engine's line is not heard.
var (
	errWordless = errors.New("there are no words in it")
	errTooMuch  = errors.New("it wrote more than a sentence can be")
	errTooSlow  = errors.New("it took too long")
	errLong     = errors.New("a sentence is too long to be spoken at once")
	errNotKept  = errors.New("what was spoken could not be kept")
)

// made is the lines an engine makes, kept in the cache.
type made struct {
	engine
	cache *cache
}

func (m made) self() Voice { return m.Voice }

func (m made) speaks(language string) bool {
	return len(m.Languages) == 0 || slices.ContainsFunc(m.Languages, func(l string) bool { return same(l, language) })
}

func (m made) has(timeline.Line) bool { return true }

func (m made) file(l timeline.Line) string {
	return m.cache.file(m.mark, l.Language, fmt.Sprint(Pace, SentencePause, clausePause), l.Text)
}

func (m made) ready(l timeline.Line) (stored, bool) { return m.cache.find(m.file(l)) }

func (m made) make(ctx context.Context, l timeline.Line) (stored, error) {
	sentences := slices.DeleteFunc(Sentences(l.Text), wordless)
	if len(sentences) == 0 {
		return stored{}, errWordless
	}
	var spoken []pcm.Clip
	for _, s := range sentences {
		c, err := m.speak(ctx, s, l.Language)
		if err != nil {
			return stored{}, fmt.Errorf("%s: %w", m.Name, err)
		}
		spoken = append(spoken, c)
	}
	return m.cache.keep(m.file(l), Assemble(sentences, spoken))
}

// wordless is true of a lone “…” and its like, at which an engine is silent.
func wordless(sentence string) bool {
	return !strings.ContainsFunc(sentence, func(r rune) bool { return unicode.IsLetter(r) || unicode.IsNumber(r) })
}

// oneLine is a sentence as engines take it: some take every line for another
// sentence, which overwrites the one before.
func oneLine(sentence string) string {
	return strings.Join(strings.FieldsFunc(sentence, func(r rune) bool { return unicode.IsSpace(r) || unicode.IsControl(r) }), " ") + "\n"
}

// speak has the engine say one sentence.
func (e engine) speak(ctx context.Context, text, language string) (c pcm.Clip, err error) {
	if len(text) > mostSentence {
		return c, errLong
	}
	dir, err := os.MkdirTemp("", "stillpoint-voice-")
	if err != nil {
		return c, err
	}
	defer os.RemoveAll(dir)
	out := filepath.Join(dir, "sentence.wav")
	if err := e.run(ctx, text, language, out); err != nil {
		return c, err
	}
	return readSpoken(out)
}

// run runs the engine until it ends, or is ended: with ctx, for taking too long,
// or for writing too much.
func (e engine) run(ctx context.Context, text, language, out string) error {
	patient := e.patient
	if patient == 0 {
		patient = sentenceTime
	}
	ctx, cancel := context.WithTimeoutCause(ctx, patient, errTooSlow)
	defer cancel()
	ctx, end := context.WithCancelCause(ctx)
	defer end(nil)
	go watch(ctx, out, end)

	words := e.command(language, out)
	cmd := exec.CommandContext(ctx, words[0], words[1:]...)
	together(cmd)
	cmd.Stdin = strings.NewReader(oneLine(text))
	cmd.Dir, cmd.WaitDelay = filepath.Dir(out), time.Second
	if e.environ != nil {
		cmd.Env = append(os.Environ(), e.environ(language, out)...)
	}
	complaint := &head{}
	cmd.Stdout, cmd.Stderr = complaint, complaint
	err := cmd.Run()
	switch {
	case err == nil:
		return nil
	case errors.Is(err, exec.ErrWaitDelay): // it ended, and left somebody behind
		cmd.Cancel()
	case context.Cause(ctx) != nil:
		return context.Cause(ctx)
	}
	return fmt.Errorf("%w %q", err, strings.TrimSpace(complaint.kept.String()))
}

// watch ends an engine that writes too much.
func watch(ctx context.Context, out string, end context.CancelCauseFunc) {
	look := time.NewTicker(lookEvery)
	defer look.Stop()
	for {
		select {
		case <-look.C:
			if about, err := os.Stat(out); err == nil && about.Size() > mostFile {
				end(errTooMuch)
			}
		case <-ctx.Done():
			return
		}
	}
}

// readSpoken reads what an engine wrote, if that is a file and no larger than a
// sentence can be.
func readSpoken(name string) (c pcm.Clip, err error) {
	about, err := os.Lstat(name)
	switch {
	case errors.Is(err, os.ErrNotExist):
		return c, errors.New("it wrote nothing")
	case err != nil:
		return c, err
	case !about.Mode().IsRegular():
		return c, errors.New("what it wrote is no file")
	case about.Size() > mostFile:
		return c, errTooMuch
	}
	f, err := os.Open(name)
	if err != nil {
		return c, err
	}
	defer f.Close()
	return pcm.Read(f, about.Size(), filepath.Base(name))
}

// head keeps the beginning of what is written to it.
type head struct{ kept bytes.Buffer }

func (h *head) Write(b []byte) (int, error) {
	h.kept.Write(b[:min(len(b), mostComplain-h.kept.Len())])
	return len(b), nil
}
