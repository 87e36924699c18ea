// Package library finds scripts: the built-in ones, which travel inside the
// program, and then those in the person's own folder.
//
// Built-in scripts are in English; a folder beneath them, named by a language,
// holds their translations under the same file names: de/feet-first.txt is
// “feet-first.de”. No file of a person's own can take such an id.
//
// It looks at the folder when opened and when asked to, never by itself. A file
// with faults stays in the list with its faults, so that its author sees it.
package library

import (
	"cmp"
	"embed"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"sync"

	"stillpoint/internal/script"
)

//go:embed scripts/*.txt scripts/*/*.txt
var builtIn embed.FS

// MaxFiles is how many files of the person's folder are looked at.
const MaxFiles = 500

// Entry is one script of the library.
type Entry struct {
	ID       string
	Original string         // the id of the script it translates; "" for an original
	Own      bool           // from the person's folder
	Made     bool           // kept there by Keep
	File     string         // the path, or the built-in's file name
	Script   *script.Script // nil when there are faults
	Faults   script.Faults
}

// name is the name of the entry's file in its folder.
func (e Entry) name() string { return filepath.Base(e.File) }

// Library holds what was found at the last look. Safe for concurrent use.
type Library struct {
	folder string // "" when there is none

	mu      sync.Mutex
	entries []Entry // built-in first, each part in the order of its names
}

// Open looks at the built-in scripts and at folder, which need not exist. The
// library is usable even when the folder could not be read, which the error says.
func Open(folder string) (*Library, error) {
	l := &Library{folder: folder}
	return l, l.Refresh()
}

// Folder is where the person's own scripts are looked for.
func (l *Library) Folder() string { return l.folder }

// Refresh looks again.
func (l *Library) Refresh() error {
	entries, err := scanBuiltIn()
	if err != nil {
		return fmt.Errorf("read the built-in scripts: %w", err)
	}
	var own []Entry
	if l.folder != "" {
		own, err = scanFolder(l.folder)
	}
	for _, e := range own {
		e.ID = free(e.ID, entries)
		entries = append(entries, e)
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	l.entries = entries
	return err
}

// All is every entry there is.
func (l *Library) All() []Entry {
	l.mu.Lock()
	defer l.mu.Unlock()
	return slices.Clone(l.entries)
}

// Unknown says that no script has a name, and which are near it.
type Unknown struct {
	ID   string
	Near []string
}

func (e *Unknown) Error() string {
	if len(e.Near) == 0 {
		return fmt.Sprintf("there is no script “%.60s”. Try: stillpoint list", e.ID)
	}
	return fmt.Sprintf("there is no script “%.60s”. Perhaps: %s", e.ID, strings.Join(e.Near, ", "))
}

// Find is the entry with an id, one of the list or composed of the id itself; its
// error is *Unknown, or the script.Faults of a breath that cannot be composed.
func (l *Library) Find(id string) (Entry, error) {
	if e, ok := compose(id); ok && e.Script == nil {
		return Entry{}, e.Faults
	} else if ok {
		return e, nil
	}
	all := l.All()
	ids := make([]string, len(all))
	for i, e := range all {
		if e.ID == id {
			return e, nil
		}
		ids[i] = e.ID
	}
	return Entry{}, &Unknown{id, script.Nearest(id, ids)}
}

// Versions is the script with an id, and then its translations; those with faults
// are not among them.
func (l *Library) Versions(id string) []Entry {
	return slices.DeleteFunc(l.All(), func(e Entry) bool { return e.Script == nil || e.ID != id && e.Original != id })
}

// Script is the script with an id, ready to be practised.
func (l *Library) Script(id string) (*script.Script, error) {
	e, err := l.Find(id)
	if err != nil {
		return nil, err
	}
	if e.Script == nil {
		return nil, e.Faults
	}
	return e.Script, nil
}

// scanBuiltIn scans the built-in scripts, and then their translations.
func scanBuiltIn() ([]Entry, error) {
	entries, err := scan(builtIn, "scripts", false)
	folders, _ := fs.Glob(builtIn, "scripts/*")
	for _, folder := range folders {
		if strings.HasSuffix(folder, ".txt") {
			continue
		}
		translated, failed := scan(builtIn, folder, false)
		language := path.Base(folder)
		for _, e := range translated {
			e.Original, e.ID, e.File = e.ID, e.ID+"."+language, language+"/"+e.File
			entries = append(entries, e)
		}
		err = errors.Join(err, failed)
	}
	return entries, err
}

// scanFolder scans the person's folder through an os.Root, so that no link in it
// leads anywhere else.
func scanFolder(folder string) ([]Entry, error) {
	root, err := os.OpenRoot(folder)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("open your scripts folder: %w", err)
	}
	defer root.Close()
	entries, err := scan(root.FS(), ".", true)
	if err != nil {
		return entries, fmt.Errorf("read your scripts folder: %w", err)
	}
	for i := range entries {
		entries[i].File = filepath.Join(folder, entries[i].File)
	}
	return entries, nil
}

