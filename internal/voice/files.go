package voice

import (
	"bytes"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"stillpoint/internal/pcm"
)

// draft is what the name of a file begins with while it is written.
const draft = ".new-"

// writeFLAC writes a file that is either whole or not there, in a folder that is
// made where it is missing, for this person alone.
func writeFLAC(name string, c pcm.Clip) error {
	var b bytes.Buffer
	if err := pcm.EncodeFLAC(&b, c); err != nil {
		return fmt.Errorf("write %s: %w", name, err)
	}
	return writeWhole(name, b.Bytes())
}

func writeWhole(name string, file []byte) (err error) {
	defer func() {
		if err != nil {
			err = fmt.Errorf("write %s: %w", name, err)
		}
	}()
	if err := os.MkdirAll(filepath.Dir(name), 0o700); err != nil {
		return err
	}
	f, err := os.CreateTemp(filepath.Dir(name), draft+"*") // for this person alone
	if err != nil {
		return err
	}
	if err = fill(f, file); err == nil {
		err = os.Rename(f.Name(), name)
	}
	if err != nil {
		os.Remove(f.Name())
	}
	return err
}

// fill writes a file out to the disk itself, so that a name never stands for half
// a file after the power has gone, and closes it.
func fill(f *os.File, content []byte) error {
	_, err := f.Write(content)
	if err == nil {
		err = f.Sync()
	}
	if closed := f.Close(); err == nil {
		err = closed
	}
	return err
}

// mostFile bounds what is read of one file: ten minutes of ours, uncompressed.
const mostFile = 64 << 20

// storedIn is a FLAC file of ours, false where there is none that can be used.
func storedIn(name string) (stored, bool) {
	f, err := os.Open(name)
	if err != nil {
		return stored{}, false
	}
	defer f.Close()
	about, err := f.Stat()
	if err != nil || about.Size() > mostFile {
		return stored{}, false
	}
	frames, err := pcm.FLACLength(f)
	if err != nil || frames == 0 {
		return stored{}, false
	}
	return stored{frames, about.Size(), func() (pcm.Clip, error) { return readFLAC(name) }}, true
}

// readFLAC reads a file of ours, and no more of it than one has.
func readFLAC(name string) (pcm.Clip, error) {
	f, err := os.Open(name)
	if err != nil {
		return pcm.Clip{}, err
	}
	defer f.Close()
	file, err := io.ReadAll(io.LimitReader(f, mostFile))
	if err != nil {
		return pcm.Clip{}, err
	}
	return pcm.DecodeFLAC(file)
}
