package library

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"testing"

	"stillpoint/internal/script"
)

// TestKeep: a breath of one's own becomes a file that its owner alone may read, and
// that is a script like any other.
func TestKeep(t *testing.T) {
	folder := filepath.Join(t.TempDir(), "scripts") // not there yet
	l := open(t, folder)
	e, err := l.Keep("  For the\n evening ", "", "4-0-6-0,  6 times")
	if err != nil {
		t.Fatal(err)
	}
	if e.ID != "breath-for-the-evening" || !e.Own || !e.Made || e.Script.Title != "For the evening" {
		t.Errorf("%+v", e)
	}
	composed, err := l.Script("breathe:4-0-6-0, 6 times")
	if err != nil {
		t.Fatal(err)
	}
	composed.Title = "For the evening"
	if got, want := script.Format(e.Script), script.Format(composed); got != want {
		t.Errorf("kept\n%s\nnot\n%s", got, want)
	}
	file, err := os.Stat(filepath.Join(folder, "breath-for-the-evening.txt"))
	if err != nil || runtime.GOOS != "windows" && file.Mode().Perm() != 0o600 {
		t.Error(file.Mode(), err)
	}
	if found, err := open(t, folder).Find(e.ID); err != nil || !found.Made {
		t.Error(found, err)
	}
}

// TestKeepNeverOverwrites: not a file of the same name, however many ask at once, nor
// one outside the folder.
func TestKeepNeverOverwrites(t *testing.T) {
	folder := t.TempDir()
	mine := filepath.Join(folder, "breath-mine.txt")
	if err := os.WriteFile(mine, []byte("title: Written by hand\n\nHello. [5]\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	l := open(t, folder)
	var group sync.WaitGroup
	for range 8 {
		group.Go(func() {
			if _, err := l.Keep("Mine", "", "4-6, 6 times"); err != nil {
				t.Error(err)
			}
		})
	}
	group.Wait()
	if text, err := os.ReadFile(mine); err != nil || !strings.Contains(string(text), "by hand") {
		t.Error(string(text), err)
	}
	if own := l.own(); len(own) != 9 {
		t.Errorf("%d scripts", len(own))
	}
	for _, title := range []string{"../../up", "/etc/passwd", "con", "a\x00b", strings.Repeat("ö", 100), "..", "C:\\x", "title: x\n\n[bell]"} {
		if _, err := l.Keep(title, "", "4-6, 6 times"); err != nil {
			t.Errorf("%q: %v", title, err)
		}
	}
	files, err := fs.ReadDir(os.DirFS(folder), ".")
	if err != nil || len(files) != 17 {
		t.Fatal(len(files), err)
	}
	for _, f := range files {
		if !strings.HasPrefix(f.Name(), "breath-") || len(f.Name()) > 200 {
			t.Errorf("a file is called %q", f.Name())
		}
	}
}

func TestKeepRefuses(t *testing.T) {
	l := open(t, t.TempDir())
	for _, breathe := range []string{"", "1-1, 6 times", "kapalabhati for 1 min", "4-6, 6 times" + strings.Repeat(" ", 200), "4-6,\n6 times\x00"} {
		var faults script.Faults
		if _, err := l.Keep("x", "", breathe); !errors.As(err, &faults) {
			t.Errorf("%q: %v", breathe, err)
		}
	}
	if _, err := l.Keep(strings.Repeat("x", 121), "", "4-6, 6 times"); err == nil {
		t.Error("a title of any length is kept")
	}
	if len(l.own()) != 0 {
		t.Error("something was kept all the same")
	}
	if _, err := open(t, "").Keep("x", "", "4-6, 6 times"); !errors.Is(err, ErrNowhere) {
		t.Error(err)
	}
}

func TestKeepStopsWhenTheFolderIsFull(t *testing.T) {
	folder := t.TempDir()
	for n := range MaxFiles {
		if err := os.WriteFile(filepath.Join(folder, strings.Repeat("x", n%50+1)+string(rune('a'+n/50))+".txt"), []byte("title: x\n\nHello. [5]\n"), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := open(t, folder).Keep("One more", "", "4-6, 6 times"); !errors.Is(err, ErrFull) {
		t.Error(err)
	}
}

// TestForget takes away what was made here, and nothing else.
// TestKeepInALanguage: what is kept speaks the reader's language, and English where
// nothing is composed in that.
func TestKeepInALanguage(t *testing.T) {
	l := open(t, t.TempDir())
	for language, want := range map[string][2]string{"de": {"de", "4 ein, 6 aus"}, "es": {"es", "4 al entrar, 6 al salir"}, "xx": {"en", "4 in, 6 out"}} {
		e, err := l.Keep("", language, "4-6, 6 times")
		if err != nil {
			t.Fatal(err)
		}
		if e.Script.Language != want[0] || e.Script.Title != want[1] {
			t.Errorf("%s: %s, %s", language, e.Script.Language, e.Script.Title)
		}
	}
}

func TestForget(t *testing.T) {
	folder := t.TempDir()
	mine := filepath.Join(folder, "mine.txt")
	if err := os.WriteFile(mine, []byte("title: Written by hand\n\nHello. [5]\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	l := open(t, folder)
	e, err := l.Keep("Made", "", "4-6, 6 times")
	if err != nil {
		t.Fatal(err)
	}
	for _, id := range []string{"mine", "feet-first", "breathe:4-6, 6 times", "breathe:1-1, 6 times"} {
		if err := l.Forget(id); !errors.Is(err, ErrNotMade) {
			t.Errorf("%s: %v", id, err)
		}
	}
	var unknown *Unknown
	if err := l.Forget("../mine"); !errors.As(err, &unknown) {
		t.Error(err)
	}
	if err := l.Forget(e.ID); err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(e.File); !errors.Is(err, fs.ErrNotExist) {
		t.Error("the file is still there:", err)
	}
	if _, err := os.Stat(mine); err != nil {
		t.Error(err)
	}
	if again, err := l.Keep("Made", "", "4-6, 6 times"); err != nil {
		t.Error(err)
	} else if err := os.WriteFile(again.File, []byte("title: By hand now\n\nHello. [5]\n"), 0o600); err != nil {
		t.Fatal(err)
	} else if err := l.Forget(again.ID); !errors.Is(err, ErrNotMade) {
		t.Error("a file written anew was taken away:", err)
	}
}
