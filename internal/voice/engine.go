package voice

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"

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
}

// Pace is how fast engines are asked to speak, in words a minute within a
// sentence: with the pauses between sentences it comes to timeline.WordsAMinute.
const Pace = 140

// Bounds of one sentence from an engine.
const (
	sentenceTime = 30 * time.Second
	mostSentence = 2000 // bytes of text
	mostComplain = 300  // bytes of what an engine says when it does not speak
)

// made is the lines an engine makes, kept in the cache.
type made struct {
	engine
	cache cache
}

func (m made) self() Voice { return m.Voice }

func (m made) speaks(language string) bool {
	if len(m.Languages) == 0 {
		return true
	}
	for _, l := range m.Languages {
		if same(l, language) {
			return true
		}
	}
	return false
}

func (m made) has(timeline.Line) bool { return true }

func (m made) file(l timeline.Line) string {
	return m.cache.file(m.mark, l.Language, fmt.Sprint(Pace, SentencePause, clausePause), l.Text)
}

func (m made) ready(l timeline.Line) (stored, bool) { return m.cache.find(m.file(l)) }

func (m made) make(ctx context.Context, l timeline.Line) (stored, error) {
	sentences := Sentences(l.Text)
	var spoken []pcm.Clip
	for _, s := range sentences {
		c, err := m.speak(ctx, s, l.Language)
		if err != nil {
			return stored{}, err
		}
		spoken = append(spoken, c)
	}
	return m.cache.keep(m.file(l), Assemble(sentences, spoken)), nil
}

// speak has the engine say one sentence.
func (e engine) speak(ctx context.Context, text, language string) (c pcm.Clip, err error) {
	if len(text) > mostSentence {
		return c, errors.New("a sentence is too long to be spoken at once")
	}
	dir, err := os.MkdirTemp("", "stillpoint-voice-")
	if err != nil {
		return c, err
	}
	defer os.RemoveAll(dir)
	ctx, cancel := context.WithTimeout(ctx, sentenceTime)
	defer cancel()
	out := filepath.Join(dir, "sentence.wav")
	words := e.command(language, out)
	cmd := exec.CommandContext(ctx, words[0], words[1:]...)
	cmd.Stdin = strings.NewReader(text + "\n")
	cmd.Dir, cmd.WaitDelay = dir, time.Second
	if e.environ != nil {
		cmd.Env = append(os.Environ(), e.environ(language, out)...)
	}
	complaint := &head{}
	cmd.Stdout, cmd.Stderr = complaint, complaint
	if err := cmd.Run(); err != nil {
		return c, fmt.Errorf("%s did not speak: %w %s", e.Name, err, complaint)
	}
	return readSpoken(out)
}

func readSpoken(name string) (c pcm.Clip, err error) {
	f, err := os.Open(name)
	if err != nil {
		return c, err
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return c, err
	}
	return pcm.Read(f, info.Size(), filepath.Base(name))
}

// head keeps the beginning of what is written to it.
type head struct{ bytes.Buffer }

func (h *head) Write(b []byte) (int, error) {
	h.Buffer.Write(b[:min(len(b), mostComplain-min(h.Len(), mostComplain))])
	return len(b), nil
}
