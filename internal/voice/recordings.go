package voice

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"stillpoint/internal/pcm"
	"stillpoint/internal/timeline"
)

// recordings is the folder of lines a person has spoken themselves. A file is
// named after its words, so that a changed sentence never keeps an old recording.
type recordings struct{ folder string }

func (r recordings) self() Voice {
	return Voice{ID: Own, Name: "Your own recordings", Kind: Recorded}
}

// speaks: whoever recorded a line knew its language.
func (r recordings) speaks(string) bool { return r.folder != "" }

// file is where a text's recording lies.
func (r recordings) file(text string) string {
	sum := sha256.Sum256([]byte(text))
	return filepath.Join(r.folder, slug(text)+"-"+hex.EncodeToString(sum[:6])+".flac")
}

// slug is the first words of a text, as a file name can have them.
func slug(text string) string {
	var b strings.Builder
	for _, c := range strings.ToLower(text) {
		switch {
		case b.Len() >= 32:
			return strings.Trim(b.String(), "-")
		case c >= 'a' && c <= 'z' || c >= '0' && c <= '9':
			b.WriteRune(c)
		case b.Len() > 0 && !strings.HasSuffix(b.String(), "-"):
			b.WriteByte('-')
		}
	}
	return strings.Trim(b.String(), "-")
}

func (r recordings) has(l timeline.Line) bool {
	if r.folder == "" {
		return false
	}
	_, err := os.Stat(r.file(l.Text))
	return err == nil
}

// any says whether there is any recording at all.
func (r recordings) any() bool {
	files, _ := filepath.Glob(filepath.Join(r.folder, "*.flac"))
	return len(files) > 0
}

func (r recordings) ready(l timeline.Line) (stored, bool) { return storedIn(r.file(l.Text)) }

func (r recordings) make(context.Context, timeline.Line) (stored, error) { return stored{}, errFixed }

// Record keeps a recording of a text: read, trimmed and levelled. name is the
// file's own. Its errors are sentences for people, and nothing is changed by a
// recording that cannot be used.
func (v *Voices) Record(text string, from io.ReadSeeker, size int64, name string) (pcm.Clip, error) {
	c, err := pcm.Read(from, size, name)
	if err != nil {
		return c, err
	}
	c = c.Trim().Levelled(Loudness)
	return c, v.own.keep(text, c)
}

func (r recordings) keep(text string, c pcm.Clip) error {
	if r.folder == "" {
		return errors.New("there is no folder for recordings. You might name a data folder with --data")
	}
	return writeFLAC(r.file(text), c)
}

// Forget removes the recording of a text, and says whether there was one.
func (v *Voices) Forget(text string) (bool, error) {
	err := os.Remove(v.own.file(text))
	if errors.Is(err, os.ErrNotExist) {
		return false, nil
	}
	return err == nil, err
}

// writeFLAC writes a file that is either whole or not there, in a folder that is
// made where it is missing, for this person alone.
func writeFLAC(name string, c pcm.Clip) (err error) {
	var b bytes.Buffer
	if err := pcm.EncodeFLAC(&b, c); err != nil {
		return fmt.Errorf("write %s: %w", name, err)
	}
	if err := os.MkdirAll(filepath.Dir(name), 0o700); err != nil {
		return fmt.Errorf("write %s: %w", name, err)
	}
	f, err := os.CreateTemp(filepath.Dir(name), ".new-*")
	if err != nil {
		return fmt.Errorf("write %s: %w", name, err)
	}
	defer func() {
		if err != nil {
			f.Close()
			os.Remove(f.Name())
			err = fmt.Errorf("write %s: %w", name, err)
		}
	}()
	if _, err = f.Write(b.Bytes()); err != nil {
		return err
	}
	if err = f.Close(); err != nil {
		return err
	}
	return os.Rename(f.Name(), name)
}

// mostFile bounds what is read of a file that says it is one of ours: ten minutes,
// uncompressed.
const mostFile = 64 << 20

// storedIn is a FLAC file of ours, false where there is none that can be used.
func storedIn(name string) (stored, bool) {
	f, err := os.Open(name)
	if err != nil {
		return stored{}, false
	}
	defer f.Close()
	frames, err := pcm.FLACLength(f)
	if err != nil {
		return stored{}, false
	}
	return stored{frames, true, func() (pcm.Clip, error) {
		info, err := os.Stat(name)
		if err != nil || info.Size() > mostFile {
			return pcm.Clip{}, fmt.Errorf("read %s: it is not as it was written", name)
		}
		file, err := os.ReadFile(name)
		if err != nil {
			return pcm.Clip{}, err
		}
		return pcm.DecodeFLAC(file)
	}}, true
}
