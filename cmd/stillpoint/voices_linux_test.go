package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestAnEngineThatDoesNotSpeak: its reason is told, and the words are there.
func TestAnEngineThatDoesNotSpeak(t *testing.T) {
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "espeak-ng"), []byte("#!/bin/sh\necho no voice today >&2\nexit 3\n"), 0o700); err != nil {
		t.Fatal(err)
	}
	t.Setenv("PATH", dir)
	page := file(t, "page.txt", "title: Page\n\n# One\nA first line with quite a few words in it. [5]\n")
	data := t.TempDir()
	follow(t, []step{
		{[]string{"voices", "--data", data}, 0, "a plain computer voice, made on this computer", ""},
		{[]string{"voices", page, "--data", data}, 0, "says 1 of 1  (unless you choose another)", ""},
		{[]string{"print", page, "--data", data}, 0, "0:00.0  0:05.4  say", "no voice today"},
		{[]string{"print", page, "--who", "espeak-ng", "--data", data}, 0, "0:00.0  0:05.4  say", "The words are on the screen."},
	})
	if _, out, complained := said(t, "print", page, "--who", "none", "--data", data); complained != "" || !strings.Contains(out, "say") {
		t.Errorf("nobody was asked to speak: %s", complained)
	}
}
