package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"stillpoint/internal/journal"
)

// kept is a data folder with a journal of one entry.
func kept(t *testing.T) (data string) {
	t.Helper()
	data = t.TempDir()
	j, err := journal.Open(journal.Config{Folder: data})
	if err != nil {
		t.Fatal(err)
	}
	defer j.Close()
	on := true
	if _, err := j.Choose(t.Context(), journal.Choice{On: &on}); err != nil {
		t.Fatal(err)
	}
	entry := `{"version":1,"entries":[{"id":"a","began":"2026-11-22T07:30:00+01:00","title":"Feet first","leftOut":["chest"]}]}`
	if _, err := j.Import(t.Context(), strings.NewReader(entry), journal.JSON); err != nil {
		t.Fatal(err)
	}
	return data
}

func TestJournalOnTheCommandLine(t *testing.T) {
	none, data := t.TempDir(), kept(t)
	place := filepath.Join(data, "journal.db")
	for _, c := range []struct {
		args []string
		code int
		says string
	}{
		{[]string{"journal", "--data", none}, 0, "The journal is off, with 0 entries: " + filepath.Join(none, "journal.db")},
		{[]string{"journal", "--data", data}, 0, "The journal is on, with 1 entry: " + place},
		{[]string{"journal", "erase", "--data", data}, 0, "1 entry could be erased, in " + place},
		{[]string{"journal", "export", "x.doc", "--data", data}, 2, ".json, .csv or .html"},
		{[]string{"journal", "mend"}, 2, "by export and a file, or by erase"},
	} {
		code, out, complained := said(t, c.args...)
		if code != c.code || !strings.Contains(out+complained, c.says) {
			t.Errorf("%v: %d %s%s", c.args, code, out, complained)
		}
	}
	if files, _ := os.ReadDir(none); len(files) > 0 {
		t.Errorf("being asked, it made %v", files)
	}
}

func TestJournalExport(t *testing.T) {
	data := kept(t)
	for ending, begins := range map[string]string{".json": `{"stillpoint"`, ".csv": "id,began", ".html": "<!doctype html>"} {
		out := filepath.Join(t.TempDir(), "mine"+ending)
		if code, _, complained := said(t, "journal", "export", out, "--data", data); code != 0 {
			t.Fatal(complained)
		}
		text, err := os.ReadFile(out)
		if err != nil || !strings.HasPrefix(string(text), begins) || !strings.Contains(string(text), "Feet first") || strings.Contains(string(text), "chest") {
			t.Errorf("%s %v", text, err)
		}
		if mode, err := os.Stat(out); err != nil || mode.Mode().Perm() != 0o600 {
			t.Errorf("%v %v: others may read it", mode, err)
		}
		said(t, "journal", "export", out, "--left-out", "--data", data)
		if text, _ := os.ReadFile(out); !strings.Contains(string(text), "chest") {
			t.Errorf("asked for what was left out: %s", text)
		}
	}
}

func TestJournalErase(t *testing.T) {
	data := kept(t)
	serving := serving(t, data)
	code, _, complained := said(t, "journal", "erase", "--all", "--data", data)
	if code != 1 || !strings.Contains(complained, "holds "+data) || !strings.Contains(complained, serving) {
		t.Errorf("while another Stillpoint runs: %d %s", code, complained)
	}
	data = kept(t)
	if code, out, complained := said(t, "journal", "erase", "--all", "--data", data); code != 0 || !strings.Contains(out, "is erased") {
		t.Errorf("%d %s", code, complained)
	}
	if _, out, _ := said(t, "journal", "--data", data); !strings.Contains(out, "on, with 0 entries") {
		t.Error(out)
	}
}

// TestADataFolderThatWasThere: one that others could read is the person's alone from
// then on.
func TestADataFolderThatWasThere(t *testing.T) {
	data := t.TempDir()
	if err := os.Chmod(data, 0o755); err != nil {
		t.Fatal(err)
	}
	serving(t, data)
	if mode, err := os.Stat(data); err != nil || mode.Mode().Perm() != 0o700 {
		t.Errorf("%v %v", mode, err)
	}
}
