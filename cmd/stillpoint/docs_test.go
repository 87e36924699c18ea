package main

import (
	"os"
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
