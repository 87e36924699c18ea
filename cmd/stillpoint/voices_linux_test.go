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

// TestWhoSpeaksATranslation: the computer's voice, and no narrator of English; without it the words are on the screen.
func TestWhoSpeaksATranslation(t *testing.T) {
	dir := t.TempDir()
	t.Setenv("PATH", dir)
	data := t.TempDir()
	follow(t, []step{{[]string{"voices", "feet-first.de", "--data", data}, 0, "No voice here can say this script", ""}})
	if err := os.WriteFile(filepath.Join(dir, "espeak-ng"), []byte("#!/bin/sh\nexit 3\n"), 0o700); err != nil {
		t.Fatal(err)
	}
	_, out, _ := said(t, "voices", "feet-first.de", "--data", data)
	if !strings.HasPrefix(out, "espeak-ng") || strings.Contains(out, "shipped") || !strings.Contains(out, "says 32 of 32  (unless you choose another)") {
		t.Error(out)
	}
}
