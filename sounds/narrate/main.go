// Command narrate speaks every line of the English scripts, built-in and composed, with each
// shipped voice, as `make narration` asks it to: what is there already stays, what
// no script says any more goes.
//
//	narrate SPEAKER ENCODER
//
// SPEAKER is a command line that reads orders as sounds/narrate/speak.py does,
// ENCODER an ffmpeg with libopus.
package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"

	"stillpoint/internal/library"
	"stillpoint/internal/pcm"
	"stillpoint/internal/voice"
)

const folder = "sounds/narration"

// style is how a narrator's recipe is carried out.
type style struct {
	Voice    string  `json:"voice"`
	Language string  `json:"language"`
	Speed    float64 `json:"speed"`
}

var styles = map[string]style{
	"hazel": {"af_heart", "en-us", 0.67},
	"rowan": {"am_michael", "en-us", 0.72},
}

func main() {
	if len(os.Args) != 3 {
		fmt.Fprintln(os.Stderr, "narrate SPEAKER ENCODER: see make narration")
		os.Exit(2)
	}
	if err := narrate(os.Args[1], os.Args[2]); err != nil {
		fmt.Fprintln(os.Stderr, "narrate:", err)
		os.Exit(1)
	}
}

func narrate(speaking, encoder string) error {
	texts, err := texts()
	if err != nil {
		return err
	}
	narrators, err := voice.Narrators(os.DirFS(folder))
	if err != nil {
		return err
	}
	s := speaker{command: strings.Fields(speaking), encoder: encoder}
	defer s.close()
	wanted, made := map[string]bool{}, 0
	for _, n := range narrators {
		for _, text := range texts {
			name := filepath.Join(folder, n.File(text))
			wanted[name] = true
			if _, err := os.Stat(name); err == nil {
				continue
			}
			if err := s.line(styles[n.ID], text, name); err != nil {
				return fmt.Errorf("%s, “%.40s”: %w", n.ID, text, err)
			}
			made++
			fmt.Printf("%s  %s  %s\n", n.ID, filepath.Base(name), text)
		}
	}
	gone, err := tidy(wanted)
	fmt.Printf("%d lines were spoken, %d are there, %d no script says were removed.\n", made, len(wanted), gone)
	return err
}

// texts is everything that an English script, built-in or composed, may say, and what
// a voice says to be tried.
func texts() ([]string, error) {
	lib, err := library.Open("")
	if err != nil {
		return nil, err
	}
	texts := []string{voice.Sample("en")}
	for _, text := range library.ComposedTexts("en") {
		if !slices.Contains(texts, text) {
			texts = append(texts, text)
		}
	}
	for _, e := range lib.All() {
		if e.Script == nil || e.Script.Language != "" && e.Script.Language != "en" {
			continue
		}
		for _, text := range voice.Texts(e.Script) {
			if !slices.Contains(texts, text) {
				texts = append(texts, text)
			}
		}
	}
	return texts, nil
}

// tidy removes the files that no line wants.
func tidy(wanted map[string]bool) (gone int, err error) {
	files, err := filepath.Glob(filepath.Join(folder, "*", "*.opus"))
	for _, name := range files {
		if !wanted[name] {
			gone++
			err = os.Remove(name)
		}
	}
	return gone, err
}

// speaker is the engine's process, started when it is first needed.
type speaker struct {
	command []string
	encoder string
	orders  io.WriteCloser
	answers *bufio.Scanner
	wait    func() error
}

func (s *speaker) start() error {
	cmd := exec.Command(s.command[0], s.command[1:]...)
	cmd.Stderr = os.Stderr
	in, err := cmd.StdinPipe()
	if err != nil {
		return err
	}
	out, err := cmd.StdoutPipe()
	if err != nil {
		return err
	}
	s.orders, s.answers, s.wait = in, bufio.NewScanner(out), cmd.Wait
	return cmd.Start()
}

func (s *speaker) close() {
	if s.orders != nil {
		s.orders.Close()
		s.wait()
	}
}

// line speaks a text into an Opus file.
func (s *speaker) line(how style, text, name string) error {
	if s.orders == nil {
		if err := s.start(); err != nil {
			return err
		}
	}
	dir, err := os.MkdirTemp("", "narrate-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	c, err := s.say(how, text, dir)
	for range again {
		if err == nil && float64(len(strings.Fields(text)))/c.Length().Minutes() > quick {
			how.Speed *= slower
			c, err = s.say(how, text, dir)
		}
	}
	if err != nil {
		return err
	}
	return s.encode(c, filepath.Join(dir, "line"), name)
}

// A line quicker than this, in words a minute, is spoken again, slower: one short
// sentence has no pauses to slow it.
const (
	quick  = 130
	slower = 0.86
	again  = 2 // times at most
)

// say is a text as one clip.
func (s *speaker) say(how style, text, dir string) (c pcm.Clip, err error) {
	sentences := voice.Sentences(text)
	spoken := make([]pcm.Clip, len(sentences))
	for i, sentence := range sentences {
		if spoken[i], err = s.sentence(how, sentence, filepath.Join(dir, "sentence.wav")); err != nil {
			return c, err
		}
	}
	return voice.Assemble(sentences, spoken), nil
}

func (s *speaker) sentence(how style, text, out string) (c pcm.Clip, err error) {
	order := struct {
		style
		Text string `json:"text"`
		Out  string `json:"out"`
	}{how, text, out}
	if err := json.NewEncoder(s.orders).Encode(order); err != nil {
		return c, err
	}
	if !s.answers.Scan() || s.answers.Text() != out {
		return c, fmt.Errorf("the engine ended: %w", s.answers.Err())
	}
	f, err := os.Open(out)
	if err != nil {
		return c, err
	}
	defer f.Close()
	size, err := f.Stat()
	if err != nil {
		return c, err
	}
	return pcm.Read(f, size.Size(), out)
}

// encode writes an Opus file that is either whole or not there.
func (s *speaker) encode(c pcm.Clip, draft, name string) error {
	f, err := os.Create(draft + ".flac")
	if err != nil {
		return err
	}
	if err := pcm.EncodeFLAC(f, c); err != nil {
		return err
	}
	if err := f.Close(); err != nil {
		return err
	}
	cmd := exec.Command(s.encoder, "-loglevel", "error", "-i", draft+".flac", "-map_metadata", "-1", "-fflags", "+bitexact",
		"-c:a", "libopus", "-b:a", "22k", "-vbr", "on", "-application", "voip", "-frame_duration", "20", draft+".opus")
	if out, err := cmd.CombinedOutput(); err != nil {
		return fmt.Errorf("%w: %s", err, out)
	}
	file, err := os.ReadFile(draft + ".opus")
	if err != nil {
		return err
	}
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		return err
	}
	return os.WriteFile(name, file, 0o644)
}
