package library

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"slices"
	"strings"
	"unicode"

	"stillpoint/internal/script"
)

// made stands at the top of every file that Keep writes, and tells it from those a
// person wrote: Forget takes no other away.
const made = "// Made in Stillpoint: breathe "

// What Keep and Forget cannot do.
var (
	ErrFull    = fmt.Errorf("your scripts folder holds %d scripts, which is as many as are looked at", MaxFiles)
	ErrNotMade = errors.New("this script was not made here, so it is not taken away here")
	ErrNowhere = errors.New("there is no scripts folder to keep this in")
)

// maxName is how many characters of a title become a file's name.
const maxName = 48

// Keep stores a breath of one's own as a script in the person's folder, under a name
// made of its title, and never in place of a file that is there. breathe is what
// stands after the word in a direction, language that of the words around it; English
// where nothing is composed in it. The error is script.Faults, ErrFull, ErrNowhere, or
// that of the disk.
func (l *Library) Keep(title, language, breathe string) (Entry, error) {
	id := composed
	if _, ok := spoken[language]; ok && language != "" {
		id += "." + language
	}
	e, _ := compose(id + ":" + breathe)
	if e.Script == nil {
		return Entry{}, refusal(e.Faults)
	}
	if title = plainTitle(title); title != "" {
		e.Script.Title = title
	}
	text := made + strings.Join(strings.Fields(breathe), " ") + "\n" + script.Format(e.Script)
	if _, faults := Parse("", text); faults != nil {
		return Entry{}, faults
	}
	if l.folder == "" {
		return Entry{}, ErrNowhere
	}
	if own := l.own(); len(own) >= MaxFiles {
		return Entry{}, ErrFull
	}
	name, err := store(l.folder, "breath-"+slug(e.Script.Title), text)
	if err != nil {
		return Entry{}, fmt.Errorf("keep the script: %w", err)
	}
	if err := l.Refresh(); err != nil {
		return Entry{}, err
	}
	return l.byName(name)
}

// refusal is why a breath is none; an id too long has no faults of its own.
func refusal(faults script.Faults) script.Faults {
	if faults == nil {
		return script.Faults{{What: "this breath is written in too many words", Try: "extend_4_6 for 5 min"}}
	}
	return faults
}

// plainTitle is a title on one line, with nothing in it that is not text.
func plainTitle(title string) string {
	plain := strings.Map(func(r rune) rune {
		if unicode.IsControl(r) || r == unicode.ReplacementChar {
			return ' '
		}
		return r
	}, title)
	return strings.Join(strings.Fields(plain), " ")
}

// store writes a file that is not there yet, for its owner alone, and answers its name.
func store(folder, name, text string) (string, error) {
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return "", err
	}
	root, err := os.OpenRoot(folder)
	if err != nil {
		return "", err
	}
	defer root.Close()
	if r := []rune(name); len(r) > maxName {
		name = string(r[:maxName])
	}
	for n := 1; n <= MaxFiles; n++ {
		try := name + ".txt"
		if n > 1 {
			try = fmt.Sprintf("%s-%d.txt", name, n)
		}
		f, err := root.OpenFile(try, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
		if errors.Is(err, fs.ErrExist) {
			continue
		}
		if err != nil {
			return "", err
		}
		return try, fill(root, f, try, text)
	}
	return "", ErrFull
}

// fill writes a file whole, or takes it away again.
func fill(root *os.Root, f *os.File, name, text string) error {
	_, err := f.WriteString(text)
	if err = errors.Join(err, f.Sync(), f.Close()); err != nil {
		err = errors.Join(err, root.Remove(name))
	}
	return err
}

func (l *Library) own() []Entry {
	return slices.DeleteFunc(l.All(), func(e Entry) bool { return !e.Own })
}

// byName is the entry of one's own with a file name.
func (l *Library) byName(name string) (Entry, error) {
	for _, e := range l.own() {
		if e.name() == name {
			return e, nil
		}
	}
	return Entry{}, &Unknown{ID: name}
}

// Forget takes a script that Keep stored out of the folder. Its error is *Unknown,
// ErrNotMade, or that of the disk.
func (l *Library) Forget(id string) error {
	if _, ok := compose(id); ok {
		return ErrNotMade // it is in no folder
	}
	e, err := l.Find(id)
	if err != nil {
		return err
	}
	if !e.Made {
		return ErrNotMade
	}
	root, err := os.OpenRoot(l.folder)
	if err != nil {
		return fmt.Errorf("forget the script: %w", err)
	}
	defer root.Close()
	// It may have been written anew since the last look.
	if text, err := read(root.FS(), e.name()); err == nil && !strings.HasPrefix(text, made) {
		return ErrNotMade
	}
	if err := root.Remove(e.name()); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("forget the script: %w", err)
	}
	return l.Refresh()
}
