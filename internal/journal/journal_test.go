package journal

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"stillpoint/internal/session"
)

func codeOf(err error) string {
	var no *session.Refusal
	if errors.As(err, &no) {
		return no.Code
	}
	return ""
}

func TestNoFileUntilItIsTurnedOn(t *testing.T) {
	folder := filepath.Join(t.TempDir(), "a folder? #1 50%")
	if err := os.Mkdir(folder, 0o755); err != nil {
		t.Fatal(err)
	}
	j := opened(t, folder)
	state, err := j.State(t.Context())
	if want := (State{Place: filepath.Join(folder, "journal.db"), CheckIn: Never}); err != nil || state != want {
		t.Errorf("%+v, %v", state, err)
	}
	name, after := "Wren", After
	for what, err := range map[string]error{
		"a choice": func() error { _, err := j.Choose(t.Context(), Choice{CheckIn: &after}); return err }(),
		"a note":   func() error { _, err := j.Note(t.Context(), "x", &name, nil); return err }(),
		"a check-in": func() error {
			_, err := j.CheckIn(t.Context(), "x", Before, CheckIn{})
			return err
		}(),
		"an import": func() error { _, err := j.Import(t.Context(), strings.NewReader("{}"), JSON); return err }(),
	} {
		if codeOf(err) != session.NotNow {
			t.Errorf("%s while it is off: %v", what, err)
		}
	}
	if err := j.Erase(t.Context(), "x"); codeOf(err) != NotFound {
		t.Error(err)
	}
	if err := j.EraseAll(t.Context()); err != nil {
		t.Error(err)
	}
	whole(t, j)
	off := false
	if _, err := j.Choose(t.Context(), Choice{On: &off}); err != nil {
		t.Error(err)
	}
	if files, _ := os.ReadDir(folder); len(files) > 0 {
		t.Fatalf("there is a file already: %v", files)
	}

	on := true
	state, err = j.Choose(t.Context(), Choice{On: &on, CodeName: &name, CheckIn: &after})
	if err != nil || !state.On || state.CodeName != "Wren" || state.CheckIn != After {
		t.Errorf("%+v, %v", state, err)
	}
	if mode, err := os.Stat(folder); err != nil || mode.Mode().Perm() != 0o700 {
		t.Errorf("the folder: %v %v", mode, err)
	}
	files, _ := os.ReadDir(folder)
	for _, f := range files {
		if mode, err := f.Info(); err != nil || mode.Mode().Perm() != 0o600 {
			t.Errorf("%s: %v %v", f.Name(), mode.Mode(), err)
		}
	}
	if len(files) == 0 {
		t.Error("turned on, it has no file")
	}
}

func TestWhatIsChosenStays(t *testing.T) {
	folder := t.TempDir()
	j := turnedOn(t, folder)
	name, both := "Wren", Both
	if _, err := j.Choose(t.Context(), Choice{CodeName: &name, CheckIn: &both}); err != nil {
		t.Fatal(err)
	}
	filled(t, j, newDice(1).entries(3))
	turn(t, j, false)
	if err := j.Close(); err != nil {
		t.Fatal(err)
	}
	j = opened(t, folder)
	s, err := j.State(t.Context())
	if err != nil || s.On || s.Count != 3 || s.CodeName != "Wren" || s.CheckIn != Both {
		t.Errorf("%+v, %v", s, err)
	}
	if _, err := j.Note(t.Context(), "s-000001", &name, nil); codeOf(err) != session.NotNow {
		t.Errorf("a note while it is off: %v", err)
	}
	if _, err := j.Entry(t.Context(), "s-000001"); err != nil {
		t.Errorf("what is there can be read: %v", err)
	}
	if err := j.Erase(t.Context(), "s-000001"); err != nil || countOf(t, j) != 2 {
		t.Errorf("what is there can be erased: %v", err)
	}
}

func TestChoicesAreChecked(t *testing.T) {
	j := turnedOn(t, t.TempDir())
	long, odd := strings.Repeat("x", MaxName+1), Asked("often")
	for _, c := range []Choice{{CodeName: &long}, {CheckIn: &odd}} {
		if _, err := j.Choose(t.Context(), c); codeOf(err) != session.BadMessage {
			t.Errorf("%+v: %v", c, err)
		}
	}
}

