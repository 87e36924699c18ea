package voice

import (
	"bytes"
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"stillpoint/internal/pcm"
	"stillpoint/internal/timeline"
)

func mode(t *testing.T, name string) os.FileMode {
	t.Helper()
	about, err := os.Stat(name)
	if err != nil {
		t.Fatal(err)
	}
	return about.Mode().Perm()
}

// TestTheCacheIsPrivate, and holds nothing but whole lines.
func TestTheCacheIsPrivate(t *testing.T) {
	folder := filepath.Join(t.TempDir(), "new", "speech")
	v := with(t, Config{Cache: folder})
	spokenBy(v, "system", at300)
	if said, err := v.Prepare(t.Context(), []string{"A.", "B."}, "en", "system", nil); err != nil || said.Texts != 2 {
		t.Fatal(said, err)
	}
	files := filesIn(t, folder)
	if len(files) != 2 || mode(t, folder) != 0o700 || mode(t, filepath.Dir(folder)) != 0o700 {
		t.Errorf("%v, %v", files, mode(t, folder))
	}
	for _, f := range files {
		if mode(t, f) != 0o600 || filepath.Ext(f) != ".flac" || len(filepath.Base(f)) != 32+len(".flac") {
			t.Errorf("%s: %v", f, mode(t, f))
		}
	}
}

// TestAnotherLineIsAnotherFile: by its engine, language, pace and words.
func TestAnotherLineIsAnotherFile(t *testing.T) {
	c := &cache{folder: "x"}
	names := map[string]bool{}
	for _, e := range []string{"one", "two"} {
		for _, language := range []string{"en", "de"} {
			for _, text := range []string{"A.", "B.", "A. ", ""} {
				m := made{engine{mark: e}, c}
				names[m.file(timeline.Line{Text: text, Language: language, Voice: "v"})] = true
			}
		}
	}
	if len(names) != 16 || c.file("a", "bc") == c.file("ab", "c") {
		t.Errorf("%d names", len(names))
	}
}

// TestPrune: what was used longest ago goes first, down to the bound; so does what
// was left half written, unless somebody may still be writing it.
func TestPrune(t *testing.T) {
	folder := t.TempDir()
	c := &cache{folder: folder, most: 3000}
	old := time.Now().Add(-time.Hour * 24)
	write := func(name string, size int, used time.Time) {
		t.Helper()
		path := filepath.Join(folder, name)
		if err := os.WriteFile(path, make([]byte, size), 0o600); err != nil {
			t.Fatal(err)
		}
		if err := os.Chtimes(path, used, used); err != nil {
			t.Fatal(err)
		}
	}
	for i, name := range []string{"d.flac", "b.flac", "a.flac", "c.flac"} {
		write(name, 1000, old.Add(time.Duration(i)*time.Minute))
	}
	write("mine.txt", 100_000, old)
	write(draft+"left", 10, old)
	write(draft+"now", 10, time.Now())
	left := func() (names []string) {
		for _, f := range filesIn(t, folder) {
			names = append(names, filepath.Base(f))
		}
		return names
	}
	c.prune()
	if got := left(); !slices.Equal(got, []string{draft + "now", "a.flac", "b.flac", "c.flac", "mine.txt"}) {
		t.Errorf("left are %v", got)
	}
	c.prune()
	if got := left(); len(got) != 5 {
		t.Errorf("at the bound, left are %v", got)
	}
	write("b.flac", 1001, old.Add(time.Hour))
	c.prune()
	if got := left(); !slices.Equal(got, []string{draft + "now", "b.flac", "c.flac", "mine.txt"}) {
		t.Errorf("left are %v", got)
	}
	(&cache{folder: filepath.Join(folder, "none"), most: 1}).prune()
	(&cache{most: 1}).prune()
}

// TestPreparePrunes: what a script needs is the last to go.
func TestPreparePrunes(t *testing.T) {
	v := with(t, Config{Cache: t.TempDir()})
	runs := spokenBy(v, "system", at300)
	if _, err := v.Prepare(t.Context(), []string{"Long ago.", "Lately."}, "en", "system", nil); err != nil {
		t.Fatal(err)
	}
	files, size := v.cache.kept()
	long := time.Now().Add(-time.Hour)
	for _, f := range files {
		if err := os.Chtimes(filepath.Join(v.cache.folder, f.Name()), long, long); err != nil {
			t.Fatal(err)
		}
	}
	v.cache.most = size
	if _, err := v.Prepare(t.Context(), []string{"Lately.", "New."}, "en", "system", nil); err != nil || runs.Load() != 3 {
		t.Fatal(err, runs.Load())
	}
	again := with(t, Config{Cache: v.cache.folder})
	spokenBy(again, "system", at300)
	for text, want := range map[string]bool{"Long ago.": false, "Lately.": true, "New.": true} {
		if _, got := again.source(by("system", text)).ready(by("system", text)); got != want {
			t.Errorf("%s: there %v, want %v", text, got, want)
		}
	}
}

