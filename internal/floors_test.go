package internal

import (
	"go/parser"
	"go/token"
	"io/fs"
	"path"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
)

// floors says on which floor a package lives; it may import lower floors only.
var floors = map[string]int{
	"internal/script": 0, "internal/script/check": 0, "internal/timeline": 0, "internal/transport": 0, "internal/mp3": 0,
	"internal/session": 1, "internal/library": 1, "internal/pcm": 1, "internal/authority": 1,
	"internal/room": 2, "internal/voice": 2, "internal/audio": 2, "internal/wire": 2, "internal/journal": 2, "internal/pairing": 2,
	"internal/speaker": 3, "internal/sleep": 3,
	"internal/server": 4,
	"cmd/stillpoint":  5,
}

// sideways are the few steps along one floor, with their reasons.
var sideways = map[[2]string]string{
	{"internal/timeline", "internal/script"}:     "a timeline is a script worked out",
	{"internal/script/check", "internal/script"}: "the checks read scripts",
}

// kept says who alone may import a module or package, and why.
var kept = []struct {
	path string
	by   []string
	why  string
}{
	{"github.com/gorilla/websocket", []string{"internal/server"}, "the socket is the server's; everything else speaks wire"},
	{"github.com/faiface/beep", []string{"internal/audio", "internal/speaker"}, "sound is made in one place and played in one"},
	{"github.com/faiface/beep/speaker", nil, "it needs cgo and ALSA headers, and is no longer kept"},
	{"github.com/mewkiz/flac", []string{"internal/pcm", "internal/audio"}, "recordings are read at rest, sessions written as files"},
	{"github.com/pion/opus", []string{"internal/pcm"}, "narration is decoded in one place"},
	{"github.com/google/uuid", []string{"internal/session", "internal/room"}, "ids are given where things begin"},
	{"modernc.org/sqlite", []string{"internal/journal"}, "the journal's file has one owner"},
	{"database/sql", []string{"internal/journal"}, "the journal's file has one owner"},
	{"github.com/jfreymuth/pulse", []string{"internal/speaker"}, "only the speaker knows the operating system"},
	{"github.com/ebitengine/oto", []string{"internal/speaker"}, "only the speaker knows the operating system"},
	{"rsc.io/qr", []string{"internal/server"}, "an invitation is drawn in one place"},
	{"crypto/x509", []string{"internal/authority"}, "what this computer vouches for is decided in one place"},
	{"golang.org/x/sys", []string{"internal/sleep"}, "only two packages know the operating system"},
	{"stillpoint/web", []string{"cmd/stillpoint"}, "others receive an fs.FS"},
	{"stillpoint/sounds", []string{"cmd/stillpoint"}, "others receive an fs.FS"},
	{"log", []string{"internal/server", "cmd/stillpoint"}, "what happens is returned; only the edge writes it down"},
}

// pure is what floor 0 does without.
var pure = map[string]string{
	"os": "no files", "net": "no network", "net/http": "no network", "log": "no log", "log/slog": "no log",
	"sync": "no goroutines, so nothing to guard", "context": "nothing there takes long", "math/rand": "the same in, the same out", "math/rand/v2": "the same in, the same out",
}

func TestFloors(t *testing.T) {
	root := ".."
	seen := map[string]bool{}
	for _, top := range []string{"cmd", "internal"} {
		err := filepath.WalkDir(filepath.Join(root, top), func(file string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() || !strings.HasSuffix(file, ".go") || strings.HasSuffix(file, "_test.go") {
				return err
			}
			rel, _ := filepath.Rel(root, file)
			from := path.Dir(filepath.ToSlash(rel))
			if from == "internal" {
				return nil
			}
			seen[from] = true
			if _, ok := floors[from]; !ok {
				t.Errorf("%s has no floor: give it one here and in internal/doc.go", from)
			}
			for _, imported := range imports(t, file) {
				checkImport(t, from, imported)
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	for p := range floors {
		if !seen[p] {
			t.Errorf("%s has a floor but no code", p)
		}
	}
}

func checkImport(t *testing.T, from, imported string) {
	t.Helper()
	inside := strings.TrimPrefix(imported, "stillpoint/")
	if to, ok := floors[inside]; ok && inside != imported {
		if _, allowed := sideways[[2]string{from, inside}]; !allowed && to >= floors[from] {
			t.Errorf("%s (floor %d) imports %s (floor %d)", from, floors[from], inside, to)
		}
	}
	if why, banned := pure[imported]; banned && floors[from] == 0 {
		t.Errorf("%s imports %s: floor 0 has %s", from, imported, why)
	}
	if first, _, _ := strings.Cut(imported, "/"); strings.Contains(first, ".") && floors[from] == 0 {
		t.Errorf("%s imports %s: floor 0 has the standard library only", from, imported)
	}
	for _, k := range kept {
		if imported != k.path && !strings.HasPrefix(imported, k.path+"/") {
			continue
		}
		ok := false
		for _, by := range k.by {
			ok = ok || by == from
		}
		if !ok && !(k.path == "github.com/faiface/beep/speaker" && imported != k.path) {
			t.Errorf("%s imports %s, which is kept to %v: %s", from, imported, k.by, k.why)
		}
	}
}

func imports(t *testing.T, file string) (paths []string) {
	t.Helper()
	f, err := parser.ParseFile(token.NewFileSet(), file, nil, parser.ImportsOnly)
	if err != nil {
		t.Fatal(err)
	}
	for _, i := range f.Imports {
		p, err := strconv.Unquote(i.Path.Value)
		if err != nil {
			t.Fatal(err)
		}
		paths = append(paths, p)
	}
	return paths
}

// TestNames keeps the words that say nothing out of what packages export.
func TestNames(t *testing.T) {
	banned := []string{"Manager", "Helper", "Util", "Info"}
	_ = filepath.WalkDir("..", func(file string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !strings.HasSuffix(file, ".go") || strings.Contains(file, "node_modules") {
			return nil
		}
		f, err := parser.ParseFile(token.NewFileSet(), file, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		for name := range f.Scope.Objects {
			for _, word := range banned {
				if strings.Contains(name, word) {
					t.Errorf("%s: %s uses a word that says nothing", file, name)
				}
			}
			if strings.HasPrefix(name, "Get") {
				t.Errorf("%s: %s: a name needs no Get", file, name)
			}
		}
		return nil
	})
}