// scan reads every .txt file directly in a folder. One file that cannot be read
// does not hide the others: it becomes an entry with a fault.
func scan(files fs.FS, folder string, own bool) ([]Entry, error) {
	list, err := fs.ReadDir(files, folder)
	list = slices.DeleteFunc(list, func(f fs.DirEntry) bool {
		return f.IsDir() || !strings.EqualFold(filepath.Ext(f.Name()), ".txt")
	})
	if len(list) > MaxFiles {
		err = fmt.Errorf("it holds %d scripts; the first %d are there", len(list), MaxFiles)
		list = list[:MaxFiles]
	}
	var entries []Entry
	for _, f := range list {
		text, err := read(files, folder+"/"+f.Name())
		e := Entry{Own: own, File: f.Name()}
		if err != nil {
			e.Faults = script.Faults{{File: f.Name(), Line: 1, What: "this file could not be read", Try: "looking at its permissions"}}
		} else {
			e.Script, e.Faults = Parse(f.Name(), text)
			e.Made = own && strings.HasPrefix(text, made)
		}
		e.ID = free(slug(f.Name()), entries)
		entries = append(entries, e)
	}
	slices.SortFunc(entries, func(a, b Entry) int { return cmp.Compare(a.ID, b.ID) })
	return entries, err
}

// Parse reads a script's text; the Script is nil when there are faults.
func Parse(name, text string) (*script.Script, script.Faults) {
	s, err := script.Parse(name, text)
	var faults script.Faults
	if errors.As(err, &faults) {
		return nil, faults
	}
	return s, nil
}

// read reads at most one byte more than a script may have, so that one too
// large is found to be so without being read whole.
func read(files fs.FS, name string) (string, error) {
	name = strings.TrimPrefix(name, "./")
	if kind, err := fs.Stat(files, name); err != nil {
		return "", err
	} else if !kind.Mode().IsRegular() {
		return "", fmt.Errorf("%s is not a plain file", name) // opening a pipe could wait for ever
	}
	f, err := files.Open(name)
	if err != nil {
		return "", err
	}
	defer f.Close()
	text, err := io.ReadAll(io.LimitReader(f, script.MaxBytes+1))
	return string(text), err
}

// ReadFile is one file anywhere as an entry, for the command line.
func ReadFile(path string) (Entry, error) {
	text, err := read(os.DirFS(filepath.Dir(path)), filepath.Base(path))
	if err != nil {
		return Entry{}, fmt.Errorf("read the script: %w", err)
	}
	e := Entry{ID: slug(filepath.Base(path)), Own: true, File: path}
	e.Script, e.Faults = Parse(filepath.Base(path), text)
	return e, nil
}

// slug makes an id of a file name: "Feet first.txt" is "feet-first".
func slug(name string) string {
	name = strings.ToLower(strings.TrimSuffix(name, filepath.Ext(name)))
	words := strings.FieldsFunc(name, func(r rune) bool {
		return !(r >= 'a' && r <= 'z' || r >= '0' && r <= '9' || r > 127)
	})
	return cmp.Or(strings.Join(words, "-"), "script")
}

// free is id, or id-2, id-3, … when it is taken.
func free(id string, taken []Entry) string {
	for n := 1; ; n++ {
		try := id
		if n > 1 {
			try = fmt.Sprintf("%s-%d", id, n)
		}
		if !slices.ContainsFunc(taken, func(e Entry) bool { return e.ID == try }) {
			return try
		}
	}
}