func TestCheckInsAreChecked(t *testing.T) {
	j := turnedOn(t, t.TempDir())
	filled(t, j, []Entry{{ID: "a", Began: newDice(1).entry(0).Began}})
	n := func(n int) *int { return &n }
	many := map[string][]string{}
	for _, key := range []string{"sole", "sole.left", "sole.right"} {
		many[key] = nil
	}
	for what, c := range map[string]CheckIn{
		"eleven":         {Comfort: n(11)},
		"below nothing":  {Distress: n(-1)},
		"no such region": {Regions: map[string][]string{"wing": {"warm"}}},
		"no such word":   {Regions: map[string][]string{"sole": {"fine"}}},
		"six words":      {Regions: map[string][]string{"sole": sensations[:6]}},
		"no feeling":     {Feelings: []string{"fine"}},
		"a long note":    {Note: strings.Repeat("é", MaxNote+1)},
	} {
		if _, err := j.CheckIn(t.Context(), "a", Before, c); codeOf(err) != session.BadMessage || !strings.Contains(err.Error(), "Try: ") {
			t.Errorf("%s: %v", what, err)
		}
	}
	if _, err := j.CheckIn(t.Context(), "a", "during", CheckIn{}); codeOf(err) != session.BadMessage {
		t.Error(err)
	}
	if _, err := j.CheckIn(t.Context(), "b", Before, CheckIn{}); codeOf(err) != NotFound {
		t.Error(err)
	}
	// R15: nothing, not sure, and rather not say are answers.
	ordinary := CheckIn{Distress: n(0), Regions: map[string][]string{"chest": {"nothing"}, "sole.left": {"not_sure", "numb"}, "toes": nil},
		Feelings: []string{"rather_not_say"}, Note: strings.Repeat("é", MaxNote)}
	e, err := j.CheckIn(t.Context(), "a", Before, ordinary)
	if err != nil || e.Before == nil || len(e.Before.Regions) != 3 || e.Before.Comfort != nil || *e.Before.Distress != 0 || e.After != nil {
		t.Fatalf("%+v, %v", e.Before, err)
	}
	if e, err = j.CheckIn(t.Context(), "a", Before, CheckIn{}); err != nil || e.Before != nil {
		t.Errorf("taken away: %+v, %v", e.Before, err)
	}
}

func TestAJournalOfANewerStillpoint(t *testing.T) {
	folder := t.TempDir()
	j := turnedOn(t, folder)
	if _, err := j.db.Exec("PRAGMA user_version = 99"); err != nil {
		t.Fatal(err)
	}
	j.Close()
	before, _ := os.ReadFile(j.Place())
	j, err := Open(Config{Folder: folder})
	t.Cleanup(func() { j.Close() })
	if codeOf(err) != session.NotNow || !strings.Contains(err.Error(), "newer Stillpoint") {
		t.Fatal(err)
	}
	on := true
	if _, err := j.Choose(t.Context(), Choice{On: &on}); codeOf(err) != session.NotNow {
		t.Errorf("turned on: %v", err)
	}
	if after, _ := os.ReadFile(j.Place()); string(after) != string(before) {
		t.Error("it was changed")
	}
}

func TestAFileThatIsNoJournal(t *testing.T) {
	folder := t.TempDir()
	if err := os.WriteFile(filepath.Join(folder, "journal.db"), []byte(strings.Repeat("no journal at all ", 99)), 0o644); err != nil {
		t.Fatal(err)
	}
	j, err := Open(Config{Folder: folder})
	t.Cleanup(func() { j.Close() })
	if codeOf(err) != session.NotNow || !strings.Contains(err.Error(), "cannot be read") {
		t.Fatal(err)
	}
	if err := j.EraseAll(t.Context()); err != nil {
		t.Fatal(err)
	}
	turn(t, j, true)
	if countOf(t, j) != 0 {
		t.Error("it does not begin anew")
	}
}

func TestAStepThatGoesWrongChangesNothing(t *testing.T) {
	folder := t.TempDir()
	j := turnedOn(t, folder)
	filled(t, j, newDice(1).entries(2))
	// The file says it has had no step, so the first is taken again and cannot be.
	if _, err := j.db.Exec("PRAGMA user_version = 0"); err != nil {
		t.Fatal(err)
	}
	had := whole(t, j)
	j.Close()
	if broken, err := Open(Config{Folder: folder}); codeOf(err) != session.NotNow {
		t.Errorf("%v", err)
	} else {
		broken.Close()
	}
	mended, err := Open(Config{Folder: folder})
	if err == nil {
		t.Error("it opens")
	}
	mended.Close()
	if len(traces(t, folder, "s-000001")) == 0 || !strings.Contains(had, "s-000001") {
		t.Error("an entry is gone")
	}
}
