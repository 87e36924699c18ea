package voice

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"time"

	"stillpoint/internal/pcm"
)

// cache is the folder of lines that engines made. What a file holds is told by its
// name: engine, language, pace and words. Any of them may be removed at any time.
type cache struct{ folder string }

// mostCache is how many bytes of lines are kept: some four hours of speech.
const mostCache = 512 << 20

func (c cache) file(parts ...string) string {
	h := sha256.New()
	for _, p := range parts {
		h.Write([]byte(p))
		h.Write([]byte{0})
	}
	return filepath.Join(c.folder, hex.EncodeToString(h.Sum(nil)[:16])+".flac")
}

func (c cache) find(name string) (stored, bool) {
	if c.folder == "" {
		return stored{}, false
	}
	now := time.Now()
	os.Chtimes(name, now, now) // used lately; where it cannot be, it is only forgotten sooner
	return storedIn(name)
}

// keep writes a line; without a folder, or where it cannot be written, the line is
// only in memory and will be made again.
func (c cache) keep(name string, clip pcm.Clip) stored {
	if c.folder != "" {
		if err := writeFLAC(name, clip); err == nil {
			if s, ok := storedIn(name); ok {
				return s
			}
		}
	}
	return stored{len(clip.Samples), false, func() (pcm.Clip, error) { return clip, nil }}
}

// prune removes what was used longest ago, down to the bound.
func (c cache) prune() {
	if c.folder == "" {
		return
	}
	entries, _ := os.ReadDir(c.folder)
	var files []fs.FileInfo
	size := int64(0)
	for _, e := range entries {
		if info, err := e.Info(); err == nil && filepath.Ext(e.Name()) == ".flac" {
			files, size = append(files, info), size+info.Size()
		}
	}
	slices.SortFunc(files, func(a, b fs.FileInfo) int {
		return cmp.Or(a.ModTime().Compare(b.ModTime()), cmp.Compare(a.Name(), b.Name()))
	})
	for _, f := range files {
		if size <= mostCache {
			return
		}
		if os.Remove(filepath.Join(c.folder, f.Name())) == nil {
			size -= f.Size()
		}
	}
}
