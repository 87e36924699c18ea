package script

import (
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "rewrite what the files in testdata expect")

// golden runs f on the part above the `---` of each file that matches, and
// compares with the part below.
func golden(t *testing.T, pattern string, f func(name, text string) string) {
	t.Helper()
	files, err := filepath.Glob(pattern)
	if err != nil || len(files) == 0 {
		t.Fatalf("no files match %s: %v", pattern, err)
	}
	for _, file := range files {
		t.Run(filepath.Base(file), func(t *testing.T) {
			content, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			text, want, ok := strings.Cut(string(content), "\n---\n")
			if !ok {
				t.Fatalf("%s has no line of ---", file)
			}
			text += "\n"
			got := f(filepath.Base(file), text)
			if *update {
				if err := os.WriteFile(file, []byte(text+"---\n"+got), 0o644); err != nil {
					t.Fatal(err)
				}
				return
			}
			if got != want {
				t.Errorf("got\n%s\nwant\n%s", got, want)
			}
		})
	}
}

func TestFaults(t *testing.T) {
	golden(t, "testdata/faults/*.txt", func(name, text string) string {
		if _, err := Parse(name, text); err != nil {
			return err.Error() + "\n"
		}
		return ""
	})
}

func TestCanonicalForm(t *testing.T) {
	golden(t, "testdata/format/*.txt", func(name, text string) string {
		s, err := Parse(name, text)
		if err != nil {
			return err.Error() + "\n"
		}
		return Format(s)
	})
}
