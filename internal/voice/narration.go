package voice

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io/fs"
	"sync"

	"stillpoint/internal/pcm"
	"stillpoint/internal/timeline"
)

// Narrator is a voice whose lines travel with the program.
type Narrator struct {
	ID       string
	Name     string
	About    string // what kind of voice it is, in a few words
	Language string
	Recipe   string // how its lines were made; another recipe is another voice
}

// narratorsFile lists the narrators, beside a folder for each.
const narratorsFile = "narrators.json"

// Narrators are those of a folder. Their order is the order they are offered in.
func Narrators(folder fs.FS) (list []Narrator, err error) {
	file, err := fs.ReadFile(folder, narratorsFile)
	if err == nil {
		err = json.Unmarshal(file, &list)
	}
	if err != nil {
		return nil, fmt.Errorf("read the shipped voices: %w", err)
	}
	return list, nil
}

// File is where a narrator's line lies in the folder. Its name tells the words and
// the recipe, so a changed sentence is another file, and no other file changes.
func (n Narrator) File(text string) string {
	sum := sha256.Sum256([]byte(n.Recipe + "\x00" + text))
	return n.ID + "/" + hex.EncodeToString(sum[:8]) + ".opus"
}

// narration is a narrator with the files, which never change.
type narration struct {
	Narrator
	folder fs.FS
	looked *sync.Map // stored, by the names of the files that were looked at
}

func (n narration) self() Voice {
	return Voice{ID: n.ID, Name: n.Name, About: n.About, Kind: Narrated, Languages: []string{n.Language}}
}

func (n narration) speaks(language string) bool { return same(language, n.Language) }

func (n narration) has(l timeline.Line) bool {
	_, err := fs.Stat(n.folder, n.File(l.Text))
	return err == nil
}

func (n narration) ready(l timeline.Line) (stored, bool) {
	name := n.File(l.Text)
	if s, ok := n.looked.Load(name); ok {
		return s.(stored), true
	}
	file, err := fs.ReadFile(n.folder, name)
	if err != nil {
		return stored{}, false
	}
	frames, err := pcm.OpusLength(file)
	if err != nil {
		return stored{}, false
	}
	s := stored{frames, int64(len(file)), func() (pcm.Clip, error) { return n.decode(name) }}
	n.looked.Store(name, s)
	return s, true
}

func (n narration) decode(name string) (pcm.Clip, error) {
	file, err := fs.ReadFile(n.folder, name)
	if err != nil {
		return pcm.Clip{}, err
	}
	return pcm.DecodeOpus(file)
}
