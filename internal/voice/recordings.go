package voice

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
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
	return filepath.Join(r.folder, cmp.Or(slug(text, 32), "line")+"-"+hex.EncodeToString(sum[:6])+".flac")
}

// slug is the beginning of a text, as a file name can have it: at most so many
// bytes, of a to z, digits and hyphens.
func slug(text string, most int) string {
	var b strings.Builder
	for _, c := range strings.ToLower(text) {
		switch {
		case b.Len() >= most:
			return strings.Trim(b.String(), "-")
		case c >= 'a' && c <= 'z' || c >= '0' && c <= '9':
			b.WriteRune(c)
		case b.Len() > 0 && !strings.HasSuffix(b.String(), "-"):
			b.WriteByte('-')
		}
	}
	return strings.Trim(b.String(), "-")
}

// has: a file that is no recording of ours leaves the line to the other voices.
func (r recordings) has(l timeline.Line) bool {
	_, ok := r.ready(l)
	return ok
}

// any says whether there is any recording at all.
func (r recordings) any() bool {
	files, _ := os.ReadDir(r.folder) // of "", and of what is not there: none
	return slices.ContainsFunc(files, func(f os.DirEntry) bool { return filepath.Ext(f.Name()) == ".flac" })
}

func (r recordings) ready(l timeline.Line) (stored, bool) {
	if r.folder == "" {
		return stored{}, false
	}
	return storedIn(r.file(l.Text))
}

// Record keeps a recording of a text: read, trimmed and levelled. name is the
// file's own. Its errors are sentences for people, and nothing is changed by a
// recording that cannot be used. It is heard from the next Prepare on.
func (v *Voices) Record(text string, from io.ReadSeeker, size int64, name string) (pcm.Clip, error) {
	c, err := pcm.Read(from, size, name)
	if err != nil {
		return c, err
	}
	c = c.Trim().Levelled(Loudness)
	defer v.memory.forget(text)
	return c, v.own.keep(text, c)
}

func (r recordings) keep(text string, c pcm.Clip) error {
	if r.folder == "" {
		return errNoFolder
	}
	if err := writeFLAC(r.file(text), c); err != nil {
		return fmt.Errorf("the recording cannot be kept in %s. You might name another folder with --data (%w)", r.folder, err)
	}
	return nil
}

// Forget removes the recording of a text, and says whether there was one.
func (v *Voices) Forget(text string) (bool, error) {
	if v.own.folder == "" {
		return false, nil
	}
	defer v.memory.forget(text)
	err := os.Remove(v.own.file(text))
	if errors.Is(err, os.ErrNotExist) {
		return false, nil
	}
	if err != nil {
		return false, fmt.Errorf("the recording cannot be removed (%w)", err)
	}
	return true, nil
}

var errNoFolder = errors.New("there is no folder for recordings. You might name a data folder with --data")
