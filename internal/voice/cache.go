package voice

import (
	"bytes"
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"time"

	"stillpoint/internal/pcm"
)

// cache is the folder of lines that engines made. What a file holds is told by its
// name: engine, language, pace and words. Any of them may be removed at any time.
// Where the folder cannot be written to, the lines are kept in memory, up to the
// same bound. Safe for concurrent use, by several programs too.
type cache struct {
	folder string // "": there is none
	most   int64  // bytes

	mu    sync.Mutex
	loose []looseLine // those in memory, the oldest first
}

type looseLine struct {
	name string
	file []byte
}

// mostCache is how many bytes of lines are kept: some four hours of speech.
const mostCache = 512 << 20

// staleDraft is how old a file is that nobody can still be writing.
const staleDraft = time.Hour

func (c *cache) file(parts ...string) string {
	h := sha256.New()
	for _, p := range parts {
		h.Write([]byte(p))
		h.Write([]byte{0})
	}
	return filepath.Join(c.folder, hex.EncodeToString(h.Sum(nil)[:16])+".flac")
}

// find is a line that was made before. One that turns out to be no good when it is
// decoded is removed, and will be made anew.
func (c *cache) find(name string) (s stored, ok bool) {
	if c.folder != "" {
		now := time.Now()
		os.Chtimes(name, now, now) // used lately; where it cannot be, it is only forgotten sooner
		s, ok = storedIn(name)
	}
	if !ok {
		return c.findLoose(name)
	}
	decode := s.decode
	s.decode = func() (pcm.Clip, error) {
		clip, err := decode()
		if err != nil {
			os.Remove(name)
		}
		return clip, err
	}
	return s, true
}

func (c *cache) findLoose(name string) (stored, bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	i := slices.IndexFunc(c.loose, func(l looseLine) bool { return l.name == name })
	if i < 0 {
		return stored{}, false
	}
	file := c.loose[i].file
	frames, err := pcm.FLACLength(bytes.NewReader(file))
	return stored{frames, int64(len(file)), func() (pcm.Clip, error) { return pcm.DecodeFLAC(file) }}, err == nil
}

// keep keeps a line.
func (c *cache) keep(name string, clip pcm.Clip) (stored, error) {
	var b bytes.Buffer
	if err := pcm.EncodeFLAC(&b, clip); err != nil {
		return stored{}, err
	}
	if c.folder == "" || writeWhole(name, b.Bytes()) != nil {
		c.keepLoose(looseLine{name, b.Bytes()})
	}
	if s, ok := c.find(name); ok {
		return s, nil
	}
	return stored{}, errNotKept
}

func (c *cache) keepLoose(line looseLine) {
	c.mu.Lock()
	defer c.mu.Unlock()
	size := int64(len(line.file))
	for _, l := range c.loose {
		size += int64(len(l.file))
	}
	for size > c.most && len(c.loose) > 0 {
		size -= int64(len(c.loose[0].file))
		c.loose = slices.Delete(c.loose, 0, 1)
	}
	c.loose = append(c.loose, line)
}

// prune removes what was used longest ago, down to the bound, and what was left
// behind half written.
func (c *cache) prune() {
	files, size := c.kept()
	slices.SortFunc(files, func(a, b fs.FileInfo) int {
		return cmp.Or(a.ModTime().Compare(b.ModTime()), cmp.Compare(a.Name(), b.Name()))
	})
	for _, f := range files {
		if size <= c.most {
			return
		}
		if os.Remove(filepath.Join(c.folder, f.Name())) == nil {
			size -= f.Size()
		}
	}
}

// kept is the lines of the folder, and their size.
func (c *cache) kept() (files []fs.FileInfo, size int64) {
	entries, _ := os.ReadDir(c.folder) // of "": none
	for _, e := range entries {
		about, err := e.Info()
		switch {
		case err != nil:
		case filepath.Ext(e.Name()) == ".flac":
			files, size = append(files, about), size+about.Size()
		case strings.HasPrefix(e.Name(), draft) && time.Since(about.ModTime()) > staleDraft:
			os.Remove(filepath.Join(c.folder, e.Name()))
		}
	}
	return files, size
}
