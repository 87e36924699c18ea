package main

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"stillpoint/internal/script"
	"stillpoint/internal/script/check"
)

// TestTheGuidesExamples: every whole script in the authors' guide can be used as
// it stands, and passes the checks it explains.
func TestTheGuidesExamples(t *testing.T) {
	page, err := os.ReadFile("../../docs/scripts.md")
	if err != nil {
		t.Fatal(err)
	}
	found := 0
	for i, part := range strings.Split(string(page), "```") {
		text := strings.TrimPrefix(strings.TrimPrefix(part, "text"), "\n")
		if i%2 == 0 || !strings.HasPrefix(text, "title:") || !strings.Contains(text, "\n# ") {
			continue
		}
		found++
		s, err := script.Parse("docs/scripts.md", text)
		if err != nil {
			t.Error(err)
			continue
		}
		for _, f := range check.Check(s) {
			t.Error(f)
		}
	}
	if found < 2 {
		t.Errorf("only %d examples were found", found)
	}
}

// TestCareIsKept: docs/care.md answers every requirement, by tests that are there.
func TestCareIsKept(t *testing.T) {
	page, err := os.ReadFile("../../docs/care.md")
	if err != nil {
		t.Fatal(err)
	}
	for n := 1; n <= 17; n++ {
		if !strings.Contains(string(page), fmt.Sprintf("\n| R%d | ", n)) {
			t.Errorf("R%d is not answered", n)
		}
	}
	tests := testsOf(t, "../..")
	named := regexp.MustCompile("`(Test[A-Za-z0-9]+|[A-Za-z0-9][^`.]* [^`]*)`").FindAllStringSubmatch(string(page), -1)
	if len(named) < 30 {
		t.Errorf("only %d tests were found", len(named))
	}
	for _, name := range named {
		if !strings.Contains(tests, "func "+name[1]+"(") && !strings.Contains(tests, "test('"+name[1]+"'") {
			t.Errorf("there is no test %s", name[1])
		}
	}
}

// TestTheNetworkIsDefended: each threat that docs/network.md names is answered by tests
// that are there.
func TestTheNetworkIsDefended(t *testing.T) {
	page, err := os.ReadFile("../../docs/network.md")
	if err != nil {
		t.Fatal(err)
	}
	_, table, _ := strings.Cut(string(page), "| if somebody…")
	tests := testsOf(t, "../..")
	rows := regexp.MustCompile(`(?m)^\| [a-z].*$`).FindAllString(table, -1)
	if len(rows) < 10 {
		t.Errorf("there are %d threats", len(rows))
	}
	for _, row := range rows {
		named := regexp.MustCompile("`(Test[A-Za-z0-9]+)`").FindAllStringSubmatch(row, -1)
		if len(named) == 0 {
			t.Errorf("no test answers: %s", row)
		}
		for _, name := range named {
			if !strings.Contains(tests, "func "+name[1]+"(") {
				t.Errorf("there is no test %s", name[1])
			}
		}
	}
}

// testsOf is the text of every test beneath a folder.
func testsOf(t *testing.T, folder string) string {
	t.Helper()
	var all strings.Builder
	err := filepath.WalkDir(folder, func(file string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() && (d.Name() == "node_modules" || d.Name() == ".git" || d.Name() == "bin") {
			return filepath.SkipDir
		}
		if strings.HasSuffix(file, "_test.go") || strings.HasSuffix(file, ".test.js") {
			text, err := os.ReadFile(file)
			all.Write(text)
			return err
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return all.String()
}