// TestWithoutAFolder: no folder, one that cannot be made, one that cannot be
// written to; a line is made once all the same, and sounds as long as it says.
func TestWithoutAFolder(t *testing.T) {
	inTheWay := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(inTheWay, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	closed := filepath.Join(t.TempDir(), "closed")
	if err := os.Mkdir(closed, 0o500); err != nil {
		t.Fatal(err)
	}
	for _, folder := range []string{"", filepath.Join(inTheWay, "speech"), closed} {
		v := with(t, Config{Cache: folder})
		runs := spokenBy(v, "system", at300)
		v.memory.most = 1 // what was decoded is dropped at once
		texts := []string{"A.", "B.", "C."}
		for range 2 {
			if said, err := v.Prepare(t.Context(), texts, "en", "system", nil); err != nil || said.Texts != 3 {
				t.Errorf("%q: %+v %v", folder, said, err)
			}
		}
		for _, text := range texts {
			if sameLength(t, v, by("system", text)); v.Length(by("system", text)) != 300*time.Millisecond {
				t.Errorf("%q: %s takes %v", folder, text, v.Length(by("system", text)))
			}
		}
		if runs.Load() != 3 {
			t.Errorf("%q: %d were made", folder, runs.Load())
		}
	}
}

// TestLooseLinesAreBounded: the oldest goes.
func TestLooseLinesAreBounded(t *testing.T) {
	c := &cache{most: 2500}
	for _, name := range []string{"a", "b", "c"} {
		c.keepLoose(looseLine{name, make([]byte, 1000)})
	}
	if len(c.loose) != 2 || c.loose[0].name != "b" || c.loose[1].name != "c" {
		t.Errorf("%d are kept", len(c.loose))
	}
	if c.keepLoose(looseLine{"d", make([]byte, 9000)}); len(c.loose) != 1 {
		t.Errorf("%d are kept beside one that is larger than all", len(c.loose))
	}
}

// TestCorruptLinesAreMadeAnew: cut short, emptied, overwritten at the beginning or
// in the middle, another kind of sound, a folder.
func TestCorruptLinesAreMadeAnew(t *testing.T) {
	for name, spoil := range map[string]func(file []byte) []byte{
		"empty":                   func([]byte) []byte { return nil },
		"cut in its beginning":    func(file []byte) []byte { return file[:20] },
		"cut in the middle":       func(file []byte) []byte { return file[:len(file)/2] },
		"zeroes":                  func(file []byte) []byte { return make([]byte, len(file)) },
		"zeroes after the middle": func(file []byte) []byte { return append(file[:len(file)/2:len(file)/2], make([]byte, len(file)/2)...) },
		"another kind":            func([]byte) []byte { return wav(hum(48000, 300)) },
		"another rate": func([]byte) []byte {
			var b bytes.Buffer
			pcm.EncodeFLAC(&b, hum(44100, 300))
			return b.Bytes()
		},
	} {
		folder := t.TempDir()
		v := with(t, Config{Cache: folder})
		spokenBy(v, "system", at300)
		s := page(t, "en", "A.")
		if _, err := v.Ready(t.Context(), s, "system", nil); err != nil {
			t.Fatal(err)
		}
		file := filesIn(t, folder)[0]
		whole, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, spoil(slices.Clone(whole)), 0o600); err != nil {
			t.Fatal(err)
		}
		again := with(t, Config{Cache: folder})
		runs := spokenBy(again, "system", at300)
		calls := 0
		said, err := again.Ready(t.Context(), s, "system", func(int, int) { calls++ })
		if err != nil || said != (Said{1, 1}) || runs.Load() != 1 || calls != 1 {
			t.Errorf("%s: %+v %v, %d were made, told %d times", name, said, err, runs.Load(), calls)
		}
		if l := by("system", "A."); again.Length(l) != 300*time.Millisecond || len(again.Samples(l)) != pcm.Rate*300/1000 {
			t.Errorf("%s: it takes %v and has %d samples", name, again.Length(l), len(again.Samples(l)))
		}
	}
}

// TestALineThatCannotBeKept is a fault.
func TestALineThatCannotBeKept(t *testing.T) {
	c := &cache{folder: t.TempDir(), most: mostCache}
	if _, err := c.keep(c.file("nothing"), pcm.Clip{Rate: pcm.Rate}); !errors.Is(err, errNotKept) {
		t.Errorf("a line without any sound: %v", err)
	}
	if _, err := c.keep(c.file("fast"), hum(44100, 300)); !errors.Is(err, errNotKept) {
		t.Errorf("a line at another rate: %v", err)
	}
}

// TestManyAtOnce: everything at the same time, for the race detector, and in the
// end every line is as long as it says.
func TestManyAtOnce(t *testing.T) {
	v := with(t, Config{Cache: t.TempDir(), Recordings: t.TempDir(), Narration: shipped(t, map[Narrator][]string{hazel: {"A.", "B."}})})
	spokenBy(v, "system", at300)
	texts := []string{"A.", "B.", "C.", "D."}
	s := page(t, "en", texts...)
	ended := make(chan struct{})
	does := []func(){
		func() { v.Ready(t.Context(), s, "system", nil) },
		func() { v.Ready(t.Context(), s, "hazel", nil) },
		func() { v.Offers(s); v.List(); v.Choose(s, "") },
		func() { v.Forget("B.") },
		func() {
			file := wav(hum(48000, 400))
			v.Record("B.", bytes.NewReader(file), int64(len(file)), "mine.wav")
		},
		func() {
			ctx, cancel := context.WithCancel(context.Background())
			cancel()
			v.Prepare(ctx, texts, "en", "system", nil)
		},
	}
	for _, do := range does {
		go func() {
			for range 5 {
				do()
			}
			ended <- struct{}{}
		}()
	}
	for range does {
		<-ended
	}
	for _, id := range []string{"hazel", "system"} {
		v.Ready(t.Context(), s, id, nil)
		for _, text := range texts {
			if id == "system" || v.Says(by(id, text)) {
				sameLength(t, v, by(id, text))
			}
		}
	}
	for _, f := range append(filesIn(t, v.cache.folder), filesIn(t, v.own.folder)...) {
		if strings.HasPrefix(filepath.Base(f), draft) {
			t.Errorf("left behind: %s", f)
		}
	}
}
